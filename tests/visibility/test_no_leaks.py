"""Whatever somebody does to the tree, `visible_to` is what the rule says, for every role.

The rule, written as plainly as it can be: a page is there for a person when it is live and not
expired, its audience includes the person, and the same holds for every page above it.
"""

import datetime

import pytest
from django.contrib.auth.models import AnonymousUser
from django.db import transaction
from django.utils import timezone
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from accounts.roles import PROJECT_LEADERS, Role, role_of
from content.models import ContentPage
from home.models import NewsPage
from lessons.models import LessonIndexPage, LessonPage
from practices.models import DevelopmentPathIndexPage, DevelopmentPathPage, PracticePage
from practices.setup import practice_group
from tests.factories import (
    DevelopmentPathPageFactory,
    InformationPageFactory,
    LessonPageFactory,
    NewsPageFactory,
    PracticePageFactory,
    UserFactory,
)
from visibility.audience import Audience
from visibility.rules import can_see, somebody_can_see


def whole_tree() -> dict[str, ContentPage]:
    """Every page as its own type, by its place in the tree."""
    pages = [page.specific for page in ContentPage.objects.select_related("locale")]
    return {page.path: page for page in pages}


def may_see(role: Role, page, tree) -> bool:
    """The rule itself, asked of one page and of each page above it."""
    return all(included(role, step, tree) for step in way_to(page, tree))


def way_to(page, tree) -> list[ContentPage]:
    lengths = range(page.steplen, len(page.path) + 1, page.steplen)
    return [tree[page.path[:length]] for length in lengths if page.path[:length] in tree]


def included(role: Role, page, tree) -> bool:
    now = timezone.now()
    if not page.live or (page.expire_at is not None and page.expire_at <= now):
        return False
    if role.sees_all:
        return True
    return {
        Audience.PUBLIC: True,
        Audience.OUTER_RING: role.outer_ring or bool(role.practice_keys),
        Audience.PRACTICES: bool(role.practice_keys),
        Audience.PRACTICE: practice_of(page, tree) in role.practice_keys,
    }[page.audience]


def practice_of(page, tree):
    """The key of the practice above a page, or None; a news item names its practice itself."""
    if isinstance(page, NewsPage):
        return page.practice_page.translation_key if page.practice_page_id else None
    practices = [step for step in way_to(page, tree) if isinstance(step, PracticePage)]
    return practices[0].translation_key if practices else None


@pytest.fixture
def everybody(site_tree, outer_ring):
    """A tree with two practices, and one person of each role."""
    orion, veens = (PracticePageFactory(title=title) for title in ("Orion", "Veens Welzijn"))
    for practice in (orion, veens):
        LessonPageFactory(parent=practice, title="Begin klein")
        LessonPageFactory(parent=practice, title="Vaste dag", live=False)
        DevelopmentPathPageFactory(parent=practice)
    NewsPageFactory(practice_page=orion)
    NewsPageFactory(title="Voor iedereen")
    InformationPageFactory(parent=InformationPageFactory(title="Over"), title="Privacy")
    return {
        "visitor": AnonymousUser(),
        "outer ring": outer_ring,
        "professional of A": UserFactory(groups=[practice_group(orion)]),
        "professional of B": UserFactory(groups=[practice_group(veens)]),
        "professional of both": UserFactory(groups=[practice_group(orion), practice_group(veens)]),
        "leader": UserFactory(groups=[PROJECT_LEADERS]),
    }


def publish(page, *, data):
    page.save_revision().publish()


def publish_with_audience(page, *, data):
    page.audience = data.draw(st.sampled_from(Audience.values))
    page.save_revision().publish()


def save_with_audience(page, *, data):
    page.audience = data.draw(st.sampled_from(Audience.values))
    page.save()


def save_only_the_audience(page, *, data):
    page.audience = data.draw(st.sampled_from(Audience.values))
    page.save(update_fields=["audience"])


def save_a_draft(page, *, data):
    page.audience = data.draw(st.sampled_from(Audience.values))
    page.expire_at = timezone.now() - datetime.timedelta(days=1)
    page.save_revision()


def unpublish(page, *, data):
    page.unpublish()


def expire(page, *, data):
    days = data.draw(st.sampled_from([None, -1, 1]))
    page.expire_at = None if days is None else timezone.now() + datetime.timedelta(days=days)
    page.go_live_at = None
    page.save()


def move(page, *, data):
    homes = {
        LessonPage: LessonIndexPage,
        DevelopmentPathPage: DevelopmentPathIndexPage,
        type(None): None,
    }
    kind = homes.get(type(page))
    if kind is None:
        return
    targets = list(kind.objects.order_by("path"))
    target = data.draw(st.sampled_from(targets))
    if target.pk == page.get_parent().pk:
        return
    if target.get_children().filter(slug=page.slug).exists():
        page.slug = f"{page.slug}-verhuisd-{page.pk}"
        page.save()
    page.move(target, pos="last-child")


def move_branch(page, *, data):
    """A whole information page with what stands below it."""
    if page._meta.model_name != "informationpage":
        return
    others = ContentPage.objects.filter(informationpage__isnull=False).exclude(pk=page.pk)
    target = data.draw(st.sampled_from([page.get_parent(), *others.order_by("pk")]))
    target.refresh_from_db()
    if target.pk == page.get_parent().pk or target.path.startswith(page.path):
        return
    page.move(target, pos="last-child")


def copy(page, *, data):
    if isinstance(page, LessonPage | DevelopmentPathPage):
        count = ContentPage.objects.count()
        page.copy(update_attrs={"slug": f"kopie-{count}"}, keep_live=data.draw(st.booleans()))


OPERATIONS = [
    publish, publish_with_audience, save_with_audience, save_only_the_audience, save_a_draft,
    unpublish, expire, move, move_branch, copy,
]  # fmt: skip


@given(data=st.data())
@settings(
    max_examples=30,
    deadline=None,
    derandomize=True,
    # Making a failing case smaller would take minutes, and the list of operations is short.
    phases=[Phase.explicit, Phase.generate],
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
def test_visible_to_is_the_rule_after_any_operations(everybody, data):
    with transaction.atomic():
        for _ in range(data.draw(st.integers(1, 8), label="number of operations")):
            pages = list(ContentPage.objects.order_by("path"))
            page = data.draw(st.sampled_from(pages), label="page").specific
            data.draw(st.sampled_from(OPERATIONS), label="operation")(page, data=data)
        tree = whole_tree()
        for name, user in everybody.items():
            role = role_of(user)
            expected = [page for page in tree.values() if may_see(role, page, tree)]
            for model in (ContentPage, LessonPage, PracticePage, NewsPage):
                found = set(model.objects.visible_to(user).values_list("pk", flat=True))
                assert found == {page.pk for page in expected if isinstance(page, model)}, name
        transaction.set_rollback(True)


def test_can_see_is_visible_to_for_one_page(everybody):
    tree = whole_tree()

    for user in everybody.values():
        for page in tree.values():
            expected = may_see(role_of(user), page, tree)
            assert can_see(user, page) is expected
            assert can_see(user, ContentPage.objects.get(pk=page.pk)) is expected


def test_somebody_can_see_what_is_live_for_any_group(everybody):
    tree = whole_tree()

    for page in tree.values():
        assert somebody_can_see(page) is may_see(Role(sees_all=True), page, tree)
