from django.db import migrations, models


class Migration(migrations.Migration):
    """The title of a file may name somebody, and the count outlives the file."""

    dependencies = [
        ("files", "0005_taken_offline"),
    ]

    operations = [
        # For the way back: the titles themselves are gone.
        migrations.AlterField(
            model_name="downloadcount",
            name="title",
            field=models.CharField(default="", max_length=255, verbose_name="title"),
        ),
        migrations.RemoveField(model_name="downloadcount", name="title"),
    ]
