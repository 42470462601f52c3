"""Who may see a page is a field of the page; Wagtail's own privacy is out of reach."""

import pytest
from wagtail.models import PageViewRestriction

from tests.admin.forms import edit


@pytest.mark.parametrize("user", ["leader", "administrator", "professional"])
def test_there_is_no_button_for_it(client, request, lesson, user):
    client.force_login(request.getfixturevalue(user))

    html = client.get(edit(lesson)).content.decode()

    assert f"/beheer/pages/{lesson.pk}/privacy/" not in html


@pytest.mark.parametrize("user", ["leader", "administrator", "professional"])
@pytest.mark.parametrize("kind", ["login", "password", "groups"])
def test_a_crafted_request_makes_no_restriction(client, request, site_tree, lesson, user, kind):
    client.force_login(request.getfixturevalue(user))

    for page in (lesson, site_tree.home, site_tree.root):
        client.post(
            f"/beheer/pages/{page.pk}/privacy/",
            {"restriction_type": kind, "password": "geheim", "groups": ["1"]},
        )

    assert not PageViewRestriction.objects.exists()
