"""The words in which the rest of the platform asks for pages."""

from django.conf import settings
from django.db.models import Q
from wagtail.models import PageManager

from content.languages import active_language
from visibility.rules import VisiblePageQuerySet


class ContentQuerySet(VisiblePageQuerySet):
    def of_practice(self, *practice_keys):
        return self.filter(practice_key__in=practice_keys)

    def about(self, *terms):
        """Pages that carry one of these terms."""
        return self.filter(page_terms__tag__in=terms).distinct()

    def in_language(self, user, language: str | None = None):
        """Each page once: in the visitor's language where this person may see it, else in Dutch."""
        language = language or active_language()
        source = Q(locale__language_code=settings.LANGUAGE_CODE)
        if language == settings.LANGUAGE_CODE:
            return self.filter(source)
        translated = (
            self.model._base_manager.filter(locale__language_code=language)
            .filter(pk__in=self.model.objects.visible_to(user).values("pk"))
            .values("translation_key")
        )
        return self.filter(
            Q(locale__language_code=language) | (source & ~Q(translation_key__in=translated))
        )

    def newest_first(self):
        return self.order_by("-first_published_at", "-pk")


ContentPageManager = PageManager.from_queryset(ContentQuerySet)
