"""Whatever somebody does to the tree, the index lets through exactly what `visible_to` does.

And it is the same index as one that is made anew: what follows the changes loses nothing.
"""

import pytest
from django.db import transaction
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from accounts.roles import role_of
from content.models import ContentPage, PageDownload
from files.access import visible_downloads
from files.models import Download
from home.models import NewsPage
from lessons.models import LessonPage
from practices.models import DevelopmentPathPage, PathStep, PracticePage
from search.index.copy import IndexCopy, index_copy
from search.index.finding import Question, look
from search.kinds import kinds_of_pages
from tests.factories import DownloadFactory, PathStepFactory, TermFactory, in_english
from tests.search.index_contents import contents
from tests.visibility.test_no_leaks import OPERATIONS, everybody
from vocabulary.models import Term, TermKind

__all__ = ["everybody"]


@pytest.fixture
def with_files(everybody):
    """Files on a page and at a step, one of them another form of a file; a page in English."""
    sheets = [DownloadFactory(title=f"Blad {number}") for number in range(4)]
    sheets[2].alternative_to = sheets[1]
    sheets[2].save()
    lesson, path = LessonPage.objects.first(), DevelopmentPathPage.objects.first()
    lesson.downloads = [PageDownload(download=sheet) for sheet in sheets[:3]]
    lesson.save()
    step = PathStepFactory(page=path, phase=phase())
    step.downloads = sheets[1::2]
    step.save()
    in_english(lesson)
    return everybody


# What else somebody does, and to what


def delete(page, *, data):
    page.delete()


def translate(page, *, data):
    if not page.get_translations().exists():
        in_english(page, live=data.draw(st.booleans()))


def publish_with_files(page, *, data):
    page.downloads = [PageDownload(download=sheet) for sheet in some_files(data)]
    page.save_revision().publish()


def publish_with_a_word(page, *, data):
    page.terms.add(TermFactory(name=data.draw(st.sampled_from(["Tafel", "Stoel"]))))
    page.save_revision().publish()


def rename_a_word(page, *, data):
    for term in Term.objects.filter(name="Tafel"):
        term.name = "Bank"
        term.save()


def publish_with_other_steps(page, *, data):
    step = PathStep(title="Nog een", phase=phase())
    step.downloads = some_files(data)
    page.steps = data.draw(st.sampled_from([[], [step], [*page.steps.all(), step]]))
    page.save_revision().publish()


def change_a_step(page, *, data):
    for step in PathStep.objects.filter(page=page.pk):
        step.downloads = some_files(data)
        step.save()


def delete_a_step(page, *, data):
    PathStep.objects.filter(page=page.pk).delete()


def delete_a_file(page, *, data):
    for sheet in some_files(data)[:1]:
        sheet.delete()


def name_a_school(page, *, data):
    page.paths = list(DevelopmentPathPage.objects.filter(locale=page.locale)[:1])
    page.save_revision().publish()


def name_another_practice(page, *, data):
    page.practice_page = data.draw(st.sampled_from([None, *PracticePage.objects.all()]))
    page.save_revision().publish()


def some_files(data) -> list[Download]:
    sheets = list(Download.objects.order_by("pk"))
    return data.draw(st.lists(st.sampled_from(sheets), unique=True)) if sheets else []


def phase() -> Term:
    return TermFactory(name="Nulmeting", kind=TermKind.PHASE)


MORE_OPERATIONS = [
    *((operation, ContentPage) for operation in OPERATIONS),
    *((operation, LessonPage) for operation in (delete, translate, publish_with_files)),
    *((operation, LessonPage) for operation in (publish_with_a_word, name_a_school)),
    *((operation, LessonPage) for operation in (rename_a_word, delete_a_file)),
    *((operation, DevelopmentPathPage) for operation in (delete, publish_with_other_steps)),
    *((operation, DevelopmentPathPage) for operation in (change_a_step, delete_a_step)),
    *((operation, NewsPage) for operation in (delete, translate, name_another_practice)),
]


def shown_to(user, language: str) -> set[tuple[str, int]]:
    """What the index gives, whose numbers agree with its list."""
    answer = look(role_of(user), language).find(Question(limit=500))
    shown = {(hit.source, hit.pk) for hit in answer.hits}
    assert len(shown) == len(answer.hits) == answer.total
    assert sum(answer.counts["soort"].values()) == answer.total
    return {key for key in shown if key[0] != "term"}


def allowed_for(user, language: str) -> set[tuple[str, int]]:
    """Each page once, in this language or else in the one that there is; and the files."""
    pages = ContentPage.objects.filter(content_type__in=kinds_of_pages(), alias_of=None)
    visible = list(pages.visible_to(user).select_related("locale"))
    once = {page.translation_key: page for page in visible}
    once |= {p.translation_key: p for p in visible if p.locale.language_code == language}
    files = visible_downloads(user).filter(alternative_to=None)
    return {("page", page.pk) for page in once.values()} | {("download", f.pk) for f in files}


@given(data=st.data())
@settings(
    max_examples=15,
    deadline=None,
    derandomize=True,
    # Making a failing case smaller would take minutes, and the list of operations is short.
    phases=[Phase.explicit, Phase.generate],
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
def test_the_index_is_the_door_after_any_operations(with_files, tmp_path_factory, data):
    with transaction.atomic():
        index_copy().up_to_date()
        for _ in range(data.draw(st.integers(2, 8), label="number of operations")):
            operation, kind = data.draw(st.sampled_from(MORE_OPERATIONS), label="operation")
            pages = [*kind.objects.order_by("path")]
            if pages:
                operation(data.draw(st.sampled_from(pages), label="page").specific, data=data)
        for name, user in with_files.items():
            for language in ("nl", "en"):
                assert shown_to(user, language) == allowed_for(user, language), (name, language)
        anew = IndexCopy(tmp_path_factory.mktemp("anew"))
        anew.rebuild()
        assert contents(index_copy().up_to_date()[0]) == contents(anew.up_to_date()[0])
        transaction.set_rollback(True)
