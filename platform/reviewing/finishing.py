"""What happens at the end of a workflow. Wagtail imports this while it makes its own models."""


def publish_approved(workflow_state, user=None) -> None:
    """Publish, or plan, the version that was approved (WAGTAIL_FINISH_WORKFLOW_ACTION).

    Wagtail itself takes the newest version, which somebody may have saved a moment ago.
    """
    from wagtail.models import Revision

    from reviewing.models import ReviewTask

    last = workflow_state.current_task_state
    if last is not None and isinstance(last.task.specific, ReviewTask):
        revision = Revision.objects.get(pk=last.revision_id)
    else:
        revision = workflow_state.content_object.get_latest_revision()
    # Whoever may approve here need not be one who may publish anything at any time.
    revision.publish(user=user, skip_permission_checks=True)
