"""The log: who did what when, readable for who sees everything, and changeable for nobody."""

import csv
import datetime
import io

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import TOTP
from django.contrib.auth.models import Group
from django.core.management import call_command
from django.urls import reverse
from django.utils import timezone
from openpyxl import load_workbook
from wagtail.log_actions import LogContext, log, registry
from wagtail.models import ModelLogEntry, Page, PageLogEntry

from accounts.models import User
from accounts.roles import PROJECT_LEADERS
from content.models import GoneAddress, Trashed
from content.trash import put_in_trash, restore
from lessons.models import LessonPage
from records.keeping import KEPT_DAYS, delete_for_good, forget_label
from tests.admin.forms import fields_of
from tests.factories import (
    TOTP_KEY,
    InformationPageFactory,
    LessonPageFactory,
    TermFactory,
    UserFactory,
    in_english,
)
from vocabulary.models import Synonym

HISTORY = "/beheer/reports/site-history/"
PASSAGE = "Noortje woont in de Kerkstraat."


def entries(**conditions) -> list:
    """The entries of all logs under these conditions."""
    return [
        entry
        for model in registry.get_log_entry_models()
        for entry in model.objects.filter(**conditions)
    ]


@pytest.fixture
def history(client, leader):
    """Reads the log as a project leader: the cells of the table, by row."""
    client.force_login(leader)

    def read(query: str = "") -> list[list[str]]:
        response = client.get(f"{HISTORY}?export=csv&{query}")
        text = b"".join(response.streaming_content).decode("utf-8-sig")
        return list(csv.reader(io.StringIO(text), delimiter=";"))[1:]

    return read


# What is noted


def _changes_groups(user, **fixtures):
    user.groups.add(Group.objects.get(name=PROJECT_LEADERS))


def _leaves_a_group(user, **fixtures):
    user.groups.add(Group.objects.get(name=PROJECT_LEADERS))
    user.groups.clear()


def _is_switched_off(user, **fixtures):
    user.is_active = False
    user.save()


def _is_made_administrator(user, **fixtures):
    user.is_superuser = True
    user.save(update_fields=["is_superuser"])


def _gets_a_second_factor(user, **fixtures):
    TOTP.activate(user, TOTP_KEY)


def _loses_a_second_factor(user, **fixtures):
    TOTP.activate(user, TOTP_KEY)
    Authenticator.objects.filter(user=user).delete()


ACCOUNTS = {
    "accounts.groups": _changes_groups,
    "accounts.deactivated": _is_switched_off,
    "accounts.administrator": _is_made_administrator,
    "accounts.second_factor_added": _gets_a_second_factor,
    "accounts.second_factor_removed": _loses_a_second_factor,
}


@pytest.mark.parametrize("action", ACCOUNTS)
def test_what_is_decided_about_an_account_is_noted(leader, action):
    user = UserFactory(first_name="Mo", last_name="Bakker")

    with LogContext(user=leader):
        ACCOUNTS[action](user)

    entry = ModelLogEntry.objects.get(action=action, object_id=user.pk)
    assert (entry.user, entry.label) == (leader, "Mo Bakker")
    assert entry.message


def test_the_groups_that_somebody_leaves_are_named(leader):
    user = UserFactory()

    _leaves_a_group(user)

    noted = ModelLogEntry.objects.filter(action="accounts.groups", object_id=user.pk)
    messages = {entry.message for entry in noted}
    assert messages == {"Toegevoegd aan Projectleiders", "Verwijderd uit Projectleiders"}


def test_a_save_that_decides_nothing_is_not_noted(professional):
    before = ModelLogEntry.objects.count()

    professional.first_name = "Kim"
    professional.save()

    assert ModelLogEntry.objects.count() == before


@pytest.mark.parametrize(
    ("person", "noted"), [("leader", True), ("administrator", True), ("professional", False)]
)
def test_only_of_who_sees_everything_signing_in_is_noted(client, request, person, noted):
    user = request.getfixturevalue(person)

    client.force_login(user)

    assert ModelLogEntry.objects.filter(action="accounts.signed_in", user=user).exists() == noted


def test_words_are_noted_with_what_they_were(client, leader):
    term = TermFactory(name="Ouders")
    client.force_login(leader)
    url = reverse("wagtailsnippets_vocabulary_term:edit", args=[term.pk])

    client.post(url, fields_of(client.get(url)) | {"name": "Ouders en verzorgers"})
    synonym = Synonym.objects.create(term=term, word="verzorgers")
    synonym.delete()

    messages = {entry.action: entry.message for entry in ModelLogEntry.objects.all()}
    assert messages["vocabulary.renamed"] == "Hernoemd; het was “Ouders”"
    assert messages["vocabulary.synonym_added"] == "Synoniem “verzorgers” toegevoegd"
    assert messages["vocabulary.synonym_removed"] == "Synoniem “verzorgers” verwijderd"
    assert ModelLogEntry.objects.get(action="vocabulary.renamed").user == leader


def test_what_leaves_as_a_file_is_noted(client, leader, lesson, tmp_path, history):
    path = tmp_path / "lessen.jsonl"

    call_command("export_lessons", output=path, stderr=io.StringIO())
    call_command("import_lessons", path, stdout=io.StringIO(), stderr=io.StringIO())
    client.get("/beheer/zoekvragen/?export=csv")
    history()

    kinds = [entry.data.get("what") for entry in entries(action="records.exported")]
    assert sorted(kinds) == ["lessons", "log", "questions"]
    assert [entry.data["rows"] for entry in entries(action="lessons.imported")] == [1]
    assert ModelLogEntry.objects.get(action="records.exported", data__what="log").user == leader
    said = {row[2].partition(" (")[0] for row in history()}
    assert said >= {f"{what} meegenomen als bestand" for what in ("Het logboek", "Lessen")}
    assert "Lessen geïmporteerd" in said


def test_the_way_through_the_bin_is_noted(leader, history, lesson):
    trashed = put_in_trash(lesson, by=leader)
    assert any(row[2] == "In de prullenbak gelegd" for row in history())
    restore(trashed, by=leader)
    delete_for_good(LessonPage.objects.get(pk=lesson.pk), by=leader, reason="Toets")

    rows = [(row[1], row[2], row[6]) for row in history() if "Prullenbak" not in row[3]]
    for what in ("In de prullenbak gelegd", "Teruggezet uit de prullenbak", "Voorgoed verwijderd"):
        assert ("Sam de Vries", what, "Orion") in rows


# Reading


@pytest.mark.parametrize("person", ["professional", "outer_ring", "visitor"])
def test_who_does_not_see_everything_reads_no_log(client, request, lesson, person):
    user = request.getfixturevalue(person)
    log(lesson, "wagtail.edit")
    if user.is_authenticated:
        client.force_login(user)

    for address in (HISTORY, f"{HISTORY}results/", f"{HISTORY}?export=csv"):
        answer = client.get(address, follow=True)
        assert lesson.title not in answer.content.decode()
    if person == "professional":
        assert HISTORY not in client.get("/beheer/").content.decode()


def test_the_log_is_filtered_by_who_what_when_practice_and_name(
    leader, practice, other_practice, history
):
    here = LessonPageFactory(parent=practice, title="Hier")
    there = LessonPageFactory(parent=other_practice, title="Daar")
    somebody = UserFactory()
    ModelLogEntry.objects.all().delete()
    PageLogEntry.objects.all().delete()
    log(here, "wagtail.edit", user=leader)
    log(there, "wagtail.publish", user=somebody)
    day = timezone.localdate()

    def labels(query):
        return {row[3] for row in history(query)} - {"localhost [standaard]", "localhost [default]"}

    assert labels(f"practice={practice.practice_key}") == {"Hier"}
    assert labels(f"user={somebody.pk}") == {"Daar"}
    assert labels(f"former_user={somebody.pk}") == {"Daar"}
    assert labels("action=wagtail.edit") == {"Hier"}
    assert labels("label=daa") == {"Daar"}
    assert labels(f"timestamp_to={day - datetime.timedelta(days=1)}") == set()


def test_a_practice_keeps_its_entries_when_a_lesson_goes(leader, practice, history):
    lesson = LessonPageFactory(parent=practice, title="Weg")
    put_in_trash(lesson, by=leader)
    Trashed.objects.update(at=timezone.now() - datetime.timedelta(days=31))
    call_command("purge_trash", stdout=io.StringIO())

    done = {row[2] for row in history(f"practice={practice.practice_key}") if row[3] == "Weg"}

    assert {"In de prullenbak gelegd", "Voorgoed verwijderd"} <= done


def test_cells_of_the_file_are_no_formulas(client, leader, practice, history):
    lesson = LessonPageFactory(parent=practice, title="=1+1")
    log(lesson, "wagtail.edit", user=leader)

    assert any(row[3] == "'=1+1" for row in history())
    answer = client.get(f"{HISTORY}?export=xlsx")
    sheet = load_workbook(io.BytesIO(b"".join(answer.streaming_content))).active
    assert "=1+1" in {cell.value for row in sheet for cell in row if cell.data_type == "s"}


@pytest.mark.parametrize("number", [2, 40])
def test_the_log_asks_as_much_however_much_is_in_it(
    client, leader, practice, django_assert_max_num_queries, number
):
    for index in range(number):
        log(LessonPageFactory(parent=practice, title=f"Les {index}"), "wagtail.edit", user=leader)
    client.force_login(leader)
    client.get(HISTORY)

    with django_assert_max_num_queries(47):
        client.get(HISTORY)


# Nobody changes it


@pytest.mark.parametrize("person", ["leader", "administrator"])
@pytest.mark.parametrize("method", ["post", "put", "patch", "delete"])
def test_no_request_changes_the_log(client, request, lesson, person, method):
    client.force_login(request.getfixturevalue(person))
    log(lesson, "wagtail.edit")
    before = [(type(entry), entry.pk, entry.label) for entry in entries()]
    pk = PageLogEntry.objects.latest("pk").pk

    for address in (
        HISTORY,
        f"{HISTORY}{pk}/",
        f"{HISTORY}{pk}/delete/",
        "/beheer/snippets/wagtailcore/pagelogentry/",
        f"/beheer/snippets/wagtailcore/pagelogentry/delete/{pk}/",
        f"/beheer/bulk/wagtailcore/pagelogentry/delete/?id={pk}",
        f"/beheer/bulk/wagtailcore/modellogentry/delete/?id={pk}",
    ):
        assert getattr(client, method)(address).status_code in (403, 404, 405), address

    assert [(type(entry), entry.pk, entry.label) for entry in entries()] == before


# Forgetting


def test_of_a_deleted_account_only_a_number_is_left(client, leader, lesson, history):
    user = UserFactory(first_name="Jip", last_name="Jansen", email="jip@voorbeeld.nl")
    pk = user.pk
    with LogContext(user=leader):
        user.groups.add(Group.objects.get(name=PROJECT_LEADERS))
    log(lesson, "wagtail.edit", user=user)
    log(user, "accounts.signed_in", user=user)

    client.post(reverse("wagtailusers_users:delete", args=[pk]))
    User.objects.filter(pk=pk).delete()

    everything = str([(entry.label, entry.data) for entry in entries()]) + str(history())
    everything += client.get(HISTORY).content.decode()
    assert f"voormalig gebruiker #{pk}" in everything
    for name in ("Jip", "Jansen", "jip@"):
        assert name not in everything


def test_no_text_that_somebody_wrote_is_in_the_log(lesson, leader):
    log(lesson, "wagtail.comments.create", user=leader, data={
        "comment": {"id": 1, "contentpath": "lesson", "text": PASSAGE}
    })  # fmt: skip
    log(lesson, "wagtail.workflow.reject", user=leader, data={
        "workflow": {"id": 1, "title": "Een collega leest mee", "task": {"title": "Lezen"}},
        "comment": PASSAGE,
    })  # fmt: skip

    assert PASSAGE not in str([(entry.label, entry.data) for entry in entries()])
    assert all(entry.message for entry in PageLogEntry.objects.filter(user=leader))


def test_a_rejection_in_the_admin_leaves_no_text_in_the_log(client, leader, practice):
    lesson = LessonPageFactory(parent=practice, live=False)
    lesson.save_revision()
    state = lesson.get_workflow().start(lesson, UserFactory())

    state.current_task_state.reject(user=leader, comment=PASSAGE)

    assert PASSAGE not in str([entry.data for entry in entries()])
    state.refresh_from_db()
    assert state.current_task_state.comment == PASSAGE


def test_a_title_that_tells_too_much_is_forgotten(practice, leader):
    lesson = LessonPageFactory(parent=practice, title="De moeder van Noortje")
    other = InformationPageFactory(title="Blijft staan")
    log(lesson, "wagtail.rename", data={"title": {"old": "De moeder van Noortje", "new": "Anders"}})
    log(other, "wagtail.move", data={
        "source": {"id": lesson.pk, "title": "De moeder van Noortje"},
        "destination": {"id": other.pk, "title": "Blijft staan"},
    })  # fmt: skip

    forget_label([lesson])

    kept = str([(entry.label, entry.data) for entry in entries()])
    assert "Noortje" not in kept
    assert f"vergeten pagina #{lesson.pk}" in kept
    assert kept.count("Blijft staan") >= 2


@pytest.mark.parametrize("where", ["on the site", "in the bin"])
def test_what_is_about_a_person_goes_for_good_with_its_title(client, leader, practice, where):
    lesson = LessonPageFactory(parent=practice, title="De moeder van Noortje")
    lesson.save_revision(user=leader, log_action=True)
    in_english(lesson, title="The mother of Noortje")
    address = lesson.url
    if where == "in the bin":
        put_in_trash(lesson, by=leader)
        lesson = LessonPage.objects.get(pk=lesson.pk)

    assert delete_for_good(lesson, by=leader, reason="Verzoek van ouders") == 2

    assert not Page.objects.filter(translation_key=lesson.translation_key).exists()
    assert not Trashed.objects.exists()
    assert "Noortje" not in str([(entry.label, entry.data) for entry in entries()])
    entry = PageLogEntry.objects.get(action="content.purge")
    assert (entry.user, entry.data["reason"]) == (leader, "Verzoek van ouders")
    assert client.get(address).status_code == 410
    assert GoneAddress.objects.filter(path=address).exists()
    assert Page.find_problems() == ([], [], [], [], [])


def test_the_log_is_kept_for_two_years(capsys, lesson):
    log(lesson, "wagtail.edit")
    log(lesson, "wagtail.create", data={"start_content": "lesson:start-27"})
    ModelLogEntry.objects.all().delete()
    long_ago = timezone.now() - datetime.timedelta(days=KEPT_DAYS + 1)
    PageLogEntry.objects.update(timestamp=long_ago)
    log(lesson, "wagtail.publish")

    call_command("purge_log")

    # What the start content made stays noted: else it would be made again.
    left = set(PageLogEntry.objects.values_list("action", flat=True))
    assert left == {"wagtail.create", "wagtail.publish"}
    assert "entries deleted" in capsys.readouterr().out
