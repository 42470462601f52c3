"""The words of the field: a Term is a facet value, a tag, a glossary entry and a synonym group."""

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models
from django.utils.text import slugify
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey
from modelcluster.models import ClusterableModel
from taggit.models import TagBase
from wagtail.admin.panels import FieldPanel, FieldRowPanel, InlinePanel, MultiFieldPanel
from wagtail.models import Orderable
from wagtail.search import index

from vocabulary.clean_text import CleanText
from vocabulary.forms import SynonymFormSet, TermForm
from vocabulary.rows import RowsPanel
from vocabulary.text import fold

# A folded name can be longer than the name: `ﬃ` becomes `ffi`.
KEY_LENGTH = 120


class TermKind(models.TextChoices):
    THEME = "theme", _("Theme")
    ELEMENT = "element", _("Working element")
    DOMAIN = "domain", _("Domain")
    PROFESSION = "profession", _("Profession")
    LEVEL = "level", _("Level")
    PHASE = "phase", _("Phase")
    TARGET_GROUP = "target_group", _("Target group")
    SCHOOL_TYPE = "school_type", _("School type")
    CONCEPT = "concept", _("Concept")
    TAG = "tag", _("Free tag")


class TermQuerySet(models.QuerySet):
    def of_kind(self, *kinds: str):
        return self.filter(kind__in=kinds)

    def active(self):
        """Terms to choose from. A retired term stays readable on old lessons."""
        return self.filter(active=True)

    def in_glossary(self):
        """Words with a meaning that somebody wrote down; see `Term.is_in_glossary`."""
        return self.active().exclude(definition="").exclude(kind=TermKind.TAG)

    def named(self):
        """With the names in the reader's language: one query more where that is not Dutch."""
        if get_language() == settings.LANGUAGE_CODE:
            return self.all()
        return self.prefetch_related("translations")


def key_of(word: str) -> str:
    """What makes two spellings one word."""
    return fold(word)[:KEY_LENGTH]


def free_slug(name: str) -> str:
    """An address for a word: `c++` and `c` differ, and a word in emoji has one too."""
    base = slugify(name)[:90] or "tag"
    slug, number = base, 1
    while Term.objects.filter(slug=slug).exists():
        number += 1
        slug = f"{base}-{number}"
    return slug


class Term(CleanText, TagBase, ClusterableModel, index.Indexed):
    """A word with one identity for all languages.

    Controlled kinds are chosen, never typed; free tags are a kind of their own that the project
    leader can promote by changing the kind.
    """

    kind = models.CharField(
        _("kind"), max_length=20, choices=TermKind.choices, default=TermKind.TAG
    )
    definition = models.TextField(
        _("definition"), blank=True, help_text=_("One to three sentences in plain words.")
    )
    plain = models.CharField(
        _("in plain words"),
        max_length=100,
        blank=True,
        help_text=_("For jargon only: writers are told that this is plainer."),
    )
    source_title = models.CharField(_("source"), max_length=255, blank=True)
    source_url = models.URLField(_("address of the source"), blank=True)
    sort_order = models.PositiveIntegerField(
        _("order"), default=0, help_text=_("Phases and levels are shown in this order.")
    )
    active = models.BooleanField(
        _("in use"), default=True, help_text=_("Off: nobody can choose it any more.")
    )
    # The folded name: the database itself refuses `Oúders` beside `ouders`.
    key = models.CharField(max_length=KEY_LENGTH, unique=True, editable=False)

    objects = TermQuerySet.as_manager()

    base_form_class = TermForm
    panels = [
        MultiFieldPanel(
            [
                FieldPanel("name"),
                FieldPanel("slug"),
                FieldRowPanel([FieldPanel("kind"), FieldPanel("sort_order"), FieldPanel("active")]),
                FieldPanel("definition"),
                FieldPanel("plain"),
                FieldRowPanel([FieldPanel("source_title"), FieldPanel("source_url")]),
            ],
            heading=_("Term"),
        ),
        RowsPanel(
            "synonyms",
            heading=_("Synonyms and abbreviations"),
            label=_("Word"),
            formset=SynonymFormSet,
        ),
        InlinePanel("translations", heading=_("Other languages"), label=_("Language")),
    ]
    search_fields = [
        index.SearchField("name"),
        index.AutocompleteField("name"),
        index.FilterField("kind"),
        index.FilterField("active"),
    ]

    class Meta:
        verbose_name = _("term")
        verbose_name_plural = _("terms")
        ordering = ["sort_order", "name"]

    def save(self, *args, **kwargs):
        self.name = " ".join(self.name.split())  # type: ignore[has-type]
        self.key = key_of(self.name)
        self.slug = self.slug or free_slug(self.name)  # type: ignore[has-type]
        super().save(*args, **kwargs)

    def clean(self):
        super().clean()
        same = Term.objects.filter(key=key_of(self.name)).exclude(pk=self.pk).first()
        if same is not None:
            raise ValidationError(
                {"name": _("There is already a term “%(name)s”.") % {"name": same.name}}
            )

    @property
    def is_in_glossary(self) -> bool:
        return self.active and bool(self.definition) and self.kind != TermKind.TAG

    @property
    def label(self) -> str:
        """The name in the reader's language, or the Dutch one."""
        translated = self._translated()
        return translated.name if translated else self.name

    @property
    def explanation(self) -> str:
        """The definition in the reader's language, or the Dutch one."""
        translated = self._translated()
        return translated.definition if translated and translated.definition else self.definition

    @property
    def label_language(self) -> str:
        """The language that `label` is in: for the lang attribute beside a text in another one."""
        return get_language() if self._translated() else settings.LANGUAGE_CODE

    @property
    def language_of_label(self) -> str:
        """The language of the name where it is not the reader's own, else empty."""
        language = get_language()
        if language == settings.LANGUAGE_CODE or self._translated():
            return ""
        return settings.LANGUAGE_CODE

    def _translated(self) -> "TermTranslation | None":
        language = get_language()
        if language == settings.LANGUAGE_CODE:
            return None
        return next((t for t in self.translations.all() if t.language == language), None)


class TermTranslation(CleanText, models.Model):
    """A term's name and definition in another language. It changes no relation of the term."""

    term = ParentalKey(Term, on_delete=models.CASCADE, related_name="translations")
    language = models.CharField(_("language"), max_length=10, choices=settings.LANGUAGES[1:])
    name = models.CharField(_("name"), max_length=100)
    definition = models.TextField(_("definition"), blank=True)

    class Meta:
        verbose_name = _("translation of a term")
        verbose_name_plural = _("translations of terms")
        constraints = [
            models.UniqueConstraint(
                fields=["term", "language"], name="vocabulary_one_name_per_language"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.name} ({self.language})"


class Synonym(CleanText, Orderable):
    """Another word for a term, which search takes as the same."""

    term = ParentalKey(Term, on_delete=models.CASCADE, related_name="synonyms")
    word = models.CharField(_("word"), max_length=100)
    language = models.CharField(
        _("language"), max_length=10, choices=settings.LANGUAGES, default=settings.LANGUAGE_CODE
    )
    one_way = models.BooleanField(
        _("one way"),
        default=False,
        help_text=_("This word finds the term, but the term does not find this word."),
    )
    capitals_only = models.BooleanField(
        _("only in capitals"),
        default=False,
        help_text=_("For abbreviations that are also an ordinary word, such as SO."),
    )
    key = models.CharField(max_length=KEY_LENGTH, db_index=True, editable=False)

    class Meta(Orderable.Meta):
        verbose_name = _("synonym")
        verbose_name_plural = _("synonyms")
        constraints = [
            models.UniqueConstraint(
                fields=["term", "key", "language"], name="vocabulary_synonym_once_per_term"
            ),
        ]

    def __str__(self) -> str:
        return self.word

    def save(self, *args, **kwargs):
        self.key = key_of(self.word)
        super().save(*args, **kwargs)
