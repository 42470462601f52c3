"""The words in the admin: the project leader keeps them."""

import pytest
from django.urls import reverse

from practices.models import PracticeElement
from tests.admin.forms import errors_in, fields_of, row
from tests.factories import LessonPageFactory, PracticePageFactory, Rows, TermFactory
from vocabulary.models import Synonym, Term, TermKind
from vocabulary.tags import free_tags, parse_tags

ADD = reverse("wagtailsnippets_vocabulary_term:add")
LIST = reverse("wagtailsnippets_vocabulary_term:list")


@pytest.fixture
def words(client, leader):
    client.force_login(leader)
    return client


def add(client, **changes):
    return client.post(ADD, fields_of(client.get(ADD)) | changes)


def delete(term):
    return reverse("wagtailsnippets_vocabulary_term:delete", args=[term.pk])


def test_the_words_stand_in_the_menu(words):
    assert LIST in words.get("/beheer/").content.decode()


def test_the_list_tells_where_a_word_is_used(words, practice, django_assert_max_num_queries):
    theme = TermFactory(name="Ouders")
    LessonPageFactory(parent=practice, terms=[theme])
    LessonPageFactory(parent=practice, title="Twee", terms=[theme])
    TermFactory(name="Ongebruikt")

    with django_assert_max_num_queries(40):
        response = words.get(LIST)

    counts = {term.name: term.usage_count for term in response.context["object_list"]}
    assert counts["Ouders"] == 2
    assert counts["Ongebruikt"] == 0


def test_new_free_tags_come_first(words, site_tree):
    TermFactory(name="Ouders", kind=TermKind.THEME)
    free_tags(["eerst", "daarna"])

    response = words.get(LIST, {"kind": "tag", "ordering": "-pk"})

    assert [term.name for term in response.context["object_list"]] == ["daarna", "eerst"]


@pytest.mark.parametrize(
    ("query", "found"), [("oude", {"Ouders"}), ("vaste", {"Vaste dag"}), ("xyz", set())]
)
def test_words_are_found(words, site_tree, query, found):
    for name in ("Ouders", "Vaste dag"):
        TermFactory(name=name, definition="")

    response = words.get(LIST, {"q": query})

    assert {term.name for term in response.context["object_list"]} == found


def test_a_term_gets_an_address_of_its_own(words, site_tree):
    TermFactory(name="c")

    for name in ("c++", "🎉", "Één lijn"):
        assert add(words, name=name, kind="theme").status_code == 302

    slugs = dict(Term.objects.values_list("name", "slug"))
    assert slugs == {"c": "c", "c++": "c-2", "🎉": "tag", "Één lijn": "een-lijn"}


@pytest.mark.parametrize("name", ["ouders", " OUDERS ", "oúders", "Óuders"])
def test_the_same_word_in_another_spelling_is_refused_at_the_field(words, site_tree, name):
    TermFactory(name="Ouders")

    response = add(words, name=name, kind="phase")

    assert "Ouders" in errors_in(response)["name"][0]


@pytest.mark.parametrize("name", ["", "Begin\x00", "Begin\x07"])
def test_a_word_that_cannot_be_is_refused_at_the_field(words, site_tree, name):
    assert "name" in errors_in(add(words, name=name, kind="theme"))


def test_a_synonym_stands_once_with_a_term(words, site_tree):
    data = fields_of(words.get(ADD)) | {"name": "Intern begeleider", "kind": "profession"}
    data |= row("synonyms", data, word="ib'er", language="nl")
    data |= row("synonyms", data, word="IB’er", language="nl")

    response = words.post(ADD, data)

    assert response.status_code == 200
    assert "word" in response.context["form"].formsets["synonyms"].forms[1].errors
    assert not Term.objects.exists()


def test_a_synonym_may_be_the_same_in_two_languages(words, site_tree):
    data = fields_of(words.get(ADD)) | {"name": "Intern begeleider", "kind": "profession"}
    data |= row("synonyms", data, word="coach", language="nl")
    data |= row("synonyms", data, word="coach", language="en")

    words.post(ADD, data)

    assert Synonym.objects.count() == 2


def test_a_second_name_in_one_language_is_refused(words, site_tree):
    data = fields_of(words.get(ADD)) | {"name": "Ouders", "kind": "theme"}
    data |= row("translations", data, language="en", name="Parents", definition="")
    data |= row("translations", data, language="en", name="Guardians", definition="")

    assert words.post(ADD, data).status_code == 200


def test_an_unused_word_is_deleted(words, site_tree):
    term = TermFactory(name="Ongebruikt")

    words.post(delete(term))

    assert not Term.objects.filter(pk=term.pk).exists()


@pytest.mark.parametrize("address", ["single", "bulk"])
@pytest.mark.parametrize("user", ["leader", "administrator"])
def test_a_used_word_is_not_deleted_and_the_way_out_is_told(
    client, request, practice, address, user
):
    term = TermFactory(name="Ouders")
    LessonPageFactory(parent=practice, terms=[term])
    client.force_login(request.getfixturevalue(user))
    bulk = reverse("wagtail_bulk_action", args=["vocabulary", "term", "delete"])

    url = delete(term) if address == "single" else f"{bulk}?id={term.pk}"
    response = client.post(url, follow=True)

    assert "Ouders" in response.content.decode()
    way_out = Term._meta.get_field("active").verbose_name
    assert str(way_out) in str(next(iter(response.context["messages"])))
    assert Term.objects.filter(pk=term.pk).exists()


def test_a_phase_on_a_practice_and_an_element_count_as_used(words, site_tree):
    phase = TermFactory(name="Borgen", kind=TermKind.PHASE)
    element = TermFactory(name="Vaste gezichten", kind=TermKind.ELEMENT)
    row = PracticeElement(element=element, state="used", sentence="Elke week.")
    PracticePageFactory(current_phase=phase, elements=Rows([row]))

    for term in (phase, element):
        words.post(delete(term))

    assert Term.objects.filter(pk__in=[phase.pk, element.pk]).count() == 2


def test_phases_are_put_in_another_order(words, site_tree):
    names = ["Nulmeting", "Plan van aanpak", "Borgen"]
    phases = [
        TermFactory(name=name, kind=TermKind.PHASE, sort_order=place)
        for place, name in enumerate(names)
    ]

    url = reverse("wagtailsnippets_vocabulary_term:reorder", args=[phases[2].pk])
    words.post(f"{url}?position=0")

    assert [term.name for term in Term.objects.of_kind(TermKind.PHASE)] == [
        "Borgen",
        "Nulmeting",
        "Plan van aanpak",
    ]


def test_professionals_do_not_keep_the_words(client, professional):
    term = TermFactory(name="Ouders")
    client.force_login(professional)

    assert LIST not in client.get("/beheer/").content.decode()
    for url in (LIST, ADD, delete(term)):
        client.post(url, {"name": "Anders", "kind": "theme"})
    assert Term.objects.get().name == "Ouders"


def test_a_typed_word_is_the_term_that_is_there_also_as_a_synonym(site_tree):
    ouders = TermFactory(name="Ouders")
    coach = TermFactory(name="Intern begeleider")
    Synonym.objects.create(term=coach, word="ib'er", language="nl")

    assert free_tags(["oúders", "IB’er"]) == [ouders, coach]


@pytest.mark.parametrize(
    ("text", "tags"),
    [
        ("Ouders,  ouders , OUDERS, oúders", ["Ouders"]),
        ("buurt; school\nzorg", ["buurt", "school", "zorg"]),
        ("c++, #samen, én", ["c++", "#samen", "én"]),
        ("e\u0301e\u0301n lijn", ["één lijn"]),
        ("", []),
    ],
)
def test_free_tags_are_split_and_each_kept_once(text, tags):
    assert parse_tags(text, most=10) == tags
