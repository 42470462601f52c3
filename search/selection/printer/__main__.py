"""`python -m search.selection.printer SECONDS < job`: prints the PDF.

The job is JSON: {"html": "...", "files": {"css/page.css": ["text/css", "base64"], ...}}. The files
stand beside the page: `href="css/page.css"`. A job without html only tries whether a PDF can be
made here. Ends with LIBRARIES_MISSING where Pango is not installed.
"""

import base64
import json
import sys

from files.reader import limits
from search.selection.printer import LIBRARIES_MISSING

# Nobody can own a host of this name, and nothing here would ask it.
BASE = "https://handout.invalid/"
# Tags, a title and a language, for who hears the page (ISO 14289).
VARIANT = "pdf/ua-1"


def main(seconds: int) -> int:
    # Not polite: somebody is waiting for it.
    limits.bound(seconds, politeness=0)
    try:
        # What is imported, and what it takes, falls under the limits too.
        import weasyprint
        from weasyprint.urls import URLFetcher, URLFetcherResponse
    except (ImportError, OSError) as error:
        print(error, file=sys.stderr)
        return LIBRARIES_MISSING
    job = json.load(sys.stdin.buffer)
    files = job.get("files", {})

    class GivenFiles(URLFetcher):
        """Gives what came with the page. Everything else does not exist: no network, no disk."""

        def fetch(self, url, headers=None):
            kind, content = files[url.removeprefix(BASE)]
            return URLFetcherResponse(url, base64.b64decode(content), {"Content-Type": kind})

    if html := job.get("html"):
        page = weasyprint.HTML(string=html, base_url=BASE, url_fetcher=GivenFiles())
        sys.stdout.buffer.write(page.write_pdf(pdf_variant=VARIANT))
    return 0


if __name__ == "__main__":
    sys.exit(main(int(sys.argv[1])))
