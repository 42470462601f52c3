"""Our own words for what a library says."""

from babel.messages.catalog import Catalog
from django.utils.translation import gettext

from config.translations import merged


def test_our_words_for_a_text_of_a_library_win():
    assert gettext("Two-Factor Authentication") == "Tweede stap bij het inloggen"


def test_a_text_of_a_library_is_kept_and_a_text_that_nobody_has_any_more_is_not(settings, tmp_path):
    settings.BASE_DIR = tmp_path
    folder = tmp_path / "locale" / "nl" / "LC_MESSAGES"
    folder.mkdir(parents=True)
    lines = [
        'msgid "Bad Token"\nmsgstr "Deze link werkt niet meer"\n',
        'msgid "A text that was taken out"\nmsgstr "Weg"\n',
    ]
    (folder / "django.po").write_text("\n".join(lines))

    catalog = merged("nl", Catalog())

    assert catalog["Bad Token"].string == "Deze link werkt niet meer"
    assert "A text that was taken out" not in catalog
