"""Where people go from a mail: whole addresses, for somebody who may have to sign in first."""

from django.urls import reverse

from content.meta import whole_address


def address_to_edit(page) -> str:
    """Where its author goes on with a page."""
    return whole_address(page.specific.writing_path)


def address_to_review(page) -> str:
    return whole_address(reverse("reviewing_page", args=[page.pk]))


def address_of_queue() -> str:
    return whole_address(reverse("reviewing_queue"))


def address_to_read(page) -> str:
    return whole_address(page.get_url() or "")
