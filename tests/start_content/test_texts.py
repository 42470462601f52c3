"""What the start content says: its sources, its English, its files, and no person in it."""

import io
import re
import zipfile
from collections.abc import Iterator

import pypdfium2
import pytest
from django.apps import apps
from django.utils.html import strip_tags

from content.models import ContentPage
from files.models import Download
from home.models import HomePage
from home.start_content.publishing import loaded_page
from lessons.models import LessonPage, Outcome, Strength
from practices.models import DevelopmentPathPage, PracticePage, TeamRole
from practices.situation import SITUATION

pytestmark = pytest.mark.xdist_group("start content")

# The address of a source, and the key of a block, may hold any number.
NO_WORDS = re.compile(r"https?://\S+|[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}")
# What Wagtail counts with.
NO_TEXT = {"path", "url_path", "file_hash", "key"}
OURS = {"content", "files", "home", "lessons", "practices", "vocabulary"}
E_MAIL = re.compile(r"[\w.+-]+@[\w-]+\.\w+")
TELEPHONE = re.compile(r"(?<![\d.,/-])(?:\+31|0031|0)[ -]?\(?\d{1,3}\)?(?:[ -]?\d){6,8}(?!\d)")
NINE_DIGITS = re.compile(r"(?<!\d)\d{8,9}(?!\d)")
# A word for a person, and then a name: how a story about somebody begins.
PERSON = re.compile(
    r"\b(?:leerling|jongen|meisje|moeder|vader|ouder|oma|opa|zoon|dochter|broer|zus|meester|juf|"
    r"leerkracht|mevrouw|meneer|mevr\.|dhr\.|de heer|pupil|mother|father|teacher|mrs?\.?|"
    r"ms\.?|miss) [A-Z][a-z]+"
)
# Her role in the network is public, and her name stands without an address.
NAMED = "Alice Brouwer"


def texts() -> Iterator[tuple[str, str]]:
    """Every text of every object of ours, with where it stands."""
    for model in apps.get_models():
        if model._meta.app_label not in OURS:
            continue
        fields = [
            field
            for field in model._meta.concrete_fields
            if field.get_internal_type() in {"CharField", "TextField", "JSONField"}
            and field.name not in NO_TEXT
        ]
        for row in model._base_manager.all():
            for field in fields:
                text = NO_WORDS.sub("", str(field.value_to_string(row)))
                yield f"{model._meta.label} {row.pk} {field.name}", text


def is_citizen_number(digits: str) -> bool:
    """The eleven test of a Dutch citizen service number."""
    digits = digits.zfill(9)
    weights = [9, 8, 7, 6, 5, 4, 3, 2, -1]
    total = sum(int(digit) * weight for digit, weight in zip(digits, weights, strict=True))
    return total % 11 == 0 and int(digits) > 0


def test_no_text_has_an_address_or_a_number_of_a_person():
    for place, text in texts():
        assert not E_MAIL.search(text), place
        assert not TELEPHONE.search(text), f"{place}: {TELEPHONE.search(text)}"
        numbers = [number for number in NINE_DIGITS.findall(text) if is_citizen_number(number)]
        assert not numbers, f"{place}: {numbers}"


def test_no_text_names_a_person():
    for place, text in texts():
        found = [name[0] for name in PERSON.finditer(strip_tags(text)) if NAMED not in text]
        assert not found, f"{place}: {found}"
    assert not TeamRole.objects.exclude(person="").exists()


def test_a_test_for_names_and_numbers_finds_them():
    assert PERSON.search("Toen zei moeder Petra dat het goed was.")
    assert TELEPHONE.search("Bel 06-12345678 of 0591 123456.")
    assert is_citizen_number("111222333")


def test_every_lesson_says_what_came_of_it_how_sure_it_is_and_where_it_comes_from():
    for lesson in LessonPage.objects.filter(locale__language_code="nl"):
        name = lesson.external_id
        assert lesson.outcome in Outcome.values, name
        assert lesson.strength in Strength.values, name
        assert lesson.sources.exists(), name
        assert lesson.lesson, name
        assert strip_tags(lesson.situation), name
        assert strip_tags(lesson.advice), name
        assert lesson.terms.filter(kind="theme").exists(), name


def test_the_strength_of_a_lesson_is_what_its_facts_allow():
    lessons = LessonPage.objects.filter(locale__language_code="nl")

    assert {lesson.external_id for lesson in lessons.filter(strength=Strength.RESEARCHED)}
    for lesson in lessons.filter(strength=Strength.RESEARCHED):
        assert lesson.sources.exclude(title="").exists(), lesson.external_id


def test_there_is_english_for_the_home_page_the_practices_and_their_paths():
    pages = [
        HomePage.objects.get(locale__language_code="nl"),
        *(loaded_page(f"practice:{slug}") for slug in ("orion", "veens-welzijn")),
        loaded_page("practice:integrated-care-emmen"),
        *DevelopmentPathPage.objects.filter(locale__language_code="nl"),
    ]

    for page in pages:
        english = page.get_translations().get()
        assert english.live, page
        assert english.alias_of is None, page
        assert english.specific.summary != page.specific.summary or not page.summary, page
    assert LessonPage.objects.live().filter(locale__language_code="en").count() >= 10


def test_of_the_situation_of_a_practice_only_what_a_source_says_is_known():
    known = {
        practice.slug: facts
        for practice in PracticePage.objects.filter(locale__language_code="nl")
        if (facts := {name: value for name in SITUATION if (value := getattr(practice, name))})
    }

    assert known == {
        "orion": {"surroundings": ["city"]},
        "integrated-care-emmen": {"team_at_school": ["when_needed"]},
        "school-in-de-wijk-almere": {"surroundings": ["city"]},
        "jos-de-meierij": {"budget_holders": ["municipality"]},
    }
    for english in PracticePage.objects.filter(locale__language_code="en"):
        dutch = english.get_translations().get().specific
        for name in SITUATION:
            assert getattr(english, name) == getattr(dutch, name), (dutch.slug, name)


def test_english_has_the_facts_of_the_dutch():
    for english in LessonPage.objects.filter(locale__language_code="en"):
        dutch = LessonPage.objects.get(
            translation_key=english.translation_key, locale__language_code="nl"
        )
        for name in ("outcome", "strength", "date", "audience", "number"):
            assert getattr(english, name) == getattr(dutch, name), (dutch.external_id, name)
        assert set(english.terms.all()) == set(dutch.terms.all()), dutch.external_id
        assert set(english.paths.all()) == set(dutch.paths.all()), dutch.external_id
        assert english.title != dutch.title


def test_every_file_can_be_opened_and_says_whose_it_is():
    sheets = Download.objects.filter(alternative_to=None)
    assert len(sheets) == 6

    for sheet in sheets:
        (word,) = sheet.alternatives.all()
        for download in (sheet, word):
            assert download.licence, download
            assert download.owner_name, download
            assert download.description, download
        with sheet.file.open() as file, word.file.open() as other:
            pdf = pypdfium2.PdfDocument(file.read())
            document = zipfile.ZipFile(io.BytesIO(other.read()))
        text = "\n".join(page.get_textpage().get_text_range() for page in pdf)
        assert len(pdf) == sheet.page_count, sheet
        assert "Lerende Praktijken" in text, sheet
        assert "CC BY 4.0" in text, sheet
        assert not E_MAIL.search(text), sheet
        assert document.testzip() is None
        assert "word/document.xml" in document.namelist()
        assert "vbaProject.bin" not in str(document.namelist())


def test_every_file_is_offered_somewhere():
    for sheet in Download.objects.filter(alternative_to=None):
        assert sheet.page_downloads.exists() or sheet.path_steps.exists(), sheet


def test_no_page_of_the_start_content_is_for_some_only():
    assert set(ContentPage.objects.values_list("audience", flat=True)) == {"public"}
