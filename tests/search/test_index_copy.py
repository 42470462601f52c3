"""The index follows the database: for every process, after every loss, and not a moment late."""

import datetime
import os
import shutil
import threading

import pytest
from django.core.management import CommandError
from django.utils import timezone

from accounts.roles import Role
from lessons.transfer import planning
from lessons.transfer.importing import LessonImport
from lessons.transfer.reading import Source, format_of
from practices.models import DevelopmentPathPage
from search import changes
from search.index import copy
from search.index.copy import IndexCopy, IndexNotReadyError, index_copy
from search.index.finding import Question, look
from search.models import Change, ChangeCounter, Subject
from tests.factories import (
    DevelopmentPathPageFactory,
    DownloadFactory,
    InformationPageFactory,
    LessonPageFactory,
    PathStepFactory,
    TermFactory,
    in_english,
)
from tests.lessons.files import ROW, import_lessons, jsonl_file
from visibility.audience import Audience
from vocabulary.models import Synonym

pytestmark = pytest.mark.django_db
LEADER = Role(sees_all=True)


def found(words: str, role: Role = LEADER) -> list[tuple[str, int]]:
    answer = look(role, "nl").find(Question(words=words, limit=100))
    assert answer.total == len(answer.hits)
    return [(hit.source, hit.pk) for hit in answer.hits]


@pytest.fixture
def other_worker(tmp_path):
    """Another process with the same folder, as far as the copy is concerned."""
    return lambda: IndexCopy(index_copy().folder)


def titles_in(opened) -> int:
    return opened.searcher.num_docs


# Following


def test_what_is_published_in_one_worker_is_found_in_another(lesson, practice, other_worker):
    index_copy().up_to_date()
    second = other_worker()
    before = titles_in(second.up_to_date()[0])

    LessonPageFactory(parent=practice, title="Een nieuwe")
    in_second = titles_in(second.up_to_date()[0])
    in_first = titles_in(index_copy().up_to_date()[0])

    assert before + 1 == in_second == in_first


def test_a_worker_that_is_up_to_date_asks_one_thing(lesson, django_assert_num_queries):
    index_copy().up_to_date()

    with django_assert_num_queries(1):
        index_copy().up_to_date()


def test_a_draft_is_not_noted(lesson):
    before = Change.objects.count()
    lesson.title = "Een andere titel"
    lesson.save_revision()

    assert Change.objects.count() == before


def test_everything_that_can_be_read_is_followed(practice, lesson):
    page = ("page", lesson.pk)
    assert page not in found("kraamvisite")

    lesson.situation = "<p>Bij de kraamvisite.</p>"
    lesson.save_revision().publish()
    assert page in found("kraamvisite")

    lesson.unpublish()
    assert page not in found("kraamvisite")

    lesson.save_revision().publish()
    assert page in found("kraamvisite")

    lesson.delete()
    assert page not in found("kraamvisite")


def test_a_word_and_its_synonym_hold_at_once(lesson):
    term = TermFactory(name="Sterrenkijker")
    assert ("page", lesson.pk) not in found("sterrenkijker")

    lesson.terms.add(term)
    lesson.save_revision().publish()
    assert ("page", lesson.pk) in found("sterrenkijker")

    synonym = Synonym.objects.create(term=term, word="Astronoom")
    assert ("page", lesson.pk) in found("astronoom")

    synonym.delete()
    assert found("astronoom") == []

    term.name = "Maankijker"
    term.save()
    assert ("page", lesson.pk) in found("maankijker")


def test_a_narrower_practice_closes_what_lies_below(practice, lesson):
    assert ("page", lesson.pk) in found("begin", Role())

    practice.audience = Audience.PRACTICES
    practice.save()

    assert found("begin", Role()) == []


def test_a_file_follows_the_pages_that_offer_it(practice):
    sheet = DownloadFactory(title="Kraamkaart")
    assert found("kraamkaart") == []
    lesson = LessonPageFactory(parent=practice, downloads=[sheet])
    assert found("kraamkaart", Role()) == [("download", sheet.pk)]

    lesson.audience = Audience.PRACTICES
    lesson.save()
    assert found("kraamkaart", Role()) == []
    assert found("kraamkaart") == [("download", sheet.pk)]

    lesson.downloads.all().delete()
    lesson.save_revision().publish()
    assert found("kraamkaart") == []


def without_the_step(step):
    step.delete()


def without_the_path(step):
    DevelopmentPathPage.objects.get(pk=step.page_id).delete()


def published_without_the_step(step):
    path = DevelopmentPathPage.objects.get(pk=step.page_id)
    path.steps = []
    path.save_revision().publish()


def without_the_step_since_a_draft(step):
    path = DevelopmentPathPage.objects.get(pk=step.page_id)
    path.steps = []
    draft = path.save_revision()
    assert len(found("kraamkaart", Role())) == 1
    draft.publish()


def with_closed_path_and_then_without_the_step(step):
    DevelopmentPathPage.objects.get(pk=step.page_id).unpublish()
    found("kraamkaart")
    step.delete()


def without_the_file(step):
    step.downloads = []
    step.save()


@pytest.mark.parametrize(
    "change",
    [
        *(without_the_step, without_the_path, published_without_the_step),
        *(without_the_step_since_a_draft, with_closed_path_and_then_without_the_step),
        without_the_file,
    ],
)
def test_a_file_goes_with_the_step_that_offers_it(practice, change):
    step = PathStepFactory(page=DevelopmentPathPageFactory(parent=practice))
    step.downloads = [DownloadFactory(title="Kraamkaart")]
    step.save()
    assert len(found("kraamkaart", Role())) == 1

    change(step)

    assert found("kraamkaart", Role()) == found("kraamkaart") == []


def test_another_form_of_a_sheet_stands_alone_when_the_sheet_is_gone(practice):
    sheet = DownloadFactory(title="Kraamkaart")
    other = DownloadFactory(title="Kraamkaart in het groot", alternative_to=sheet)
    LessonPageFactory(parent=practice, downloads=[sheet, other])
    assert found("kraamkaart", Role()) == [("download", sheet.pk)]

    sheet.delete()

    assert found("kraamkaart", Role()) == [("download", other.pk)]


def test_a_file_that_two_circles_share_is_there_once_for_each(practice, other_practice):
    sheet = DownloadFactory(title="Kraamkaart")
    LessonPageFactory(parent=practice, downloads=[sheet])
    hidden = LessonPageFactory(
        parent=other_practice, downloads=[sheet], audience=Audience.PRACTICES
    )
    insider = Role(practice_keys=frozenset([hidden.practice_key]))

    def practices(role):
        answer = look(role, "nl").find(Question(words="kraamkaart"))
        assert answer.total == 1
        return set(answer.counts["praktijk"])

    assert practices(Role()) == {practice.practice_key.hex}
    both = {practice.practice_key.hex, hidden.practice_key.hex}
    assert practices(insider) == practices(LEADER) == both


def test_what_ends_or_begins_needs_no_signal(site_tree, monkeypatch):
    soon = timezone.now() + datetime.timedelta(hours=1)
    page = InformationPageFactory(title="Tijdelijk bericht", expire_at=soon)
    assert ("page", page.pk) in found("tijdelijk", Role())

    later = soon + datetime.timedelta(seconds=5)
    monkeypatch.setattr(timezone, "now", lambda: later)

    assert found("tijdelijk", Role()) == []


def test_a_page_in_two_languages_is_there_once(practice, lesson):
    twin = in_english(lesson, title="Start small")

    def shown(language, words):
        answer = look(Role(), language).find(Question(words=words, filters={"soort": ("les",)}))
        return [hit.pk for hit in answer.hits]

    assert shown("nl", "klein") == [lesson.pk]
    assert shown("en", "small") == [twin.pk]
    # Found by what the other language says, shown in the reader's own.
    assert shown("nl", "small") == [lesson.pk]

    twin.delete()
    assert shown("en", "klein") == [lesson.pk]


# Loss


def test_a_lost_folder_is_made_anew(lesson):
    expected = found("begin")
    shutil.rmtree(index_copy().folder)

    assert found("begin") == expected


@pytest.mark.parametrize("what", ["cut", "garbage", "no meta", "no pointer", "bad pointer"])
def test_a_damaged_index_is_made_anew(lesson, other_worker, what):
    index_copy().up_to_date()
    folder = index_copy().folder
    generation = folder / (folder / "current").read_text()
    # Damage is met by whoever opens the files: another process.
    if what == "cut":
        for path in generation.glob("*.term"):
            os.truncate(path, 10)
    elif what == "garbage":
        (generation / "meta.json").write_text("{")
    elif what == "no meta":
        (generation / "meta.json").unlink()
    elif what == "no pointer":
        (folder / "current").unlink()
    else:
        (folder / "current").write_text("generation-of-nothing")

    opened, _ = other_worker().up_to_date()

    assert opened.folder != generation
    assert titles_in(opened) > 1


def test_an_index_of_another_database_is_not_followed(lesson):
    index_copy().up_to_date()
    ChangeCounter.objects.all().delete()
    Change.objects.all().delete()
    lesson.title = "Buitenaards"
    lesson.save()

    assert ("page", lesson.pk) in found("buitenaards")


def test_a_copy_that_lags_behind_the_log_is_made_anew(lesson):
    index_copy().up_to_date()
    lesson.title = "Buitenaards"
    lesson.save()
    Change.objects.all().delete()

    assert ("page", lesson.pk) in found("buitenaards")


def test_numbers_that_come_back_after_a_rollback_mean_something_else(lesson):
    index_copy().up_to_date()
    counter = changes.counter()
    lesson.title = "Eerste poging"
    lesson.save()
    assert ("page", lesson.pk) in found("eerste")
    # As if that was rolled back and something else took its numbers.
    Change.objects.filter(number__gt=counter.last).delete()
    ChangeCounter.objects.update(last=counter.last, mark=counter.mark)
    lesson.title = "Tweede poging"
    lesson.save()

    assert ("page", lesson.pk) in found("tweede")
    assert ("page", lesson.pk) not in found("eerste")


def test_a_new_generation_takes_the_place_of_the_old(lesson, other_worker):
    second = other_worker()
    old = second.up_to_date()[0].folder

    assert index_copy().rebuild(lambda number: None) > 0

    assert second.up_to_date()[0].folder != old
    assert not old.exists()
    assert found("begin")


def test_while_another_writes_the_answer_is_the_older_one(lesson, practice, monkeypatch):
    index_copy().up_to_date()
    monkeypatch.setattr(copy, "LONGEST_WAIT", 0.05)
    with IndexCopy(index_copy().folder)._locked("lock"):
        LessonPageFactory(parent=practice, title="Kraamvisite")
        assert found("kraamvisite") == []

    assert found("kraamvisite")


def test_who_is_in_a_hurry_gets_the_older_answer_where_much_has_changed(
    lesson, practice, monkeypatch
):
    fresh = IndexCopy(index_copy().folder)
    before = titles_in(fresh.up_to_date()[0])
    LessonPageFactory(parent=practice, title="Kraamvisite")
    monkeypatch.setattr(copy, "CHANGES_WHILE_HURRIED", 0)
    # The thread would look in a database that this test has for itself.
    monkeypatch.setattr(threading.Thread, "start", lambda thread: None)

    assert titles_in(fresh.up_to_date(hurried=True)[0]) == before
    assert titles_in(fresh.up_to_date()[0]) == before + 1


def test_a_large_site_without_an_index_says_so(lesson, monkeypatch):
    monkeypatch.setattr(copy, "PAGES_WHILE_WAITING", 0)
    # The thread would look in a database that this test has for itself.
    monkeypatch.setattr(threading.Thread, "start", lambda thread: None)
    shutil.rmtree(index_copy().folder, ignore_errors=True)
    fresh = IndexCopy(index_copy().folder)

    with pytest.raises(IndexNotReadyError):
        fresh.up_to_date()


def test_the_page_says_that_the_search_is_being_prepared(client, lesson, monkeypatch):
    def not_ready(*arguments, **options):
        raise IndexNotReadyError

    monkeypatch.setattr("search.results.safely", not_ready)

    response = client.get("/zoeken/?q=klein")

    assert response.status_code == 200
    assert len(response.context["results"].notices) == 1


# The log


def test_numbers_have_no_gaps(lesson):
    changes.record(Subject.PAGE, [3, 1, 2])
    changes.record(Subject.TERM, [9])

    numbers = list(Change.objects.values_list("number", flat=True))
    assert numbers == list(range(1, changes.counter().last + 1))


def test_an_import_keeps_nobody_from_the_log_until_it_is_nearly_done(
    practice, tmp_path, monkeypatch
):
    """Who writes to the log holds it until the commit, and that of an import takes minutes."""
    monkeypatch.setattr(planning, "ROWS_AT_ONCE", 1)
    rows = [ROW | {"external_id": f"a-{number}"} for number in range(3)]
    path = jsonl_file(tmp_path, *rows)
    before, meanwhile = changes.counter().last, []

    with path.open("rb") as file:
        LessonImport(Source(file, format_of(path.name)), practice.slug, publish=True).apply(
            lambda step: meanwhile.append(changes.counter().last)
        )

    assert meanwhile == [before] * len(rows)
    assert Change.objects.filter(number__gt=before).count() == len(rows)
    assert len(found("begin")) == len(rows)


def test_an_import_that_fails_leaves_nothing_in_the_log(practice, tmp_path):
    path = jsonl_file(tmp_path, ROW, ROW | {"external_id": "a-2", "title": ""})
    before = changes.counter().last

    with pytest.raises(CommandError):
        import_lessons(path, publish=True)
    LessonPageFactory(parent=practice)

    assert Change.objects.filter(number__gt=before, subject=Subject.PAGE).count() == 1


def test_old_changes_are_forgotten(lesson, monkeypatch):
    Change.objects.update(at=timezone.now() - 2 * changes.KEPT)
    monkeypatch.setattr(changes, "ROWS_BETWEEN_CLEANING", 1)

    changes.record(Subject.PAGE, [1])

    assert Change.objects.count() == 1
