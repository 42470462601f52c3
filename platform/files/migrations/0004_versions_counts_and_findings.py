import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


def look_at_every_file(apps, schema_editor):
    """What is in the files of before was read, but not looked at for what may show a child."""
    texts = apps.get_model("files", "DownloadText").objects.exclude(reason="kind")
    texts.update(state="waiting", reason="", attempts=0)


class Migration(migrations.Migration):
    dependencies = [
        ("files", "0003_download_text"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AddField(
            model_name="download",
            name="change_note",
            field=models.CharField(
                blank=True, editable=False, max_length=200, verbose_name="what is new"
            ),
        ),
        migrations.AddField(
            model_name="download",
            name="replaced_at",
            field=models.DateTimeField(blank=True, editable=False, null=True),
        ),
        migrations.AddField(
            model_name="download",
            name="replaced_by",
            field=models.ForeignKey(
                blank=True,
                editable=False,
                null=True,
                on_delete=django.db.models.deletion.SET_NULL,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddField(
            model_name="downloadtext",
            name="is_settled",
            field=models.BooleanField(default=False),
        ),
        migrations.CreateModel(
            name="EarlierVersion",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("file", models.FileField(upload_to="documents", verbose_name="file")),
                ("download_name", models.CharField(blank=True, max_length=255)),
                ("file_size", models.PositiveBigIntegerField(null=True)),
                ("file_hash", models.CharField(blank=True, max_length=40)),
                ("page_count", models.PositiveIntegerField(null=True)),
                (
                    "change_note",
                    models.CharField(blank=True, max_length=200, verbose_name="what is new"),
                ),
                ("since", models.DateTimeField(verbose_name="since")),
                (
                    "brought_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "download",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="earlier_versions",
                        to="files.download",
                    ),
                ),
            ],
            options={
                "verbose_name": "earlier version",
                "verbose_name_plural": "earlier versions",
                "ordering": ["-since", "-pk"],
            },
        ),
        migrations.CreateModel(
            name="FoundInFile",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "part",
                    models.CharField(
                        choices=[
                            ("text", "in the text"),
                            ("page", "on a page"),
                            ("properties", "in the properties of the file"),
                            ("comments", "in a comment"),
                            ("changes", "in a deleted text that the file still holds"),
                            ("numbers", "in a cell with a number"),
                        ],
                        max_length=20,
                    ),
                ),
                ("number", models.PositiveIntegerField(null=True)),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("bsn", "a citizen service number (BSN)"),
                            ("number", "a number of a person"),
                            ("birth", "a date of birth"),
                            ("telephone", "a telephone number"),
                            ("e-mail", "an e-mail address"),
                            ("address", "a home address"),
                            ("name", "the name of a child or parent"),
                            ("description", "a description that fits one child"),
                        ],
                        max_length=20,
                    ),
                ),
                ("passage", models.CharField(blank=True, max_length=200)),
                (
                    "text_of",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="found",
                        to="files.downloadtext",
                    ),
                ),
            ],
            options={
                "verbose_name": "passage in a file",
                "verbose_name_plural": "passages in files",
                "ordering": ["text_of", "pk"],
            },
        ),
        migrations.CreateModel(
            name="DownloadCount",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("title", models.CharField(max_length=255, verbose_name="title")),
                ("day", models.DateField(verbose_name="day")),
                ("times", models.PositiveIntegerField(default=0, verbose_name="downloads")),
                (
                    "download",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="counts",
                        to="files.download",
                    ),
                ),
            ],
            options={
                "verbose_name": "count of downloads",
                "verbose_name_plural": "counts of downloads",
                "constraints": [
                    models.UniqueConstraint(
                        fields=("download", "day"), name="files_count_once_a_day"
                    )
                ],
            },
        ),
        migrations.RunPython(look_at_every_file, migrations.RunPython.noop),
    ]
