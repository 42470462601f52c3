"""Importing lessons: what is new, what changes, what stays, and what is refused with a reason."""

import io

import pytest
from django.core.management import CommandError, call_command
from wagtail.models import PageLogEntry, ReferenceIndex
from wagtail.search.backends import get_search_backend
from wagtail.signals import page_published

from content.models import ContentPage
from lessons.models import LessonPage
from lessons.transfer.importing import LessonImport
from lessons.transfer.reading import Source, format_of
from practices.models import PracticePage
from tests.factories import LessonPageFactory, TermFactory, in_english
from tests.lessons.files import (
    ROW,
    import_lessons,
    jsonl_file,
    lesson_named,
    reasons_of,
    totals_of,
)
from vocabulary.models import Synonym, TermKind


@pytest.fixture(autouse=True)
def _orion(practice):
    """Every file here is about this practice."""


def imported(folder, *rows, **options):
    return import_lessons(jsonl_file(folder, *rows), **options)


# New lessons


def test_a_published_lesson_is_as_if_an_editor_made_it(tmp_path, practice):
    seen = []
    page_published.connect(receiver := lambda instance, **kw: seen.append(instance.external_id))
    theme = TermFactory(name="Vertrouwen")

    try:
        imported(tmp_path, ROW | {"themes": ["Vertrouwen"], "source": "Verslag"}, publish=True)
    finally:
        page_published.disconnect(receiver)

    lesson = lesson_named("a-1")
    assert lesson.live
    assert lesson.first_published_at
    assert not lesson.has_unpublished_changes
    assert lesson.live_revision == lesson.latest_revision
    assert lesson.latest_revision.content["page_terms"][0]["tag"] == theme.pk
    assert lesson.latest_revision.content["sources"][0]["title"] == "Verslag"
    assert (lesson.practice_key, lesson.slug) == (practice.translation_key, "begin-klein")
    assert lesson.fixed_path == f"/les/{lesson.number}/"
    log = PageLogEntry.objects.filter(page_id=lesson.pk).values_list("action", flat=True)
    assert set(log) == {"wagtail.create", "wagtail.publish"}
    assert ReferenceIndex.get_references_to(theme).filter(object_id=lesson.pk).exists()
    assert lesson.pk in [
        page.pk for page in get_search_backend().search("klein", ContentPage.objects.all())
    ]
    assert seen == ["a-1"]


def test_without_publish_a_new_lesson_is_a_draft(tmp_path, client):
    imported(tmp_path, ROW)

    lesson = lesson_named("a-1")
    assert not lesson.live
    assert lesson.has_unpublished_changes
    assert lesson.get_latest_revision_as_object().lesson == "Begin klein."
    assert client.get("/praktijken/orion/lessen/begin-klein/").status_code == 404


def test_a_published_lesson_opens_and_is_found(tmp_path, client):
    imported(tmp_path, ROW, publish=True)

    assert client.get("/praktijken/orion/lessen/begin-klein/").status_code == 200
    assert "Begin klein" in client.get("/zoeken/?q=klein").content.decode()


def test_every_field_arrives(tmp_path):
    for kind, name in {
        TermKind.THEME: "Vertrouwen",
        TermKind.ELEMENT: "Vaste gezichten",
        TermKind.DOMAIN: "Onderwijs",
        TermKind.PROFESSION: "Leraar",
        TermKind.LEVEL: "Preventief",
        TermKind.PHASE: "Nulmeting",
    }.items():
        TermFactory(name=name, kind=kind)
    row = ROW | {
        "summary": "Kort gezegd.",
        "situation": "Eerste alinea.\n\nTweede alinea & meer.",
        "action": "<p>Wij <b>begonnen</b>.</p>",
        "advice": "<ol><li>Begin.</li></ol>",
        "outcome": "partly",
        "strength": "measured",
        "themes": ["Vertrouwen"],
        "elements": "Vaste gezichten",
        "domains": ["onderwijs"],
        "professions": ["LERAAR"],
        "level": "preventief",
        "phase": "Nulmeting",
        "tags": ["op de fiets", "vaste dag"],
        "date": "2021-09",
        "audience": "practices",
        "source": ["Verslag | deel 2", "https://voorbeeld.nl/onderzoek"],
    }

    imported(tmp_path, row, publish=True)

    lesson = lesson_named("a-1")
    assert lesson.situation == "<p>Eerste alinea.</p><p>Tweede alinea &amp; meer.</p>"
    assert lesson.action == "<p>Wij <b>begonnen</b>.</p>"
    assert lesson.advice == "<ol><li>Begin.</li></ol>"
    assert (lesson.outcome, lesson.strength, lesson.audience) == ("partly", "measured", "practices")
    assert lesson.date == "2021-09"
    assert {term.name for term in lesson.terms.all()} == {
        *("Vertrouwen", "Vaste gezichten", "Onderwijs", "Leraar", "Preventief", "Nulmeting"),
        *("op de fiets", "vaste dag"),
    }
    assert list(lesson.sources.values_list("title", "url")) == [
        ("Verslag | deel 2", ""),
        ("https://voorbeeld.nl/onderzoek", "https://voorbeeld.nl/onderzoek"),
    ]


def test_a_word_is_known_by_its_synonym_and_by_its_address(tmp_path):
    term = TermFactory(name="Intern begeleider", slug="ib", kind=TermKind.PROFESSION)
    Synonym.objects.create(term=term, word="Kwaliteitscoördinator")

    imported(
        tmp_path,
        ROW | {"professions": ["kwaliteitscoordinator"]},
        ROW | {"external_id": "a-2", "professions": "ib"},
    )

    for external_id in ("a-1", "a-2"):
        assert [term] == list(lesson_named(external_id).terms.all())


def test_the_same_new_tag_in_two_rows_is_one_word(tmp_path):
    imported(tmp_path, ROW | {"tags": "Op stap"}, ROW | {"external_id": "a-2", "tags": "op stap"})

    first, second = (lesson_named(external_id).terms.get() for external_id in ("a-1", "a-2"))
    assert first == second
    assert first.kind == TermKind.TAG


def test_two_lessons_may_have_one_title(tmp_path):
    imported(tmp_path, ROW, ROW | {"external_id": "a-2"}, publish=True)

    assert lesson_named("a-2").slug == "begin-klein-2"


@pytest.mark.parametrize(
    ("html", "kept"),
    [
        ("<script>alert(1)</script><p>Tekst</p>", "<p>Tekst</p>"),
        ('<p style="color:red" onclick="x()">Tekst</p>', "<p>Tekst</p>"),
        ('<p><a href="javascript:x()">Tekst</a></p>', "<p><a>Tekst</a></p>"),
        ('<p><a href="https://a.nl/" rel="x">a</a></p>', '<p><a href="https://a.nl/">a</a></p>'),
        ("<h2>Kop</h2><p>Tekst</p>", "<p>Kop</p><p>Tekst</p>"),
        ("Tekst <b>vet</b>", "<p>Tekst <b>vet</b></p>"),
        ("groep < 5 kinderen", "<p>groep &lt; 5 kinderen</p>"),
        ('<p><a linktype="page" id="3">a</a></p>', '<p><a linktype="page" id="3">a</a></p>'),
        ('<p><a linktype="page" id="x">a</a></p>', "<p><a>a</a></p>"),
        ("<p> </p>", ""),
    ],
)
def test_html_keeps_only_what_the_editor_offers(tmp_path, html, kept):
    imported(tmp_path, ROW | {"situation": html})

    assert lesson_named("a-1").situation == kept


def test_accents_are_one_character(tmp_path):
    imported(tmp_path, ROW | {"title": "E\u0301e\u0301n school"})

    assert lesson_named("a-1").title == "Één school"


def test_the_option_names_the_practice_of_rows_that_name_none(tmp_path, practice):
    imported(tmp_path, {"external_id": "a-1", "title": "Les", "lesson": "Les."}, practice="orion")

    assert lesson_named("a-1").practice_key == practice.translation_key


# Again


@pytest.mark.parametrize("publish", [True, False])
def test_the_same_file_again_changes_nothing(tmp_path, publish):
    TermFactory(name="Vertrouwen")
    row = ROW | {"themes": "Vertrouwen", "tags": "nieuw woord", "source": "a", "situation": "x\ny"}
    imported(tmp_path, row, publish=publish)
    revisions = lesson_named("a-1").revisions.count()

    lines = imported(tmp_path, row, publish=publish)

    assert totals_of(lines).startswith("1 rows: 0 new, 0 changed, 1 same, 0 error.")
    assert lesson_named("a-1").revisions.count() == revisions


def test_a_change_to_a_live_lesson_is_a_draft(tmp_path):
    theme, other = TermFactory(name="Vertrouwen"), TermFactory(name="Ouders")
    imported(tmp_path, ROW | {"themes": "Vertrouwen", "source": "Een"}, publish=True)

    lines = imported(
        tmp_path, ROW | {"title": "Begin groot", "themes": "Ouders", "source": ["Een", "Twee"]}
    )

    lesson = lesson_named("a-1")
    assert "1 changed" in totals_of(lines)
    assert (lesson.title, [*lesson.terms.all()]) == ("Begin klein", [theme])
    assert lesson.sources.count() == 1
    draft = lesson.get_latest_revision_as_object()
    assert (draft.title, [*draft.terms.all()]) == ("Begin groot", [other])
    assert [source.title for source in draft.sources.all()] == ["Een", "Twee"]


def test_with_publish_a_change_is_public(tmp_path):
    imported(tmp_path, ROW, publish=True)

    imported(tmp_path, ROW | {"title": "Begin groot"}, publish=True)

    lesson = lesson_named("a-1")
    assert (lesson.title, lesson.has_unpublished_changes) == ("Begin groot", False)
    backend = get_search_backend()
    found = backend.search("groot", ContentPage.objects.all())
    assert lesson.pk in [page.pk for page in found]


def test_publish_makes_an_earlier_import_public(tmp_path):
    imported(tmp_path, ROW)

    lines = imported(tmp_path, ROW, publish=True)

    assert "1 changed" in totals_of(lines)
    assert lesson_named("a-1").live


def test_a_column_that_is_not_there_stays_and_an_empty_one_is_emptied(tmp_path):
    TermFactory(name="Vertrouwen")
    imported(
        tmp_path,
        ROW | {"summary": "Kort.", "result": "Goed.", "themes": "Vertrouwen", "tags": "fiets"},
        publish=True,
    )

    imported(tmp_path, ROW | {"result": "", "tags": []}, publish=True)

    lesson = lesson_named("a-1")
    assert (lesson.summary, lesson.result) == ("Kort.", "")
    assert [term.name for term in lesson.terms.all()] == ["Vertrouwen"]


def test_what_no_file_can_say_stays(tmp_path, practice):
    school = TermFactory(name="Basisonderwijs", kind=TermKind.SCHOOL_TYPE)
    LessonPageFactory(
        parent=practice,
        external_id="a-1",
        caution="<p>Let op.</p>",
        terms=[school],
        date_text="Ooit",
    )

    imported(tmp_path, ROW | {"tags": "fiets"}, publish=True)

    lesson = lesson_named("a-1")
    assert (lesson.caution, lesson.date_text) == ("<p>Let op.</p>", "Ooit")
    assert school in lesson.terms.all()


def test_a_source_that_stays_keeps_its_address(tmp_path, practice):
    lesson = LessonPageFactory(parent=practice, external_id="a-1", sources=["Verslag"])
    lesson.sources.update(url="https://voorbeeld.nl/")

    imported(tmp_path, ROW | {"source": ["Nieuw", "Verslag"]}, publish=True)

    sources = list(lesson_named("a-1").sources.values_list("title", "url"))
    assert sources == [("Nieuw", ""), ("Verslag", "https://voorbeeld.nl/")]


def test_what_comes_back_as_it_is_public_leaves_the_draft_of_an_editor_alone(tmp_path):
    imported(tmp_path, ROW, publish=True)
    draft = lesson_named("a-1")
    draft.title = "Nog niet klaar"
    draft.save_revision()

    lines = imported(tmp_path, ROW, publish=True)

    assert "1 same" in totals_of(lines)
    assert lesson_named("a-1").get_latest_revision_as_object().title == "Nog niet klaar"


# Translations


def test_a_row_in_english_translates_the_dutch_lesson(tmp_path, practice):
    in_english(practice)
    TermFactory(name="Vertrouwen")
    dutch = ROW | {"themes": "Vertrouwen", "outcome": "not"}
    english = ROW | {"language": "en", "title": "Start small", "lesson": "Start small."}

    lines = imported(tmp_path, dutch, english, publish=True)

    assert "2 new" in totals_of(lines)
    translation = LessonPage.objects.get(locale__language_code="en")
    assert translation.live
    assert translation.translation_key == lesson_named("a-1").translation_key
    assert (translation.title, translation.outcome) == ("Start small", "not")
    assert translation.number == lesson_named("a-1").number
    assert "2 same" in totals_of(imported(tmp_path, dutch, english, publish=True))


def test_a_change_to_a_translation_changes_only_that(tmp_path, practice):
    in_english(practice)
    english = ROW | {"language": "en", "title": "Start small", "lesson": "Start small."}
    imported(tmp_path, ROW, english, publish=True)

    lines = imported(tmp_path, ROW, english | {"title": "Start tiny"}, publish=True)

    assert "1 changed, 1 same" in totals_of(lines)
    assert LessonPage.objects.get(locale__language_code="en").title == "Start tiny"


# Errors


def test_a_dry_run_changes_nothing(tmp_path):
    lines = imported(tmp_path, ROW | {"tags": "nieuw woord"}, dry_run=True)

    assert lines[0] == "row 1  new  a-1  Begin klein"
    assert totals_of(lines).startswith("1 rows: 1 new, 0 changed, 0 same, 0 error.")
    assert not LessonPage.objects.exists()


def test_nothing_is_applied_when_a_row_fails(tmp_path):
    with pytest.raises(CommandError, match="1 of 2 rows"):
        imported(tmp_path, ROW, ROW | {"external_id": "a-2", "title": ""})

    assert not LessonPage.objects.exists()


def test_rows_without_an_error_are_applied_when_errors_are_skipped(tmp_path):
    lines = imported(tmp_path, ROW, ROW | {"external_id": "a-2", "title": ""}, skip_errors=True)

    assert totals_of(lines).startswith("2 rows: 1 new, 0 changed, 0 same, 1 error.")
    assert [lesson.external_id for lesson in LessonPage.objects.all()] == ["a-1"]


@pytest.mark.parametrize(
    ("change", "reason"),
    [
        ({"external_id": ""}, "external_id: vul dit in."),
        ({"external_id": "a b"}, "external_id: "),
        ({"title": " "}, "title: vul dit in."),
        ({"title": "x" * 256}, "title: "),
        ({"title": "Bel\x07"}, "title: er staan onzichtbare stuurtekens in deze tekst."),
        ({"tags": ["bel\x07"]}, "tags: er staan onzichtbare stuurtekens in deze tekst."),
        ({"lesson": ""}, "Vul minstens één tekst in, bijvoorbeeld ‘lesson’."),
        ({"lesson": "x" * 301}, "lesson: "),
        ({"practice": ""}, "practice: vul dit in, of kies er een voor het hele bestand."),
        ({"practice": "nergens"}, "practice: er is geen praktijk ‘nergens’."),
        ({"outcome": "goed"}, "outcome: "),
        ({"strength": "zeker"}, "strength: "),
        ({"audience": "iedereen"}, "audience: "),
        ({"language": "fr"}, "language: ‘fr’ is geen van nl, en."),
        ({"language": "en"}, "language: er is geen Nederlandse les ‘a-1’."),
        ({"date": "14-09-2021"}, "date: ‘14-09-2021’ is geen datum."),
        ({"date": "2021-02-30"}, "date: ‘2021-02-30’ is geen datum."),
        ({"themes": "Bestaat niet"}, "themes: de woordenlijst kent geen ‘Bestaat niet’"),
        ({"themes": "Leraar"}, "themes: de woordenlijst kent geen ‘Leraar’"),
        ({"themes": "Oud woord"}, "‘Oud woord’ is niet meer in gebruik."),
        ({"tags": "x"}, "tags: ‘x’: een trefwoord heeft 2 tot 60 tekens."),
        ({"tags": [f"woord {n}" for n in range(11)]}, "tags: "),
        ({"source": "x" * 256}, "source: "),
        ({"title": {"nl": "Les"}}, "title: dit moet tekst zijn."),
        ({"title": ["een", "twee"]}, "title: geef één waarde."),
    ],
)
def test_a_row_that_cannot_be_used_says_why(tmp_path, change, reason):
    TermFactory(name="Leraar", kind=TermKind.PROFESSION)
    TermFactory(name="Oud woord", active=False)

    lines = imported(tmp_path, ROW | change, dry_run=True)

    (line,) = reasons_of(lines)
    assert reason in line
    assert line.startswith("row 1  error")


def test_every_mistake_in_a_row_is_named_at_once(tmp_path):
    (line,) = reasons_of(imported(tmp_path, ROW | {"title": "", "date": "ooit"}, dry_run=True))

    assert "title: " in line
    assert "date: " in line


def test_a_number_that_is_there_twice_is_refused_with_both_rows(tmp_path):
    (line,) = reasons_of(imported(tmp_path, ROW, ROW, dry_run=True))

    assert "external_id: rij 1 en rij 2 hebben allebei ‘a-1’." in line


def test_a_lesson_of_another_practice_stays_there(tmp_path, other_practice):
    LessonPageFactory(parent=other_practice, external_id="a-1")

    (line,) = reasons_of(imported(tmp_path, ROW, dry_run=True))

    assert "practice: deze les hoort bij ‘veens-welzijn’." in line


def test_a_practice_that_has_ended_gets_no_new_lessons(tmp_path, practice):
    PracticePage.objects.filter(pk=practice.pk).update(ended_on="2024-01-01")

    (line,) = reasons_of(imported(tmp_path, ROW, dry_run=True))

    assert "practice: ‘orion’ is gestopt en krijgt geen nieuwe lessen." in line


def test_a_retired_word_may_stay_where_it_is(tmp_path, practice):
    old = TermFactory(name="Oud woord", active=False)
    LessonPageFactory(parent=practice, external_id="a-1", terms=[old])

    lines = imported(tmp_path, ROW | {"themes": "Oud woord"}, publish=True)

    assert "1 changed" in totals_of(lines)
    assert [old] == list(lesson_named("a-1").terms.all())


def test_a_professional_writes_in_the_own_practice_only(tmp_path, professional, other_practice):
    path = jsonl_file(
        tmp_path, ROW, ROW | {"external_id": "a-2", "practice": "veens-welzijn"}, name="les.jsonl"
    )
    steps = []
    with path.open("rb") as file:
        LessonImport(Source(file, format_of(path.name)), user=professional).check(steps.append)

    assert [step.state for step in steps] == ["new", "error"]
    assert "veens-welzijn" in steps[1].reason


def test_a_professional_does_not_publish(tmp_path, professional):
    path = jsonl_file(tmp_path, ROW)
    steps = []
    with path.open("rb") as file:
        LessonImport(Source(file, format_of(path.name)), publish=True, user=professional).check(
            steps.append
        )

    assert [step.state for step in steps] == ["error"]


def test_a_column_that_no_lesson_has_is_named(tmp_path):
    lines = imported(tmp_path, ROW | {"tittel": "x"}, dry_run=True)

    assert "Not read, unknown: tittel" in lines


# How much work


def test_the_queries_for_a_lesson_are_bounded(tmp_path, django_assert_max_num_queries):
    terms = [TermFactory(name=f"Thema {number}").name for number in range(8)]
    rows = [
        ROW | {"external_id": f"a-{number}", "title": f"Les {number}", "themes": terms}
        for number in range(10)
    ]
    path = jsonl_file(tmp_path, *rows)

    with django_assert_max_num_queries(80 * len(rows)):
        import_lessons(path, publish=True)


def test_rows_that_stay_the_same_cost_no_query_each(tmp_path, django_assert_max_num_queries):
    rows = [ROW | {"external_id": f"a-{number}"} for number in range(20)]
    path = jsonl_file(tmp_path, *rows)
    import_lessons(path, publish=True)

    with django_assert_max_num_queries(60):
        import_lessons(path, publish=True)


def test_the_progress_of_a_long_import_is_a_line_now_and_then(tmp_path, monkeypatch):
    monkeypatch.setattr("lessons.management.commands.import_lessons.ROWS_A_LINE", 2)
    path = jsonl_file(tmp_path, *(ROW | {"external_id": f"a-{number}"} for number in range(3)))
    err = io.StringIO()

    call_command("import_lessons", str(path), stdout=io.StringIO(), stderr=err)

    assert err.getvalue() == "2 of 3 rows\n"
