"""Suggestions under the search field: with the keyboard, mouse and touch, and without any help."""

import re

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import expect

from tests.browser.conftest import fits

ORION = "Orion"
FOCUS_IN_FIELD = "document.activeElement.name === 'q'"
# Longer than the pause after which the field asks.
LONG_ENOUGH = 600


class SearchField:
    """The field of a page, and the list under it."""

    def __init__(self, page):
        self.page = page
        self.field = page.locator("input[name=q]").first
        self.list = page.locator("[role=listbox]")
        self.options = self.list.locator("[role=option]")
        self.asked: list[str] = []
        page.on("request", self._note)

    def _note(self, request):
        if "/api/v1/suggest/" in request.url:
            self.asked.append(request.url)

    def type(self, text: str):
        self.field.press_sequentially(text, delay=20)

    def open(self, text: str = "ori"):
        self.type(text)
        expect(self.list).to_be_visible()

    @property
    def active(self):
        """The option that the field names as the active one."""
        name = self.field.get_attribute("aria-activedescendant")
        return self.page.locator(f"[id='{name}']") if name else None


@pytest.fixture
def search(page):
    page.goto("/zoeken/")
    return SearchField(page)


@pytest.mark.parametrize("address", ["/", "/zoeken/", "/en/", "/en/zoeken/"])
def test_what_is_typed_gets_suggestions_in_the_language_of_the_page(page, address):
    page.goto(address)
    search = SearchField(page)

    search.open()

    label = "Practice" if address.startswith("/en") else "Praktijk"
    expect(search.options.first).to_have_text(f"{ORION}, {label}")
    assert search.options.count() <= 8
    status = page.locator(".search-box__field [role=status]")
    expect(status).to_contain_text(re.compile(r"^\d+ suggest"))
    assert f"taal={'en' if address.startswith('/en') else 'nl'}" in search.asked[0]


def test_the_field_is_a_combobox_that_says_whether_its_list_is_open(search):
    field = search.page.get_by_role("combobox", name="Waar zoek je naar?")
    expect(field).to_have_attribute("aria-expanded", "false")
    expect(field).to_have_attribute("aria-autocomplete", "list")

    search.open()

    expect(field).to_have_attribute("aria-expanded", "true")
    expect(field).to_have_attribute("aria-controls", search.list.get_attribute("id"))
    expect(search.list).to_have_accessible_name("Suggesties")


def test_the_arrows_walk_through_the_list_and_through_the_text(search):
    search.open()
    first, last = search.options.first, search.options.last

    search.field.press("ArrowDown")
    expect(first).to_have_attribute("aria-selected", "true")
    assert search.active.inner_text() == first.inner_text()
    search.field.press("ArrowUp")
    assert search.active is None
    search.field.press("ArrowUp")
    expect(last).to_have_attribute("aria-selected", "true")
    expect(first).to_have_attribute("aria-selected", "false")
    search.field.press("ArrowDown")

    assert search.active is None
    assert search.page.evaluate(FOCUS_IN_FIELD)
    expect(search.field).to_have_value("ori")


def test_home_and_end_go_back_to_the_text(search):
    search.open()

    for key, place in (("Home", 0), ("End", 3)):
        search.field.press("ArrowDown")
        assert search.active is not None
        search.field.press(key)
        assert search.active is None
        assert search.field.evaluate("field => field.selectionStart") == place


def test_enter_searches_for_the_active_suggestion(search):
    search.open()
    search.field.press("ArrowDown")

    search.field.press("Enter")

    search.page.wait_for_url(f"**/zoeken/?q={ORION}")
    assert search.page.locator(".lesson-line__title").first.inner_text() == ORION


def test_enter_without_an_active_suggestion_searches_for_what_was_typed(search):
    search.open()

    search.field.press("Enter")

    search.page.wait_for_url("**/zoeken/?q=ori")


def test_escape_closes_the_list_first_and_empties_the_field_then(search):
    search.open()

    search.field.press("Escape")
    expect(search.list).to_be_hidden()
    expect(search.field).to_have_value("ori")
    expect(search.field).to_have_attribute("aria-expanded", "false")
    search.field.press("Escape")

    expect(search.field).to_have_value("")


def test_the_arrow_opens_the_list_again(search):
    search.open()
    search.field.press("Escape")

    search.field.press("ArrowDown")

    expect(search.list).to_be_visible()
    expect(search.options.first).to_have_attribute("aria-selected", "true")


def test_tab_closes_the_list_and_goes_to_the_button(search):
    search.open()
    search.field.press("ArrowDown")

    search.field.press("Tab")

    expect(search.list).to_be_hidden()
    expect(search.page.locator("form[role=search] button").first).to_be_focused()
    expect(search.field).to_have_value("ori")


def test_a_press_of_the_mouse_chooses_and_one_elsewhere_closes(search):
    search.open()
    search.page.locator("h1").click()
    expect(search.list).to_be_hidden()

    search.field.press("ArrowDown")
    search.options.first.click()

    search.page.wait_for_url(f"**/zoeken/?q={ORION}")


def test_a_finger_chooses_on_a_phone(open_page):
    page = open_page(viewport={"width": 360, "height": 740}, has_touch=True, is_mobile=True)
    page.goto("/")
    search = SearchField(page)
    search.open()
    assert fits(page)
    assert min(option.bounding_box()["height"] for option in search.options.all()) >= 44

    search.options.first.tap()

    page.wait_for_url(f"**/zoeken/?q={ORION}")


def test_one_character_asks_nothing_and_quick_typing_asks_once(search):
    search.type("o")
    search.page.wait_for_timeout(LONG_ENOUGH)
    assert search.asked == []

    search.open("rion")

    assert len(search.asked) == 1
    assert search.asked[0].endswith("q=orion")


def test_a_newer_question_takes_the_place_of_an_older_one(search):
    slow = []

    def hold_the_first(route):
        if route.request.url.endswith("q=or"):
            slow.append(route)
        else:
            route.continue_()

    search.page.route("**/api/v1/suggest/**", hold_the_first)
    failed = []
    search.page.on("requestfailed", lambda request: failed.append(request.url))
    search.type("or")
    search.page.wait_for_timeout(LONG_ENOUGH)
    search.open("ion")

    assert len(slow) == 1
    assert [url.partition("&q=")[2] for url in failed] == ["or"]
    expect(search.options.first).to_contain_text(ORION)


def test_without_a_connection_nothing_is_asked(search):
    search.page.context.set_offline(True)

    search.type("orion")
    search.page.wait_for_timeout(LONG_ENOUGH)

    assert search.asked == []
    expect(search.list).to_be_hidden()


@pytest.mark.parametrize("answer", [{"status": 503, "body": "{}"}, {"status": 200, "body": "<p>"}])
def test_a_broken_answer_leaves_a_field_that_works(search, answer):
    search.page.route("**/api/v1/suggest/**", lambda route: route.fulfill(**answer))
    search.type("ori")
    search.page.wait_for_timeout(LONG_ENOUGH)
    expect(search.list).to_be_hidden()
    assert search.asked

    search.field.press("Enter")

    search.page.wait_for_url("**/zoeken/?q=ori")


def test_nothing_that_begins_so_is_told_and_shows_no_list(search):
    search.type("xyzzyx")

    expect(search.page.locator(".search-box__field [role=status]")).to_have_text("Geen suggesties")
    expect(search.list).to_be_hidden()


def test_without_javascript_the_field_is_an_ordinary_one(open_page):
    page = open_page(java_script_enabled=False)
    page.goto("/zoeken/")

    field = page.get_by_role("searchbox", name="Waar zoek je naar?")
    field.fill("orion")
    field.press("Enter")

    page.wait_for_url("**/zoeken/?q=orion")
    assert page.locator("[role=listbox]").count() == 0


def test_with_four_times_the_size_the_active_suggestion_is_in_sight(open_page):
    page = open_page(viewport={"width": 320, "height": 256})
    page.goto("/zoeken/")
    search = SearchField(page)
    search.open("or")

    for _ in range(search.options.count()):
        search.field.press("ArrowDown")
        expect(search.active).to_be_in_viewport(ratio=0.9)

    assert fits(page)


def test_in_forced_colours_the_active_suggestion_has_the_colour_of_a_choice(open_page):
    page = open_page(forced_colors="active")
    page.goto("/zoeken/")
    search = SearchField(page)
    search.open()
    search.field.press("ArrowDown")

    background = "one => getComputedStyle(one).backgroundColor"
    assert search.active.evaluate(background) != search.list.evaluate(background)


@pytest.mark.parametrize("width", [1280, 360])
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing_in_the_open_list(open_page, width, scheme):
    page = open_page(viewport={"width": width, "height": 900}, color_scheme=scheme)
    page.goto("/")
    search = SearchField(page)
    search.open()
    search.field.press("ArrowDown")

    violations = Axe().run(page).response["violations"]

    assert [(one["id"], one["nodes"][0]["html"]) for one in violations] == []


def test_on_paper_stand_the_question_and_the_results_but_no_filters(page):
    page.goto("/zoeken/?q=ouders&soort=les")
    page.emulate_media(media="print")

    for hidden in (".filters", ".search-box", ".result-bar__order", ".share", ".view-switch"):
        expect(page.locator(hidden).first).to_be_hidden()
    expect(page.locator("h1")).to_have_text("Zoeken: ouders")
    assert page.locator("h1 span").first.bounding_box()["width"] > 50
    expect(page.locator(".lesson-line").first).to_be_visible()
    expect(page.get_by_text(re.compile(r"/zoeken/\?q=ouders&soort=les$"))).to_be_visible()


def test_the_results_can_be_taken_along(page):
    page.goto("/zoeken/?q=ouders&soort=les")

    for name, ending in (("CSV", ".csv"), ("Excel", ".xlsx")):
        with page.expect_download() as download:
            page.get_by_role("link", name=name, exact=True).click()
        assert re.fullmatch(rf"zoekresultaten-[\d-]+\{ending}", download.value.suggested_filename)
