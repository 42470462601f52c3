"""Reads a PDF from standard input and prints what it says about itself, as JSON.

Run as a process of its own (files/pdf.py): a broken or hostile PDF then cannot take the site with
it, and PDFium is not made for several threads.
"""

import json
import resource
import sys

SECONDS = 10
MEMORY = 1024 * 1024 * 1024


def main() -> None:
    resource.setrlimit(resource.RLIMIT_CPU, (SECONDS, SECONDS))
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    import pypdfium2

    document = pypdfium2.PdfDocument(sys.stdin.buffer.read())
    facts = {"pages": len(document), "author": document.get_metadata_value("Author")}
    json.dump(facts, sys.stdout)


if __name__ == "__main__":
    main()
