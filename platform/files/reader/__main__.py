"""`python -m files.reader KIND SECONDS < file`: prints its pages, or why there are none, as JSON.

{"pages": [[1, "text"], ...]}, where a page of a document without pages has the number null, or
{"reason": "encrypted"}, one of files.models.Reason. With either comes what stands beside the text:
"aside": [["comments", "text"], ...], named as in files.models.Part.
"""

import json
import sys

from files.reader import limits


def main(kind: str, seconds: int) -> None:
    limits.bound(seconds)
    answer: dict = {}
    try:
        # What is imported, and what it takes, falls under the limits too.
        from files.reader.aside import aside
        from files.reader.kinds import read

        file = sys.stdin.buffer
        try:
            answer["pages"] = read(file, kind)
        except limits.UnreadableError as unreadable:
            answer["reason"] = unreadable.reason
        file.seek(0)
        answer["aside"] = aside(file, kind)
    except MemoryError:
        answer = {"reason": "too-large"}
    sys.stdout.buffer.write(json.dumps(answer, ensure_ascii=False).encode())


if __name__ == "__main__":
    main(sys.argv[1], int(sys.argv[2]))
