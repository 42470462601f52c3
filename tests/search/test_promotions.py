"""What the project leader puts on top for a question, for whoever may see it."""

import datetime

import pytest
from django.contrib.auth.models import Permission
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from search import results as results_module
from search.models import AskedQuestion, PromotedPage, Promotion
from tests.admin.forms import errors_in, fields_of, row
from tests.factories import (
    InformationPageFactory,
    LessonPageFactory,
    NewsPageFactory,
    TermFactory,
    in_english,
)
from tests.search.test_api import check_answer
from visibility.audience import ONLY_FOR, Audience

SEARCH, REPORT = "/zoeken/", reverse("search_report")
ADD = reverse("wagtailsnippets_search_promotion:add")
INDEX = reverse("wagtailsnippets_search_promotion:list")
MARK = "Aangeraden door de projectleider"
BROWSER = "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0"


def promote(question: str, *pages, **fields) -> Promotion:
    promotion = Promotion(questions=question, **fields)
    promotion.pages = [PromotedPage(page_id=page.pk, sort_order=n) for n, page in enumerate(pages)]
    promotion.save()
    return promotion


def results_of(client, words: str, prefix: str = "", **parameters):
    response = client.get(prefix + SEARCH, {"q": words, **parameters})
    assert response.status_code == 200
    return response.context["results"]


def on_top(results) -> list[str]:
    return [line.title for line in results.promoted.lines]


def listed(results) -> list[str]:
    return [line.title for line in results.lines]


@pytest.fixture
def lessons(practice):
    """Four lessons that the question `kraamvisite` finds."""
    return [LessonPageFactory(parent=practice, title=f"Kraamvisite {n}") for n in range(4)]


# On top


def test_a_promoted_page_stands_on_top_once_and_says_why(client, lessons):
    promote("kraamvisite", lessons[2], reason="Hier begint het mee.")

    response = client.get(SEARCH, {"q": "kraamvisite"})

    results, html = response.context["results"], response.content.decode()
    assert on_top(results) == ["Kraamvisite 2"]
    assert sorted(listed(results)) == ["Kraamvisite 0", "Kraamvisite 1", "Kraamvisite 3"]
    assert html.index(MARK) < html.index("Hier begint het mee.") < html.index("Kraamvisite 2")
    assert html.index("Kraamvisite 2") < html.index("Kraamvisite 0")
    assert html.count(f'href="{lessons[2].url}"') == 1


def test_without_a_sentence_the_mark_is_enough(client, lessons):
    promote("kraamvisite", lessons[0])

    html = client.get(SEARCH, {"q": "kraamvisite"}).content.decode()

    assert MARK in html
    assert "promoted__reason" not in html


def test_they_stand_in_the_order_that_was_chosen(client, lessons):
    promote("kraamvisite", lessons[3], lessons[0], lessons[1])

    results = results_of(client, "kraamvisite")

    assert on_top(results) == ["Kraamvisite 3", "Kraamvisite 0", "Kraamvisite 1"]


@pytest.mark.parametrize(
    "words", ["Kraamvisite", "kráámvisite", "  KRAAM  bezoek ", "kraam bezoek"]
)
def test_every_spelling_of_the_question_counts(client, lessons, words):
    promote("Kraamvisite\nKraam bezoek", lessons[2])

    assert on_top(results_of(client, words)) == ["Kraamvisite 2"]


@pytest.mark.parametrize("words", ["", "kraamvisites", "kraamvisite thuis", "kraam", "bezoek"])
def test_another_question_has_nothing_on_top(client, lessons, words):
    promote("Kraamvisite\nKraam bezoek", lessons[2])

    assert on_top(results_of(client, words)) == []


@pytest.mark.parametrize(
    "asked",
    [
        {"soort": "les"},
        {"taal": "nl"},
        {"sort": "nieuwste"},
        {"sort": "titel"},
        {"precies": "1"},
    ],
)
def test_who_filters_or_sorts_finds_every_result_in_its_own_place(client, lessons, asked):
    promote("kraamvisite", lessons[2])

    results = results_of(client, "kraamvisite", **asked)

    assert on_top(results) == []
    assert len(listed(results)) == 4


def test_results_by_practice_are_those_of_the_practice(client, lessons):
    promote("kraamvisite", lessons[2])

    results = results_of(client, "kraamvisite", groep="praktijk")

    assert on_top(results) == []
    assert [group.count for group in results.groups] == [4]


def test_a_filter_that_does_not_exist_changes_nothing(client, lessons):
    promote("kraamvisite", lessons[2])

    assert on_top(results_of(client, "kraamvisite", thema="bestaat-niet")) == ["Kraamvisite 2"]


def test_all_pages_together_show_each_result_once(client, lessons, monkeypatch):
    monkeypatch.setattr(results_module, "RESULTS_PER_PAGE", 2)
    promote("kraamvisite", lessons[3])

    first, second = (results_of(client, "kraamvisite", page=n) for n in (1, 2))

    assert (on_top(first), on_top(second)) == (["Kraamvisite 3"], [])
    shown = [*on_top(first), *listed(first), *listed(second)]
    assert sorted(shown) == [f"Kraamvisite {n}" for n in range(4)]
    assert first.count == second.count == 4
    assert first.page.paginator.num_pages == 2


def test_a_page_that_the_question_does_not_find_is_there_but_no_result(client, lessons, practice):
    promote("kraamvisite", LessonPageFactory(parent=practice, title="Heel iets anders"), lessons[0])

    results = results_of(client, "kraamvisite")

    assert on_top(results) == ["Heel iets anders", "Kraamvisite 0"]
    assert (results.count, len(listed(results))) == (4, 3)


def test_every_number_is_what_the_click_gives(client, lessons, practice):
    theme = TermFactory(name="Geboorte")
    lessons[2].terms.add(theme)
    lessons[2].save()
    NewsPageFactory(title="Nieuws over kraamvisite")
    promote("kraamvisite", lessons[2], LessonPageFactory(parent=practice, title="Iets anders"))

    results = results_of(client, "kraamvisite")

    for facet in results.facets:
        for option in facet.options:
            chosen = results_of(client, "kraamvisite", **{facet.name: option.value})
            assert chosen.count == option.count, (facet.name, option)
            # And back again.
            assert [way.count for way in chosen.choices] == [results.count]
    assert results.count == 5


def test_the_list_to_take_along_holds_what_the_page_counts(client, lessons, practice):
    promote("kraamvisite", lessons[2], LessonPageFactory(parent=practice, title="Iets anders"))
    results = results_of(client, "kraamvisite")

    text = b"".join(client.get("/zoeken/export.csv?q=kraamvisite")).decode("utf-8-sig")

    rows = text[text.index("Kraamvisite") :]
    assert sum(f"Kraamvisite {n}" in rows for n in range(4)) == results.count == 4


def test_where_nothing_else_is_found_the_page_says_so(client, practice):
    promote("zeppelinhangar", LessonPageFactory(parent=practice, title="Kraamvisite"))

    response = client.get(SEARCH, {"q": "zeppelinhangar"}, headers={"user-agent": BROWSER})

    assert on_top(response.context["results"]) == ["Kraamvisite"]
    assert "Verder nog niets over “zeppelinhangar”" in response.content.decode()
    # Somebody was helped, so it is no question without an answer.
    assert AskedQuestion.objects.get().without_results == 0


def test_a_page_in_two_languages_is_the_one_of_the_reader(client, practice):
    lesson = LessonPageFactory(parent=practice, title="Kraamvisite")
    in_english(lesson, title="Maternity visit")
    promote("kraamvisite", lesson, reason="Hier begint het mee.")

    response = client.get(f"/en{SEARCH}", {"q": "kraamvisite"})

    assert on_top(response.context["results"]) == ["Maternity visit"]
    assert listed(response.context["results"]) == []
    assert '<p class="promoted__reason" lang="nl">Hier' in response.content.decode()
    assert on_top(results_of(client, "kraamvisite")) == ["Kraamvisite"]


def test_a_translation_can_be_chosen_as_well(client, practice):
    lesson = LessonPageFactory(parent=practice, title="Kraamvisite")
    promote("visit", in_english(lesson, title="Maternity visit"), language="en", reason="Start.")

    assert on_top(results_of(client, "visit")) == ["Kraamvisite"]
    assert 'lang="en">Start.' in client.get(SEARCH, {"q": "visit"}).content.decode()


def test_the_sentence_is_text(client, lessons):
    promote("kraamvisite", lessons[0], reason="<script>alert(1)</script>")

    html = client.get(SEARCH, {"q": "kraamvisite"}).content.decode()

    assert "&lt;script&gt;alert(1)" in html


def test_a_promotion_costs_as_many_queries_for_three_pages_as_for_one(
    client, lessons, django_assert_max_num_queries
):
    promotion = promote("kraamvisite", lessons[0])
    results_of(client, "kraamvisite")
    with django_assert_max_num_queries(25) as one:
        results_of(client, "kraamvisite")
    PromotedPage.objects.bulk_create(
        PromotedPage(promotion=promotion, page_id=lesson.pk) for lesson in lessons[1:3]
    )

    with django_assert_max_num_queries(len(one)):
        assert len(on_top(results_of(client, "kraamvisite"))) == 3


# For whom

PEOPLE = {
    "visitor": {"public"},
    "outer_ring": {"public", "outer_ring"},
    "other_professional": {"public", "outer_ring", "practices"},
    "professional": set(Audience.values),
    "leader": set(Audience.values),
}


@pytest.mark.parametrize("person", PEOPLE)
@pytest.mark.parametrize("audience", Audience.values)
def test_only_who_may_see_a_page_finds_it_on_top(client, practice, request, person, audience):
    lesson = LessonPageFactory(parent=practice, title="Kraamvisite", audience=audience)
    promote("kraamvisite", lesson, reason="Hier begint het mee.")
    user = request.getfixturevalue(person)
    if user.is_authenticated:
        client.force_login(user)

    response = client.get(SEARCH, {"q": "kraamvisite"})

    sees = audience in PEOPLE[person]
    results = response.context["results"]
    assert on_top(results) == (["Kraamvisite"] if sees else [])
    assert results.count == int(sees)
    if not sees:
        html = response.content.decode()
        assert MARK not in html
        assert "Hier begint het mee." not in html
        assert lesson.url not in html


def test_what_is_taken_away_later_is_not_on_top(client, leader, lessons):
    promote("kraamvisite", lessons[0], lessons[1], lessons[2])
    client.force_login(leader)
    lessons[0].unpublish()
    lessons[1].expire_at = timezone.now() - datetime.timedelta(days=1)
    lessons[1].save()

    assert on_top(results_of(client, "kraamvisite")) == ["Kraamvisite 2"]

    lessons[2].delete()

    assert on_top(results_of(client, "kraamvisite")) == []
    assert listed(results_of(client, "kraamvisite")) == ["Kraamvisite 3"]


def test_news_of_tomorrow_is_not_on_top_today(client, site_tree):
    tomorrow = timezone.localdate() + datetime.timedelta(days=1)
    promote("kraamvisite", NewsPageFactory(title="Kraamvisite", date=tomorrow.isoformat()))

    assert on_top(results_of(client, "kraamvisite")) == []


# The API


@pytest.mark.parametrize("person", ["visitor", "leader"])
def test_the_api_tells_what_is_public(client, practice, lessons, request, person):
    closed = LessonPageFactory(parent=practice, title="Dicht", audience=Audience.PRACTICES)
    promote("kraamvisite", closed, lessons[1], reason="Hier begint het mee.")
    user = request.getfixturevalue(person)
    if user.is_authenticated:
        client.force_login(user)

    answer = check_answer(client.get("/api/v1/search/", {"q": "Kraamvisite"}))

    told = [(one["title"], one["reason"]) for one in answer["promoted"]]
    assert told == [("Kraamvisite 1", "Hier begint het mee.")]
    assert answer["total"] == len(answer["results"]) == 4


@pytest.mark.parametrize(
    "asked", [{"page": 2}, {"soort": "les"}, {"sort": "titel"}, {"precies": "1"}, {"q": "iets"}]
)
def test_the_api_promotes_only_where_the_page_does(client, lessons, asked):
    promote("kraamvisite", lessons[1])

    answer = check_answer(client.get("/api/v1/search/", {"q": "kraamvisite", **asked}))

    assert answer["promoted"] == []


# In the admin


@pytest.fixture
def admin(client, leader):
    client.force_login(leader)
    return client


def send(client, *pages, address: str = ADD, **fields):
    """Fill in the form; the first row for a page is there already."""
    data = fields_of(client.get(address)) | fields
    for number, page in enumerate(pages):
        if number >= int(data["pages-TOTAL_FORMS"]):
            data |= row("pages", data)
        data[f"pages-{number}-page"] = getattr(page, "pk", page)
    return client.post(address, data)


def asked_often(question: str, **numbers) -> None:
    AskedQuestion.objects.create(
        day=timezone.localdate(), question=question, **{"asked": 5, "sessions": 5} | numbers
    )


def test_from_a_question_in_the_report_to_a_page_on_top_and_back(admin, lessons):
    asked_often("kraambezoek", without_results=5)
    report = admin.get(REPORT, {"days": "7"}).content.decode()
    address = f"{ADD}?question=kraambezoek&next={REPORT.replace('/', '%2F')}%3Fdays%3D7"
    assert address.replace("&", "&amp;") in report

    form = admin.get(address)
    assert fields_of(form)["questions"] == "kraambezoek"
    response = send(admin, lessons[1], address=address, reason="Kijk hier.")

    assert response.url == f"{REPORT}?days=7"
    assert on_top(results_of(Client(), "Kraambezoek")) == ["Kraamvisite 1"]
    after = admin.get(response.url).content.decode()
    edit = reverse("wagtailsnippets_search_promotion:edit", args=[Promotion.objects.get().pk])
    assert f'<a href="{edit}?next=' in after
    assert ADD not in after


def test_what_may_be_personal_cannot_be_promoted(admin):
    asked_often("[mogelijk persoonsgegeven]")

    assert ADD not in admin.get(REPORT).content.decode()


def test_where_all_pages_are_deleted_the_report_says_so(admin, lessons):
    asked_often("kraamvisite")
    promote("kraamvisite", lessons[0])
    lessons[0].delete()

    assert "geen pagina meer</a>" in admin.get(REPORT).content.decode()


def test_who_only_reads_the_report_is_not_told_what_is_on_top(client, outer_ring, lessons):
    asked_often("kraamvisite")
    asked_often("ouders")
    promote("kraamvisite", lessons[0])
    for codename in ("access_admin", "view_askedquestion"):
        outer_ring.user_permissions.add(Permission.objects.get(codename=codename))
    client.force_login(outer_ring)

    html = client.get(REPORT).content.decode()

    assert "ouders" in html
    assert "Kraamvisite 0" not in html
    assert ADD not in html


def test_a_question_is_kept_once_in_all_its_spellings(admin, lessons):
    send(admin, lessons[0], questions=" Kraamvisite \r\n\r\nkráámvisite\r\nkraam  bezoek")

    promotion = Promotion.objects.get()
    assert promotion.questions == "Kraamvisite\nkraam bezoek"
    assert set(promotion.keys.values_list("key", flat=True)) == {"kraamvisite", "kraam bezoek"}


def test_a_spelling_that_is_taken_out_does_not_count_any_more(admin, lessons):
    promotion = promote("kraamvisite\nkraambezoek", lessons[0])
    edit = reverse("wagtailsnippets_search_promotion:edit", args=[promotion.pk])

    send(admin, address=edit, questions="kraambezoek")

    assert on_top(results_of(Client(), "kraamvisite")) == []
    assert on_top(results_of(Client(), "kraambezoek")) == ["Kraamvisite 0"]


@pytest.mark.parametrize(
    ("questions", "part"),
    [
        ("", "verplicht"),
        (" \n ", "verplicht"),
        ("?!", "“?!” is geen vraag"),
        ("goed\n\u00b4", "“\u00b4” is geen vraag"),
        ("jan@school.nl", "gaat misschien over een persoon"),
        ("x" * 101, "is langer dan 100 tekens"),
        ("\n".join(f"vraag {n}" for n in range(21)), "hooguit 20 schrijfwijzen"),
        ("x" * 5_000, "niet meer dan 2020 tekens"),
        ("Óuders", "Voor “Óuders” is er al een aangeraden resultaat."),
        ("nieuw\nouders", "Voor “ouders” is er al een aangeraden resultaat."),
        ("ou\x00ders", ""),
        ("ou\x07ders", "onzichtbare"),
    ],
)
def test_a_question_that_cannot_be_is_refused_at_the_field(admin, lessons, questions, part):
    promote("ouders", lessons[0])

    response = send(admin, lessons[1], questions=questions)

    assert part in " ".join(errors_in(response)["questions"])
    assert Promotion.objects.count() == 1


def errors_at_pages(response) -> str:
    formset = response.context["form"].formsets["pages"]
    at_fields = [
        error for form in formset.forms for errors in form.errors.values() for error in errors
    ]
    return " ".join([*formset.non_form_errors(), *at_fields])


def test_pages_that_cannot_be_are_refused(admin, lessons):
    english = in_english(lessons[0])
    index = lessons[0].get_parent()
    for pages, part in [
        ([], "verplicht veld"),
        (lessons, "3"),
        ([lessons[0], lessons[0]], "Deze pagina staat er twee keer."),
        ([lessons[0], english], "Deze pagina staat er twee keer."),
        ([index], "Deze pagina is een lijst."),
        ([999_999], "Selecteer een geldige keuze"),
        (["x"], ""),
        (["9" * 40], ""),
    ]:
        response = send(admin, *pages, questions="kraamvisite")

        assert part in errors_at_pages(response), (pages, errors_at_pages(response))
        assert errors_at_pages(response), pages
    assert not Promotion.objects.exists()


def test_the_leader_hears_what_visitors_will_not_see(admin, practice):
    draft = LessonPageFactory(parent=practice, title="Nog niet af", live=False)
    closed = LessonPageFactory(parent=practice, title="Besloten", audience=Audience.PRACTICES)
    public = InformationPageFactory(title="Openbaar")

    response = send(admin, draft, closed, public, questions="kraamvisite")

    told = admin.get(response.url).content.decode()
    assert "“Nog niet af”: Niemand ziet deze pagina nu." in told
    assert f"“Besloten”: {_(ONLY_FOR[Audience.PRACTICES])}" in told
    assert "“Openbaar”" not in told


def test_the_list_names_questions_and_pages(admin, lessons):
    promote("kraamvisite\nkraambezoek", lessons[0], lessons[1], reason="Hier begint het mee.")

    html = admin.get(INDEX).content.decode()

    for text in ("kraamvisite", "Kraamvisite 0, Kraamvisite 1", "Hier begint het mee."):
        assert text in html


def test_the_list_asks_as_many_queries_for_many_as_for_one(
    admin, lessons, django_assert_max_num_queries
):
    for number in range(12):
        promote(f"vraag {number}", *lessons[:3])
        asked_often(f"vraag {number}")

    for address in (INDEX, REPORT):
        admin.get(address)
        with django_assert_max_num_queries(30):
            assert admin.get(address).status_code == 200


@pytest.mark.parametrize("person", ["professional", "outer_ring"])
def test_nobody_else_puts_anything_on_top(client, lessons, request, person):
    promotion = promote("kraamvisite", lessons[0])
    client.force_login(request.getfixturevalue(person))
    names = ("edit", "delete", "history", "usage")
    addresses = [
        reverse(f"wagtailsnippets_search_promotion:{name}", args=[promotion.pk]) for name in names
    ]

    for address in [ADD, INDEX, *addresses]:
        assert client.get(address).status_code in (302, 403), address
    client.post(ADD, {"questions": "ouders"})

    assert Promotion.objects.count() == 1


def test_an_administrator_may(client, administrator, lessons):
    client.force_login(administrator)

    send(client, lessons[0], questions="kraamvisite")

    assert Promotion.objects.count() == 1


def test_the_leader_takes_it_away_again(admin, lessons):
    promotion = promote("kraamvisite", lessons[0])

    admin.post(reverse("wagtailsnippets_search_promotion:delete", args=[promotion.pk]))

    assert on_top(results_of(Client(), "kraamvisite")) == []
    assert not PromotedPage.objects.exists()
