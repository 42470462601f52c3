"""The groups behind the roles, and who reads along before something is published."""

from django.contrib.auth.models import Group, Permission
from wagtail.models import (
    Collection,
    GroupApprovalTask,
    GroupCollectionPermission,
    GroupPagePermission,
    Page,
    Site,
    Workflow,
    WorkflowPage,
    WorkflowTask,
)

from accounts.roles import OUTER_RING, PROJECT_LEADERS

WORKFLOW = "Een collega leest mee"
# What Wagtail's own migrations make; nobody here has these roles.
WAGTAILS_GROUPS = ["Editors", "Moderators"]
WAGTAILS_WORKFLOW = "Moderators approval"

PAGE_PERMISSIONS = [
    "add_page", "change_page", "publish_page", "lock_page", "unlock_page", "bulk_delete_page",
]  # fmt: skip
FILE_PERMISSIONS = [
    ("wagtaildocs", "add_document"),
    ("wagtaildocs", "change_document"),
    ("wagtaildocs", "delete_document"),
    ("wagtaildocs", "choose_document"),
    ("wagtailimages", "add_image"),
    ("wagtailimages", "change_image"),
    ("wagtailimages", "delete_image"),
    ("wagtailimages", "choose_image"),
]
OTHER_PERMISSIONS = [
    ("wagtailadmin", "access_admin"),
    ("vocabulary", "add_term"),
    ("vocabulary", "change_term"),
    ("vocabulary", "delete_term"),
    ("search", "view_askedquestion"),
    ("search", "add_promotion"),
    ("search", "change_promotion"),
    ("search", "delete_promotion"),
    ("wagtailredirects", "add_redirect"),
    ("wagtailredirects", "change_redirect"),
    ("wagtailredirects", "delete_redirect"),
    ("wagtail_localize", "submit_translation"),
    # Accounts, but no administrators: accounts/forms.py keeps that bound.
    ("accounts", "add_user"),
    ("accounts", "change_user"),
]


def ensure_role_groups() -> None:
    """Make the groups and the workflow where they are missing. Doing it again changes nothing."""
    leaders, _ = Group.objects.get_or_create(name=PROJECT_LEADERS)
    # Participants of the outer ring read; they have no business in the admin.
    Group.objects.get_or_create(name=OUTER_RING)
    _let_leaders_work(leaders)
    _let_a_colleague_read_along(leaders)
    Group.objects.filter(name__in=WAGTAILS_GROUPS, user__isnull=True).delete()


def _let_leaders_work(leaders: Group) -> None:
    for permission in Permission.objects.filter(
        content_type__app_label="wagtailcore", codename__in=PAGE_PERMISSIONS
    ):
        GroupPagePermission.objects.get_or_create(
            group=leaders, page=Page.get_first_root_node(), permission=permission
        )
    for app_label, codename in FILE_PERMISSIONS:
        GroupCollectionPermission.objects.get_or_create(
            group=leaders,
            collection=Collection.get_first_root_node(),
            permission=_permission(app_label, codename),
        )
    leaders.permissions.add(*(_permission(*names) for names in OTHER_PERMISSIONS))


def _let_a_colleague_read_along(leaders: Group) -> None:
    """The workflow of every page below the home page: a project leader approves."""
    task, created = GroupApprovalTask.objects.get_or_create(name=WORKFLOW)
    if created:
        task.groups.add(leaders)
    workflow, created = Workflow.objects.get_or_create(name=WORKFLOW)
    if created:
        WorkflowTask.objects.create(workflow=workflow, task=task, sort_order=0)
    home = Site.objects.get(is_default_site=True).root_page
    # A workflow that the project leader chose instead stays.
    WorkflowPage.objects.get_or_create(page=home, defaults={"workflow": workflow})
    WorkflowPage.objects.filter(workflow__name=WAGTAILS_WORKFLOW).delete()
    for old in Workflow.objects.filter(name=WAGTAILS_WORKFLOW, active=True):
        old.deactivate()


def _permission(app_label: str, codename: str) -> Permission:
    return Permission.objects.get(content_type__app_label=app_label, codename=codename)
