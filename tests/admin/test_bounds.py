"""A professional works in the own practice, and reaches nothing of another one."""

import json

import pytest
from django.core.files.base import ContentFile
from django.test import Client
from django.urls import reverse
from django.utils.text import slugify
from wagtail.models import Page

from content.models import ContentPage, PageDownload
from files.models import Download, Picture
from lessons.models import LessonIndexPage, LessonPage
from practices.models import DevelopmentPathPage, PracticePage
from practices.setup import practice_collection, practice_group
from tests.admin.forms import add, edit, fields_of, lessons_of, row
from tests.factories import DevelopmentPathPageFactory, DownloadFactory, LessonPageFactory
from tests.files import samples
from visibility.audience import Audience

TITLE = "Alleen van ons"


@pytest.fixture
def foreign(other_practice):
    """A lesson and a path of another practice, with an older version each."""
    lesson = LessonPageFactory(parent=other_practice, title=TITLE)
    path = DevelopmentPathPageFactory(parent=other_practice, title=TITLE)
    for page in (lesson, path):
        page.save_revision()
        page.save_revision()
    return {"lesson": lesson, "path": path, "practice": other_practice}


@pytest.fixture
def inside(client, professional):
    client.force_login(professional)
    return client


def everything():
    """What a change in any page would change."""
    return [
        sorted(
            Page.objects.values_list("path", "title", "slug", "live", "locked", "latest_revision")
        ),
        sorted(ContentPage.objects.values_list("pk", "audience", "practice_key")),
    ]


def admin(name, *args):
    return reverse(f"wagtailadmin_pages:{name}", args=args)


def addresses(page, own):
    """Every address of the admin that reads or changes one page."""
    first, last = page.revisions.order_by("pk").first(), page.latest_revision
    pk = page.pk
    return [
        admin("edit", pk),
        admin("copy", pk),
        admin("move", pk),
        admin("move_confirm", pk, own.get_parent().pk),
        admin("history", pk),
        admin("workflow_history", pk),
        admin("usage", pk),
        admin("delete", pk),
        admin("unpublish", pk),
        admin("view_draft", pk),
        admin("preview_on_edit", pk),
        admin("set_page_position", pk),
        admin("lock", pk),
        admin("unlock", pk),
        admin("set_privacy", pk),
        admin("convert_alias", pk),
        *(
            [
                admin("revisions_view", pk, first.pk),
                admin("revisions_revert", pk, first.pk),
                admin("revisions_compare", pk, first.pk, last.pk),
                admin("revisions_unschedule", pk, last.pk),
            ]
            if first
            else []
        ),
        *(
            reverse("wagtail_bulk_action", args=["wagtailcore", "page", action]) + f"?id={pk}"
            for action in ("publish", "unpublish", "delete", "move")
        ),
        f"/beheer/localize/submit/page/{pk}/",
        *(
            f"/beheer/api/main/pages/{pk}/action/{action}/"
            for action in (
                "publish", "unpublish", "delete", "copy", "move", "create_alias",
                "copy_for_translation", "convert_alias", "revert_to_page_revision",
            )
        ),
        f"/beheer/api/main/pages/{pk}/",
    ]  # fmt: skip


@pytest.mark.parametrize("kind", ["lesson", "path", "practice"])
def test_no_address_of_another_practice_answers(inside, lesson, foreign, kind):
    page = foreign[kind]
    before = everything()

    for url in addresses(page, lesson):
        for method in ("get", "post"):
            response = getattr(inside, method)(
                url, {"title": "Gekaapt", "slug": "gekaapt", "chooser": lesson.get_parent().pk}
            )
            # A list of what to do in bulk answers, and says only how many may not be touched.
            refused = response.status_code in (302, 403, 404, 405) or "/bulk/" in url
            assert refused, (method, url)
            assert page.title not in response.content.decode(), (method, url)
    assert everything() == before


@pytest.mark.parametrize("model", [LessonPage, DevelopmentPathPage])
def test_nothing_is_made_in_another_practice(inside, other_practice, lesson, model):
    index = next(
        page
        for page in other_practice.get_children().specific()
        if model in page.allowed_subpage_models()
    )
    copy = {"new_title": "Kopie", "new_slug": "kopie", "new_parent_page": index.pk}
    before = everything()

    for url, data in (
        (add(model, index), {"title": "Hier", "slug": "hier"}),
        (admin("copy", lesson.pk), copy),
        (admin("move_confirm", lesson.pk, index.pk), {}),
        (f"/beheer/bulk/wagtailcore/page/move/?id={lesson.pk}", {"chooser": index.pk}),
        (f"/beheer/api/main/pages/{lesson.pk}/action/copy/", {"destination_page_id": index.pk}),
        (f"/beheer/api/main/pages/{lesson.pk}/action/move/", {"destination_page_id": index.pk}),
        (
            f"/beheer/api/main/pages/{lesson.pk}/action/create_alias/",
            {"destination_page_id": index.pk},
        ),
    ):
        inside.post(url, data)

    assert everything() == before


@pytest.mark.parametrize(
    "address",
    [
        "/beheer/",
        "/beheer/pages/",
        "/beheer/pages/search/?q=alleen",
        "/beheer/pages/search/?q=veens",
        "/beheer/choose-page/",
        "/beheer/choose-page/search/?q=alleen",
        "/beheer/reports/site-history/",
        "/beheer/reports/locked/",
        "/beheer/reports/workflow/",
        "/beheer/reports/aging-pages/",
        "/beheer/api/main/pages/",
        "/beheer/api/main/pages/?search=alleen",
        "/beheer/documents/",
        "/beheer/documents/chooser/",
        "/beheer/api/main/documents/",
        "/beheer/images/chooser/",
    ],
)
def test_no_list_tells_of_another_practice(inside, lesson, foreign, other_practice, address):
    LessonPage.objects.filter(pk=foreign["lesson"].pk).update(locked=True, audience="practice")
    DevelopmentPathPage.objects.filter(pk=foreign["path"].pk).update(audience="practice")
    DownloadFactory(title=TITLE, collection=practice_collection(other_practice))

    response = inside.get(address, follow=True)

    assert response.status_code in (200, 302, 403)
    assert TITLE not in response.content.decode()


@pytest.mark.parametrize("place", ["the lesson itself", "the overview above it"])
def test_the_page_chooser_shows_no_hidden_page(inside, lesson, foreign, place):
    hidden = foreign["lesson"]
    hidden.audience = "practice"
    hidden.save()
    page = hidden if place == "the lesson itself" else hidden.get_parent()

    response = inside.get(f"/beheer/choose-page/{page.pk}/", follow=True)

    assert TITLE not in response.content.decode()


def test_the_page_chooser_shows_what_can_be_linked_to(inside, lesson, foreign):
    above = foreign["lesson"].get_parent()

    assert TITLE in inside.get(f"/beheer/choose-page/{above.pk}/").content.decode()
    assert (
        lesson.title
        in inside.get(f"/beheer/choose-page/{lesson.get_parent().pk}/").content.decode()
    )


FILE_ADDRESSES = [
    *("documents/edit/{}/", "documents/delete/{}/", "documents/usage/{}/", "documents/chooser/{}/"),
    *("bulk/files/download/delete/?id={}", "bulk/files/download/add_to_collection/?id={}"),
    "bulk/files/download/add_tags/?id=all&x={}",
]


@pytest.mark.parametrize("address", FILE_ADDRESSES)
def test_files_of_another_practice_are_out_of_reach(inside, lesson, other_practice, address):
    file = DownloadFactory(title=TITLE, collection=practice_collection(other_practice))

    for method in (inside.get, inside.post):
        response = method(f"/beheer/{address.format(file.pk)}")
        assert TITLE not in response.content.decode()
    file.refresh_from_db()
    assert file.title == TITLE


def test_the_explorer_leads_to_the_own_practice(inside, practice, foreign):
    html = inside.get(f"/beheer/pages/{practice.pk}/").content.decode()

    assert "Lessen" in html
    assert "Veens Welzijn" not in html
    assert inside.get(f"/beheer/pages/{foreign['practice'].pk}/").status_code in (302, 403, 404)


def test_a_professional_works_in_the_own_practice(inside, practice, lesson):
    for url in (
        edit(lesson),
        add(LessonPage, lessons_of(practice)),
        admin("history", lesson.pk),
        admin("copy", lesson.pk),
    ):
        assert inside.get(url).status_code == 200


def test_a_professional_does_not_publish_by_a_crafted_request(inside, practice):
    draft = LessonPageFactory(parent=practice, live=False)
    data = fields_of(inside.get(edit(draft)))

    inside.post(edit(draft), data | {"action-publish": "1"})
    inside.post(f"/beheer/bulk/wagtailcore/page/publish/?id={draft.pk}")
    inside.post(f"/beheer/api/main/pages/{draft.pk}/action/publish/")

    draft.refresh_from_db()
    assert not draft.live


def test_a_professional_of_two_practices_works_in_both(
    client, professional, other_practice, lesson
):
    professional.groups.add(practice_group(other_practice))
    client.force_login(professional)
    there = LessonIndexPage.objects.child_of(other_practice).get()

    assert client.get(edit(lesson)).status_code == 200
    assert client.get(add(LessonPage, there)).status_code == 200


def test_withdrawn_rights_are_gone_at_once(inside, professional, lesson):
    assert inside.get(edit(lesson)).status_code == 200

    professional.groups.clear()

    assert inside.get(edit(lesson)).status_code == 302


def test_a_professional_does_not_delete_or_end_the_practice(inside, practice, lesson):
    before = everything()

    inside.post(admin("delete", practice.pk))
    inside.post(edit(practice), {"ended_on": "2020-01-01"})

    assert everything() == before
    assert PracticePage.objects.get(pk=practice.pk).ended_on is None


def link_to(page) -> str:
    """Running text with a link, as the rich text editor sends it."""
    entity = {"type": "LINK", "mutability": "MUTABLE", "data": {"id": page.pk, "linkType": "page"}}
    block = {"key": "a", "type": "unstyled", "depth": 0, "text": "hier", "inlineStyleRanges": []}
    ranges = [{"offset": 0, "length": 4, "key": 0}]
    return json.dumps({"blocks": [block | {"entityRanges": ranges}], "entityMap": {"0": entity}})


def stream_of(picture) -> dict[str, str]:
    return {
        "extra-count": "1", "extra-0-deleted": "", "extra-0-order": "0", "extra-0-type": "picture",
        "extra-0-id": "", "extra-0-value-image-image": picture.pk,
        "extra-0-value-image-alt_text": "Twee stoelen", "extra-0-value-caption": "",
    }  # fmt: skip


def pointing_at(what: str, practice, data) -> dict:
    """A change in the form of a lesson that points at something of this practice."""
    collection = practice_collection(practice)
    if what == "file":
        file = DownloadFactory(title=TITLE, collection=collection)
        return row("downloads", data, download=str(file.pk))
    if what == "picture":
        file = ContentFile(samples.picture(), name="foto.jpg")
        picture = Picture.objects.create(
            title=TITLE, file=file, consent_note="Ja", collection=collection
        )
        return stream_of(picture)
    hidden = LessonPageFactory(parent=practice, title=TITLE, audience=Audience.PRACTICE)
    return {"situation": link_to(hidden)}


@pytest.mark.parametrize("what", ["file", "picture", "page"])
@pytest.mark.parametrize("whose", ["own", "other"])
def test_a_lesson_points_only_at_what_its_writer_knows(
    inside, practice, other_practice, lesson, what, whose
):
    data = fields_of(inside.get(edit(lesson)))
    data |= pointing_at(what, practice if whose == "own" else other_practice, data)

    preview = inside.post(admin("preview_on_edit", lesson.pk), data)
    shown = inside.get(admin("preview_on_edit", lesson.pk), follow=True)
    # One more mistake, so that the form comes back with what was filled in.
    again = inside.post(edit(lesson), data | {"title": ""}, follow=True)
    saved = inside.post(edit(lesson), data, follow=True)

    kept = lesson.revisions.exists()
    assert kept == (whose == "own")
    if whose == "other":
        for response in (preview, shown, again, saved):
            assert TITLE not in response.content.decode()
            assert slugify(TITLE) not in response.content.decode()


def test_what_a_page_points_at_already_may_stay(inside, other_practice, lesson):
    """A colleague with more rights chose it, or it was still open at that time."""
    hidden = DownloadFactory(title=TITLE, collection=practice_collection(other_practice))
    lesson.downloads.add(PageDownload(download=hidden))
    lesson.save()

    inside.post(edit(lesson), fields_of(inside.get(edit(lesson))))

    assert lesson.revisions.exists()


@pytest.mark.parametrize("slug", ["alleen-van-ons", "nog-vrij"])
def test_no_refusal_names_where_something_may_not_go(inside, lesson, foreign, slug):
    """Neither the page above it, nor which addresses are taken there."""
    index = LessonIndexPage.objects.get(pk=foreign["lesson"].get_parent().pk)
    index.title = "Geheim overzicht"
    index.save()
    lesson.slug = slug
    lesson.save()
    copy = {"new_title": "Kopie", "new_slug": slug, "new_parent_page": index.pk}
    destination = {"destination_page_id": index.pk, "slug": slug}
    answers = [
        inside.post(admin("copy", lesson.pk), copy, follow=True),
        inside.get(admin("move_confirm", lesson.pk, index.pk), follow=True),
        inside.post(admin("move_confirm", lesson.pk, index.pk), follow=True),
        inside.post(
            f"/beheer/bulk/wagtailcore/page/move/?id={lesson.pk}",
            {"chooser": index.pk},
            follow=True,
        ),
        *(
            inside.post(f"/beheer/api/main/pages/{lesson.pk}/action/{action}/", destination)
            for action in ("copy", "move", "create_alias")
        ),
    ]

    for answer in answers:
        html = answer.content.decode()
        assert "Geheim overzicht" not in html
        assert "in gebruik" not in html


def upload(client, address: str, collection):
    """Send a file as this page of the admin does; what it answers."""
    picture = "images" in address
    file = ContentFile(
        samples.picture() if picture else samples.pdf(), name="foto.jpg" if picture else "blad.pdf"
    )
    data = {"title": "Nieuw", "collection": collection.pk, "consent_note": "Ja"}
    if "chooser" in address:
        data = {f"image-chooser-upload-{name}": value for name, value in data.items()}
        return client.post(f"/beheer/{address}", data | {"image-chooser-upload-file": file})
    if "multiple" in address:
        asynchronous = {"X-Requested-With": "XMLHttpRequest"}
        return client.post(f"/beheer/{address}", data | {"files[]": file}, headers=asynchronous)
    data |= {"language": "nl", "licence": "cc-by-4.0", "tags": ""}
    return client.post(f"/beheer/{address}", data | {"file": file})


@pytest.mark.parametrize("whose", ["own", "other"])
@pytest.mark.parametrize(
    "address", ["images/multiple/add/", "images/chooser/create/", "documents/add/"]
)
def test_an_upload_tells_only_of_ones_own_that_it_is_there_already(
    inside, leader, practice, other_practice, address, whose
):
    """Its hash says who else has a file, so nobody hears that of another practice."""
    model = Picture if "images" in address else Download
    there = Client()
    there.force_login(leader)
    upload(there, address, practice_collection(practice if whose == "own" else other_practice))
    model.objects.update(title=TITLE)

    told = upload(inside, address, practice_collection(practice)).content.decode()

    new = model.objects.exclude(title=TITLE).get()
    kind = "wagtailimages" if model is Picture else "wagtaildocs"
    told += inside.get(reverse(f"{kind}:edit", args=[new.pk])).content.decode()
    assert (TITLE in told) == (whose == "own")
