"""The lessons of one practice, together."""

from django.utils.translation import gettext_lazy as _

from content.models import ContentPage


class LessonIndexPage(ContentPage):
    """The lessons of one practice."""

    parent_page_types = ["practices.PracticePage"]
    subpage_types = ["lessons.LessonPage"]
    max_count_per_parent = 1

    class Meta:
        verbose_name = _("overview of lessons")
        verbose_name_plural = _("overviews of lessons")

    def get_context(self, request, *args, **kwargs):
        from lessons.listing import index_context

        context = super().get_context(request, *args, **kwargs)
        return context | index_context(self, request)
