"""Who can see a page now, and who will when its newest version is public: for an editor."""

from dataclasses import dataclass

from django.utils.translation import gettext as _

from accounts.roles import Role
from content.branches import openness_below
from visibility.audience import AUDIENCE_SENTENCES, NOBODY, is_wider, narrowest
from visibility.rules import is_visible


@dataclass(frozen=True)
class Openness:
    """The audience of the live version and that of a newer one, the pages above counted in."""

    now: str
    after: str
    chosen: str
    above: str

    @property
    def warning(self) -> str:
        """Said loudly when people will read the page who cannot read the live one now."""
        if self.now == NOBODY or not is_wider(self.after, self.now):
            return ""
        return _("After this more people can read it. Then: %(after)s Now: %(now)s") % {
            "after": self.sentence_after,
            "now": self.sentence_now,
        }

    @property
    def sentence_now(self) -> str:
        return str(AUDIENCE_SENTENCES[self.now])

    @property
    def sentence_after(self) -> str:
        return str(AUDIENCE_SENTENCES[self.after])

    @property
    def why_narrower(self) -> str:
        """Why it is not what the author chose; empty when it is."""
        if self.above == NOBODY:
            return _("The page above this one is not online yet. Until then nobody sees this one.")
        if is_wider(self.chosen, self.above):
            return _("The page above this one is for fewer people, and that holds here too.")
        return ""


def openness_of(draft) -> Openness:
    """Of the newest version of a page, or of a page that is not saved yet."""
    if draft.pk:
        return between(type(draft).objects.get(pk=draft.pk), draft.audience)
    parent = draft.get_parent()
    above, _until = openness_below(parent.specific if parent else None)
    return _counted_in(NOBODY, draft.audience, above)


def between(page, audience: str) -> Openness:
    """Between the page as it is in the database and a version with this audience."""
    now = page.real_audience if is_visible(Role(sees_all=True), page) else NOBODY
    return _counted_in(now, audience, page.branch_audience)


def _counted_in(now: str, chosen: str, above: str) -> Openness:
    after = chosen if above == NOBODY else narrowest(chosen, above)
    return Openness(now=now, after=after, chosen=chosen, above=above)
