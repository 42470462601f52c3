"""The groups behind the roles, and the workflow that starts with them."""

from django.contrib.auth.models import Group, Permission
from wagtail.models import (
    GroupCollectionPermission,
    GroupPagePermission,
    Page,
    Workflow,
    WorkflowPage,
)

from accounts.roles import OUTER_RING, PROJECT_LEADERS
from reviewing.setup import WORKFLOW, ensure_review_workflow
from tests.factories import UserFactory
from visibility.models import GivenRight
from visibility.setup import ensure_role_groups, give_new_rights


def snapshot():
    return (
        set(Group.objects.values_list("name", "permissions__codename")),
        set(GroupPagePermission.objects.values_list("group", "page", "permission")),
        set(WorkflowPage.objects.values_list("page", "workflow")),
    )


def test_setting_up_again_changes_nothing(site_tree):
    before = snapshot()

    ensure_role_groups()
    ensure_review_workflow()

    assert snapshot() == before


def rights_of(group: Group) -> set[str]:
    names = group.permissions.values_list("content_type__app_label", "codename")
    return {f"{app_label}.{codename}" for app_label, codename in names}


def test_leaders_of_an_older_installation_get_the_rights_that_came_since(leader):
    leaders = Group.objects.get(name=PROJECT_LEADERS)
    new = Permission.objects.filter(codename__in=["view_askedquestion", "add_promotion"])
    leaders.permissions.remove(*new)
    GivenRight.objects.all().delete()

    give_new_rights()

    assert {"search.view_askedquestion", "search.add_promotion"} <= rights_of(leaders)


def test_a_right_that_an_administrator_took_away_is_not_given_again(site_tree):
    leaders = Group.objects.get(name=PROJECT_LEADERS)
    leaders.permissions.remove(Permission.objects.get(codename="add_user"))
    GroupPagePermission.objects.filter(group=leaders).delete()
    GroupCollectionPermission.objects.filter(group=leaders).delete()

    give_new_rights()

    assert "accounts.add_user" not in rights_of(leaders)
    assert not GroupPagePermission.objects.filter(group=leaders).exists()
    assert not GroupCollectionPermission.objects.filter(group=leaders).exists()


def test_without_project_leaders_there_is_nothing_to_give(site_tree):
    Group.objects.filter(name=PROJECT_LEADERS).delete()

    give_new_rights()

    assert not GivenRight.objects.exists()


def test_wagtails_own_groups_are_removed_when_nobody_is_in_them(site_tree):
    for name in ("Editors", "Moderators"):
        Group.objects.get_or_create(name=name)
    UserFactory(groups=["Moderators"])

    ensure_role_groups()

    assert not Group.objects.filter(name="Editors").exists()
    assert Group.objects.filter(name="Moderators").exists()


def test_leaders_work_everywhere(site_tree, leader):
    for page in Page.objects.filter(depth__gt=1):
        permissions = page.permissions_for_user(leader)
        assert permissions.can_edit()
        assert permissions.can_publish()
        assert permissions.can_lock()


def test_the_outer_ring_has_no_permission_at_all(site_tree):
    group = Group.objects.get(name=OUTER_RING)

    assert not group.permissions.exists()
    assert not GroupPagePermission.objects.filter(group=group).exists()


def test_a_leader_reads_along_with_every_page(lesson):
    assert lesson.get_workflow().name == WORKFLOW
    assert Group.objects.get(name=PROJECT_LEADERS) in (
        lesson.get_workflow().workflow_tasks.get().task.specific.groups.all()
    )
    assert not Workflow.objects.active().exclude(name=WORKFLOW).exists()


def test_a_workflow_that_was_chosen_instead_stays(site_tree):
    own = Workflow.objects.create(name="Wij kijken met twee mensen")
    WorkflowPage.objects.update(workflow=own)

    ensure_review_workflow()

    assert site_tree.home.get_workflow() == own
