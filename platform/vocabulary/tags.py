"""Free tags: typed by professionals, kept to one spelling each."""

from django.utils.translation import gettext as _

from vocabulary.clean_text import has_control_characters, nfc
from vocabulary.models import Synonym, Term, TermKind, key_of
from vocabulary.text import fold

SHORTEST = 2
LONGEST = 60


class TagError(ValueError):
    """A tag that cannot be kept; the message is for the person who typed it."""


def parse_tags(text: str, *, most: int) -> list[str]:
    """The tags in a comma-separated text, each once, in the order typed.

    Raises TagError for a tag that is too short or too long, has no letter or digit, and for more
    than `most` tags.
    """
    names: dict[str, str] = {}
    for part in text.replace(";", ",").replace("\n", ",").split(","):
        name = " ".join(nfc(part).split())
        if not name:
            continue
        if has_control_characters(name):
            raise TagError(_("A tag has invisible control characters. Type it again."))
        if not any(char.isalnum() for char in name):
            raise TagError(_("“%(tag)s” has no letters or digits.") % {"tag": name})
        if not SHORTEST <= len(name) <= LONGEST:
            raise TagError(
                _("“%(tag)s”: a tag has %(shortest)s to %(longest)s characters.")
                % {"tag": name[:LONGEST], "shortest": SHORTEST, "longest": LONGEST}
            )
        names.setdefault(fold(name), name)
    if len(names) > most:
        raise TagError(_("Choose at most %(most)s tags.") % {"most": most})
    return list(names.values())


def free_tags(names: list[str]) -> list[Term]:
    """The terms of these names. A word that is known already, as a synonym too, is that term."""
    return [_free_tag(name) for name in names]


def _free_tag(name: str) -> Term:
    key = key_of(name)
    term = Term.objects.filter(key=key).first()
    if term is None:
        synonym = Synonym.objects.filter(key=key, one_way=False).select_related("term").first()
        term = synonym.term if synonym else None
    return term or Term.objects.create(name=name, kind=TermKind.TAG)
