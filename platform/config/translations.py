"""Collecting texts for translation and compiling translations, with Babel, without GNU gettext.

Django's own `makemessages` and `compilemessages` do the same by calling gettext's programs.
"""

import io
from dataclasses import dataclass
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.extract import extract
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po
from django.apps import apps
from django.conf import locale as texts_of_django
from django.conf import settings
from django.core.management import CommandError
from django.utils.translation import templatize

SOURCES = ("platform", "home", "practices", "lessons", "search", "templates")
HEADER = "# `make messages` collects the texts; the translations are written here, by hand."
KEYWORDS = {
    "_": None,
    "gettext": None,
    "gettext_lazy": None,
    "gettext_noop": None,
    "ngettext": (1, 2),
    "ngettext_lazy": (1, 2),
    "pgettext": ((1, "c"), 2),
    "pgettext_lazy": ((1, "c"), 2),
    "npgettext": ((1, "c"), 2, 3),
    "npgettext_lazy": ((1, "c"), 2, 3),
}


@dataclass(frozen=True)
class Translation:
    """What the two files of one language should hold, next to what they hold."""

    language: str
    catalog: Catalog

    @property
    def po_file(self) -> Path:
        return folder_of(self.language) / "django.po"

    @property
    def mo_file(self) -> Path:
        return folder_of(self.language) / "django.mo"

    def as_po(self) -> bytes:
        stream = io.BytesIO()
        # A fixed order and no line numbers: two branches seldom conflict.
        write_po(
            stream,
            self.catalog,
            width=100,
            sort_output=True,
            include_lineno=False,
            ignore_obsolete=True,
        )
        return stream.getvalue()

    def as_mo(self) -> bytes:
        stream = io.BytesIO()
        write_mo(stream, read_po(io.BytesIO(self.as_po()), locale=self.language))
        return stream.getvalue()

    def write(self) -> None:
        self.po_file.parent.mkdir(parents=True, exist_ok=True)
        self.po_file.write_bytes(self.as_po())
        self.mo_file.write_bytes(self.as_mo())

    def complaints(self):
        """What is wrong, a line each: files out of date, texts without a translation."""
        for path, content in ((self.po_file, self.as_po()), (self.mo_file, self.as_mo())):
            if not path.exists() or path.read_bytes() != content:
                yield f"{path.relative_to(settings.BASE_DIR)} is out of date: make messages"
        for message in self.catalog:
            strings = message.string if isinstance(message.string, tuple) else (message.string,)
            if message.id and not all(strings):
                yield f"{self.language}: no translation of {message.id!r}"
            elif message.id and message.fuzzy:
                yield f"{self.language}: fuzzy translation of {message.id!r}"
            elif message.id:
                for error in message.check(self.catalog):
                    yield f"{self.language}: {message.id!r}: {error}"


def folder_of(language):
    return settings.BASE_DIR / "locale" / language / "LC_MESSAGES"


def translations():
    """For every language but English, in which the code is written: its texts as they should be."""
    texts = collect()
    for language, _name in settings.LANGUAGES:
        if language != "en":
            yield Translation(language, merged(language, texts))


def merged(language, texts):
    """The translations there are, brought in line with the texts found in the code."""
    path = folder_of(language) / "django.po"
    if path.exists():
        with path.open("rb") as stream:
            catalog = read_po(stream, locale=language)
    else:
        catalog = Catalog(
            locale=language, project="Lerende Praktijken", header_comment=HEADER, fuzzy=False
        )
    catalog.update(texts, no_fuzzy_matching=True, update_creation_date=False)
    libraries = list(texts_of_libraries())
    for message in list(catalog.obsolete.values()):
        for name, theirs in libraries:
            if theirs.get(message.id, message.context):
                message.locations = [(name, 0)]
                catalog[message.id] = message
                break
    return catalog


def texts_of_libraries():
    """Of Django and of each library that we install: its name, and the texts in its code.

    Our translation of such a text, written by hand in our own file, wins from the library's.
    """
    yield "django", english_texts(Path(texts_of_django.__file__).parent)
    for app in apps.get_app_configs():
        folder = Path(app.path) / "locale"
        if (folder / "en").is_dir():
            yield app.name, english_texts(folder)


def english_texts(folder):
    with (folder / "en" / "LC_MESSAGES" / "django.po").open("rb") as stream:
        return read_po(stream, locale="en")


def collect():
    """Every text marked for translation, from modules and templates."""
    catalog = Catalog()
    counted: dict[tuple[str | None, str], bool] = {}
    for path in source_files():
        name = path.relative_to(settings.BASE_DIR).as_posix()
        source = path.read_text()
        if path.suffix != ".py":
            # The text around the tags becomes X's; stripped, they cannot look like a wrong indent.
            blanked = templatize(source, origin=name)
            source = "\n".join(line.strip() for line in blanked.splitlines())
        found = extract(
            "python", io.BytesIO(source.encode()), KEYWORDS, comment_tags=("Translators:",)
        )
        for line, text, comments, context in found:
            singular, is_counted = (text[0], True) if isinstance(text, tuple) else (text, False)
            if counted.setdefault((context, singular), is_counted) != is_counted:
                # Python before 3.11.5 finds only the translation that goes with a number.
                raise CommandError(
                    f"{name}:{line}: {singular!r} stands elsewhere "
                    f"{'without' if is_counted else 'with'} a number; give one of them a context."
                )
            catalog.add(text, locations=[(name, line)], auto_comments=comments, context=context)
    return catalog


def source_files():
    for source in SOURCES:
        for path in sorted((settings.BASE_DIR / source).rglob("*")):
            if path.suffix in {".py", ".html", ".txt", ".xml"} and "migrations" not in path.parts:
                yield path
