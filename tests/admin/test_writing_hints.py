"""The editor tells what could be better about a draft, and stops only what the rules say."""

import io

import pytest
from bs4 import BeautifulSoup
from django.core.files.images import ImageFile
from django.urls import reverse
from PIL import Image
from wagtail_localize.models import Translation, TranslationSource

from content.checking import hints_of
from files.models import Picture
from home.models import NewsPage
from lessons.models import LessonPage
from tests.admin.forms import edit, errors_in, fields_of, send
from tests.factories import (
    DevelopmentPathPageFactory,
    InformationPageFactory,
    LessonPageFactory,
    NewsPageFactory,
    PathStepFactory,
    PracticePageFactory,
    in_english,
)


@pytest.fixture
def make_picture(db):
    def made(description=""):
        file = io.BytesIO()
        Image.new("RGB", (20, 20)).save(file, "PNG")
        return Picture.objects.create(
            title="IMG_1234",
            description=description,
            file=ImageFile(file, name="tafel.png"),
            consent_note="Ja, in mei.",
        )

    return made


@pytest.fixture
def as_leader(client, leader):
    client.force_login(leader)
    return client


def shown(response) -> str:
    panel = BeautifulSoup(response.content, "html.parser").select_one("[data-writing-hints]")
    return panel.get_text(" ", strip=True)


def test_the_hints_stand_beside_a_saved_draft(as_leader, practice):
    lesson = LessonPageFactory(
        parent=practice, live=False, situation='<p>Lees <a href="https://nji.nl">hier</a>.</p>'
    )

    hints = shown(as_leader.get(edit(lesson)))

    assert "waar de link naartoe gaat" in hints
    assert "Wat was er aan de hand" in hints or "aanleiding" in hints.lower()


def test_a_draft_is_saved_and_published_with_hints(as_leader, practice):
    lesson = LessonPageFactory(parent=practice, live=False)

    send(as_leader, edit(lesson), "publish", lesson="Bel de XYZ.")

    lesson = LessonPage.objects.get(pk=lesson.pk)
    assert lesson.live
    assert "Wat is “XYZ”" in shown(as_leader.get(edit(lesson)))


def test_saving_while_somebody_types_brings_the_hints_along(as_leader, practice):
    lesson = LessonPageFactory(parent=practice, live=False)
    data = fields_of(as_leader.get(edit(lesson))) | {"lesson": "Bel de XYZ."}

    response = as_leader.post(edit(lesson), data, headers={"Accept": "application/json"})

    assert response.json()["success"] is True
    assert "Wat is “XYZ”" in response.json()["html"]


def test_what_may_identify_a_child_is_pointed_out_in_the_draft_already(practice):
    lesson = LessonPageFactory(
        parent=practice,
        live=False,
        lesson="De moeder van Noor belde.",
        action="<p>Het bsn is <b>123456782</b>.</p>",
    )

    hints = hints_of(lesson)

    assert [hint.blocks for hint in hints] == [True, False]
    assert "123456782" in hints[0].message
    assert "Noor" in hints[1].message


def test_an_empty_summary_is_pointed_out(practice):
    assert any("leeg" in hint.message for hint in hints_of(InformationPageFactory(summary="")))
    assert not hints_of(InformationPageFactory(title="Met samenvatting"))


def test_a_heading_without_text_is_pointed_out(site_tree):
    body = [
        ("heading", {"text": "Zo begin je", "anchor": ""}),
        ("heading", {"text": "Stap een", "anchor": ""}),
        ("text", "<p>Bel.</p>"),
    ]

    [hint] = hints_of(InformationPageFactory(body=body))

    assert "Zo begin je" in hint.message


def test_rows_and_blocks_are_looked_at_too(practice):
    path = DevelopmentPathPageFactory(parent=practice, summary="Kort.")
    PathStepFactory(page=path, text="<p>Bel de XYZ.</p>")

    assert any("XYZ" in hint.message for hint in hints_of(path))


def test_the_draft_of_a_translation_has_hints_in_its_own_language(practice):
    lesson = LessonPageFactory(parent=practice)
    english = in_english(
        lesson, live=False, situation='<p><a href="/">click here</a></p>', lesson="Call the XYZ."
    )

    messages = [hint.message for hint in hints_of(english)]

    assert len(messages) == 1


# What blocks


def test_a_picture_without_a_description_stops_publishing_and_no_draft(
    as_leader, site_tree, make_picture
):
    picture = make_picture()
    news = NewsPageFactory(live=False)

    response = send(as_leader, edit(news), "publish", image=str(picture.pk))

    assert "image" in errors_in(response)
    assert not NewsPage.objects.get(pk=news.pk).live
    assert send(as_leader, edit(news), image=str(picture.pk)).status_code == 302
    assert "Moet anders" in shown(as_leader.get(edit(news)))

    picture.description = "Een tafel met vier stoelen."
    picture.save()
    send(as_leader, edit(news), "publish", image=str(picture.pk))
    assert NewsPage.objects.get(pk=news.pk).live


@pytest.mark.parametrize(
    ("described", "decorative", "blocks"),
    [("", False, True), ("", True, False), ("Een tafel met vier stoelen", False, False)],
)
def test_a_picture_in_the_text_needs_a_description_or_is_decorative(
    practice, make_picture, described, decorative, blocks
):
    image = make_picture()
    image.contextual_alt_text, image.decorative = described, decorative
    lesson = LessonPageFactory(
        parent=practice, live=False, extra=[("picture", {"image": image, "caption": ""})]
    )

    assert [hint.blocks for hint in hints_of(lesson)] == ([True] if blocks else [])
    assert any("afbeelding" in message for message in lesson.what_is_missing()) is blocks


def test_the_name_of_a_file_is_no_description(practice, make_picture):
    image = make_picture()
    image.contextual_alt_text, image.decorative = "IMG_1234.JPG", False
    lesson = LessonPageFactory(
        parent=practice, extra=[("picture", {"image": image, "caption": ""})]
    )

    assert "IMG_1234.JPG" in hints_of(lesson)[0].message


def test_publishing_from_a_list_asks_for_descriptions_too(as_leader, site_tree, make_picture):
    news = NewsPageFactory(live=False)
    news.image = make_picture()
    news.save_revision()

    url = reverse("wagtail_bulk_action", args=["wagtailcore", "page", "publish"])
    as_leader.post(f"{url}?id={news.pk}")

    assert not NewsPage.objects.get(pk=news.pk).live


def test_hints_cost_a_fixed_number_of_queries(practice, django_assert_max_num_queries):
    pages = [LessonPageFactory(parent=practice), PracticePageFactory(title="Nieuw")]

    for page in pages:
        page = type(page).objects.get(pk=page.pk)
        with django_assert_max_num_queries(16):
            hints_of(page)


# Wagtail's checker of the preview


def test_the_checker_has_our_rules_in_dutch(as_leader, practice):
    lesson = LessonPageFactory(parent=practice, live=False)

    page = as_leader.get(edit(lesson)).content.decode()

    assert "image-alt" in page
    assert "heading-order" in page
    assert "Een afbeelding heeft geen beschrijving" in page


def test_the_preview_of_a_translation_has_the_bar_that_checks(as_leader, practice):
    lesson = LessonPageFactory(parent=practice)
    english = in_english(lesson, live=False)
    source, _created = TranslationSource.update_or_create_from_instance(lesson)
    translation = Translation.objects.create(source=source, target_locale=english.locale)

    preview = as_leader.get(
        reverse("wagtail_localize:preview_translation", args=[translation.pk])
    ).content.decode()

    assert "<wagtail-userbar" in preview
    assert "image-alt" in preview


def test_only_a_preview_has_the_bar_that_checks(as_leader, client, practice):
    lesson = LessonPageFactory(parent=practice, live=False)
    lesson.save_revision()

    preview = as_leader.get(reverse("wagtailadmin_pages:view_draft", args=[lesson.pk]))

    assert "<wagtail-userbar" in preview.content.decode()
    lesson.latest_revision.publish()
    public = as_leader.get(LessonPage.objects.get(pk=lesson.pk).get_url()).content.decode()
    assert "<wagtail-userbar" not in public
