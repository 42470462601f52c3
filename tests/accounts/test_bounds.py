"""Project leaders manage accounts, and never make an administrator."""

import pytest
from django.contrib.auth.models import Group
from django.urls import reverse
from wagtail.models import ModelLogEntry

from accounts.models import User
from accounts.roles import OUTER_RING, PROJECT_LEADERS
from practices.setup import practice_group
from tests.factories import PASSWORD, UserFactory

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


# Somebody leads, and somebody administers

BULK = "wagtail_bulk_action"


def bulk(action, *users):
    ids = "&".join(f"id={user.pk}" for user in users)
    return f"{reverse(BULK, args=['accounts', 'user', action])}?{ids}"


def named(user, **changes):
    """The form of this account as it is, with these changes."""
    fields = {
        "email": user.email,
        "first_name": user.first_name,
        "last_name": user.last_name,
        "groups": [group.pk for group in user.groups.all()],
        "is_active": "on",
    }
    if user.is_superuser:
        fields["is_superuser"] = "on"
    return {name: value for name, value in (fields | changes).items() if value is not None}


# What takes the last of a role away, as the person itself or as an administrator does it.
WAYS_TO_LOSE_A_LEADER = {
    "leaves the group": lambda user: (edit(user), named(user, groups=[])),
    "is blocked": lambda user: (edit(user), named(user, is_active=None)),
    "is blocked in bulk": lambda user: (
        bulk("set_active_state", user),
        {"mark_as_active": "False"},
    ),
    "is deleted": lambda user: (reverse("wagtailusers_users:delete", args=[user.pk]), {}),
    "is deleted in bulk": lambda user: (bulk("delete", user), {}),
}
WAYS_TO_LOSE_AN_ADMINISTRATOR = {
    "is no longer one": lambda user: (edit(user), named(user, is_superuser=None)),
    **{key: value for key, value in WAYS_TO_LOSE_A_LEADER.items() if key.startswith("is ")},
}


@pytest.mark.parametrize("others", [False, True])
@pytest.mark.parametrize("by", ["leader", "administrator"])
@pytest.mark.parametrize("way", WAYS_TO_LOSE_A_LEADER)
def test_the_last_leader_stays(client, leader, administrator, way, by, others):
    if others:
        UserFactory(email="tweede@voorbeeld.nl", groups=[PROJECT_LEADERS])
    # Who is blocked, leads no more.
    UserFactory(email="weg@voorbeeld.nl", groups=[PROJECT_LEADERS], is_active=False)
    client.force_login({"leader": leader, "administrator": administrator}[by])

    client.post(*WAYS_TO_LOSE_A_LEADER[way](leader))

    leads = User.objects.filter(pk=leader.pk, is_active=True, groups__name=PROJECT_LEADERS)
    assert leads.exists() or others


@pytest.mark.parametrize("by", ["that person", "another"])
@pytest.mark.parametrize("way", WAYS_TO_LOSE_AN_ADMINISTRATOR)
def test_the_last_administrator_stays(client, site_tree, administrator, way, by):
    UserFactory(email="weg@voorbeeld.nl", is_superuser=True, is_active=False)
    other = UserFactory(email="tweede@voorbeeld.nl", is_superuser=by == "another")
    client.force_login(administrator if by == "that person" else other)

    client.post(*WAYS_TO_LOSE_AN_ADMINISTRATOR[way](administrator))

    assert User.objects.filter(is_superuser=True, is_active=True).exists()
    if by == "another":
        assert not User.objects.filter(
            pk=administrator.pk, is_superuser=True, is_active=True
        ).exists()


def test_who_is_not_the_last_can_go(client, leader, administrator):
    second = UserFactory(email="tweede@voorbeeld.nl", groups=[PROJECT_LEADERS])
    client.force_login(leader)

    client.post(edit(second), named(second, groups=[]))

    assert not second.groups.exists()


def test_the_refusal_says_what_to_do_first(client, leader):
    client.force_login(leader)

    response = client.post(edit(leader), named(leader, groups=[]))

    assert "laatste projectleider" in response.content.decode()


def rights_in_the_log(account):
    entries = ModelLogEntry.objects.for_instance(account).exclude(user=None)
    entries = entries.exclude(action__startswith="wagtail.")
    return [(entry.user.email, entry.action, entry.data) for entry in entries.order_by("pk")]


def test_every_change_of_rights_is_in_the_log(client, leader, practice, outer_ring):
    client.force_login(leader)
    group = practice_group(practice)

    client.post(edit(outer_ring), named(outer_ring, groups=[group.pk]))
    client.post(bulk("assign_role", outer_ring), {"role": Group.objects.get(name=OUTER_RING).pk})
    client.post(bulk("set_active_state", outer_ring), {"mark_as_active": "False"})
    # This changes no right.
    client.post(edit(outer_ring), named(outer_ring, first_name="Kim", is_active=None))

    by, given = leader.email, "Professionals Orion"
    assert rights_in_the_log(outer_ring) == [
        (by, "accounts.groups", {"removed": [OUTER_RING]}),
        (by, "accounts.groups", {"added": [given]}),
        (by, "accounts.groups", {"added": [OUTER_RING]}),
        (by, "accounts.deactivated", {}),
    ]
