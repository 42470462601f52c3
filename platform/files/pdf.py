"""What a PDF says about itself."""

import json
import logging
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

READER = Path(__file__).with_name("pdf_facts.py")
SECONDS = 15
MOST_PAGES = 20_000

logger = logging.getLogger(__name__)


@dataclass(frozen=True)
class PdfFacts:
    """The number of pages, and who is named as the author. Unknown for a locked or damaged file."""

    pages: int | None = None
    author: str = ""


def facts_of(file: BinaryIO) -> PdfFacts:
    file.seek(0)
    try:
        # -I: no settings of the environment; an empty one: no secrets either.
        done = subprocess.run(  # noqa: S603
            [sys.executable, "-I", str(READER)],
            input=file.read(),
            capture_output=True,
            timeout=SECONDS,
            check=True,
            env={},
        )
        facts = json.loads(done.stdout)
        pages, author = int(facts["pages"]), str(facts["author"])
    except (subprocess.SubprocessError, OSError, ValueError, KeyError) as error:
        logger.info("A PDF could not be read: %s", type(error).__name__)
        return PdfFacts()
    return PdfFacts(pages if 0 < pages <= MOST_PAGES else None, author.strip()[:200])
