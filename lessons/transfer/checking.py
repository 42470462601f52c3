"""A lesson out of a row: each value checked, and in the form in which we keep it."""

from collections.abc import Iterable
from dataclasses import dataclass, field

from django.conf import settings
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from content.forms import MOST_TAGS
from content.models import PageSource
from lessons.models import LessonPage
from lessons.transfer.columns import (
    CHOICES,
    NEEDED,
    PLAIN_TEXTS,
    RICH_TEXTS,
    TERM_KINDS,
    TRANSLATED,
    RowError,
)
from lessons.transfer.known import Vocabulary
from lessons.transfer.reading import Row, Value
from lessons.transfer.texts import one_form, one_line, parted, plain_text, rich_text
from vocabulary.clean_text import has_control_characters
from vocabulary.models import TermKind
from vocabulary.tags import TagError, parse_tags

LANGUAGES = dict(settings.LANGUAGES)
# What a lesson has where nobody chose.
DEFAULTS = {name: getattr(LessonPage, name).field.get_default() for name in CHOICES}
LINES = ["title", "date", "external_id"]
FIELD_NAMES = {field.name for field in LessonPage._meta.fields}
LONGEST_SOURCE = PageSource.title.field.max_length or 0


@dataclass(frozen=True)
class LessonRow:
    """What a row says of a lesson. A column that the file does not have is in none of these."""

    external_id: str
    language: str
    practice: str
    fields: dict[str, str]
    terms: dict[str, frozenset[int]] = field(default_factory=dict)
    # Free tags that are no term yet.
    new_tags: tuple[str, ...] = ()
    sources: tuple[str, ...] | None = None

    @property
    def title(self) -> str:
        return self.fields["title"]

    @property
    def has_text(self) -> bool:
        return any(self.fields.get(name) for name in [*PLAIN_TEXTS, *RICH_TEXTS])

    @property
    def texts(self) -> dict[str, str]:
        """Everything in this row that somebody wrote, by column."""
        written = {name: self.fields.get(name, "") for name in ["title", *PLAIN_TEXTS, *RICH_TEXTS]}
        return written | {"tags": ", ".join(self.new_tags), "source": "\n".join(self.sources or ())}

    @property
    def is_translation(self) -> bool:
        return self.language != settings.LANGUAGE_CODE


def lesson_row(row: Row, vocabulary: Vocabulary, default_practice: str = "") -> LessonRow:
    """The lesson of a row. Raises RowError with everything that is wrong with it."""
    if row.error:
        raise RowError(row.error)
    return _Checker(row.values, vocabulary, default_practice).check()


class _Checker:
    """Goes on after a mistake, so that somebody can mend all of a row at once."""

    def __init__(self, values: dict[str, Value], vocabulary: Vocabulary, practice: str) -> None:
        self._values = values
        self._vocabulary = vocabulary
        self._default_practice = practice
        self._errors: list[str] = []

    def check(self) -> LessonRow:
        self._refuse_control_characters()
        if self._errors:
            raise RowError(" ".join(self._errors))
        language = self._language()
        practice = self._line("practice") or self._default_practice
        if not practice:
            self._errors.append(_("practice: fill this in, or choose one for the whole file."))
        fields = self._fields()
        terms, new_tags = self._terms()
        sources = self._sources()
        if self._errors:
            raise RowError(" ".join(self._errors))
        external_id = fields.pop("external_id")
        if language != settings.LANGUAGE_CODE:
            # All else follows from the Dutch lesson (content/translation.py).
            own = {name: value for name, value in fields.items() if name in TRANSLATED}
            return LessonRow(external_id, language, practice, own)
        return LessonRow(external_id, language, practice, fields, terms, new_tags, sources)

    def _refuse_control_characters(self) -> None:
        for name, value in self._values.items():
            if any(has_control_characters(text) for text in _texts(value)):
                self._errors.append(
                    _("%(column)s: there are invisible control characters in this text.")
                    % {"column": name}
                )

    def _text(self, name: str) -> str:
        value = self._values.get(name, "")
        if isinstance(value, str):
            return value
        if len(value) > 1:
            self._errors.append(_("%(column)s: give one value.") % {"column": name})
        return value[0] if value else ""

    def _line(self, name: str) -> str:
        return one_line(self._text(name))

    def _language(self) -> str:
        language = self._line("language").lower() or settings.LANGUAGE_CODE
        if language not in LANGUAGES:
            self._errors.append(
                _("language: “%(value)s” is none of %(known)s.")
                % {"value": language, "known": ", ".join(LANGUAGES)}
            )
        return language

    def _fields(self) -> dict[str, str]:
        """The values of the fields of a lesson that the row has."""
        fields = {name: self._line(name) for name in LINES if name in self._values}
        fields |= {name: self._choice(name) for name in CHOICES if name in self._values}
        fields |= {n: plain_text(self._text(n)) for n in PLAIN_TEXTS if n in self._values}
        fields |= {n: rich_text(self._text(n)) for n in RICH_TEXTS if n in self._values}
        for name in NEEDED:
            if not fields.get(name):
                self._errors.append(_("%(column)s: fill this in.") % {"column": name})
        self._ask_the_model(fields)
        return fields

    def _choice(self, name: str) -> str:
        """The value, or the one that a new lesson has when the cell is empty."""
        return self._line(name) or DEFAULTS[name]

    def _ask_the_model(self, fields: dict[str, str]) -> None:
        """The bounds of each field, in the words that an editor gets to see."""
        lesson = LessonPage(**fields)
        others = FIELD_NAMES - set(fields)
        empty = [name for name in NEEDED if not fields.get(name)]
        try:
            lesson.clean_fields(exclude={*others, *empty})
        except ValidationError as error:
            for name, messages in error.message_dict.items():
                self._errors += [f"{name}: {message}" for message in messages]

    def _parts(self, name: str) -> list[str]:
        value = self._values.get(name, "")
        parts = parted(one_form(value)) if isinstance(value, str) else value
        lines = (one_line(part) for part in parts)
        return [line for line in lines if line]

    def _terms(self) -> tuple[dict[str, frozenset[int]], tuple[str, ...]]:
        terms: dict[str, frozenset[int]] = {}
        new_tags: tuple[str, ...] = ()
        for column, kind in TERM_KINDS.items():
            if column not in self._values:
                continue
            if kind == TermKind.TAG:
                terms[column], new_tags = self._tags(self._parts(column))
            else:
                terms[column] = frozenset(self._chosen(column, self._parts(column)))
        return terms, new_tags

    def _chosen(self, column: str, words: list[str]) -> Iterable[int]:
        for word in words:
            try:
                yield self._vocabulary.chosen(column, word).pk
            except RowError as error:
                self._errors.append(str(error))

    def _tags(self, words: list[str]) -> tuple[frozenset[int], tuple[str, ...]]:
        """The tags that are terms already, and the names of those that are new."""
        known = [(word, self._vocabulary.tag(word)) for word in words]
        pks = {term.pk for _word, term in known if term}
        unknown = [word for word, term in known if term is None]
        try:
            # A comma divides tags too: that is how they are typed in the editor.
            names = parse_tags(",".join(unknown), most=MOST_TAGS)
            if len(pks) + len(names) > MOST_TAGS:
                raise TagError(_("Choose at most %(most)s tags.") % {"most": MOST_TAGS})
        except TagError as error:
            self._errors.append(f"tags: {error}")
            return frozenset(), ()
        found = [(name, self._vocabulary.tag(name)) for name in names]
        pks |= {term.pk for _name, term in found if term}
        return frozenset(pks), tuple(name for name, term in found if term is None)

    def _sources(self) -> tuple[str, ...] | None:
        if "source" not in self._values:
            return None
        titles = list(dict.fromkeys(self._parts("source")))
        for title in titles:
            if len(title) > LONGEST_SOURCE:
                self._errors.append(
                    _("source: “%(start)s…” is longer than %(most)s characters.")
                    % {"start": title[:40], "most": LONGEST_SOURCE}
                )
        return tuple(titles)


def _texts(value: Value) -> list[str]:
    return [value] if isinstance(value, str) else value
