"""What the project leader put on top for a question, for whoever asks it."""

from collections.abc import Iterable
from dataclasses import dataclass

from content.languages import active_language
from search.index.finding import Hit, Look, Question
from search.models import MOST_PROMOTED_PAGES, PromotedPage
from search.query import SearchQuery, Sort
from search.question_key import normalised


@dataclass(frozen=True)
class OnTop:
    """Pages before all others, and why. They are there for everybody who may see them."""

    # What each page and its translations have in common in the index.
    items: tuple[str, ...] = ()
    reason: str = ""
    language: str = ""

    @property
    def lang(self) -> str:
        """The language of the reason where it is not the reader's own, else empty."""
        return "" if self.language == active_language() else self.language


NOTHING_ON_TOP = OnTop()


def on_top_of(query: SearchQuery) -> OnTop:
    """What stands on top for this question: one query, and none without words.

    Who filters, sorts, groups or wants only these exact words, asks for something else.
    """
    is_plain = query.sort == Sort.RELEVANCE and not (
        query.filters or query.precisely or query.by_practice
    )
    key = normalised(query.words) if query.words and is_plain else ""
    if not key:
        return NOTHING_ON_TOP
    pages = PromotedPage.objects.filter(promotion__keys__key=key).order_by("sort_order", "pk")
    rows = list(
        pages.values_list("page__translation_key", "promotion__reason", "promotion__language")
    )
    if not rows:
        return NOTHING_ON_TOP
    items = dict.fromkeys(item.hex for item, _reason, _language in rows)
    return OnTop(tuple(items)[:MOST_PROMOTED_PAGES], *rows[0][1:])


def hits_on_top(look: Look, on_top: OnTop) -> Iterable[Hit]:
    """The pages that this person may see, each in the reader's language where it can be."""
    for item in on_top.items:
        question = Question(
            filters={"item": (item,)}, limit=1, with_counts=False, with_snippets=False
        )
        yield from look.find(question).hits
