from django.db import migrations


def keep_addresses(apps, schema_editor):
    """Whoever could sign in until now still can: their mailboxes count as shown."""
    user_model = apps.get_model("accounts", "User")
    address_model = apps.get_model("account", "EmailAddress")
    known = set(address_model.objects.values_list("user_id", flat=True))
    address_model.objects.bulk_create(
        address_model(user_id=pk, email=email, primary=True, verified=True)
        for pk, email in user_model.objects.values_list("pk", "email")
        if pk not in known
    )


class Migration(migrations.Migration):
    dependencies = [
        ("accounts", "0002_limits"),
        ("account", "0009_emailaddress_unique_primary_email"),
    ]

    operations = [migrations.RunPython(keep_addresses, migrations.RunPython.noop)]
