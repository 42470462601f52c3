"""Long lists, a page at a time."""

from django.core.paginator import Page, Paginator


class AskedPage(Page):
    """A page of a list that knows whether the address asked for one that is not there."""

    is_another = False


class _Paginator(Paginator):
    def _get_page(self, *args, **kwargs) -> AskedPage:
        return AskedPage(*args, **kwargs)


def page_of(items, request, per_page: int) -> AskedPage:
    """The page that `?page=` asks for; for a number that is not there the first or the last."""
    asked = request.GET.get("page", "")
    page = _Paginator(items, per_page).get_page(asked or 1)
    page.is_another = bool(asked) and asked != str(page.number)
    return page
