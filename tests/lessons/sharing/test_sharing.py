"""From four answers to a lesson that waits for a colleague's eye."""

import re

import pytest
from bs4 import BeautifulSoup
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from wagtail.models import Comment, ModelLogEntry, PageLogEntry, Revision, WorkflowState

from accounts.models import User
from content.trash import put_in_trash
from lessons.models import Byline, LessonAuthor, LessonPage, Outcome
from lessons.sharing.drafts import new_lesson
from lessons.sharing.forms import ShareForm
from lessons.sharing.places import places_of
from practices.models import PracticePage
from practices.setup import practice_group
from tests.factories import DevelopmentPathPageFactory, LessonPageFactory, TermFactory, UserFactory
from tests.lessons.sharing.forms import (
    ANSWERS,
    AUTOSAVE,
    LATER,
    MINE,
    SEND_IN,
    SHARE,
    edit,
    form_at,
    post,
    send,
    the_lesson,
)
from visibility.audience import Audience
from vocabulary.models import TermKind

NAME_OF_A_CHILD = "De moeder van Noor belde elke week."


def approve(lesson: LessonPage, leader) -> None:
    lesson.current_workflow_state.current_task_state.approve(user=leader)


def send_back(lesson: LessonPage, leader, remark="") -> None:
    lesson.current_workflow_state.current_task_state.specific.reject(user=leader, comment=remark)


# From the first word to a colleague


def test_what_is_sent_in_waits_for_a_colleague(client, writer, practice):
    response = send(client, SHARE, SEND_IN, **ANSWERS)

    lesson = the_lesson()
    assert response.redirect_chain == [(MINE, 302)]
    assert not lesson.live
    assert lesson.owner == writer
    assert lesson.practice_key == practice.practice_key
    assert lesson.current_workflow_state.status == "in_progress"
    assert "Ingestuurd" in response.content.decode()


def test_the_answers_are_the_texts_of_the_lesson(client, writer):
    send(client, SHARE, SEND_IN, **ANSWERS)

    draft = the_lesson().get_latest_revision_as_object()
    assert draft.situation == f"<p>{ANSWERS['situation']}</p>"
    assert draft.action == f"<p>{ANSWERS['action_taken']}</p>"
    assert draft.lesson == ANSWERS["lesson"]
    assert draft.outcome == Outcome.UNKNOWN
    assert draft.title == "Ga elke week in de hal staan"
    assert draft.slug == "ga-elke-week-in-de-hal-staan"


def test_two_lessons_with_one_long_title_have_an_address_each(client, writer):
    for _time in range(2):
        send(client, SHARE, LATER, **ANSWERS, title="Kom langs " * 25)

    first, second = LessonPage.objects.order_by("pk")
    assert second.slug == f"{first.slug}-2"


def test_the_approved_text_is_what_was_sent_in(client, writer, leader):
    send(client, SHARE, SEND_IN, **ANSWERS)

    approve(the_lesson(), leader)

    client.logout()
    page = client.get("/praktijken/orion/lessen/ga-elke-week-in-de-hal-staan/")
    assert ANSWERS["lesson"] in page.content.decode()


def test_a_project_leader_sends_in_too(client, leader, practice):
    client.force_login(leader)

    send(client, SHARE, SEND_IN, **ANSWERS)

    assert not the_lesson().live
    assert the_lesson().current_workflow_state.status == "in_progress"


def test_half_a_lesson_is_kept_and_not_sent_in(client, writer):
    send(client, SHARE, LATER, situation="We wisten het niet.")
    response = send(client, edit(the_lesson()), SEND_IN)

    assert the_lesson().current_workflow_state is None
    assert set(response.context["form"].errors) == {"lesson"}
    assert "We wisten het niet." in response.content.decode()


@pytest.mark.parametrize(
    ("field", "value", "told"),
    [
        ("lesson", "x" * 301, "300 tekens"),
        ("situation", "x" * 8001, "8000"),
        ("title", "x" * 256, "255"),
        ("situation", "Met een \x07 erin", "onzichtbare"),
        ("lesson", "Met een \x00 erin", "NUL"),
        ("audience", "everybody", "geldige"),
        ("theme", "999999", "geldige"),
        ("byline", "somebody", "geldige"),
        ("colleague_email", "geen adres", "e-mailadres"),
        ("colleague_organisation", "Cedin", "naam van je collega"),
    ],
)
def test_what_cannot_be_is_told_at_its_field_and_nothing_typed_is_lost(
    client, writer, field, value, told
):
    response = send(client, SHARE, SEND_IN, **ANSWERS | {field: value})

    assert response.status_code == 200
    assert not LessonPage.objects.filter(live=True).exists()
    told_at = response.context["form"].errors
    assert told.lower() in str(told_at).lower()
    text = BeautifulSoup(response.content, "html.parser")
    kept = ANSWERS | ({field: value} if field in ANSWERS else {})
    for name, answer in kept.items():
        if "\x00" not in answer:
            assert text.select_one(f"[name={name}]").text.strip() == answer.strip()


def test_a_sentence_that_is_too_long_is_kept_with_the_draft(client, writer):
    long = "Wie vaak te zien is, wordt vroeg gevraagd. " * 10

    send(client, SHARE, LATER, **ANSWERS | {"lesson": long})

    assert form_at(client, edit(the_lesson()))["lesson"] == long.strip()


def test_own_formatting_stays_where_the_text_does(client, writer, practice):
    lesson = LessonPageFactory(
        parent=practice,
        live=False,
        owner=writer,
        situation="<p>Eén <b>vet</b> woord.</p><ul><li>punt</li></ul><p>Einde.</p>",
    )

    typed = form_at(client, edit(lesson))
    assert typed["situation"] == "Eén vet woord.\n\n- punt\n\nEinde."
    post(
        client,
        typed | {"situation": "Eén vet woord.\n\n- punt\n- nog een\n\nSlot & klaar."},
        edit(lesson),
    )

    assert the_lesson().get_latest_revision_as_object().situation == (
        "<p>Eén <b>vet</b> woord.</p><ul><li>punt</li><li>nog een</li></ul><p>Slot &amp; klaar.</p>"
    )


def test_what_the_form_does_not_know_stays(client, writer, practice):
    level = TermFactory(name="Op school", kind=TermKind.LEVEL)
    tag = TermFactory(name="hal", kind=TermKind.TAG)
    theme = TermFactory(name="Normaliseren")
    lesson = LessonPageFactory(
        parent=practice,
        live=False,
        owner=writer,
        terms=[level, tag],
        sources=["Een onderzoek"],
        extra=[("quote", {"quote": "Kom langs.", "role": "ouder"})],
        caution="<p>Let op de tijd.</p>",
    )

    send(client, edit(lesson), LATER, theme=str(theme.pk), advice="Ga langs.")

    draft = lesson.get_latest_revision_as_object()
    assert {term.pk for term in draft.terms.all()} == {level.pk, tag.pk, theme.pk}
    assert [source.title for source in draft.sources.all()] == ["Een onderzoek"]
    assert draft.extra[0].value["quote"] == "Kom langs."
    assert draft.caution == "<p>Let op de tijd.</p>"


def test_the_admin_goes_on_with_the_same_lesson(client, writer):
    send(client, SHARE, LATER, **ANSWERS)

    page = client.get(reverse("wagtailadmin_pages:edit", args=[the_lesson().pk]))

    assert ANSWERS["lesson"] in page.content.decode()


# The live lesson


def test_a_new_version_of_a_live_lesson_changes_nothing_in_public(client, writer, practice):
    lesson = LessonPageFactory(parent=practice, owner=writer)
    theme = TermFactory(name="Normaliseren")

    send(client, edit(lesson), SEND_IN, **ANSWERS, theme=str(theme.pk), audience="practice")

    now = the_lesson()
    assert now.live
    assert now.lesson == lesson.lesson
    assert now.audience == Audience.PUBLIC
    assert not now.terms.exists()
    assert now.current_workflow_state.status == "in_progress"
    assert ANSWERS["lesson"] not in client.get(lesson.url).content.decode()


# Twice, in two windows, by two people


def test_pressing_twice_makes_one_lesson(client, writer):
    typed = form_at(client) | ANSWERS

    post(client, typed, SHARE, SEND_IN)
    again = post(client, typed, SHARE, SEND_IN)

    assert LessonPage.objects.count() == 1
    assert again.redirect_chain == [(MINE, 302)]


def test_a_lesson_in_the_bin_is_not_among_ones_own_and_stops_no_new_one(client, writer, leader):
    data = form_at(client) | ANSWERS
    post(client, data)
    put_in_trash(the_lesson(), by=leader)

    assert "Ga elke week" not in client.get(MINE).content.decode()
    for _press in range(2):
        assert post(client, data).status_code == 200

    assert LessonPage.objects.outside_trash().count() == 1


def test_the_token_of_somebody_else_gives_no_lesson_of_theirs(client, writer, practice):
    typed = form_at(client) | ANSWERS
    post(client, typed)
    client.force_login(UserFactory(groups=[practice_group(practice)]))

    post(client, form_at(client) | {"token": typed["token"], "situation": "Iets anders."})

    assert LessonPage.objects.count() == 2


def test_the_later_of_two_windows_is_told_and_overwrites_nothing(client, writer):
    send(client, SHARE, LATER, **ANSWERS)
    first, second = form_at(client, edit(the_lesson())), form_at(client, edit(the_lesson()))

    post(client, first | {"situation": "Uit het eerste venster."}, edit(the_lesson()))
    told = post(client, second | {"situation": "Uit het tweede."}, edit(the_lesson()))

    assert told.status_code == 409
    assert "ander venster" in told.content.decode()
    assert "Uit het tweede." in told.content.decode()
    assert "Uit het eerste venster." in told.content.decode()
    assert "eerste venster" in the_lesson().get_latest_revision_as_object().situation


def test_who_was_told_can_keep_the_own_text_after_all(client, writer):
    send(client, SHARE, LATER, **ANSWERS)
    url = edit(the_lesson())
    first, second = form_at(client, url), form_at(client, url)
    post(client, first | {"situation": "Eerste."}, url)
    told = post(client, second | {"situation": "Tweede."}, url)

    version = BeautifulSoup(told.content, "html.parser").select_one("[name=version]")["value"]
    post(client, second | {"situation": "Tweede.", "version": version}, url)

    assert the_lesson().get_latest_revision_as_object().situation == "<p>Tweede.</p>"


def test_two_professionals_and_a_leader_lose_no_text(client, writer, practice, leader):
    colleague = UserFactory(first_name="Robin", groups=[practice_group(practice)])
    send(client, SHARE, LATER, **ANSWERS)
    url = edit(the_lesson())
    mine = form_at(client, url)

    client.force_login(colleague)
    send(client, url, LATER, situation="Van Robin.")
    client.force_login(leader)
    draft = the_lesson().get_latest_revision_as_object()
    draft.caution = "<p>Van de projectleider.</p>"
    draft.save_revision(user=leader)
    client.force_login(writer)
    told = post(client, mine | {"situation": "Van mij."}, url)

    assert told.status_code == 409
    said = [
        revision.content["situation"] + revision.content["caution"]
        for revision in Revision.objects.for_instance(the_lesson())
    ]
    assert any("Van Robin." in text for text in said)
    assert any("projectleider" in text for text in said)
    assert "Van mij." in told.content.decode()
    assert the_lesson().current_workflow_state is None


# Kept while somebody types


def test_what_is_typed_is_kept_in_one_revision_without_a_line_in_the_log(client, writer):
    data = form_at(client)
    kept = post(client, data | {"situation": "W"}, SHARE, AUTOSAVE).json()
    lines = PageLogEntry.objects.count(), ModelLogEntry.objects.count()

    for text in ("We", "We wi", "We wisten"):
        more = data | {"situation": text, "version": kept["version"]}
        kept = post(client, more, kept["address"], AUTOSAVE).json()

    assert Revision.objects.for_instance(the_lesson()).count() == 1
    assert (PageLogEntry.objects.count(), ModelLogEntry.objects.count()) == lines
    assert "Bewaard om" in kept["kept"]
    assert the_lesson().get_latest_revision_as_object().situation == "<p>We wisten</p>"


def test_an_answer_that_got_lost_is_no_other_window(client, writer):
    data = form_at(client)
    post(client, data | {"situation": "We"}, SHARE, AUTOSAVE)

    again = post(client, data | {"situation": "We wisten"}, SHARE, AUTOSAVE)

    assert again.status_code == 200
    assert the_lesson().get_latest_revision_as_object().situation == "<p>We wisten</p>"


def test_a_window_that_types_on_is_told_of_the_other_one(client, writer):
    send(client, SHARE, LATER, **ANSWERS)
    url = edit(the_lesson())
    first, second = form_at(client, url), form_at(client, url)
    post(client, first | {"situation": "Eerste."}, url)

    told = post(client, second | {"situation": "Tweede."}, url, AUTOSAVE)

    assert told.status_code == 409
    assert "intussen veranderd" in told.json()["conflict"]


def test_what_a_reviewer_has_before_them_is_not_written_over(client, writer, leader):
    send(client, SHARE, SEND_IN, **ANSWERS)
    send_back(the_lesson(), leader)
    reviewed = the_lesson().latest_revision_id

    send(client, edit(the_lesson()), AUTOSAVE, situation="Anders.")

    assert the_lesson().latest_revision_id != reviewed


# A session that ended


def test_text_that_was_sent_after_the_session_ended_is_there_after_signing_in(client, writer):
    typed = form_at(client) | ANSWERS
    client.logout()

    away = client.post(SHARE, typed | {"step": SEND_IN})
    assert away["Location"] == f"/account/inloggen/?next={SHARE}"
    client.force_login(writer)
    again = form_at(client)

    assert again["situation"] == ANSWERS["situation"]
    assert again["token"] == typed["token"]
    post(client, again, SHARE, SEND_IN)
    assert the_lesson().current_workflow_state is not None
    assert form_at(client)["situation"] == ""


def test_nothing_is_kept_of_who_was_never_given_the_form(client, db):
    client.post(SHARE, {"situation": "Reclame", "step": LATER})

    assert "kept_lesson" not in client.session


def test_nobody_else_finds_that_text(client, writer, practice):
    typed = form_at(client) | ANSWERS
    client.logout()
    client.post(SHARE, typed | {"step": LATER})

    client.force_login(UserFactory(groups=[practice_group(practice)]))

    assert form_at(client)["situation"] == ""
    client.force_login(writer)
    assert form_at(client)["situation"] == ""


def test_the_script_is_told_that_the_session_ended(client, writer):
    typed = form_at(client) | ANSWERS
    client.logout()

    assert client.post(SHARE, typed | {"step": AUTOSAVE}).status_code == 401


# For whom, and by whom


AUDIENCES = ["practice", "practices", "outer_ring", "public"]


@pytest.mark.parametrize("widest", AUDIENCES)
def test_a_lesson_is_never_for_more_people_than_its_practice(client, writer, practice, widest):
    practice.audience = widest
    practice.save_revision().publish()
    typed = form_at(client) | ANSWERS

    allowed = []
    for asked in AUDIENCES:
        [place] = places_of(User.objects.get(pk=writer.pk)).open
        lesson = new_lesson(writer, place, "token")
        data = typed | {"audience": asked}
        if ShareForm(data, instance=lesson, place=place, for_user=writer).is_valid():
            allowed.append(lesson.audience)

    assert allowed == AUDIENCES[: AUDIENCES.index(widest) + 1]
    assert typed["audience"] == widest


def test_a_crafted_request_widens_nothing(client, writer, practice):
    practice.audience = Audience.PRACTICES
    practice.save_revision().publish()

    refused = send(client, SHARE, SEND_IN, **ANSWERS, audience="public")

    assert "audience" in refused.context["form"].errors
    assert not LessonPage.objects.exists()


def test_who_can_see_it_now_and_later_is_one_sentence(client, writer):
    page = BeautifulSoup(client.get(SHARE).content, "html.parser")

    assert page.select_one("[data-who-sees] strong").text == (
        "Dit ziet nu: alleen collega’s van deze praktijk en de projectleider. "
        "Na goedkeuring: iedereen. Ook zonder account."
    )
    label = page.select_one("label:has([name=audience][value=practices])")
    assert "die in een van de Lerende Praktijken werkt" in label["data-audience"]


def test_the_lesson_of_another_practice_is_not_there(client, writer, other_practice):
    elsewhere = LessonPageFactory(parent=other_practice, title="Van elders", owner=None)
    before = elsewhere.latest_revision_id

    for answer in (client.get(edit(elsewhere)), client.post(edit(elsewhere), ANSWERS)):
        assert answer.status_code == 404
        assert "Van elders" not in answer.content.decode()
    assert client.get("/lessen/delen/999999/").status_code == 404
    assert client.get(f"/mijn/lessen/{elsewhere.number}/naam/").status_code == 404
    assert LessonPage.objects.get(pk=elsewhere.pk).latest_revision_id == before


@pytest.mark.parametrize("somebody", ["outer_ring", "administrator"])
def test_without_a_practice_there_is_no_form_but_a_way(client, request, site_tree, somebody):
    client.force_login(request.getfixturevalue(somebody))

    page = client.get(SHARE).content.decode()

    assert "Vraag de projectleider" in page
    assert 'name="situation"' not in page
    assert client.post(SHARE, ANSWERS).status_code == 200
    assert not LessonPage.objects.exists()


def test_a_practice_that_ended_gets_no_new_lesson(client, writer, practice):
    PracticePage.objects.filter(pk=practice.pk).update(ended_on="2020-01-01")

    page = client.get(SHARE).content.decode()

    assert "Orion is gestopt" in page
    client.post(SHARE, ANSWERS)
    assert not LessonPage.objects.exists()


def test_who_works_in_two_practices_chooses_one(client, writer, practice, other_practice):
    writer.groups.add(practice_group(other_practice))

    assert 'name="situation"' not in client.get(SHARE).content.decode()
    send(client, f"{SHARE}?praktijk={other_practice.slug}", LATER, **ANSWERS)

    assert the_lesson().practice_key == other_practice.practice_key


def test_a_gap_brings_its_theme_along(client, writer):
    theme = TermFactory(name="Normaliseren", slug="normaliseren")

    assert form_at(client, f"{SHARE}?thema=normaliseren")["theme"] == str(theme.pk)
    assert "theme" not in form_at(client, f"{SHARE}?thema=onzin")


@pytest.mark.parametrize(
    "address",
    [
        *("?praktijk=%00", "?thema=%00", "?thema=" + "x" * 5000, "?praktijk=a&praktijk=b"),
        *("999999999999999999999999/", "0/", "meedenken/"),
    ],
)
def test_a_strange_address_is_no_error(client, writer, address):
    assert client.get(SHARE + address).status_code in (200, 400, 404, 405)


def test_schools_are_asked_for_where_there_are_several(client, writer, practice):
    assert 'name="paths"' not in client.get(SHARE).content.decode()
    DevelopmentPathPageFactory(parent=practice, title="De Bron")
    school = DevelopmentPathPageFactory(parent=practice, title="De Bascule")

    send(client, SHARE, LATER, **ANSWERS, paths=str(school.pk))

    assert [path.pk for path in the_lesson().get_latest_revision_as_object().paths.all()] == [
        school.pk
    ]


# What may identify a child


@pytest.mark.parametrize("field", ["situation", "action_taken", "lesson", "advice", "title"])
def test_a_passage_is_shown_at_its_question(client, writer, field):
    response = send(client, SHARE, SEND_IN, **ANSWERS | {field: NAME_OF_A_CHILD})

    page = BeautifulSoup(response.content, "html.parser")
    assert "Noor" in page.select_one(f".form-field--warned:has([name={field}]) mark").text
    assert page.select_one("[name=why_it_stays]")
    assert the_lesson().current_workflow_state is None


def test_with_a_reason_it_is_sent_in_and_the_passage_is_kept_nowhere_else(client, writer):
    answers = ANSWERS | {"situation": NAME_OF_A_CHILD, "why_it_stays": "De naam is verzonnen."}

    send(client, SHARE, SEND_IN, **answers)

    assert the_lesson().current_workflow_state is not None
    entry = PageLogEntry.objects.get(action="content.passage_stays")
    assert entry.data | {"kinds": {"name": 1}, "reason": "De naam is verzonnen."} == entry.data


def test_no_reason_lets_a_citizen_service_number_through(client, writer):
    answers = ANSWERS | {"situation": "Het bsn is 123456782.", "why_it_stays": "Dat mag."}

    send(client, SHARE, SEND_IN, **answers)

    assert the_lesson().current_workflow_state is None


# Back and forth with a colleague


def test_a_remark_at_a_question_stands_there_and_can_be_answered(client, writer, leader):
    send(client, SHARE, SEND_IN, **ANSWERS)
    comment = Comment.objects.create(
        page=the_lesson(), user=leader, text="Hoe vaak?", contentpath="action"
    )
    send_back(the_lesson(), leader, "Vertel iets meer.")

    url = edit(the_lesson())
    page = BeautifulSoup(client.get(url).content, "html.parser")
    assert "Hoe vaak?" in page.select_one(".form-field:has([name=action_taken])").text
    answer = {f"reply-{comment.pk}": "Elke week."}
    send(client, url, SEND_IN, **answer)

    assert [reply.text for reply in comment.replies.all()] == ["Elke week."]
    assert the_lesson().current_workflow_state.status == "in_progress"
    assert WorkflowState.objects.count() == 1, "the same round goes on"


def test_a_lesson_that_waits_can_be_taken_back(client, writer):
    send(client, SHARE, SEND_IN, **ANSWERS)
    url = edit(the_lesson())
    assert "sinds" in client.get(url).content.decode()

    client.post(url, {"step": "withdraw"})

    assert the_lesson().current_workflow_state is None
    send(client, url, SEND_IN, situation="Anders.")
    state = the_lesson().current_workflow_state
    assert state.current_task_state.revision.content["situation"] == "<p>Anders.</p>"


def test_what_waits_is_not_changed_by_an_old_page(client, writer):
    send(client, SHARE, LATER, **ANSWERS)
    url = edit(the_lesson())
    old = form_at(client, url)
    post(client, old, url, SEND_IN)

    shown = post(client, old | {"situation": "Te laat."}, url, LATER)
    assert "Te laat." in shown.content.decode(), "it can still be copied"
    told = post(client, old | {"situation": "Te laat."}, url, AUTOSAVE)

    assert told.status_code == 409
    assert "Te laat" not in the_lesson().get_latest_revision_as_object().situation


# Who wrote it


def test_a_colleague_of_the_other_organisation_stands_with_it(client, writer, leader):
    send(
        client, SHARE, SEND_IN, **ANSWERS, byline="authors", own_name="Sam de Vries",
        own_organisation="De Bron", colleague_name="Bo Smit", colleague_organisation="Cedin",
        colleague_email=leader.email,
    )  # fmt: skip
    approve(the_lesson(), leader)

    assert [str(row) for row in the_lesson().named_authors] == [
        "Sam de Vries (De Bron)",
        "Bo Smit (Cedin)",
    ]
    assert [row.user for row in the_lesson().authors.all()] == [writer, leader]


@pytest.mark.parametrize("email", ["projectleider@voorbeeld.nl", "nooit.gezien@voorbeeld.nl"])
def test_nobody_learns_whether_an_address_has_an_account(client, writer, leader, email):
    colleague = {"colleague_name": "Bo Smit", "colleague_email": email}

    response = send(client, SHARE, LATER, **ANSWERS, **colleague)

    assert email not in response.content.decode()
    assert form_at(client, edit(the_lesson()))["colleague_email"] == ""


# The words and lessons that come to mind, without the script


def test_without_the_script_a_writer_looks_once_at_what_was_found(client, writer):
    theme = TermFactory(name="Wachttijd")
    answers = ANSWERS | {"situation": "De wachttijd was lang en niemand wist waar te beginnen."}

    first = send(client, SHARE, SEND_IN, **answers, looked="")
    assert the_lesson().current_workflow_state is None
    assert re.search(rf'name="theme" value="{theme.pk}"', first.content.decode())
    page = BeautifulSoup(first.content, "html.parser")
    assert not page.select("[name=theme][checked]"), "nothing is chosen for the writer"
    send(client, edit(the_lesson()), SEND_IN, theme=str(theme.pk))

    assert the_lesson().current_workflow_state is not None
    assert [t.pk for t in the_lesson().get_latest_revision_as_object().terms.all()] == [theme.pk]


# The list of one's own lessons


def stands(client) -> list[str]:
    return [str(mine.standing) for mine in client.get(MINE).context["lessons"]]


def test_the_list_says_where_a_lesson_stands(client, writer, leader, django_assert_max_num_queries):
    send(client, SHARE, LATER, **ANSWERS)
    assert stands(client) == ["draft"]
    send(client, edit(the_lesson()), SEND_IN)
    assert stands(client) == ["waiting"]
    send_back(the_lesson(), leader, "Vertel iets meer.")
    assert stands(client) == ["sent-back"]
    assert "Vertel iets meer." in client.get(MINE).content.decode()
    send(client, edit(the_lesson()), SEND_IN)
    approve(the_lesson(), leader)
    assert stands(client) == ["live"]
    send(client, edit(the_lesson()), SEND_IN, situation="Nieuwer.")
    assert stands(client) == ["waiting"]
    assert "de nieuwe versie is ingestuurd" in client.get(MINE).content.decode()


def test_the_list_holds_only_ones_own(client, writer, practice):
    LessonPageFactory(parent=practice, title="Van een ander", owner=UserFactory())
    along = LessonPageFactory(parent=practice, title="Samen geschreven", owner=UserFactory())
    LessonAuthor.objects.create(page=along, user=writer, name="Sam")

    assert [mine.title for mine in client.get(MINE).context["lessons"]] == ["Samen geschreven"]


def test_a_colleague_of_another_practice_hears_nothing_of_a_draft(client, writer, other_practice):
    draft = LessonPageFactory(parent=other_practice, live=False, owner=UserFactory())
    LessonAuthor.objects.create(page=draft, user=writer, name="Sam")

    assert client.get(MINE).context["lessons"] == []
    LessonPage.objects.get(pk=draft.pk).save_revision().publish()

    [mine] = client.get(MINE).context["lessons"]
    assert not mine.may_write


def test_the_list_takes_as_many_queries_for_many_lessons(
    client, writer, practice, django_assert_num_queries
):
    LessonPageFactory(parent=practice, title="Les 1", owner=writer)
    client.get(MINE)
    with CaptureQueriesContext(connection) as few:
        client.get(MINE)
    for number in range(2, 6):
        LessonPageFactory(parent=practice, title=f"Les {number}", owner=writer)

    with django_assert_num_queries(len(few)):
        client.get(MINE)


def test_visitors_sign_in_first(client, site_tree):
    for url in (SHARE, "/lessen/delen/1/", MINE, "/mijn/lessen/1/naam/"):
        assert client.get(url)["Location"].startswith("/account/inloggen/?next=")


def test_the_byline_is_a_choice_of_the_lesson(client, writer):
    send(client, SHARE, LATER, **ANSWERS, byline="authors", own_name="Sam")

    assert the_lesson().get_latest_revision_as_object().byline == Byline.AUTHORS
