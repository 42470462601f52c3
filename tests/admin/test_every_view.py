"""Every view of the admin, asked by a professional about what belongs to another practice.

Each view is judged by hand: it refuses, or it answers and tells of nothing but the own practice. A
view that nobody judged, of a newer Wagtail or of our own, fails here until somebody did.
"""

import io
import re
import zipfile
from collections.abc import Iterator
from itertools import product

import pytest
from django.contrib.auth.models import Group
from django.contrib.contenttypes.models import ContentType
from django.contrib.messages import get_messages
from django.core.files.base import ContentFile
from django.urls import get_resolver
from django.urls.resolvers import URLPattern
from wagtail.admin.models import EditingSession
from wagtail.contrib.redirects.models import Redirect
from wagtail.models import (
    Collection,
    Comment,
    Locale,
    Page,
    Site,
    Task,
    TaskState,
    UploadedFile,
    Workflow,
    WorkflowState,
)
from wagtail_localize.models import (
    OverridableSegment,
    StringSegment,
    StringTranslation,
    Translation,
    TranslationSource,
)

from accounts.models import User
from accounts.roles import OUTER_RING
from content.models import Trashed
from feedback.models import Report, ReportKind
from files.models import Download, DownloadCount, EarlierVersion, Picture
from practices.setup import practice_collection, practice_group
from search.models import PromotedPage, Promotion
from tests.admin.forms import lessons_of
from tests.admin.judged_views import FAILS_ON_PURPOSE, REFUSES, TELLS_OF_ONES_OWN, keys_of
from tests.factories import (
    DevelopmentPathPageFactory,
    DownloadFactory,
    LessonPageFactory,
    PracticePageFactory,
    TermFactory,
    UserFactory,
    in_english,
    make_site,
)
from tests.files import samples
from tests.made_once import made_once, making
from visibility.audience import Audience
from visibility.setup import ensure_role_groups
from vocabulary.models import Term, TermKind

ADMIN = "beheer/"


def views(patterns, route="", names=()) -> Iterator[tuple[str, str]]:
    """The address, with its parts as they are declared, and the name of every view."""
    for pattern in patterns:
        address = route + str(pattern.pattern).removeprefix("^").removesuffix("$")
        if isinstance(pattern, URLPattern):
            yield address, ":".join([*names, pattern.name or ""])
        else:
            inner = (*names, pattern.namespace) if pattern.namespace else names
            yield from views(pattern.url_patterns, address, inner)


VIEWS = {
    address.removeprefix(ADMIN): name
    for address, name in views(get_resolver().url_patterns)
    if address.startswith(ADMIN)
}


# Every view by its name, or by its address where it has none, with its addresses.
KEYS: dict[str, list[str]] = {}
for _route, _name in VIEWS.items():
    KEYS.setdefault(_name.lstrip(":") or f"/{_route}", []).append(_route)
SECRET = re.compile(r"zwgeheim\w*", re.IGNORECASE)
# What a view does with a request that asks for too much.
REFUSALS = {302, 400, 403, 404, 405}


def everything_of(practice, person, word: str) -> dict[str, object]:
    """One of everything that the admin can show of a practice, each with a name that tells it."""
    collection = practice_collection(practice)
    document = DownloadFactory(
        title=f"{word}bestand", collection=collection, uploaded_by_user=person
    )
    document.tags.add(f"{word}bestandstag")
    picture = Picture.objects.create(
        title=f"{word}foto",
        file=ContentFile(samples.picture(), name=f"{word}foto.jpg"),
        collection=collection,
        uploaded_by_user=person,
    )
    picture.tags.add(f"{word}fototag")
    tag = TermFactory(name=f"{word}woord", slug=f"{word}woord", kind=TermKind.TAG)
    lesson = LessonPageFactory(
        parent=practice, title=f"{word}les", downloads=[document], terms=[tag], owner=person
    )
    lesson.title = f"{word}conceptles"
    first = lesson.save_revision(user=person, log_action=True)
    lesson.summary = f"{word}samenvatting"
    last = lesson.save_revision(user=person, log_action=True)
    comment = Comment.objects.create(
        page=lesson, user=person, text=f"{word}opmerking", contentpath="title"
    )
    draft = LessonPageFactory(parent=practice, title=f"{word}concept", live=False, owner=person)
    draft.save_revision(user=person, log_action=True)
    workflow_state = draft.get_workflow().start(draft, person)
    path = DevelopmentPathPageFactory(parent=practice, title=f"{word}pad", locked=True)
    path.locked_by = person
    path.save_revision(user=person, log_action=True)
    source, _ = TranslationSource.update_or_create_from_instance(lesson)
    translation = Translation.objects.create(
        source=source, target_locale=Locale.objects.get(language_code="en")
    )
    in_english(lesson.get_parent())
    translation.save_target(user=person, publish=False)
    session = EditingSession.objects.create(
        user=person,
        content_type=ContentType.objects.get_for_model(type(lesson)),
        object_id=lesson.pk,
        last_seen_at=lesson.latest_revision_created_at,
    )
    uploaded = {
        model: UploadedFile.objects.create(
            for_content_type=ContentType.objects.get_for_model(model),
            file=ContentFile(b"x", name=f"{word}.pdf"),
            uploaded_by_user=person,
        )
        for model in (Download, Picture)
    }
    earlier = EarlierVersion.objects.create(
        download=document,
        file=ContentFile(b"x", name=f"{word}eerder.pdf"),
        download_name=f"{word}eerder.pdf",
        since=document.created_at,
        brought_by=person,
    )
    DownloadCount.objects.create(download=document, day=document.created_at.date(), times=1)
    thrown_away = LessonPageFactory(parent=practice, title=f"{word}weg", owner=person, live=False)
    thrown_away.delete(user=person)
    report = Report.objects.create(kind=ReportKind.PRIVACY, page=lesson)
    report.messages.create(text=f"{word}melding", email=f"{word}melder@voorbeeld.nl")
    promotion = Promotion(questions=f"{word}vraag")
    promotion.pages = [PromotedPage(page_id=lesson.pk)]
    promotion.save()
    redirect = Redirect.objects.create(old_path=f"/{word}adres", redirect_page=lesson)
    return {
        "practice": practice, "person": person, "collection": collection, "document": document,
        "picture": picture, "tag": tag, "lesson": lesson, "first": first, "last": last,
        "comment": comment, "draft": draft, "path": path, "workflow_state": workflow_state,
        "source": source, "translation": translation, "session": session, "uploaded": uploaded,
        "promotion": promotion, "redirect": redirect, "index": lessons_of(practice),
        "english": translation.get_target_instance(), "group": practice_group(practice),
        "earlier": earlier, "report": report, "trashed": Trashed.objects.latest("pk"),
    }  # fmt: skip


@pytest.fixture(scope="module")
def world(django_db_setup, django_db_blocker):
    with made_once(django_db_blocker):
        with making(django_db_blocker):
            make_site()
            ensure_role_groups()
            made = {}
            for whose, word in (("own", "zweigen"), ("hidden", "zwgeheim")):
                practice = PracticePageFactory(
                    title=f"{word}praktijk", audience=Audience.PRACTICE, place=f"{word}plaats"
                )
                person = UserFactory(
                    email=f"{word}@voorbeeld.nl",
                    first_name=f"{word}voor",
                    last_name=f"{word}naam",
                    groups=[practice_group(practice)],
                )
                made[whose] = everything_of(practice, person, word)
        yield made


# What stands for each part of an address. Parts with one value are no secret of a practice.
LESSON = {"app_label": "lessons", "model_name": "lessonpage"}
PROMOTION = {"app_label": "search", "model_name": "promotion"}
TERM = {"app_label": "vocabulary", "model_name": "term"}
WORDS_IN_ADDRESSES = {
    "wagtail_bulk_action": [
        {"app_label": app_label, "model_name": model_name, "action": action}
        for app_label, model_name, actions in (
            ("wagtailcore", "page", ["publish", "unpublish", "delete", "move"]),
            ("files", "download", ["delete", "add_tags", "add_to_collection"]),
            ("files", "picture", ["delete", "add_tags", "add_to_collection"]),
            ("accounts", "user", ["delete", "assign_role", "set_active_state"]),
            ("vocabulary", "term", ["delete"]),
            ("search", "promotion", ["delete"]),
        )
        for action in actions
    ],
    "wagtailadmin_api:pages:action": [
        {"action_name": action}
        for action in (
            "publish", "unpublish", "delete", "copy", "move", "create_alias",
            "copy_for_translation", "convert_alias", "revert_to_page_revision",
        )
    ],
    "wagtailadmin_pages:workflow_action": [{"action_name": "approve"}, {"action_name": "reject"}],
    "wagtailadmin_pages:collect_workflow_action_data": [{"action_name": "reject"}],
    "wagtailadmin_pages:revisions_compare": [
        {},
        {"revision_id_a": "earliest", "revision_id_b": "latest"},
    ],
    "wagtailadmin_pages:choose_parent": [LESSON],
    "wagtailadmin_pages": [
        {"content_type_app_name": "lessons", "content_type_model_name": "lessonpage"}
    ],
    "wagtailadmin_tag_model_autocomplete": [
        {"app_name": "vocabulary", "model_name": "term"},
        {"app_name": "taggit", "model_name": "tag"},
    ],
    "wagtailadmin_workflows:add_task": [
        {"app_label": "wagtailcore", "model_name": "groupapprovaltask"}
    ],
    "wagtailadmin_editing_sessions:ping": [LESSON],
    "wagtailsettings": [{"app_name": "wagtailcore", "model_name": "site"}],
    "wagtail_localize": [PROMOTION, TERM],
    "wagtail_localize:preview_translation": [{"mode": ""}],
    "wagtailimages:preview": [{"filter_spec": "width-20"}],
    "wagtailadmin_password_reset_confirm": [{"uidb64": "MQ", "token": "a-b"}],
}  # fmt: skip
PAGE_PARTS = {"page_id", "page_to_move_id", "parent_page_id", "page_pk", "destination_id"}
OBJECTS = {
    "reset_second_factor:pk": ["person"],
    "trash_restore:pk": ["trashed"],
    "trash_delete:pk": ["trashed"],
    "reports:pk": ["report"],
    "version_id": ["earlier"],
    "wagtailadmin_api:documents:pk": ["document"],
    "wagtailadmin_api:images:pk": ["picture"],
    "wagtailadmin_collections:pk": ["collection"],
    "wagtailadmin_collections:collection_id": ["collection"],
    "wagtailadmin_pages:pk": ["lesson", "draft"],
    "wagtailadmin_editing_sessions:object_id": ["lesson"],
    "session_id": ["session"],
    "revision_id": ["first", "last"],
    "revision_id_a": ["first"],
    "revision_id_b": ["last"],
    "workflow_state_id": ["workflow_state"],
    "document_id": ["document"],
    "doc_id": ["document"],
    "image_id": ["picture"],
    "redirect_id": ["redirect"],
    "translation_id": ["translation"],
    "translation_source_id": ["source"],
    "wagtaildocs_chooser:pk": ["document"],
    "wagtailimages_chooser:pk": ["picture"],
    "wagtailusers_users:pk": ["person"],
    "wagtailusers_groups:pk": ["group"],
    "wagtailsnippets_search_promotion:pk": ["promotion"],
    "wagtailsnippetchoosers_search_promotion:pk": ["promotion"],
    "wagtailsnippets_vocabulary_term:pk": ["tag"],
    "wagtailsnippetchoosers_vocabulary_term:pk": ["tag"],
    "wagtail_localize:pk": ["promotion", "tag"],
}


def numbers(of, name: str, part: str) -> list[int]:
    """The primary keys that this part of the address of this view can have."""
    namespace = name.rpartition(":")[0]
    if part in PAGE_PARTS or f"{namespace}:{part}" == "wagtailadmin_api:pages:pk":
        return [of[key].pk for key in ("lesson", "draft", "path", "english", "index", "practice")]
    if part in ("task_state_id",):
        return [of["workflow_state"].current_task_state.pk]
    if part == "string_segment_id":
        return [StringSegment.objects.filter(source=of["source"]).first().pk]
    if part == "overridable_segment_id":
        return [OverridableSegment.objects.filter(source=of["source"]).first().pk]
    if part == "uploaded_file_id":
        model = Picture if "image" in name else Download
        return [of["uploaded"][model].pk]
    # Our own views have no namespace, and are told apart by their names.
    keys = OBJECTS.get(f"{namespace or name.lstrip(':')}:{part}") or OBJECTS[part]
    return [of[key].pk for key in keys]


SHARED = {
    "wagtailadmin_workflows:pk": Workflow,
    "wagtailadmin_workflows:workflow_pk": Workflow,
    "wagtailadmin_pages:task_id": Task,
    "wagtailadmin_workflows:task_id": Task,
    "wagtaillocales:pk": Locale,
    "wagtailsites:pk": Site,
    "wagtailsettings:pk": Site,
}


PART = re.compile(r"<(?:\w+:)?(\w+)>|\(\?P<(\w+)>[^)]*\)")


def addresses(world, route: str, *, own: bool = False) -> list[str]:
    """Every address of this view with something of the other practice in it; or with nothing."""
    name = VIEWS[route]
    namespace = name.rpartition(":")[0]
    parts = [first or second for first, second in PART.findall(route)]
    # With something of the other practice, one page of the own is as good as any.
    most_own = None if own else 1
    found = set()
    for words in WORDS_IN_ADDRESSES.get(name) or WORDS_IN_ADDRESSES.get(namespace) or [{}]:
        choices = []
        for part in parts:
            shared = SHARED.get(f"{namespace}:{part}")
            if part in words:
                choices.append([(words[part], None)])
            elif shared:
                choices.append([(shared.objects.first().pk, None)])
            else:
                choices.append(
                    [(number, False) for number in numbers(world["own"], name, part)[:most_own]]
                    + [(number, True) for number in numbers(world["hidden"], name, part)]
                )
        for combination in product(*choices):
            whose = [hidden for _, hidden in combination if hidden is not None]
            if whose and own == any(whose):
                continue
            values = iter(str(value) for value, _ in combination)
            address = PART.sub(lambda part, values=values: next(values), route)
            found.add(f"/{ADMIN}{address.replace(chr(92), '')}")
    return sorted(found)


A_LIST = re.compile("home|index|results|listing|search|choose_page$|:choose$|chosen_mu|type_use")


def questions(of) -> list[str]:
    """What a list could be asked, to make it tell of the other practice."""
    pages = "&".join(f"id={of[key].pk}" for key in ("lesson", "draft", "path", "english"))
    return [
        "?q=zwgeheim",
        "?search=zwgeheim&term=zwgeheim&label=zwgeheim&title=zwgeheim&name=zwgeheim",
        "?export=csv",
        "?export=xlsx",
        f"?{pages}",
        f"?id={of['document'].pk}&id={of['picture'].pk}",
        f"?id={of['tag'].pk}&id={of['promotion'].pk}",
        f"?collection_id={of['collection'].pk}",
        f"?parent_page_id={of['index'].pk}",
        f"?user={of['person'].pk}&owner={of['person'].pk}&edited_by={of['person'].pk}",
    ]


def told_by(response) -> set[str]:
    """The secrets in an answer, wherever they stand."""
    body = b"".join(response) if response.streaming else response.content
    if body.startswith(b"PK"):
        with zipfile.ZipFile(io.BytesIO(body)) as file:
            body = b" ".join(file.read(name) for name in file.namelist())
    messages = " ".join(str(message) for message in get_messages(response.wsgi_request))
    text = f"{body.decode(errors='replace')} {response.headers} {messages}"
    # What was asked may come back.
    return set(SECRET.findall(text)) - {"zwgeheim"}


def state_of(of) -> list:
    """Everything of the other practice that a request could change."""
    pages = Page.objects.filter(path__startswith=of["practice"].path) | Page.objects.filter(
        pk=of["english"].pk
    )
    fields = ("path", "title", "slug", "live", "locked", "latest_revision", "alias_of")
    return [
        *(
            sorted(model.objects.values_list(*fields), key=str)
            for model, fields in (
                (Comment, ("pk", "text", "resolved_at")),
                (Download, ("pk", "title", "collection", "taken_offline_at", "file")),
                (EarlierVersion, ("pk", "file")),
                (Trashed, ("pk",)),
                (Report, ("pk", "taken_offline_at", "settled_at")),
                (Picture, ("pk", "title", "collection")),
                (Collection, ("pk", "name", "path")),
                (TaskState, ("pk", "status", "comment")),
                (WorkflowState, ("pk", "status")),
                (Translation, ("pk", "enabled")),
                (StringTranslation, ("pk", "data")),
                (Promotion, ("pk", "questions")),
                (Redirect, ("pk", "old_path")),
                (Term, ("pk", "name")),
                (Group, ("pk", "name", "permissions__codename", "user")),
                (User, ("pk", "email", "is_active", "is_superuser", "password")),
                (UploadedFile, ("pk",)),
                (Locale, ("pk", "language_code")),
                (Site, ("pk", "hostname", "root_page")),
                (Workflow, ("pk", "name", "active")),
                (Task, ("pk", "name", "active")),
            )
        ),
        EditingSession.objects.filter(user=of["person"]).count(),
        list(pages.order_by("path").values_list(*fields)),
    ]


@pytest.fixture
def inside(client, db, world):
    """Signed in as the professional of the own practice."""
    client.force_login(User.objects.get(pk=world["own"]["person"].pk))
    # A view of Wagtail that stumbles over half a form tells nothing either.
    client.raise_request_exception = False
    return client


def test_every_view_was_judged():
    judged = [keys_of(table) for table in (REFUSES, TELLS_OF_ONES_OWN, FAILS_ON_PURPOSE)]

    assert set().union(*judged) == set(KEYS)
    assert sum(map(len, judged)) == len(KEYS)


@pytest.mark.parametrize("key", sorted(KEYS.keys() - keys_of(FAILS_ON_PURPOSE)))
def test_no_view_tells_of_another_practice_or_changes_it(inside, world, key):
    before = state_of(world["hidden"])
    crafted = {
        "title": "Gekaapt", "slug": "gekaapt", "name": "Gekaapt", "value": "Gekaapt",
        "chooser": world["own"]["index"].pk, "collection": world["own"]["collection"].pk,
    }  # fmt: skip
    answers = set()

    for route in KEYS[key]:
        for address in addresses(world, route):
            response = inside.get(address)
            answers.add(response.status_code)
            assert not told_by(response), address
            for method in ("post", *(("put", "delete") if "localize" in key else ())):
                response = getattr(inside, method)(address, crafted)
                answers.add(response.status_code)
                assert not told_by(response), (method, address)
            if not A_LIST.search(key) or response.status_code in (302, 404):
                continue
            for question in questions(world["hidden"]):
                response = inside.get(address + question)
                assert not told_by(response), address + question

    assert state_of(world["hidden"]) == before
    assert (answers <= REFUSALS) == (key in keys_of(REFUSES)), answers


# Views with an object of the own practice, which a professional works with.
WORKS = [
    "wagtailadmin_api:documents:detail",
    "wagtailadmin_api:images:detail",
    "wagtailadmin_api:pages:detail",
    "wagtailadmin_choose_page_child",
    "wagtailadmin_explore",
    "wagtailadmin_explore_results",
    "wagtailadmin_pages:add",
    "wagtailadmin_pages:copy",
    "wagtailadmin_pages:edit",
    "wagtailadmin_pages:history",
    "wagtailadmin_pages:history_results",
    "wagtailadmin_pages:move",
    "wagtailadmin_pages:revisions_compare",
    "wagtailadmin_pages:revisions_view",
    "wagtailadmin_pages:usage",
    "wagtailadmin_pages:view_draft",
    "wagtailadmin_pages:workflow_history",
    "wagtaildocs:document_usage",
    "wagtaildocs:edit",
    "wagtaildocs_chooser:chosen",
    "wagtailimages:edit",
    "wagtailimages:image_usage",
    "wagtailimages:preview",
    "wagtailimages_chooser:chosen",
    "wagtailimages_chooser:select_format",
]
LISTS = {"wagtailadmin_explore", "wagtailadmin_explore_results", "wagtailadmin_choose_page_child"}


@pytest.mark.every_case
@pytest.mark.parametrize("key", WORKS)
def test_a_view_of_the_own_practice_answers_and_tells_of_no_other(inside, world, key):
    answers = []

    for route in KEYS[key]:
        for address in addresses(world, route, own=True):
            asked = questions(world["hidden"]) if key in LISTS else []
            for question in ("", *asked):
                response = inside.get(address + question)
                answers.append(response.status_code)
                assert not told_by(response), address + question

    assert 200 in answers


# What Wagtail shows to everybody: the way to sign in, its pictures and its words.
OPEN_TO_ALL = {"wagtailadmin_javascript_catalog", "wagtailadmin_sprite"}


@pytest.mark.parametrize("name", ["visitor", "outer ring"])
def test_visitors_and_the_outer_ring_have_no_admin_at_all(client, db, world, name):
    if name == "outer ring":
        client.force_login(UserFactory(groups=[OUTER_RING]))
    else:
        client.logout()

    opened = set()
    for key, routes in KEYS.items():
        for route in routes:
            for address in addresses(world, route, own="<" in route)[:1]:
                for method in (client.get, client.post):
                    response = method(address)
                    assert not told_by(response), address
                    if response.status_code not in REFUSALS:
                        opened.add(key)

    assert opened == OPEN_TO_ALL
