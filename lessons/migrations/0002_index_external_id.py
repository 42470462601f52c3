from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("lessons", "0001_initial")]

    operations = [
        migrations.AddIndex(
            model_name="lessonpage",
            index=models.Index(fields=["external_id"], name="lessons_external_id"),
        ),
    ]
