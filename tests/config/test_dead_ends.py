"""The pages for when something is wrong share one frame, and the frame needs nothing."""

import pytest
from django.template.loader import render_to_string

PAGES = [
    "400.html", "403.html", "403_admin.html", "403_csrf.html", "404.html", "410.html", "500.html",
    "files/unavailable.html",
]  # fmt: skip


@pytest.mark.parametrize("name", PAGES)
def test_a_page_for_a_fault_needs_no_database_and_no_context(name):
    # Without the mark `django_db`, a query fails.
    html = render_to_string(name, {})

    assert "<title>\n" not in html
    assert html.count("<h1") == 1
    assert '<h1 class="dead-end__title"></h1>' not in html
    assert 'href="/praktijken/"' in html
    assert 'action="/zoeken/"' in html
    assert "(Fout " in html
