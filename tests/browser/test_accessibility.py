"""Every kind of page, for everybody: axe, small screens, large text, no colours, paper."""

from itertools import pairwise, product

import pytest
from axe_playwright_python.sync_playwright import Axe

from tests.browser.addresses import (
    COMPARISON,
    LESSON,
    MATRIX,
    PAGES,
    QUESTION,
    SELECTION,
    SITUATION,
)
from tests.browser.conftest import fits

WINDOWS = list(product(("light", "dark"), (1280, 360)))
# The English pages have the same templates, so each width and each scheme once is enough.
WINDOWS_OF = {"": WINDOWS, "/en": [("light", 1280), ("dark", 360)]}

every_page = pytest.mark.parametrize("name", PAGES)


@every_page
@pytest.mark.parametrize("language", WINDOWS_OF)
def test_axe_finds_nothing_wide_or_narrow_light_or_dark(open_page, name, language):
    page = open_page()
    found = []
    for scheme, width in WINDOWS_OF[language]:
        page.emulate_media(color_scheme=scheme)
        page.set_viewport_size({"width": width, "height": 900})
        page.goto(language + PAGES[name])
        result = Axe().run(page)
        found += [
            f"{width} {scheme} {violation['id']}: {violation['nodes'][0]['html']}"
            for violation in result.response["violations"]
        ]

    assert found == []


@every_page
def test_a_page_fits_on_a_screen_of_320_pixels(open_page, name):
    page = open_page(viewport={"width": 320, "height": 640})

    page.goto(PAGES[name])

    assert fits(page)


@every_page
def test_a_page_fits_with_text_twice_as_large(open_page, name):
    page = open_page(viewport={"width": 640, "height": 900}, bypass_csp=True)

    page.goto(PAGES[name])
    page.add_style_tag(content="html { font-size: 200% }")

    assert fits(page)


@every_page
def test_a_page_has_one_first_heading_and_skips_no_level(page, name):
    page.goto(PAGES[name])

    levels = page.eval_on_selector_all(
        "h1, h2, h3, h4, h5, h6",
        "all => all.filter(one => one.checkVisibility()).map(one => Number(one.tagName[1]))",
    )

    assert levels.count(1) == 1
    assert all(next_one <= level + 1 for level, next_one in pairwise(levels))


@every_page
def test_a_page_has_its_landmarks_and_its_language(page, name):
    page.goto(f"/en{PAGES[name]}")

    assert page.locator("html").get_attribute("lang") == "en"
    for landmark in ("header", "main", "footer"):
        assert page.locator(f"body > {landmark}").count() == 1


@pytest.mark.parametrize(
    "name",
    [
        *("practice", "path", "lesson", "comparison", "comparison of schools", "matrix"),
        *("paths by date", "own situation beside the practices"),
    ],
)
def test_states_stay_readable_without_colours(open_page, name):
    page = open_page(forced_colors="active")

    page.goto(PAGES[name])
    shapes = page.locator("main svg use:visible").count()

    assert shapes
    # The visitor's own colours: their contrast is theirs, everything else is ours.
    own_colours = {"rules": {"color-contrast": {"enabled": False}}}
    assert Axe().run(page, options=own_colours).violations_count == 0


@pytest.mark.parametrize(
    "address", [LESSON, PAGES["path"], COMPARISON, QUESTION, MATRIX, SITUATION, SELECTION]
)
def test_paper_has_the_text_and_no_menus(page, address):
    page.goto(address)
    page.emulate_media(media="print")

    assert page.locator("h1").is_visible()
    assert not page.locator(".site-menu").is_visible()
    assert not page.locator(".site-footer__links").first.is_visible()


def test_an_own_selection_with_all_its_buttons(open_page, site):
    page = open_page()
    chosen = SELECTION.partition("?")[2]
    page.context.add_cookies([{"name": "selectie", "value": chosen, "url": site.url}])
    for address, (scheme, width) in product(
        ("/selectie/", LESSON), [("light", 1280), ("dark", 320)]
    ):
        page.emulate_media(color_scheme=scheme)
        page.set_viewport_size({"width": width, "height": 900})
        page.goto(address)
        assert page.locator("main button[form=selection-form]").count()
        assert Axe().run(page).violations_count == 0, (address, scheme, width)
        assert fits(page)
