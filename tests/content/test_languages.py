"""Dutch and English: which text somebody gets at an address, and which facts they share."""

import re
from datetime import timedelta

import pytest
from django.utils import timezone
from wagtail.models import Page

from content.models import PageTerm
from home.models import HomeQuestion
from lessons.models import LessonPage
from practices.models import (
    DevelopmentPathPage,
    ElementState,
    Partner,
    PathStep,
    PracticeElement,
    PracticePage,
    Ring,
    StepStatus,
    TeamRole,
)
from tests.factories import (
    DevelopmentPathPageFactory,
    DownloadFactory,
    HomePageFactory,
    LessonPageFactory,
    PracticePageFactory,
    Rows,
    TermFactory,
    in_english,
)
from visibility.audience import Audience
from vocabulary.models import TermKind


def text_of(response):
    return response.content.decode()


def is_in_dutch_frame(html):
    return '<html lang="nl">' in html


def publish(page, **fields):
    """Change a page as an editor does: a new revision, published."""
    page = type(page).objects.get(pk=page.pk)
    for name, value in fields.items():
        setattr(page, name, value)
    page.save_revision().publish()
    return type(page).objects.get(pk=page.pk)


def fresh(page):
    return type(page).objects.get(pk=page.pk)


# Which text at which address


def test_a_translated_page_has_its_english_text_at_its_english_address(client, lesson):
    in_english(lesson, title="Start small")

    html = text_of(client.get(f"/en{lesson.url}"))

    assert '<html lang="en">' in html
    assert "Start small" in html
    assert "<bdi>Begin klein" not in html
    assert 'class="language-notice"' not in html


def test_an_untranslated_page_shows_the_dutch_text_with_a_notice(client, lesson):
    response = client.get(f"/en{lesson.url}")
    html = text_of(response)

    assert response.status_code == 200
    assert '<html lang="en">' in html
    assert 'class="language-notice"' in html
    assert re.search(r'<h1[^>]* lang="nl"[^>]*><bdi>Begin klein', html)


def test_an_untranslated_page_names_the_dutch_address_as_the_real_one(client, lesson):
    html = text_of(client.get(f"/en{lesson.url}"))

    (canonical,) = re.findall(r'<link rel="canonical" href="([^"]+)"', html)
    assert canonical.endswith(lesson.url)
    assert "/en/" not in canonical


@pytest.mark.parametrize("how", ["draft", "closed above", "alias"])
def test_an_english_page_that_is_not_there_does_not_hide_the_dutch(client, lesson, how):
    if how == "draft":
        in_english(lesson, live=False, title="Start small")
    elif how == "closed above":
        english = in_english(lesson, title="Start small")
        english.get_parent().specific.unpublish()
    else:
        in_english(lesson.get_parent().specific)
        locale = fresh(lesson).locale.__class__.objects.get(language_code="en")
        lesson.copy_for_translation(locale, alias=True)

    html = text_of(client.get(f"/en{lesson.url}"))

    assert "Begin klein" in html
    assert 'class="language-notice"' in html
    assert "Start small" not in html


def test_what_exists_in_no_language_is_not_found(client, site_tree):
    assert client.get("/en/praktijken/bestaat-niet/").status_code == 404


def test_a_dutch_draft_is_not_found_in_english_either(client, practice):
    lesson = LessonPageFactory(parent=practice, live=False)

    assert client.get(f"/en{lesson.url}").status_code == 404


def test_the_dutch_address_leads_to_a_translation_with_an_address_of_its_own(client, lesson):
    english = in_english(lesson, title="Start small", slug="start-small")

    response = client.get(f"/en{lesson.url}?a=1&b=2")

    assert response.status_code == 302
    assert response["Location"] == f"{english.url}?a=1&b=2"
    assert english.url.endswith("/start-small/")


def test_an_unknown_language_is_not_found(client, site_tree):
    assert client.get("/de/").status_code == 404
    assert client.get("/nl/").status_code == 404
    assert client.get("/en-gb/").status_code == 404


@pytest.mark.parametrize("asked", ["en", "en-GB,en;q=0.9", "de", "ar", "nonsense;;q=x"])
def test_what_a_browser_asks_for_does_not_change_the_language_of_an_address(client, lesson, asked):
    in_english(lesson, title="Start small")

    html = text_of(client.get(lesson.url, headers={"accept-language": asked}))

    assert is_in_dutch_frame(html)
    assert "Begin klein" in html


def test_what_a_browser_asks_for_does_not_change_an_english_address(client, lesson):
    in_english(lesson, title="Start small")

    html = text_of(client.get(f"/en{lesson.url}", headers={"accept-language": "nl"}))

    assert '<html lang="en">' in html


# The choice of language


def switcher(html):
    """The links of the choice of language: their addresses by language."""
    links = re.findall(r"<a[^>]*hreflang=[^>]*>", html)
    return {
        re.search(r'hreflang="(\w+)"', link)[1]: re.search(r'href="([^"]*)"', link)[1]
        for link in links
    }


@pytest.mark.parametrize(
    "address",
    ["/", "/zoeken/?q=ouders&amp;soort=les", "/vergelijken/?praktijk=orion", "/account/inloggen/"],
)
def test_the_choice_of_language_keeps_the_page_and_the_query_string(client, practice, address):
    html = text_of(client.get(address.replace("&amp;", "&")))

    assert switcher(html)["en"] == f"/en{address}"
    back = text_of(client.get(f"/en{address}".replace("&amp;", "&")))
    assert switcher(back)["nl"] == address


def test_the_choice_of_language_is_on_an_error_page_too(client, site_tree):
    response = client.get("/bestaat/niet/?a=1")

    assert response.status_code == 404
    assert switcher(text_of(response))["en"] == "/en/bestaat/niet/?a=1"


def test_the_choice_of_language_leads_back_from_an_address_of_its_own(client, lesson):
    english = in_english(lesson, title="Start small", slug="start-small")

    html = text_of(client.get(english.url))

    assert switcher(html)["nl"] == lesson.url


@pytest.mark.parametrize("path", ["//elders.example/", "/%3Fa=1", "/%22%3E%3Cb/"])
def test_no_address_makes_the_choice_of_language_lead_elsewhere(client, site_tree, path):
    from urllib.parse import unquote

    html = text_of(client.get("/", PATH_INFO=unquote(path)))

    address = switcher(html)["en"]
    assert address.startswith("/en/")
    assert not address.startswith("/en//")
    assert "?" not in address


# What search engines hear


def alternates(html):
    links = re.findall(r'<link rel="alternate" hreflang="([^"]+)" href="([^"]+)"', html)
    return dict(links)


def test_a_public_translated_page_names_its_languages(client, lesson):
    in_english(lesson, title="Start small")

    for address in (lesson.url, f"/en{lesson.url}"):
        found = alternates(text_of(client.get(address)))

        assert set(found) == {"nl", "en", "x-default"}
        assert found["nl"] == found["x-default"]
        assert found["nl"].endswith(lesson.url)
        assert found["en"].endswith(f"/en{lesson.url}")
        assert all(url.startswith("http") for url in found.values())


@pytest.mark.parametrize("how", ["untranslated", "draft", "closed above"])
def test_a_language_that_is_not_public_is_not_named(client, lesson, how):
    if how != "untranslated":
        english = in_english(lesson, live=how != "draft")
    if how == "closed above":
        english.get_parent().specific.unpublish()

    assert alternates(text_of(client.get(lesson.url))) == {}


def test_a_page_for_some_names_no_languages(client, practice, leader):
    lesson = LessonPageFactory(parent=practice, audience=Audience.PRACTICES)
    in_english(lesson)
    client.force_login(leader)

    assert alternates(text_of(client.get(lesson.url))) == {}


# What is a fact holds in every language


def test_a_narrower_audience_holds_at_once_in_english(client, lesson):
    in_english(lesson, title="Start small")

    publish(lesson, audience=Audience.PRACTICE)

    assert client.get(f"/en{lesson.url}").status_code == 302
    assert "Start small" not in text_of(client.get(f"/en{lesson.url}", follow=True))


def test_a_narrower_audience_holds_while_an_english_draft_waits(client, lesson):
    english = in_english(lesson, title="Start small")
    english.title = "Start really small"
    english.save_revision()

    publish(lesson, audience=Audience.PRACTICE)

    english = fresh(english)
    assert english.audience == Audience.PRACTICE
    assert english.title == "Start small"
    draft = english.get_latest_revision_as_object()
    assert draft.audience == Audience.PRACTICE
    assert draft.title == "Start really small"


@pytest.mark.parametrize("which", ["an older revision", "a waiting draft"])
def test_publishing_an_english_revision_never_widens_the_audience(client, lesson, which):
    english = in_english(lesson, title="Start small")
    revision = english.save_revision()
    publish(lesson, audience=Audience.PRACTICE)
    if which == "a waiting draft":
        revision = fresh(english).save_revision()

    revision.publish()

    assert fresh(english).audience == Audience.PRACTICE


def test_wagtail_localize_does_not_bring_older_facts_back(lesson):
    from wagtail_localize.models import Translation, TranslationSource

    english = in_english(lesson, title="Start small")
    source, _ = TranslationSource.get_or_create_from_instance(lesson)
    Translation.objects.create(source=source, target_locale=english.locale)
    publish(lesson, audience=Audience.PRACTICE)

    source.create_or_update_translation(english.locale, publish=False, fallback=True)

    assert fresh(english).audience == Audience.PRACTICE


def test_the_facts_of_a_lesson_come_along_and_its_text_stays(practice):
    path = DevelopmentPathPageFactory(parent=practice)
    old, new = TermFactory(name="Vaste gezichten"), TermFactory(name="Normaliseren")
    sheet = DownloadFactory()
    lesson = LessonPageFactory(parent=practice, terms=[old], sources=["Jaarverslag"])
    english = in_english(lesson, title="Start small", situation="<p>English text</p>")
    ends = timezone.now() + timedelta(days=3)

    dutch = fresh(lesson)
    dutch.terms.set([new])
    dutch.downloads.create(download=sheet)
    dutch.paths = [path]
    publish_now(dutch, outcome="not", date="2022", expire_at=ends, title="Anders")

    english = fresh(english)
    assert list(english.terms.all()) == [new]
    assert [row.download for row in english.downloads.all()] == [sheet]
    assert [source.title for source in english.sources.all()] == ["Jaarverslag"]
    assert list(english.paths.all()) == [path]
    assert (english.outcome, english.date, english.expire_at) == ("not", "2022", ends)
    assert (english.title, english.situation) == ("Start small", "<p>English text</p>")


def publish_now(page, **fields):
    """Publish this very object, with what was changed on it in memory."""
    for name, value in fields.items():
        setattr(page, name, value)
    page.save_revision().publish()


def test_words_that_stay_the_same_are_not_written_again(lesson):
    word = TermFactory()
    lesson.terms.add(word)
    lesson.save()
    english = in_english(lesson)
    row = PageTerm.objects.get(content_object=english)

    publish(lesson, date="2020")

    assert PageTerm.objects.get(content_object=english).pk == row.pk


def make_path(practice):
    phases = [
        TermFactory(name=name, kind=TermKind.PHASE, sort_order=place)
        for place, name in enumerate(["Nulmeting", "Aan de slag", "Borgen"])
    ]
    steps = [
        PathStep(
            phase=phases[0], title="Gesprekken", status=StepStatus.DONE, start="2020", sort_order=0
        ),
        PathStep(
            phase=phases[1], title="Begonnen", status=StepStatus.PLANNED, start="2021", sort_order=1
        ),
    ]
    return DevelopmentPathPageFactory(parent=practice, steps=Rows(steps)), phases


def translate_steps(path, *titles):
    english = in_english(path)
    rows = list(english.steps.all())
    for row, title in zip(rows, titles, strict=True):
        row.title = title
    english.steps = rows
    english.save_revision().publish()
    return fresh(english)


def test_the_facts_of_a_step_come_along_and_its_text_stays(lesson, practice):
    path, phases = make_path(practice)
    english = translate_steps(path, "Talks", "Begun")
    coach = TermFactory(name="Gezinscoach", kind=TermKind.PROFESSION)
    sheet = DownloadFactory()

    dutch = DevelopmentPathPage.objects.get(pk=path.pk)
    first, second = dutch.steps.all()
    second.status, second.start, second.phase = StepStatus.ACTIVE, "2022", phases[2]
    second.roles, second.lessons, second.downloads = [coach], [lesson], [sheet]
    dutch.steps = [first, second]
    publish_now(dutch)

    step = fresh(english).steps.all()[1]
    assert (step.title, step.status, step.start) == ("Begun", StepStatus.ACTIVE, "2022")
    assert step.phase == phases[2]
    assert list(step.roles.all()) == [coach]
    assert [page.pk for page in step.lessons.all()] == [lesson.pk]
    assert list(step.downloads.all()) == [sheet]
    assert fresh(english).steps.all()[0].title == "Talks"


def test_a_new_step_appears_in_the_english_path_and_a_removed_one_goes(practice):
    path, phases = make_path(practice)
    english = translate_steps(path, "Talks", "Begun")

    dutch = DevelopmentPathPage.objects.get(pk=path.pk)
    second = dutch.steps.all()[1]
    new = PathStep(phase=phases[2], title="Geborgd", status=StepStatus.PLANNED, sort_order=2)
    dutch.steps = [second, new]
    publish_now(dutch)

    rows = list(fresh(english).steps.all())
    assert [row.title for row in rows] == ["Begun", "Geborgd"]
    assert {row.locale.language_code for row in rows} == {"en"}
    assert [row.translation_key for row in rows] == [
        row.translation_key for row in fresh(path).steps.all()
    ]


def test_steps_come_along_into_a_waiting_english_draft(practice):
    path, phases = make_path(practice)
    english = translate_steps(path, "Talks", "Begun")
    rows = list(english.steps.all())
    rows[0].title = "Long talks"
    english.steps = rows
    english.save_revision()

    dutch = DevelopmentPathPage.objects.get(pk=path.pk)
    first, second = dutch.steps.all()
    second.status = StepStatus.STOPPED
    dutch.steps = [first, second, PathStep(phase=phases[2], title="Geborgd", sort_order=2)]
    publish_now(dutch)

    live = fresh(english)
    draft = live.get_latest_revision_as_object()
    assert [row.title for row in live.steps.all()] == ["Talks", "Begun", "Geborgd"]
    assert [row.title for row in draft.steps.all()] == ["Long talks", "Begun", "Geborgd"]
    assert [row.status for row in draft.steps.all()][1] == StepStatus.STOPPED

    live.get_latest_revision().publish()

    assert [row.title for row in fresh(english).steps.all()] == ["Long talks", "Begun", "Geborgd"]
    assert PathStep.objects.filter(page=english).count() == 3


def test_the_team_and_the_elements_of_a_practice_come_along(site_tree):
    element = TermFactory(name="Leiderschap", kind=TermKind.ELEMENT)
    domain = TermFactory(name="Onderwijs", kind=TermKind.DOMAIN)
    practice = PracticePageFactory(
        team=Rows([TeamRole(ring=Ring.CORE, role="Coach", person="Sam", person_consents=True)]),
        partners=Rows([Partner(name="De school", role="Doet mee")]),
        elements=Rows([PracticeElement(element=element, state=ElementState.PARTLY)]),
    )
    english = in_english(practice)
    for rows in (english.team, english.partners):
        row = rows.get()
        row.role = "English"
        rows.add(row)
    english.save_revision().publish()

    dutch = PracticePage.objects.get(pk=practice.pk)
    role, partner, row = dutch.team.get(), dutch.partners.get(), dutch.elements.get()
    role.ring, role.person, role.person_consents = Ring.FIXED, "Kim", True
    partner.domain = domain
    row.state, row.date = ElementState.USED, "2023"
    dutch.team, dutch.partners, dutch.elements = [role], [partner], [row]
    publish_now(dutch)

    english = fresh(english)
    role, partner, row = english.team.get(), english.partners.get(), english.elements.get()
    assert (role.ring, role.role) == (Ring.FIXED, "English")
    assert (role.person, role.person_consents) == ("Kim", True)
    assert (partner.domain, partner.role) == (domain, "English")
    assert (row.state, row.date) == (ElementState.USED, "2023")


def test_a_name_that_is_taken_away_goes_in_every_language(site_tree):
    practice = PracticePageFactory(
        team=Rows([TeamRole(ring=Ring.CORE, role="Coach", person="Sam", person_consents=True)])
    )
    english = in_english(practice)
    assert english.team.get().person == "Sam"

    role = practice.team.get()
    role.person, role.note = "", ""
    practice.team = [role]
    publish_now(practice)

    assert fresh(english).team.get().person == ""


def test_the_themes_of_a_question_on_the_home_page_come_along(site_tree):
    theme, other = TermFactory(name="Preventie"), TermFactory(name="Borgen")
    home = HomePageFactory()
    question = HomeQuestion(title="Hoe beginnen we?")
    question.themes = [theme]
    home.questions = [question]
    home.save_revision().publish()
    english = in_english(home)

    home = fresh(home)
    question = home.questions.get()
    question.themes = [other]
    home.questions = [question]
    publish_now(home)

    assert list(fresh(english).questions.get().themes.all()) == [other]


def test_what_is_planned_changes_nothing_in_english_before_its_time(lesson):
    dutch = publish(lesson)
    english = in_english(lesson)
    dutch.go_live_at = timezone.now() + timedelta(days=1)

    publish_now(dutch, audience=Audience.PRACTICE)

    assert fresh(lesson).audience == Audience.PUBLIC
    assert fresh(english).audience == Audience.PUBLIC


def test_a_draft_of_the_dutch_page_changes_nothing_in_english(lesson):
    english = in_english(lesson)
    dutch = fresh(lesson)
    dutch.audience = Audience.PRACTICE
    dutch.save_revision()

    english.save_revision().publish()

    assert fresh(english).audience == Audience.PUBLIC


def test_unpublishing_in_dutch_unpublishes_english(client, lesson):
    english = in_english(lesson, title="Start small")

    fresh(lesson).unpublish()

    assert not fresh(english).live
    assert client.get(f"/en{lesson.url}").status_code == 404


def test_publishing_a_page_with_an_alias_in_english_works(lesson):
    in_english(lesson.get_parent().specific)
    locale = type(lesson.locale).objects.get(language_code="en")
    alias = lesson.copy_for_translation(locale, alias=True)

    publish(lesson, audience=Audience.PRACTICE)

    assert LessonPage.objects.get(pk=alias.pk).audience == Audience.PRACTICE


def test_a_lesson_that_moves_takes_its_translation_along(lesson, other_practice):
    english = in_english(lesson, title="Start small")
    in_english(other_practice)
    new_index = other_practice.get_children().type(type(lesson.get_parent().specific)).get()
    in_english(new_index.specific)

    fresh(lesson).move(Page.objects.get(pk=new_index.pk), pos="last-child")

    english = fresh(english)
    assert english.practice_key == other_practice.practice_key
    assert english.get_parent().translation_key == new_index.translation_key


def test_a_lesson_that_moves_to_an_untranslated_practice_is_read_in_dutch(
    client, lesson, other_practice
):
    in_english(lesson, title="Start small")
    new_index = other_practice.get_children().type(type(lesson.get_parent().specific)).get()

    fresh(lesson).move(Page.objects.get(pk=new_index.pk), pos="last-child")

    html = text_of(client.get(f"/en{fresh(lesson).url}"))
    assert "Begin klein" in html
    assert "Start small" not in html


@pytest.mark.parametrize("address", ["", "downloads/"])
def test_an_english_practice_that_is_closed_does_not_hide_the_dutch(client, practice, address):
    english = in_english(practice, title="Closed")
    english.get_parent().specific.unpublish()

    response = client.get(f"/en{practice.url}{address}")

    assert response.status_code == 200
    assert "Closed" not in text_of(response)
