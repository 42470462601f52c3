"""The kinds of things that a search finds."""

from django.apps import apps
from django.contrib.contenttypes.models import ContentType
from django.db import models
from django.utils.translation import gettext_lazy as _


class Kind(models.TextChoices):
    """The values of the parameter `soort`, in the order of the filter."""

    LESSON = "les", _("Lesson")
    PRACTICE = "praktijk", _("Practice")
    PATH = "ontwikkelpad", _("Development path")
    DOWNLOAD = "download", _("Download")
    NEWS = "nieuws", _("News item")
    THEME = "thema", _("Theme or concept")
    PAGE = "pagina", _("Page")


# The other page types are lists of what is found itself. Named, not imported: `home` stands beside.
PAGE_TYPES = {
    "lessons.LessonPage": Kind.LESSON,
    "practices.PracticePage": Kind.PRACTICE,
    "practices.DevelopmentPathPage": Kind.PATH,
    "home.NewsPage": Kind.NEWS,
    "home.InformationPage": Kind.PAGE,
}


def kinds_of_pages() -> dict[int, Kind]:
    """The kind of each page type that is a result, by the primary key of its content type."""
    get_type = ContentType.objects.get_for_model
    return {get_type(apps.get_model(name)).pk: kind for name, kind in PAGE_TYPES.items()}
