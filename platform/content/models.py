"""What every page of ours shares."""

import uuid

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Q
from django.http import Http404, HttpResponseRedirect
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.text import slugify
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from modelcluster.contrib.taggit import ClusterTaggableManager
from modelcluster.fields import ParentalKey
from taggit.models import ItemBase
from wagtail.admin.panels import FieldPanel, InlinePanel, MultiFieldPanel
from wagtail.models import Orderable, Page, PageViewRestriction
from wagtail.search import index
from wagtail_localize.fields import SynchronizedField

from accounts.roles import role_of
from content.addresses import is_reserved, path_of
from content.branches import inherit_from_parent
from content.checking import what_blocks
from content.forms import ContentPageForm
from content.languages import active_language, code_of, in_frame
from content.meta import PageMeta, alternates, in_one_line, whole_address
from content.panels import WhoCanHaveTheFiles, WhoCanSeeThisPanel
from content.partial_dates import PartialDateField, display
from content.permissions import SITE_TREE, ContentPermissionTester, NothingAllowed
from content.querysets import ContentPageManager
from content.translation import take_facts_from_source
from files.models import Download
from visibility.audience import (
    AUDIENCE_SENTENCES,
    IN_TRASH,
    NOBODY,
    ONLY_FOR,
    Audience,
    narrowest,
)
from visibility.rules import VISIBILITY_FIELDS, VISITOR, can_see, is_visible
from vocabulary.clean_text import CleanText, is_empty
from vocabulary.models import Term, TermKind

# The home page of a language stands right under the root of the tree.
HOME_DEPTH = 2
LONGEST_ADDRESS = 500


class PageTerm(ItemBase):
    """A term on a page. It hangs on the page's revisions, so a draft changes nothing in public."""

    # Wagtail passes over taggit's relations when it notes what is used where; ours it can follow.
    wagtail_reference_index_ignore = False

    content_object = ParentalKey(
        "content.ContentPage", on_delete=models.CASCADE, related_name="page_terms"
    )
    # PROTECT: a word that is used is merged or retired, never pulled from under its pages.
    tag = models.ForeignKey(
        Term, verbose_name=_("term"), on_delete=models.PROTECT, related_name="page_terms"
    )

    class Meta:
        verbose_name = _("term on a page")
        verbose_name_plural = _("terms on pages")
        constraints = [
            models.UniqueConstraint(
                fields=["content_object", "tag"], name="content_term_once_per_page"
            ),
        ]


class PageSource(CleanText, Orderable):
    """Where a fact on a page comes from."""

    page = ParentalKey("content.ContentPage", on_delete=models.CASCADE, related_name="sources")
    title = models.CharField(_("title"), max_length=255)
    publisher = models.CharField(_("publisher"), max_length=120, blank=True)
    url = models.URLField(_("address"), max_length=500, blank=True)
    date = PartialDateField(_("date"))

    panels = ["title", "publisher", "url", "date"]

    class Meta(Orderable.Meta):
        verbose_name = _("source")
        verbose_name_plural = _("sources")

    def __str__(self) -> str:
        return self.title

    @property
    def date_label(self) -> str:
        return display(self.date)


class PageDownload(Orderable):
    """A file that a page offers. Who may see the page may have the file."""

    page = ParentalKey("content.ContentPage", on_delete=models.CASCADE, related_name="downloads")
    download = models.ForeignKey(
        Download,
        verbose_name=_("download"),
        on_delete=models.CASCADE,
        related_name="page_downloads",
    )

    panels = ["download"]

    class Meta(Orderable.Meta):
        verbose_name = _("download")
        verbose_name_plural = _("downloads")

    def __str__(self) -> str:
        return str(self.download)


class ContentPage(CleanText, Page):
    """The concrete base of every page type: its audience, summary, words, sources and files."""

    is_creatable = False
    # True on the page that a practice begins with; everything below it belongs to that practice.
    is_practice_root = False
    # True on what makes a practice worth keeping: a branch with such a page cannot be deleted.
    keeps_practice = False
    # Fields that a draft, or a page made by code, may leave empty, and an editor may not.
    needed_to_publish: tuple[str, ...] = ()
    # Set by the form: what was pointed out and may stay (content/wagtail_hooks.py keeps it).
    kept_passages: dict = {}
    # Set by the form: what its writer says to who reads along (reviewing/wagtail_hooks.py).
    note_to_reviewer = ""
    # Set by the form: the files of which somebody said why they may stay, and those unread.
    settled_files: list[Download] = []
    unread_files: list[Download] = []
    # Set by the editor: somebody saved after it was opened (reviewing/editing.py).
    saved_meanwhile = False
    # Begins the address of a page whose title has no letters for one.
    address_word = "pagina"
    base_form_class = ContentPageForm

    summary = models.TextField(
        _("summary"), blank=True, max_length=300, help_text=_("At most 300 characters.")
    )
    audience = models.CharField(
        _("who can see this"),
        max_length=20,
        choices=Audience.choices,
        default=Audience.PUBLIC,
        db_index=True,
    )
    # Kept by content/branches.py from the pages above this one.
    practice_key = models.UUIDField(null=True, editable=False, db_index=True)
    branch_audience = models.CharField(max_length=20, default=Audience.PUBLIC, editable=False)
    branch_expire_at = models.DateTimeField(null=True, editable=False)
    terms = ClusterTaggableManager(
        through=PageTerm, verbose_name=_("terms"), blank=True, related_name="pages"
    )

    objects = ContentPageManager()

    content_panels = [*Page.content_panels, FieldPanel("summary")]
    source_panels = [
        InlinePanel("downloads", heading=_("Downloads"), label=_("Download")),
        WhoCanHaveTheFiles(heading=_("Who can have the files")),
        InlinePanel("sources", heading=_("Sources"), label=_("Source")),
    ]
    settings_panels = [
        FieldPanel("audience"),
        WhoCanSeeThisPanel(),
        FieldPanel("why_it_stays", heading=_("Why may this stay?")),
        FieldPanel("note", heading=_("A note to who reads along")),
        *Page.settings_panels,
    ]
    promote_panels = [
        MultiFieldPanel([FieldPanel("slug"), FieldPanel("search_description")], _("Address")),
    ]
    search_fields = [
        *Page.search_fields,
        index.SearchField("summary"),
        index.FilterField("audience"),
        index.FilterField("practice_key"),
        index.FilterField("translation_key"),
    ]
    # A translation begins with the Dutch address, so that one works under /en/ too.
    override_translatable_fields = [SynchronizedField("slug")]
    private_page_options: list[str] = []

    class Meta:
        verbose_name = _("page")
        verbose_name_plural = _("pages")

    # Saving

    def full_clean(self, *args, **kwargs):
        self._fill_in()
        super().full_clean(*args, **kwargs)

    def minimal_clean(self):
        """What a draft must have."""
        self._fill_in()
        super().minimal_clean()
        self._check_address()

    def clean(self):
        super().clean()
        self._check_address()
        if self.go_live_at and self.expire_at and self.go_live_at >= self.expire_at:
            raise ValidationError({"expire_at": _("The end must be after the beginning.")})

    def what_is_missing(self) -> list[str]:
        """Why this page cannot be published yet, in words for an editor; empty when it can."""
        empty = [name for name in self.needed_to_publish if is_empty(getattr(self, name))]
        missing = [
            _("%(field)s: fill this in.")
            % {"field": getattr(self._meta.get_field(name), "verbose_name", name)}
            for name in empty
        ]
        try:
            self.full_clean(exclude=empty)
        except ValidationError as error:
            missing += error.messages
        return missing + what_blocks(self)

    def _fill_in(self) -> None:
        self.normalise_text()
        if not self.slug and self.title and not slugify(self.title):  # type: ignore[has-type]
            # A title in emoji or another script still needs an address: `les-1`, `les-2`.
            base, number = self.address_word, 1
            while not self._slug_is_available(f"{base}-{number}", self.get_parent(), self):
                number += 1
            self.slug = f"{base}-{number}"

    def _check_address(self) -> None:
        if is_reserved(self.slug, self.get_parent()):
            raise ValidationError(
                {"slug": _("The platform uses this address itself. Choose another one.")}
            )

    def get_parent(self, *args, **kwargs):
        """The page above; of a page that a form is making: the page that it will come under."""
        if not self.path:
            return getattr(self, "_cached_parent_obj", None)
        return super().get_parent(*args, **kwargs)

    def permissions_for_user(self, user):
        if self.is_in_trash:
            return NothingAllowed(self)
        return ContentPermissionTester(user, self)

    def save(self, *args, update_fields=None, **kwargs):
        # Saving a draft of a live page writes a few fields, and only those may change.
        if self.path and update_fields is None:
            inherit_from_parent(self)
            if self.pk and self.language_code != settings.LANGUAGE_CODE and not self.alias_of_id:
                take_facts_from_source(self)
        super().save(*args, update_fields=update_fields, **kwargs)

    def with_content_json(self, content):
        """An older version too belongs to its practice, and is as open, as the page is now."""
        page = super().with_content_json(content)
        for name in ("practice_key", "branch_audience", "branch_expire_at"):
            setattr(page, name, getattr(self, name))
        return page

    def delete(self, *args, user=None, **kwargs):
        """To the trash, in all languages and with all that lies below; content.trash undoes it."""
        from content.trash import NotThereError, put_in_trash

        try:
            trashed = put_in_trash(self, by=user)
        except NotThereError:
            return 0, {}
        return trashed.pages, {self._meta.label: trashed.pages}

    delete.alters_data = True  # type: ignore[attr-defined]

    def settle_after_return(self) -> list[str]:
        """What this page had to give up while it lay in the trash, in words for who restores it."""
        return []

    @property
    def writing_path(self) -> str:
        """Where somebody goes on writing this page."""
        return reverse("wagtailadmin_pages:edit", args=[self.pk])

    @property
    def is_trash(self) -> bool:
        """Whether this is the trash itself: the root of a tree beside that of the site."""
        return self.depth == 1

    @property
    def is_in_trash(self) -> bool:
        # By its place: a draft keeps the openness that it was written with.
        return bool(self.path) and not self.path.startswith(SITE_TREE)

    def find_practice_key(self, parent: "ContentPage | None") -> uuid.UUID | None:
        """The translation key of the practice that this page belongs to, or None."""
        if self.is_practice_root:
            return self.translation_key
        return parent.practice_key if parent else None

    # Showing

    def get_view_restrictions(self):
        """None: `audience` guards our pages, inside the workflow and the index."""
        return PageViewRestriction.objects.none()

    def route(self, request, path_components):
        """Like Wagtail's, and what this language does not have for the visitor: the Dutch page."""
        if path_components or self.is_there_for(request.user):
            try:
                return super().route(request, path_components)
            except Http404:
                if self.language_code == settings.LANGUAGE_CODE:
                    raise
        source = self.in_source_language()
        if source is None:
            raise Http404
        return source.specific.route(request, path_components)

    def is_there_for(self, user) -> bool:
        """Whether this is the page to show, and no translation that the visitor may not read.

        An alias is a copy of the Dutch page in the tree of another language.
        """
        if self.language_code == settings.LANGUAGE_CODE:
            return True
        return self.alias_of_id is None and can_see(user, self)

    def serve(self, request, *args, **kwargs):
        if not getattr(request, "is_preview", False):
            translated = self.better_translation(request.user)
            if translated is not None:
                query = request.META.get("QUERY_STRING", "")
                address = translated.get_url(request)
                return HttpResponseRedirect(f"{address}?{query}" if query else address)
        return super().serve(request, *args, **kwargs)

    def get_context(self, request, *args, **kwargs):
        context = super().get_context(request, *args, **kwargs)
        context["audience_sentence"] = self.audience_sentence
        context["only_for"] = ONLY_FOR.get(self.real_audience, "")
        context["language"] = self.language_of_text
        around = self.pages_around()
        context["crumbs"] = self.crumbs(request, around)
        versions = self.public_versions(around)
        context["meta"] = self.meta(versions, request)
        if self.language_code != settings.LANGUAGE_CODE:
            source = versions.get(settings.LANGUAGE_CODE) or self.in_source_language()
            if source is not None:
                # For the choice of language (config/frame.py).
                request.path_in_dutch = source.get_url(request)
        return context

    @property
    def real_audience(self) -> str:
        """For whom this page is open, the pages above it counted in."""
        if self.branch_audience in (IN_TRASH, NOBODY):
            return self.audience
        return narrowest(self.audience, self.branch_audience)

    @property
    def audience_sentence(self) -> str:
        """The same in words, made by the code that guards the page."""
        return str(AUDIENCE_SENTENCES[self.real_audience])

    @property
    def card_text(self) -> str:
        """What a list, a search engine or a shared link says about this page."""
        return self.search_description or self.summary

    def pages_around(self) -> list["ContentPage"]:
        """The pages above this one and this page in every language, seen by nobody yet."""
        step = self.steplen
        above = [self.path[:end] for end in range(HOME_DEPTH * step, len(self.path), step)]
        return list(
            ContentPage.objects.filter(
                Q(path__in=above) | Q(translation_key=self.translation_key, alias_of=None)
            ).for_links(*VISIBILITY_FIELDS)
        )

    def public_versions(self, around: list["ContentPage"]) -> dict[str, "ContentPage"]:
        """This page in every language in which everybody may read it, by language."""
        versions = [
            page
            for page in around
            if page.translation_key == self.translation_key and is_visible(VISITOR, page)
        ]
        return {
            page.language_code: page for page in sorted(versions, key=lambda page: page.locale_id)
        }

    def meta(self, versions: dict[str, "ContentPage"], request) -> PageMeta:
        """The lines in the head of this page."""
        return PageMeta(
            title=self.title,
            url=whole_address(self.get_url(request) or ""),
            description=in_one_line(self.card_text),
            is_public=any(version.pk == self.pk for version in versions.values()),
            alternates=alternates(
                (language, version.get_url(request) or "") for language, version in versions.items()
            ),
        )

    # Languages

    @cached_property
    def language_code(self) -> str:
        return code_of(self.locale_id)

    @property
    def language_of_text(self) -> str:
        """The language of this page when it stands in a frame of another one, else empty."""
        return "" if self.language_code == active_language() else self.language_code

    def in_source_language(self):
        """The Dutch page that this one is a translation of."""
        if self.language_code == settings.LANGUAGE_CODE:
            return self
        return ContentPage.objects.filter(
            translation_key=self.translation_key, locale__language_code=settings.LANGUAGE_CODE
        ).first()

    def better_translation(self, user):
        """This page in the visitor's own language, when it is another one and may be seen."""
        if not self.language_of_text:
            return None
        return (
            ContentPage.objects.filter(
                translation_key=self.translation_key,
                locale__language_code=active_language(),
                alias_of=None,
            )
            .visible_to(user)
            .first()
        )

    def get_url(self, request=None, current_site=None):
        """Like Wagtail's, without asking the database which site this is: there is one."""
        return path_of(self.url_path, self._get_site_root_paths(request))

    @property
    def own_addresses(self) -> list[str]:
        """Every path that leads to this page and to nothing else."""
        url = self.get_url()
        return [url] if url else []

    def address(self, request=None) -> str:
        """The path of this page in the frame of the visitor's language."""
        url = self.get_url(request) or ""
        return in_frame(url) if self.language_of_text else url

    # The way to this page

    def crumbs(self, request, around: list["ContentPage"]) -> list[dict[str, str]]:
        """The pages above this one that the reader may see, then this page without an address."""
        if self.depth <= HOME_DEPTH:
            return []
        role = role_of(request.user)
        above = sorted(
            (page for page in around if page.depth < self.depth and is_visible(role, page)),
            key=lambda page: page.depth,
        )
        crumbs = [
            {"label": page.title, "url": page.address(request), "lang": page.language_of_text}
            if page.depth > HOME_DEPTH
            else {"label": gettext("Home"), "url": page.address(request)}
            for page in above
        ]
        here = {"label": self.short_title, "url": "", "lang": self.language_of_text}
        return [*crumbs, here]

    def crumbs_below(self, request, label: str) -> list[dict[str, str]]:
        """The way to something that belongs to this page and is no page of the tree."""
        *above, here = self.crumbs(request, self.pages_around())
        return [*above, here | {"url": self.address(request)}, {"label": label, "url": ""}]

    @property
    def short_title(self) -> str:
        """The name of this page at the end of the way to it."""
        return self.title

    # People

    def writer_ids(self) -> set[int | None]:
        """The accounts behind this page, who do not approve it themselves."""
        return {self.owner_id}

    # Words

    @cached_property
    def all_terms(self) -> list[Term]:
        """Every term of this page, with its names, in two queries however many there are."""
        items = self.page_terms.select_related("tag")
        if active_language() != settings.LANGUAGE_CODE:
            items = items.prefetch_related("tag__translations")
        return sorted((item.tag for item in items), key=lambda term: (term.sort_order, term.name))

    def terms_of_kind(self, *kinds: TermKind) -> list[Term]:
        return [term for term in self.all_terms if term.kind in kinds]


class GoneAddress(models.Model):
    """The address of a public page that was deleted: visitors get a 410 with a way on."""

    path = models.CharField(_("address"), max_length=LONGEST_ADDRESS, unique=True)
    gone_at = models.DateTimeField(_("since"), auto_now_add=True)

    class Meta:
        verbose_name = _("withdrawn address")
        verbose_name_plural = _("withdrawn addresses")

    def __str__(self) -> str:
        return self.path


class TrashedQuerySet(models.QuerySet):
    def for_user(self, user):
        """What this person may see of the trash: project leaders all, others their own practice."""
        role = role_of(user)
        return self if role.sees_all else self.filter(practice_key__in=role.practice_keys)


class Trashed(models.Model):
    """Something that was thrown away: a page in all its languages, with all that lay below it."""

    page = models.OneToOneField(
        ContentPage, verbose_name=_("page"), on_delete=models.CASCADE, related_name="trashed"
    )
    practice_key = models.UUIDField(null=True, editable=False, db_index=True)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("thrown away by"),
        on_delete=models.SET_NULL,
        null=True,
        related_name="+",
    )
    at = models.DateTimeField(_("thrown away on"), auto_now_add=True, db_index=True)
    pages = models.PositiveIntegerField(_("pages"))
    # Whether readers could see any of it, or would have once the branch above was live.
    had_live = models.BooleanField()
    # Addresses that answer 410 meanwhile, and revisions that had a moment to be published.
    addresses = models.JSONField(default=list)
    planned = models.JSONField(default=dict)

    objects = TrashedQuerySet.as_manager()

    # It is no use of the page.
    wagtail_reference_index_ignore = True

    class Meta:
        verbose_name = _("thrown away page")
        verbose_name_plural = _("thrown away pages")
        ordering = ["-at", "-pk"]

    def __str__(self) -> str:
        return self.page.title


class TrashedBranch(models.Model):
    """A branch in one language that lies in the trash, and the place that it had."""

    trashed = models.ForeignKey(Trashed, on_delete=models.CASCADE, related_name="branches")
    page = models.OneToOneField(ContentPage, on_delete=models.CASCADE, related_name="+")
    parent = models.ForeignKey(Page, on_delete=models.SET_NULL, null=True, related_name="+")
    url_path = models.TextField()
    # The page that it stood before.
    before = models.ForeignKey(Page, on_delete=models.SET_NULL, null=True, related_name="+")

    wagtail_reference_index_ignore = True

    class Meta:
        verbose_name = _("thrown away branch")
        verbose_name_plural = _("thrown away branches")

    def __str__(self) -> str:
        return self.page.title
