"""What a page tells search engines, and the languages that it exists in."""

import pytest
from wagtail.models import Locale

from tests.pages.markup import markup
from visibility.audience import Audience

BASE = "http://127.0.0.1:8000"


@pytest.fixture
def english_lesson(full_lesson, site_tree):
    english = Locale.objects.get(language_code="en")
    translated = full_lesson.copy_for_translation(english, copy_parents=True)
    translated.title = "Make the step to help small"
    translated.save_revision().publish()
    return translated


def test_a_page_in_two_languages_names_both(client, full_lesson, english_lesson):
    dutch = markup(client.get(full_lesson.url))
    english = markup(client.get(english_lesson.url))

    expected = {
        "nl": BASE + full_lesson.url,
        "en": BASE + english_lesson.url,
        "x-default": BASE + full_lesson.url,
    }
    assert dutch.alternates == english.alternates == expected
    assert dutch.of_head("canonical") == expected["nl"]
    assert english.of_head("canonical") == expected["en"]
    assert english.language == "en"


def test_an_untranslated_page_stands_in_dutch_in_the_other_frame(client, full_lesson):
    page = client.get(f"/en{full_lesson.url}")

    text = page.content.decode()
    assert markup(page).language == "en"
    assert f'<h1 class="lesson-page__title" lang="nl"><bdi>{full_lesson.title}' in text
    assert 'class="language-notice"' in text
    assert markup(page).of_head("canonical") == BASE + full_lesson.url
    assert markup(page).alternates == {}


def test_a_list_marks_what_is_in_dutch(client, full_lesson):
    text = client.get(f"/en{full_lesson.get_parent().url}").content.decode()

    assert '<abbr class="language-mark" title="In Dutch">NL</abbr>' in text
    assert f'lang="nl"><a href="/en{full_lesson.url}"' in text


def test_a_dutch_list_marks_what_is_in_english(client, full_lesson, english_lesson):
    text = client.get("/zoeken/?taal=en&soort=les").content.decode()

    assert '<abbr class="language-mark" title="In het Engels">EN</abbr>' in text


def test_a_translation_for_a_circle_is_no_alternate(client, full_lesson, english_lesson):
    english_lesson.audience = Audience.PRACTICE
    english_lesson.save()

    assert markup(client.get(full_lesson.url)).alternates == {}


def test_a_shared_link_has_a_title_a_sentence_and_a_picture(client, full_lesson):
    head = markup(client.get(full_lesson.url))

    assert head.of_head("og:title") == full_lesson.title
    assert head.of_head("og:description") == full_lesson.lesson
    assert head.of_head("description") == full_lesson.lesson
    assert head.of_head("og:image").startswith(f"{BASE}/static/img/sharing")


def test_the_second_page_of_a_list_is_a_page_of_its_own(client, full_practice):
    from tests.factories import LessonPageFactory

    for number in range(21):
        lesson = LessonPageFactory(parent=full_practice, title=f"Les {number}")
    address = lesson.get_parent().url

    assert markup(client.get(address)).of_head("canonical") == BASE + address
    assert markup(client.get(f"{address}?page=2")).of_head("canonical") == f"{BASE}{address}?page=2"
