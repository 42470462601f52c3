"""The groups behind the roles, and the workflow that starts with them."""

from django.contrib.auth.models import Group
from wagtail.models import GroupPagePermission, Page, Workflow, WorkflowPage

from accounts.roles import OUTER_RING, PROJECT_LEADERS
from tests.factories import UserFactory
from visibility.setup import WORKFLOW, ensure_role_groups


def snapshot():
    return (
        set(Group.objects.values_list("name", "permissions__codename")),
        set(GroupPagePermission.objects.values_list("group", "page", "permission")),
        set(WorkflowPage.objects.values_list("page", "workflow")),
    )


def test_setting_up_again_changes_nothing(site_tree):
    before = snapshot()

    ensure_role_groups()

    assert snapshot() == before


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

    ensure_role_groups()

    assert site_tree.home.get_workflow() == own
