"""Objects to test with: each valid without arguments, in Dutch, and the same at every run."""

from contextlib import nullcontext

from allauth.account.models import EmailAddress
from allauth.mfa.totp.internal.auth import TOTP
from django.contrib.auth.models import Group, Permission
from django.contrib.contenttypes.models import ContentType
from django.core.files.base import ContentFile
from factory import LazyAttribute, LazyFunction, Sequence, SubFactory, post_generation
from factory.django import DjangoModelFactory
from wagtail.models import Collection, Locale, Page, Site
from wagtail.signal_handlers import disable_reference_index_auto_update
from wagtail_factories.factories import MP_NodeFactory

from accounts.models import User
from accounts.second_factor import needs_second_factor
from content.models import ContentPage, PageDownload, PageSource
from files.models import Download
from home.models import HomePage, InformationPage, NewsIndexPage, NewsPage
from lessons.models import LessonIndexPage, LessonPage, Outcome
from practices.models import (
    DevelopmentPathIndexPage,
    DevelopmentPathPage,
    PathStep,
    PracticeIndexPage,
    PracticePage,
    StepStatus,
)
from vocabulary.models import Term, TermKind

PASSWORD = "een lange zin als wachtwoord"
# Of the app with codes of everybody who needs a second step.
TOTP_KEY = "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP"


def make_site() -> HomePage:
    """The languages, the roots, the default site and its home page, as far as they are missing.

    A live server empties the database after its test, also of what Wagtail's migrations made.
    """
    site = Site.objects.filter(is_default_site=True).select_related("root_page").first()
    home = HomePage.objects.filter(pk=site.root_page_id).first() if site else None
    if home is not None:
        return home
    for language in ("nl", "en"):
        Locale.objects.get_or_create(language_code=language)
    root = Page.get_first_root_node() or Page.add_root(title="Root", slug="root")
    if Collection.get_first_root_node() is None:
        Collection.add_root(name="Root")
    # The content type that wagtail-localize's own migration hangs it on.
    content_type, _created = ContentType.objects.get_or_create(
        app_label="wagtail_localize", model="translation"
    )
    Permission.objects.get_or_create(codename="submit_translation", content_type=content_type)
    home = HomePage.objects.filter(depth=2, locale__language_code="nl").first()
    if home is None:
        # Wagtail's own welcome page stands in the way.
        Page.objects.filter(depth=2).delete()
        root = Page.objects.get(pk=root.pk)
        home = HomePage(title="Lerende Praktijken", slug="home", locale=Locale.get_default())
        root.add_child(instance=home)
    Site.objects.update_or_create(
        is_default_site=True, defaults={"hostname": "localhost", "port": 80, "root_page": home}
    )
    return home


def only_child(parent: Page, model: type[ContentPage], **fields) -> ContentPage:
    """The page of this type below the parent; made if it is not there yet."""
    child = model.objects.child_of(parent).first()
    if child is None:
        child = model(locale=parent.locale, **fields)
        # A fresh parent: the tree may have grown since this one was read.
        Page.objects.get(pk=parent.pk).add_child(instance=child)
    return child


def practice_index() -> PracticeIndexPage:
    return only_child(make_site(), PracticeIndexPage, title="Praktijken", slug="praktijken")


def news_index() -> NewsIndexPage:
    return only_child(make_site(), NewsIndexPage, title="Nieuws", slug="nieuws")


def in_english(page: ContentPage, *, live: bool = True, **fields) -> ContentPage:
    """The English translation of a page and, where they are missing, of the pages above it."""
    english = Locale.objects.get(language_code="en")
    parent = page.get_parent().specific
    if parent.depth > 1 and not parent.has_translation(english):
        in_english(parent)
    with disable_reference_index_auto_update():
        twin = page.specific.copy_for_translation(english).specific
        for name, value in fields.items():
            setattr(twin, name, value)
        # Without a revision of its own: half the work, and the same to see.
        twin.live, twin.has_unpublished_changes = live, not live
        twin.save()
    return type(twin).objects.get(pk=twin.pk)


class UserFactory(DjangoModelFactory):
    """`UserFactory(groups=["Buitenring"])`; the password is PASSWORD."""

    email = Sequence(lambda number: f"iemand{number}@voorbeeld.nl")
    first_name = "Sam"
    last_name = "de Vries"

    class Meta:
        model = User
        skip_postgeneration_save = True

    @classmethod
    def _create(cls, model_class, *args, **kwargs):
        return model_class.objects.create_user(password=kwargs.pop("password", PASSWORD), **kwargs)

    @post_generation
    def groups(self, create, extracted, **kwargs):
        for group in extracted or []:
            if isinstance(group, str):
                group = Group.objects.get(name=group)
            self.groups.add(group)

    @post_generation
    def second_factor(self, create, extracted, **kwargs):
        """Who needs one has one, unless a test says otherwise."""
        EmailAddress.objects.filter(user=self).update(verified=True)
        if extracted is not False and needs_second_factor(User.objects.get(pk=self.pk)):
            TOTP.activate(self, TOTP_KEY)


class ContentPageFactory(MP_NodeFactory):
    """A page with the Dutch text of its type.

    The address follows from the title. `terms`, `sources` (titles) and `downloads` may be given.
    Lists of a page of practice may be left out: `parent` may be the practice itself.
    """

    locale = LazyFunction(lambda: Locale.objects.get(language_code="nl"))
    summary = "Hoe mensen om kinderen heen samenwerken."

    class Meta:
        model = ContentPage
        abstract = True

    @classmethod
    def _create_instance(cls, model_class, parent, kwargs):
        parent = cls.home_of(parent)
        terms = kwargs.pop("terms", ())
        sources = kwargs.pop("sources", ())
        downloads = kwargs.pop("downloads", ())
        rows = {name: kwargs.pop(name) for name in list(kwargs) if isinstance(kwargs[name], Rows)}
        page = model_class(**kwargs)
        for name, values in rows.items():
            setattr(page, name, values)
        page.sources = [PageSource(title=title) for title in sources]
        page.downloads = [PageDownload(download=download) for download in downloads]
        page.terms.add(*terms)
        # Noting what refers to what takes a tenth of the time of all tests.
        refers = terms or downloads or rows or {"extra", "body", "current_phase"} & set(kwargs)
        with nullcontext() if refers else disable_reference_index_auto_update():
            # A fresh parent: the tree may have grown since this one was read.
            Page.objects.get(pk=parent.pk).specific.add_child(instance=page)
        return page

    @classmethod
    def home_of(cls, parent):
        return parent or make_site()


class Rows(list):
    """Child rows for a page: `PracticePageFactory(team=Rows([TeamRole(...)]))`."""


class HomePageFactory(ContentPageFactory):
    title = "Lerende Praktijken"
    lead = "Wat werkt in samenwerken rond kinderen."

    class Meta:
        model = HomePage

    @classmethod
    def _create_instance(cls, model_class, parent, kwargs):
        """There is one home page in each language; this brings the Dutch one to these fields."""
        home = make_site()
        for name, value in kwargs.items():
            setattr(home, name, value)
        home.save()
        return home


class InformationPageFactory(ContentPageFactory):
    title = "Over dit platform"

    class Meta:
        model = InformationPage


class NewsPageFactory(ContentPageFactory):
    title = "Een nieuwe praktijk doet mee"
    date = "2024-05-17"
    body = "<p>Vanaf dit schooljaar werkt ook een tweede school mee.</p>"

    class Meta:
        model = NewsPage

    @classmethod
    def home_of(cls, parent):
        return parent or news_index()


class PracticeIndexPageFactory(ContentPageFactory):
    title = "Praktijken"

    class Meta:
        model = PracticeIndexPage

    @classmethod
    def _create_instance(cls, model_class, parent, kwargs):
        index = practice_index()
        for name, value in kwargs.items():
            setattr(index, name, value)
        index.save()
        return index


class PracticePageFactory(ContentPageFactory):
    title = "Orion"
    place = "Amsterdam"
    region = "Noord-Holland"
    start = "2020"

    class Meta:
        model = PracticePage

    @classmethod
    def home_of(cls, parent):
        return parent or practice_index()


def orion() -> PracticePage:
    return PracticePageFactory(title="Orion", place="Amsterdam")


def veens_welzijn() -> PracticePage:
    return PracticePageFactory(title="Veens Welzijn", place="Veenendaal")


def default_practice() -> PracticePage:
    practice = PracticePage.objects.filter(locale__language_code="nl").first()
    return practice or PracticePageFactory()


def below_practice(parent, index: type[ContentPage]) -> ContentPage:
    """Where pages of a practice live: below an index, which the practice made for itself."""
    parent = parent or default_practice()
    if isinstance(parent, PracticePage):
        return index.objects.child_of(parent).get()
    return parent


class DevelopmentPathPageFactory(ContentPageFactory):
    """`parent` may be the practice. Steps: `steps=Rows([...])`, or PathStepFactory afterwards."""

    title = "De Bron"
    school = LazyAttribute(lambda page: page.title)
    place = "Amsterdam"
    start = "2021"

    class Meta:
        model = DevelopmentPathPage

    @classmethod
    def home_of(cls, parent):
        return below_practice(parent, DevelopmentPathIndexPage)


class LessonPageFactory(ContentPageFactory):
    """`parent` may be the practice."""

    title = "Begin klein"
    situation = "<p>Ouders wisten niet bij wie zij terechtkonden.</p>"
    action = "<p>Twee coaches begonnen samen op één school.</p>"
    result = "<p>Na een half jaar kende iedere ouder hen.</p>"
    lesson = "Begin klein: één school, twee mensen, een vaste dag."
    outcome = Outcome.WORKED
    date = "2021-09"

    class Meta:
        model = LessonPage

    @classmethod
    def home_of(cls, parent):
        return below_practice(parent, LessonIndexPage)


class TermFactory(DjangoModelFactory):
    """`TermFactory(name="Ouders")`; the same name gives the same term."""

    name = "Samenwerken met ouders"
    kind = TermKind.THEME
    definition = "Ouders denken mee over wat hun kind nodig heeft."

    class Meta:
        model = Term
        django_get_or_create = ("name",)


class PathStepFactory(DjangoModelFactory):
    """A step that is on the published path at once."""

    page = SubFactory(DevelopmentPathPageFactory)
    phase = LazyFunction(
        lambda: TermFactory(name="Nulmeting", kind=TermKind.PHASE, sort_order=1, definition="")
    )
    title = "Gesprekken met alle leraren"
    status = StepStatus.DONE
    start = "2021"
    locale = LazyAttribute(lambda step: step.page.locale)

    class Meta:
        model = PathStep


class DownloadFactory(DjangoModelFactory):
    title = "Werkblad voor het eerste gesprek"
    description = "Vragen om samen mee te beginnen."
    collection = LazyFunction(Collection.get_first_root_node)
    file = LazyFunction(lambda: ContentFile(SMALL_PDF, name="werkblad.pdf"))

    class Meta:
        model = Download


SMALL_PDF = b"""%PDF-1.4
1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj
2 0 obj<</Type/Pages/Kids[3 0 R]/Count 1>>endobj
3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 200 200]>>endobj
trailer<</Root 1 0 R>>
%%EOF
"""
