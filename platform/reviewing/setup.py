"""The workflow of every page below the home page: a project leader reads along."""

from django.contrib.auth.models import Group
from wagtail.models import Site, Workflow, WorkflowPage, WorkflowTask

from accounts.roles import PROJECT_LEADERS
from reviewing.models import ReviewTask

WORKFLOW = "Een collega leest mee"
# What Wagtail's own migrations make.
WAGTAILS_WORKFLOW = "Moderators approval"


def ensure_review_workflow() -> None:
    """Make the workflow where it is missing, after the groups. Doing it again changes nothing."""
    task, created = ReviewTask.objects.get_or_create(name=WORKFLOW)
    if created:
        task.groups.add(Group.objects.get(name=PROJECT_LEADERS))
    workflow, created = Workflow.objects.get_or_create(name=WORKFLOW)
    if created:
        WorkflowTask.objects.create(workflow=workflow, task=task, sort_order=0)
    home = Site.objects.get(is_default_site=True).root_page
    # A workflow that the project leader chose instead stays.
    WorkflowPage.objects.get_or_create(page=home, defaults={"workflow": workflow})
    WorkflowPage.objects.filter(workflow__name=WAGTAILS_WORKFLOW).delete()
    for old in Workflow.objects.filter(name=WAGTAILS_WORKFLOW, active=True):
        old.deactivate()
