"""Prints what is not the same in an index that followed the database and in one made anew.

    python -m tests.search.processes.comparing

And the last word of the title of each lesson that is live, as the database has it.
"""

import json
import shutil
import tempfile
from pathlib import Path

import django


def main() -> None:
    django.setup()
    from lessons.models import LessonPage
    from search.index.copy import IndexCopy, index_copy
    from tests.search.index_contents import contents

    folder = Path(tempfile.mkdtemp())
    try:
        followed, _ = index_copy().up_to_date()
        anew = IndexCopy(folder)
        anew.rebuild()
        before, after = contents(followed), contents(anew.up_to_date()[0])
    finally:
        shutil.rmtree(folder)
    titles = LessonPage.objects.filter(live=True).values_list("title", flat=True)
    compared = {
        "lost": sorted(map(str, (after - before).elements())),
        "too many": sorted(map(str, (before - after).elements())),
        "words": [title.split()[-1] for title in titles],
    }
    print(json.dumps(compared))


if __name__ == "__main__":
    main()
