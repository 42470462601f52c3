"""What the admin tells an editor of a practice: advice, which stops nobody."""

from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from wagtail import hooks
from wagtail.admin import messages

from content.models import ContentPage
from practices.models import ElementState, PracticePage


@hooks.register("after_create_page")
@hooks.register("after_edit_page")
def advise(request, page):
    if isinstance(page, PracticePage):
        ask_for_sentences(request, page)
        ask_about_drafts(request, page)


def ask_for_sentences(request, practice: PracticePage) -> None:
    """An element that is used says little without how."""
    for row in practice.elements.all():
        if row.state == ElementState.USED and not row.sentence:
            messages.warning(
                request,
                _("“%(element)s” is used. Tell in one sentence how.")
                % {"element": row.element.name},
            )


def ask_about_drafts(request, practice: PracticePage) -> None:
    """An ended practice gets no new lessons, so what still waits needs a decision."""
    if not practice.is_ended:
        return
    waiting = ContentPage.objects.descendant_of(practice).filter(has_unpublished_changes=True)
    if number := waiting.count():
        messages.warning(
            request,
            ngettext(
                "This practice has ended, and %(number)s page in it still waits to be published.",
                "This practice has ended, and %(number)s pages in it still wait to be published.",
                number,
            )
            % {"number": number},
        )
