"""Long lists, a page at a time."""

from django.core.paginator import Page, Paginator


class AskedPage(Page):
    """A page of a list that knows whether the address asked for one that is not there."""

    def __init__(self, page: Page, asked: str):
        super().__init__(page.object_list, page.number, page.paginator)
        self.is_another = bool(asked) and asked != str(page.number)


def page_of(items, request, per_page: int) -> AskedPage:
    """The page that `?page=` asks for; for a number that is not there the first or the last."""
    asked = request.GET.get("page", "")
    return AskedPage(Paginator(items, per_page).get_page(page_number(asked)), asked)


def page_number(asked: str) -> str:
    """The number for a paginator: below one there is only the first page, not the last."""
    return "1" if asked.startswith("-") or not asked.strip("0") else asked
