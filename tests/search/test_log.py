"""What people ask is counted, never who: for a report that tells which words are missing."""

import datetime
import sqlite3

import pytest
from django.apps import apps
from django.core.cache import caches
from django.core.cache.backends.filebased import FileBasedCache
from django.core.management import call_command
from django.db import connection
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from accounts import visits
from privacy.identifiers import is_bsn
from search import question_log, results
from search.models import AskedQuestion, Change
from search.personal_data import looks_personal
from search.question_key import POSSIBLY_PERSONAL, normalised
from search.question_log import KEPT_DAYS
from tests.admin.forms import fields_of
from tests.factories import LessonPageFactory, TermFactory
from vocabulary.models import Synonym, TermKind

SEARCH, OPENED = "/zoeken/", "/zoeken/geopend/"
REPORT, ADD_SYNONYM = reverse("search_report"), reverse("add_synonym")
BROWSER = "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0"
SAME_ORIGIN = {"HTTP_SEC_FETCH_SITE": "same-origin"}


def reader(number: int = 1, **headers) -> Client:
    """The browser of somebody at an address of their own."""
    return Client(REMOTE_ADDR=f"192.0.2.{number}", HTTP_USER_AGENT=BROWSER, **headers)


def ask(client: Client, words: str, **parameters) -> None:
    assert client.get(SEARCH, {"q": words, **parameters}).status_code == 200


def tell_opened(client: Client, words: str, **headers) -> int:
    return client.post(OPENED, {"q": words}, **(headers or SAME_ORIGIN)).status_code


def counted() -> dict[str, int]:
    return dict(AskedQuestion.objects.values_list("question", "asked"))


def asked_before(question: str, days_ago: int = 0, **numbers) -> AskedQuestion:
    day = timezone.localdate() - datetime.timedelta(days=days_ago)
    return AskedQuestion.objects.create(
        day=day, question=question, **{"asked": 5, "sessions": 5} | numbers
    )


@pytest.fixture(autouse=True)
def _as_a_new_day():
    caches["visits"].clear()


@pytest.fixture
def report(client, leader):
    client.force_login(leader)

    def read(**parameters):
        response = client.get(REPORT, parameters)
        assert response.status_code == 200
        return response

    return read


def shown(response) -> list[str]:
    return [question["question"] for question in response.context["object_list"]]


# What is counted


def test_a_question_is_counted_in_one_spelling(site_tree):
    ask(reader(1), "Óuders  Betrekken")
    ask(reader(2), "ouders betrekken")

    row = AskedQuestion.objects.get()
    assert (row.question, row.asked, row.sessions) == ("ouders betrekken", 2, 2)
    assert row.day == timezone.localdate()


def test_a_question_that_finds_nothing_is_counted_as_such(practice):
    LessonPageFactory(parent=practice, title="Kraamvisite")
    ask(reader(), "kraamvisite")
    ask(reader(), "zeppelinhangar")

    found = dict(AskedQuestion.objects.values_list("question", "without_results"))
    assert found == {"kraamvisite": 0, "zeppelinhangar": 1}


def test_filters_that_leave_nothing_say_nothing_about_the_words(practice):
    LessonPageFactory(parent=practice, title="Kraamvisite")

    ask(reader(), "kraamvisite", soort="nieuws")

    assert AskedQuestion.objects.get().without_results == 0


def test_another_filter_or_order_goes_on_with_the_same_question(site_tree):
    somebody = reader()
    ask(somebody, "ouders")
    ask(somebody, "ouders", soort="les")
    ask(somebody, "ouders", sort="nieuwste")
    ask(somebody, "OUDERS", precies="1")

    assert counted() == {"ouders": 1}


def test_a_further_page_is_no_question(practice, monkeypatch):
    monkeypatch.setattr(results, "RESULTS_PER_PAGE", 1)
    for number in range(2):
        LessonPageFactory(parent=practice, title=f"Kraamvisite {number}")

    ask(reader(), "kraamvisite", page="2")

    assert counted() == {}


def test_the_same_question_later_that_day_is_a_question_of_the_same_visit(site_tree, monkeypatch):
    ask(reader(), "ouders")
    monkeypatch.setattr(visits, "SAME_VISIT_SECONDS", 0)
    ask(reader(), "ouders")

    row = AskedQuestion.objects.get()
    assert (row.asked, row.sessions) == (2, 1)


def test_a_cache_that_forgot_its_visits_does_not_make_them_more(site_tree):
    for number in (1, 2):
        ask(reader(number), "ouders")
    caches["visits"].clear()
    for number in (1, 2):
        ask(reader(number), "ouders")

    assert AskedQuestion.objects.get().sessions == 2


@pytest.mark.parametrize("words", ["", "   ", "\u200b", "\u00b4"])
def test_without_words_nothing_is_counted(site_tree, words):
    ask(reader(), words)

    assert counted() == {}


@pytest.mark.parametrize(
    "agent",
    [
        "",
        "Mozilla/5.0 (compatible; Googlebot/2.1; +http://www.google.com/bot.html)",
        "Mozilla/5.0 AppleWebKit/537.36 (compatible; ClaudeBot/1.0)",
        "curl/8.5.0",
        "python-requests/2.32",
        "Mozilla/5.0 (X11) HeadlessChrome/130.0 Safari/537.36",
    ],
)
def test_programs_are_not_counted(site_tree, agent):
    ask(Client(HTTP_USER_AGENT=agent), "ouders")

    assert counted() == {}


def test_a_phone_of_the_brand_cubot_is_no_program(site_tree):
    ask(Client(HTTP_USER_AGENT="Mozilla/5.0 (Linux; Android 14; CUBOT P80)"), "ouders")

    assert counted() == {"ouders": 1}


@pytest.mark.parametrize(
    "header",
    [
        {"HTTP_SEC_PURPOSE": "prefetch;prerender"},
        {"HTTP_PURPOSE": "prefetch"},
        {"HTTP_X_MOZ": "prefetch"},
    ],
)
def test_looking_ahead_is_not_asking(site_tree, header):
    ask(reader(**header), "ouders")
    reader().head(SEARCH, {"q": "ouders"})

    assert counted() == {}


def test_a_flood_of_different_questions_is_bounded(site_tree, monkeypatch):
    monkeypatch.setattr(question_log, "MOST_QUESTIONS_A_DAY", 2)
    for word in ("een", "twee", "drie", "een"):
        ask(reader(number=len(word)), word)
    ask(reader(9), "twee")

    assert counted() == {"een": 1, "twee": 2}


def test_a_long_question_is_kept_in_part(site_tree):
    ask(reader(), "samenwerken " * 40)

    assert len(AskedQuestion.objects.get().question) <= 100


# Without persons


def test_the_database_holds_nothing_of_who_asked():
    fields = {field.name for field in AskedQuestion._meta.get_fields()}

    assert fields == {"id", "day", "question", "asked", "without_results", "opened", "sessions"}


def test_the_cache_holds_no_address_session_or_question(client, leader):
    client.force_login(leader)
    client.get(SEARCH, {"q": "zeppelinhangar"}, HTTP_USER_AGENT=BROWSER)
    ask(reader(77), "zeppelinhangar")

    memory = caches["visits"]._cache
    kept = " ".join(f"{key} {memory[key]}" for key in memory)
    assert "search.visits" in kept
    for secret in ("zeppelinhangar", "192.0.2.77", "Firefox", client.session.session_key):
        assert secret not in kept


def test_everybody_behind_the_proxy_has_an_address_of_their_own(site_tree, settings):
    settings.TRUSTED_PROXIES = ["127.0.0.1"]
    for address in ("192.0.2.1", "spoofed, 192.0.2.1", "192.0.2.2"):
        ask(
            Client(HTTP_USER_AGENT=BROWSER, HTTP_X_FORWARDED_FOR=address),
            "ouders",
        )

    assert AskedQuestion.objects.get().sessions == 2


def test_an_address_that_a_visitor_claims_is_not_believed(site_tree):
    for address in ("192.0.2.1", "192.0.2.2"):
        ask(reader(HTTP_X_FORWARDED_FOR=address), "ouders")

    assert AskedQuestion.objects.get().sessions == 1


PERSONAL = [
    "jan.jansen@school.nl",
    "Jan @ school.nl",
    "0612345678",
    "bel 06-12 34 56 78",
    "020 1234567",
    "(0318) 123 456",
    "612345678",
    "+31 (0)6 12345678",
    "0031612345678",
    "+32 9 123 45 67 89",
    "111222333",
    "bsn 1112.22.333",
    "111 222 333",
    "10000008",
    "2021 111222333",
    "1234 AB 12",
    "1234ab, 5",
    "1234 AB huisnummer 7",
    "Dorpsstraat 12a, 1234 AB",
    "12-03-2012",
    "12/3/12",
    "2012-03-12",
    "geboren 12 maart 2012",
    "12 mrt. 2012",
    "12 03 2012",
    "12032012",
]
NOT_PERSONAL = [
    "ouders",
    "jeugdhulp 0-18",
    "schooljaar 2021-2022",
    "schooljaar 2020 2021",
    "2021 en 2022",
    "2021 in 3 stappen",
    "maart 2021",
    "groep 8",
    "12 tips",
    "1234 AB",
    "111222334",
    "000000000",
    "@school",
    "artikel 1.2.3",
    "50.000 leerlingen",
    "10-14 jongeren 2020",
    "24/7",
    "po/vo 4-18",
]


@pytest.mark.parametrize("words", PERSONAL)
def test_what_looks_personal_is_one_entry(words):
    assert normalised(words) == POSSIBLY_PERSONAL


@pytest.mark.parametrize("words", NOT_PERSONAL)
def test_other_numbers_are_kept(words):
    assert not looks_personal(words.lower())


def test_what_looks_personal_is_nowhere_in_the_database(site_tree):
    ask(reader(), "jan.jansen@school.nl zoekt hulp")

    assert counted() == {POSSIBLY_PERSONAL: 1}


def test_what_is_personal_beyond_what_is_kept_counts_too():
    assert normalised("samenwerken " * 10 + "0612345678") == POSSIBLY_PERSONAL


@pytest.mark.parametrize(
    ("number", "passes"), [("111222333", True), ("10000008", True), ("123456789", False)]
)
def test_the_test_of_a_citizen_service_number(number, passes):
    assert is_bsn(number) is passes


# Counting disturbs nothing


def test_counting_is_no_change_for_the_index(site_tree):
    before = Change.objects.count()

    ask(reader(), "ouders")

    assert counted()
    assert Change.objects.count() == before


def test_an_answer_comes_when_counting_fails(site_tree, monkeypatch, caplog):
    def fail(*args):
        raise RuntimeError("zeppelinhangar")

    monkeypatch.setattr(visits, "note_visit", fail)

    ask(reader(), "zeppelinhangar")

    assert "RuntimeError" in caplog.text
    assert "zeppelinhangar" not in caplog.text


@pytest.mark.django_db(transaction=True)
@pytest.mark.skipif("connection.vendor != 'sqlite'")
def test_a_locked_database_is_not_waited_for(caplog):
    with connection.cursor() as cursor:
        usual = cursor.execute("PRAGMA busy_timeout").fetchone()[0]
    other = sqlite3.connect(connection.settings_dict["NAME"], isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    try:
        begin = datetime.datetime.now()
        with question_log._quietly():
            question_log._count("ouders", sessions=1, asked=1)
        took = datetime.datetime.now() - begin
    finally:
        other.execute("ROLLBACK")
        other.close()

    assert took < datetime.timedelta(seconds=1)
    assert "OperationalError" in caplog.text
    assert counted() == {}
    with connection.cursor() as cursor:
        assert cursor.execute("PRAGMA busy_timeout").fetchone()[0] == usual > 0


# What is opened


def test_the_page_says_where_to_tell_and_keeps_its_links_plain(practice):
    page = LessonPageFactory(parent=practice, title="Kraamvisite")

    html = reader().get(SEARCH, {"q": "Kraamvisite"}).content.decode()

    assert f'data-opened="{OPENED}" data-question="Kraamvisite"' in html
    assert f'<a href="{page.url}" data-result>' in html
    assert "data-opened" not in reader().get(SEARCH).content.decode()


def test_an_opened_result_is_counted_for_its_question(site_tree):
    somebody = reader()
    ask(somebody, "Óuders")

    assert tell_opened(somebody, "Óuders") == 204

    assert AskedQuestion.objects.get().opened == 1


def test_what_nobody_asked_today_cannot_be_opened(site_tree):
    asked_before("gisteren", days_ago=1)

    tell_opened(reader(), "verzonnen")
    tell_opened(reader(), "gisteren")

    assert counted() == {"gisteren": 5}
    assert AskedQuestion.objects.get().opened == 0


@pytest.mark.parametrize(
    "headers",
    [
        {"HTTP_SEC_FETCH_SITE": "cross-site"},
        {"HTTP_SEC_FETCH_SITE": "same-site"},
        {"HTTP_ORIGIN": "https://elders.example"},
        {"HTTP_ORIGIN": "null"},
        {"HTTP_X_NONE": ""},
    ],
)
def test_another_site_cannot_tell_what_was_opened(site_tree, headers):
    asked_before("ouders")

    assert tell_opened(reader(), "ouders", **headers) == 403

    assert AskedQuestion.objects.get().opened == 0


def test_a_browser_without_fetch_metadata_tells_its_origin(site_tree):
    asked_before("ouders")

    assert tell_opened(reader(), "ouders", HTTP_ORIGIN="http://testserver") == 204

    assert AskedQuestion.objects.get().opened == 1


def test_one_visitor_opens_only_so_much(site_tree, monkeypatch):
    monkeypatch.setattr(visits, "OPENED_PER_MINUTE", 3)
    monkeypatch.setattr(visits.time, "time", lambda: 1_000_000.0)
    asked_before("ouders")
    for _ in range(5):
        tell_opened(reader(1), "ouders")
    tell_opened(reader(2), "ouders")

    assert AskedQuestion.objects.get().opened == 4


@pytest.mark.parametrize("words", ["", "\x00", "x" * 3_000, "'; --", "%", "🎉" * 200])
def test_nonsense_is_taken_calmly(site_tree, words):
    assert tell_opened(reader(), words) == 204


def test_a_large_signal_is_refused(site_tree):
    assert tell_opened(reader(), "x" * 5_000) == 400


def test_opening_is_told_by_post_only(site_tree):
    assert reader().get(OPENED).status_code == 405


# Keeping


def test_questions_are_thrown_away_after_ninety_days(site_tree, capsys):
    asked_before("lang geleden", days_ago=KEPT_DAYS)
    asked_before("net nog", days_ago=KEPT_DAYS - 1)

    call_command("purge_search_log")

    assert counted() == {"net nog": 5}
    assert capsys.readouterr().out == "1 rows deleted\n"


def test_a_cache_of_files_holds_nothing_of_an_earlier_day(db, tmp_path, monkeypatch):
    files = FileBasedCache(tmp_path, {})
    monkeypatch.setattr(visits, "caches", {"visits": files})
    ask(reader(), "ouders")
    call_command("purge_search_log")
    assert len(list(tmp_path.iterdir())) == 2

    files.set(visits.SALT, "of yesterday", timeout=-1)
    call_command("purge_search_log")

    assert not list(tmp_path.iterdir())


def test_the_timer_throws_them_away(pytestconfig):
    unit = pytestconfig.rootpath / "deploy" / "lerende-praktijken-planned.service"

    assert "manage.py purge_search_log" in unit.read_text()


# The report


def test_the_leader_sees_what_is_asked_most(report):
    asked_before("ouders", asked=4)
    asked_before("ouders", days_ago=2, asked=4)
    asked_before("jeugdhulp", asked=7)

    assert shown(report()) == ["ouders", "jeugdhulp"]


@pytest.mark.parametrize(
    ("days", "questions"),
    [("7", ["nu"]), ("", ["eerder", "nu"]), ("90", ["eerder", "eerst", "nu"])],
)
def test_the_report_is_about_a_period(report, days, questions):
    asked_before("nu", days_ago=6)
    asked_before("eerder", days_ago=7)
    asked_before("eerst", days_ago=89)

    assert sorted(shown(report(days=days))) == questions


def test_the_report_shows_what_finds_nothing_and_what_is_not_opened(report):
    asked_before("zeppelin", without_results=5)
    asked_before("ouders", opened=3)
    asked_before("jeugdhulp")

    assert shown(report(show="without_results")) == ["zeppelin"]
    assert shown(report(show="not_opened")) == ["jeugdhulp"]


def test_rare_questions_are_a_total_only(report):
    asked_before("vaak", sessions=3)
    asked_before("van een mens", sessions=1, asked=4)
    asked_before("van twee mensen", sessions=2, asked=2)

    response = report()

    assert shown(response) == ["vaak"]
    assert response.context["rare"] == 6
    assert "Overige, zeldzame vragen: 6" in response.content.decode()
    assert "mens" not in report(export="csv").getvalue().decode()


@pytest.mark.parametrize(
    "parameters", [{"days": "x"}, {"show": "x"}, {"ordering": "x"}, {"p": "x"}]
)
def test_a_changed_address_gives_the_report(report, parameters):
    asked_before("ouders")

    assert shown(report(**parameters)) == ["ouders"]


def test_the_report_asks_a_fixed_number_of_queries(report, django_assert_max_num_queries):
    for number in range(30):
        asked_before(f"vraag {number}", without_results=5)

    with django_assert_max_num_queries(25):
        assert len(shown(report())) == 30


def test_only_leaders_read_the_report(client, professional, outer_ring):
    asked_before("zeppelinhangar", without_results=5)
    for user in (professional, outer_ring):
        client.force_login(user)
        for address in (REPORT, reverse("search_report_results"), ADD_SYNONYM):
            for response in (client.get(address), client.get(address, {"export": "csv"})):
                assert response.status_code in (302, 403)
                assert b"zeppelinhangar" not in response.content
        assert REPORT not in client.get("/beheer/", follow=True).content.decode()


def test_the_report_stands_in_the_menu_of_the_leader(client, leader):
    client.force_login(leader)

    assert REPORT in client.get("/beheer/").content.decode()


def test_the_table_for_excel_holds_no_formulas(report):
    asked_before("=1+1")
    asked_before("ouders", without_results=2, opened=1)

    response = report(export="csv", ordering="times")

    content = response.getvalue()
    assert content.startswith(b"\xef\xbb\xbf")
    assert content.decode("utf-8-sig").splitlines()[1:] == ["'=1+1;5;0;0;5", "ouders;5;2;1;5"]
    assert report(export="xlsx").status_code == 200


# From a question to a word


def add_synonym(client, word: str, term, /, **changes):
    address = f"{ADD_SYNONYM}?word={word}&next={REPORT}%3Fdays%3D7"
    data = fields_of(client.get(address)) | {"term": term.pk, **changes}
    return client.post(address, data)


def test_a_question_without_results_becomes_a_word_that_finds_them(client, report, practice):
    theme = TermFactory(name="Ouders", kind=TermKind.THEME)
    LessonPageFactory(parent=practice, title="Kraamvisite", terms=[theme])
    for number in (1, 2, 3):
        ask(reader(number), "verzorgerscontact")
    page = report(days="7").content.decode()
    assert f"{ADD_SYNONYM}?word=verzorgerscontact" in page

    response = add_synonym(client, "verzorgerscontact", theme)

    assert response.url == f"{REPORT}?days=7"
    assert Synonym.objects.get().term == theme
    after = report(days="7").content.decode()
    assert "verzorgerscontact" in after
    assert f"{ADD_SYNONYM}?word=verzorgerscontact" not in after
    found = reader().get(SEARCH, {"q": "verzorgerscontact"}).context["results"]
    assert "Kraamvisite" in [line.title for line in found.lines]


def test_the_word_comes_last_and_is_logged(client, leader, site_tree):
    theme = TermFactory(name="Ouders")
    Synonym.objects.create(term=theme, word="opvoeders", sort_order=4)
    client.force_login(leader)

    add_synonym(client, "verzorgers", theme)

    assert [row.word for row in theme.synonyms.all()] == ["opvoeders", "verzorgers"]
    log = apps.get_model("wagtailcore.ModelLogEntry").objects.get(action="wagtail.edit")
    assert (log.action, log.user, log.object_id) == ("wagtail.edit", leader, str(theme.pk))


@pytest.mark.parametrize("word", ["ouders", "verzorgers", "", "x\x07y"])
def test_a_word_that_cannot_be_is_refused_at_the_field(client, leader, site_tree, word):
    theme = TermFactory(name="Ouders")
    Synonym.objects.create(term=theme, word="Verzorgers")
    client.force_login(leader)

    response = add_synonym(client, "x", theme, word=word)

    assert "word" in response.context["form"].errors
    assert Synonym.objects.count() == 1


def test_without_a_term_there_is_no_word(client, leader, site_tree):
    retired = TermFactory(name="Vroeger", active=False)
    client.force_login(leader)

    for term in ("", "999999", "9" * 40, "x", retired.pk):
        response = client.post(
            f"{ADD_SYNONYM}?word=x", {"word": "x", "language": "nl", "term": term}
        )
        assert "term" in response.context["form"].errors


def test_the_way_back_leads_to_no_other_site(client, leader, site_tree):
    theme = TermFactory(name="Ouders")
    client.force_login(leader)

    response = client.post(
        f"{ADD_SYNONYM}?next=https://elders.example/",
        {"word": "x", "language": "nl", "term": theme.pk},
    )

    assert response.url == REPORT
