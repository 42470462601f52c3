"""Project leaders manage accounts, and never make an administrator."""

import pytest
from django.contrib.auth.models import Group
from django.urls import reverse

from accounts.models import User
from accounts.roles import OUTER_RING, PROJECT_LEADERS
from practices.setup import practice_group
from tests.factories import PASSWORD

ADD = reverse("wagtailusers_users:add")


def account(**changes):
    return {
        "email": "nieuw@voorbeeld.nl",
        "first_name": "Noor",
        "last_name": "Jansen",
        "password1": "een heel lang wachtwoord",
        "password2": "een heel lang wachtwoord",
        **changes,
    }


def edit(user):
    return reverse("wagtailusers_users:edit", args=[user.pk])


def test_a_leader_lets_a_professional_in(client, leader, practice):
    client.force_login(leader)

    client.post(ADD, account(groups=[practice_group(practice).pk]))

    assert User.objects.get(email="nieuw@voorbeeld.nl").groups.get() == practice_group(practice)


def test_a_leader_cannot_make_an_administrator(client, leader):
    client.force_login(leader)

    assert client.get(ADD).context["form"].fields["is_superuser"].disabled
    client.post(ADD, account(is_superuser="on"))

    assert not User.objects.get(email="nieuw@voorbeeld.nl").is_superuser


def test_a_leader_cannot_raise_an_account_to_administrator(client, leader, outer_ring):
    client.force_login(leader)

    client.post(edit(outer_ring), account(is_superuser="on", is_active="on"))

    outer_ring.refresh_from_db()
    assert outer_ring.email == "nieuw@voorbeeld.nl"
    assert not outer_ring.is_superuser


def test_a_leader_cannot_touch_an_administrator(client, leader, administrator):
    client.force_login(leader)

    response = client.post(edit(administrator), account(is_active="on"))

    assert response.status_code == 302
    administrator.refresh_from_db()
    assert administrator.email == "beheerder@voorbeeld.nl"
    assert administrator.check_password(PASSWORD)


@pytest.mark.parametrize(
    ("action", "data"),
    [("set_active_state", {"mark_as_active": "False"}), ("delete", {}), ("assign_role", {})],
)
def test_a_leader_cannot_touch_an_administrator_in_bulk(
    client, leader, administrator, action, data
):
    client.force_login(leader)
    url = reverse("wagtail_bulk_action", args=["accounts", "user", action])

    client.post(f"{url}?id={administrator.pk}", data)

    administrator.refresh_from_db()
    assert administrator.is_active


def test_a_leader_gives_only_the_groups_of_roles(client, leader, outer_ring):
    technical = Group.objects.create(name="Techniek")
    client.force_login(leader)
    bulk = reverse("wagtail_bulk_action", args=["accounts", "user", "assign_role"])

    client.post(edit(outer_ring), account(is_active="on", groups=[technical.pk]))
    client.post(f"{bulk}?id={outer_ring.pk}", {"role": technical.pk})

    assert [group.name for group in outer_ring.groups.all()] == [OUTER_RING]


def test_what_an_administrator_gave_is_kept(client, leader, outer_ring):
    technical = Group.objects.create(name="Techniek")
    outer_ring.groups.add(technical)
    client.force_login(leader)
    groups = [technical.pk, Group.objects.get(name=PROJECT_LEADERS).pk]

    client.post(edit(outer_ring), account(is_active="on", groups=groups))

    assert {group.name for group in outer_ring.groups.all()} == {"Techniek", PROJECT_LEADERS}


def test_an_administrator_makes_an_administrator(client, administrator, site_tree):
    client.force_login(administrator)

    client.post(ADD, account(is_superuser="on"))

    assert User.objects.get(email="nieuw@voorbeeld.nl").is_superuser


@pytest.mark.parametrize("name", ["professional", "outer_ring"])
def test_others_do_not_manage_accounts(client, request, name):
    client.force_login(request.getfixturevalue(name))

    client.post(ADD, account())

    assert not User.objects.filter(email="nieuw@voorbeeld.nl").exists()


def test_participants_of_the_outer_ring_have_no_business_in_the_admin(client, outer_ring):
    client.force_login(outer_ring)

    assert client.get("/beheer/").status_code == 302
    assert client.get("/beheer/pages/").status_code == 302
