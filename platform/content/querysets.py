"""The words in which the rest of the platform asks for pages."""

from django.conf import settings
from django.db import transaction
from django.db.models import F, Q
from wagtail.models import PageManager

from content.languages import active_language, locale_id_of, source_locale
from visibility.audience import IN_TRASH
from visibility.rules import VisiblePageQuerySet

# What a link to a page needs: its name, address and language.
LINK_FIELDS = ["title", "slug", "url_path", "path", "depth", "locale", "practice_key"]


class ContentQuerySet(VisiblePageQuerySet):
    def for_links(self, *fields):
        """Only what a link to the page needs, and these fields: a page has dozens of columns."""
        return self.only(*LINK_FIELDS, "translation_key", *fields)

    def outside_trash(self):
        """Without what was thrown away. What is `visible_to` somebody never lies there."""
        return self.exclude(branch_audience=IN_TRASH)

    def of_practice(self, *practice_keys):
        return self.filter(practice_key__in=practice_keys)

    def practices(self):
        """The Dutch page that each practice begins with and is named by; those in the bin too."""
        return self.filter(translation_key=F("practice_key"), locale=source_locale())

    def about(self, *terms):
        """Pages that carry one of these terms."""
        return self.filter(page_terms__tag__in=terms).distinct()

    def in_language(self, user, language: str | None = None):
        """Each page once: in the visitor's language where this person may see it, else in Dutch."""
        language = language or active_language()
        source = Q(locale=locale_id_of(settings.LANGUAGE_CODE))
        if language == settings.LANGUAGE_CODE:
            return self.filter(source)
        # An alias is a Dutch page in the tree of another language: it translates nothing.
        own = Q(locale=locale_id_of(language), alias_of=None)
        translated = self.model.objects.filter(own).visible_to(user).values("translation_key")
        return self.filter(own | (source & ~Q(translation_key__in=translated)))

    def newest_first(self):
        return self.order_by("-first_published_at", "-pk")

    @transaction.atomic
    def delete(self, *args, **kwargs):
        # The tree counts down before a guard (content/deletion.py) can refuse: both or neither.
        return super().delete(*args, **kwargs)

    delete.alters_data = True  # type: ignore[attr-defined]
    delete.queryset_only = True  # type: ignore[attr-defined]


ContentPageManager = PageManager.from_queryset(ContentQuerySet)
