"""The words in downloads, for the search."""

from collections import defaultdict
from collections.abc import Iterable

from django.db.models import F

from files.models import PageOfText


def pages_of_text(download_ids: Iterable[int]) -> dict[int, list[tuple[int | None, str]]]:
    """The pages of each download that has words, in order: (number, text).

    The number is that of a page or slide, None in a document without pages. A file that was
    replaced has no words until it is read anew. Asks nothing about who may see the downloads.
    """
    pages = PageOfText.objects.filter(
        text_of__in=download_ids, text_of__file_hash=F("text_of__download__file_hash")
    )
    found: dict[int, list[tuple[int | None, str]]] = defaultdict(list)
    for download, number, text in pages.order_by("text_of", "number", "pk").values_list(
        "text_of", "number", "text"
    ):
        found[download].append((number, text))
    return dict(found)
