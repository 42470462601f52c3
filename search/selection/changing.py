"""What somebody does with their selection, read from a form that anybody may have changed."""

from dataclasses import dataclass
from enum import StrEnum
from urllib.parse import urlsplit

from django.http import HttpRequest, QueryDict
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme

from search.selection.choices import Selection, read_selection
from search.selection.found import find


class Deed(StrEnum):
    """The names of the buttons. The value of a button says about which choices it is."""

    KEEP = "bewaar"
    TAKE_AWAY = "weg"
    # The first choice comes before the second.
    MOVE = "verplaats"
    EMPTY = "leeg"


@dataclass(frozen=True)
class Change:
    selection: Selection
    # Where the visitor goes on.
    address: str


def change(data: QueryDict, own: Selection, request: HttpRequest) -> Change:
    """The selection after this deed. What cannot be read changes nothing."""
    deed = next((deed for deed in Deed if deed.value in data), None)
    meant = read_selection(data.get(deed.value, "")) if deed else Selection()
    back = _where_from(request)
    if deed == Deed.EMPTY and not own.is_empty:
        # What was in it goes along in the address, and from there it can be put back.
        return Change(Selection(), f"{own.address}&geleegd=1")
    if deed is None or meant.is_empty:
        return Change(own, back)
    if deed == Deed.KEEP:
        # Only what is there for this person: nothing else can have been on a page.
        after = own.adding(find(meant, request.user).shown.choices)
        if after.has_too_many:
            return Change(after, f"{reverse('selection')}?vol=1")
    elif deed == Deed.TAKE_AWAY:
        after = own.without(meant.choices[0])
    else:
        after = own.moving(meant.choices[0], before=meant.choices[-1])
    was_in_list = back == reverse("selection") and deed != Deed.MOVE
    return Change(after, f"{back}#{'selectie' if was_in_list else meant.choices[0].anchor}")


def _where_from(request: HttpRequest) -> str:
    """The page that the form was on. Our own policy has browsers tell it to ourselves."""
    referer = request.headers.get("Referer", "")
    if not url_has_allowed_host_and_scheme(referer, {request.get_host()}):
        return reverse("selection")
    page = urlsplit(referer)
    path = f"/{page.path.lstrip('/')}"
    # The own selection is not in an address, whatever was asked for before.
    return f"{path}?{page.query}" if page.query and path != reverse("selection") else path
