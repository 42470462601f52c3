"""One lesson, and the lists of lessons."""

import pytest
from django.utils.translation import gettext as _

from lessons.models import Outcome
from tests.factories import DevelopmentPathPageFactory, LessonPageFactory, TermFactory
from tests.pages.markup import markup
from visibility.audience import Audience


def test_the_parts_stand_in_the_order_in_which_a_colleague_reads(client, full_lesson):
    full_lesson.advice = "<ol><li>Kies vaste dagen.</li></ol>"
    full_lesson.caution = "<p>Nog niet onderzocht.</p>"
    full_lesson.save()

    ids = markup(client.get(full_lesson.url)).ids

    parts = ["aanleiding", "gedaan", "gebeurd", "geleerd", "begin", "let-op"]
    assert [name for name in ids if name in parts] == parts


def test_an_empty_part_is_left_out(client, full_lesson):
    full_lesson.situation = "<p></p>"
    full_lesson.save()

    assert "aanleiding" not in markup(client.get(full_lesson.url)).ids


def test_the_facts_stand_beside_the_text(client, full_lesson):
    page = client.get(full_lesson.url)

    text = page.content.decode()
    for shown in ("Verhaal van de regio", "Wachttijd", f"/les/{full_lesson.number}/"):
        assert shown in text
    assert str(Outcome.WORKED.label) in text
    assert str(page.context["audience_sentence"]) in text


def test_the_fixed_link_leads_to_the_lesson(client, full_lesson):
    assert client.get(f"/les/{full_lesson.number}/").url == full_lesson.url


def test_a_lesson_for_a_circle_warns_beside_the_ways_to_share(client, full_lesson, leader):
    full_lesson.audience = Audience.OUTER_RING
    full_lesson.save()
    client.force_login(leader)

    page = client.get(full_lesson.url)

    assert str(page.context["only_for"]) in page.content.decode()
    assert markup(page).of_head("og:title") is None


def test_the_audience_of_a_page_above_counts_in_the_warning(client, full_practice, leader):
    lesson = LessonPageFactory(parent=full_practice, title="Onder iets besloten")
    full_practice.audience = Audience.PRACTICE
    full_practice.save()
    client.force_login(leader)

    page = client.get(lesson.url)

    assert page.context["only_for"]


@pytest.mark.parametrize(("words", "hint"), [(200, False), (5_000, True)])
def test_only_a_long_lesson_says_how_long_it_takes(client, full_lesson, words, hint):
    full_lesson.action = f"<p>{'woord ' * words}</p>"
    full_lesson.save()

    assert bool(client.get(full_lesson.url).context["page"].reading_minutes) is hint


def test_read_also_holds_a_lesson_of_another_practice(client, full_lesson, other_practice, element):
    for number in range(4):
        LessonPageFactory(
            parent=full_lesson.get_parent(), title=f"Van ons {number}", terms=[element]
        )
    LessonPageFactory(parent=other_practice, title="Van de buren", terms=[element])

    related = client.get(full_lesson.url).context["related"]

    assert len(related) == 3
    assert "Van de buren" in [line.title for line in related]


def test_a_list_can_be_of_one_school(client, full_practice):
    school = DevelopmentPathPageFactory(parent=full_practice, title="De Bron")
    LessonPageFactory(parent=full_practice, title="Van De Bron", paths=[school])
    other = LessonPageFactory(parent=full_practice, title="Van allen")

    page = client.get(other.get_parent().url, {"school": school.slug})

    assert [line.title for line in page.context["lines"]] == ["Van De Bron"]


@pytest.mark.parametrize(
    "query",
    [
        "school=bestaat-niet",
        "element=%00",
        "page=abc",
        "page=0",
        "page=99",
        "page=-1",
        "school=%FF",
    ],
)
def test_a_list_survives_any_address_and_says_what_it_left_out(client, full_lesson, query):
    page = client.get(f"{full_lesson.get_parent().url}?{query}")

    assert page.status_code == 200
    assert 'class="language-notice"' in page.content.decode()
    assert [line.title for line in page.context["lines"]] == [full_lesson.title]


def test_a_theme_gathers_the_lessons_of_all_practices(client, full_practice, other_practice):
    theme = TermFactory(name="Wachttijd")
    LessonPageFactory(parent=full_practice, title="Een", terms=[theme])
    LessonPageFactory(parent=other_practice, title="Twee", terms=[theme])

    page = client.get(f"/themas/{theme.slug}/")

    assert {line.title for line in page.context["lines"]} == {"Een", "Twee"}
    assert page.context["practice_count"] == 2


def test_a_theme_without_lessons_invites(client, site_tree):
    page = client.get(f"/themas/{TermFactory(name='Nog leeg').slug}/")

    assert 'class="empty-state"' in page.content.decode()
    assert "/lessen/delen/?thema=nog-leeg" in markup(page).links


def test_the_glossary_leads_to_every_word(client, site_tree):
    words = [TermFactory(name=name) for name in ("Borgen", "Éénheid", "ouders")]

    page = markup(client.get("/begrippen/"))

    assert {"letter-B", "letter-E", "letter-O"} <= set(page.ids)
    assert {f"/themas/{word.slug}/" for word in words} <= set(page.links)


def test_the_count_beside_a_theme_is_what_its_page_shows(client, full_practice):
    theme = TermFactory(name="Wachttijd")
    LessonPageFactory(parent=full_practice, title="Een", terms=[theme])
    LessonPageFactory(parent=full_practice, title="Twee", terms=[theme], audience=Audience.PRACTICE)

    rows = client.get("/themas/").context["themes"]

    count = next(row.count for row in rows if row.term == theme)
    assert count == client.get(f"/themas/{theme.slug}/").context["lesson_count"] == 1


def test_a_quote_and_a_video_stand_in_the_lesson(client, full_lesson):
    full_lesson.extra = [
        ("quote", {"quote": "Nu weet ik wie ik bel.", "role": "moeder"}),
        (
            "video",
            {
                "url": "https://www.youtube.com/watch?v=abcdef123456",
                "title": "De tandem",
                "transcript": "Wij zijn de tandem.",
            },
        ),
    ]
    full_lesson.save()

    page = client.get(full_lesson.url)

    text = page.content.decode()
    assert "Nu weet ik wie ik bel." in text
    assert 'data-video-src="https://www.youtube-nocookie.com/embed/abcdef123456"' in text
    assert "Wij zijn de tandem." in text
    assert "<iframe" not in text
    assert _("What is said in the video") in text
