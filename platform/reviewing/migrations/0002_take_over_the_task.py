"""The task of an existing installation becomes ours, with everything that waits in it.

What waits points at the shared half of a task (Task), so only its own half is exchanged.
"""

from django.db import migrations
from django.db.models import Q

NAME = "Een collega leest mee"
LEADERS = "Projectleiders"


def exchange(apps, old, new, using):
    """Our task, under whatever name, and its groups: from the one type to the other."""
    ours = Q(name=NAME) | Q(groups__name=LEADERS)
    content_types = apps.get_model("contenttypes", "ContentType").objects.using(using)
    old_model, new_model = apps.get_model(*old), apps.get_model(*new)
    content_type, _created = content_types.get_or_create(app_label=new[0], model=new[1].lower())
    for task in list(old_model.objects.using(using).filter(ours).distinct()):
        groups = list(task.groups.all())
        task.groups.clear()
        # Only the row of the old type: its half in Task stays.
        old_model.objects.using(using).filter(pk=task.pk)._raw_delete(using)
        changed = new_model(
            task_ptr_id=task.pk, name=task.name, active=task.active, content_type_id=content_type.pk
        )
        changed.save(using=using)
        changed.groups.set(groups)


def to_ours(apps, schema_editor):
    exchange(
        apps,
        ("wagtailcore", "GroupApprovalTask"),
        ("reviewing", "ReviewTask"),
        schema_editor.connection.alias,
    )


def to_wagtails(apps, schema_editor):
    exchange(
        apps,
        ("reviewing", "ReviewTask"),
        ("wagtailcore", "GroupApprovalTask"),
        schema_editor.connection.alias,
    )


class Migration(migrations.Migration):
    dependencies = [("reviewing", "0001_initial")]

    operations = [migrations.RunPython(to_ours, to_wagtails)]
