"""Notes what changes in what can be found, and keeps the index of the admin's choosers in step."""

import logging

from django.db.models import Model
from django.db.models.signals import m2m_changed, post_delete, post_save, pre_delete
from django.dispatch import receiver
from wagtail.models import Page
from wagtail.search import index
from wagtail.signals import page_published, post_page_move

from content.branches import branch_changed
from content.indexing import many_saved
from content.models import ContentPage, PageDownload, PageTerm
from files.models import Download, DownloadText
from lessons.models import LessonPage
from practices.models import DevelopmentPathPage, Partner, PathStep, PracticeElement, TeamRole
from search.changes import record
from search.index.copy import index_copy
from search.models import Subject
from vocabulary.models import Synonym, Term, TermTranslation

logger = logging.getLogger(__name__)

# Saving a draft writes only these fields of the live page: nothing that can be found.
FIELDS_OF_A_DRAFT = {
    *("latest_revision", "latest_revision_created_at", "has_unpublished_changes", "draft_title"),
    *("locked", "locked_at", "locked_by", "go_live_at", "owner"),
}
ROWS_OF_A_PAGE: list[type[Model]] = [TeamRole, Partner, PracticeElement, PathStep]
WORDS: list[type[Model]] = [TermTranslation, Synonym]


@receiver(page_published)
def index_with_rows(sender, instance, **kwargs):
    """Wagtail reads a page for its index before the rows of that page (team, steps) are saved."""
    if issubclass(sender, ContentPage):
        index.insert_or_update_object(instance)


@receiver(post_save)
def note_saved_page(sender, instance, created=False, update_fields=None, **kwargs):
    if not issubclass(sender, ContentPage) or (created and not instance.live):
        return
    if update_fields is None or not FIELDS_OF_A_DRAFT.issuperset(update_fields):
        record(Subject.PAGE, [instance.pk])


@receiver(page_published)
def note_published_page(sender, instance, **kwargs):
    # After its rows and words, and also where those were written without a signal.
    if issubclass(sender, ContentPage):
        record(Subject.PAGE, [instance.pk])


@receiver(post_delete)
def note_deleted_page(sender, instance, **kwargs):
    # Deleted as a plain page too, with the tree above it.
    if issubclass(sender, Page):
        record(Subject.PAGE, [instance.pk])


@receiver(post_page_move)
def note_moved_page(sender, instance, **kwargs):
    record(Subject.PAGE, [instance.pk])


@receiver(many_saved)
def index_many_saved_pages(sender, **kwargs):
    """So that no visitor waits for what an import saved. A failure is the next search's to mend."""
    try:
        index_copy().bring_up_to_date()
    except Exception:
        logger.exception("The search index does not have the import yet")


@receiver(branch_changed)
def note_changed_branch(sender, pks, **kwargs):
    record(Subject.PAGE, pks)


def note_row_of_a_page(sender, instance, **kwargs):
    record(Subject.PAGE, [instance.page_id])


def note_term_on_a_page(sender, instance, **kwargs):
    record(Subject.PAGE, [instance.content_object_id])


def note_file(sender, instance, **kwargs):
    record(Subject.DOWNLOAD, [instance.download_id])


def note_download(sender, instance, **kwargs):
    record(Subject.DOWNLOAD, [instance.pk])


def note_term(sender, instance, **kwargs):
    record(Subject.TERM, [instance.pk])


def note_word_of_a_term(sender, instance, **kwargs):
    record(Subject.TERM, [instance.term_id])


for signal in (post_save, post_delete):
    for model in ROWS_OF_A_PAGE:
        signal.connect(note_row_of_a_page, sender=model)
    for model in WORDS:
        signal.connect(note_word_of_a_term, sender=model)
    signal.connect(note_term_on_a_page, sender=PageTerm)
    signal.connect(note_file, sender=PageDownload)
    signal.connect(note_file, sender=DownloadText)
    signal.connect(note_download, sender=Download)
    signal.connect(note_term, sender=Term)


def note_files_of_a_step(sender, instance, action, pk_set, **kwargs):
    """The files at a step, and the path whose step it is."""
    if isinstance(instance, PathStep) and action in ("post_add", "post_remove", "pre_clear"):
        keys = pk_set or instance.downloads.values_list("pk", flat=True)
        record(Subject.DOWNLOAD, list(keys))


def note_relations_of_a_step(sender, instance, action, **kwargs):
    if isinstance(instance, PathStep) and action.startswith("post_"):
        record(Subject.PAGE, [instance.page_id])


def note_schools_of_a_lesson(sender, instance, action, **kwargs):
    if isinstance(instance, LessonPage) and action.startswith("post_"):
        record(Subject.PAGE, [instance.pk])


# What goes along with something else goes without a signal of its own.


@receiver(pre_delete, sender=PathStep)
def note_files_of_a_deleted_step(sender, instance, **kwargs):
    rows = PathStep.downloads.through.objects.filter(pathstep=instance.pk)
    record(Subject.DOWNLOAD, rows.values_list("download", flat=True))


@receiver(pre_delete, sender=Download)
def note_other_forms_of_a_deleted_file(sender, instance, **kwargs):
    record(Subject.DOWNLOAD, instance.alternatives.values_list("pk", flat=True))


@receiver(pre_delete, sender=DevelopmentPathPage)
def note_lessons_of_a_deleted_path(sender, instance, **kwargs):
    rows = LessonPage.paths.through.objects.filter(developmentpathpage=instance.pk)
    record(Subject.PAGE, rows.values_list("lessonpage", flat=True))


@receiver(pre_delete, sender=Term)
def note_paths_with_a_deleted_role(sender, instance, **kwargs):
    rows = PathStep.roles.through.objects.filter(term=instance.pk)
    record(Subject.PAGE, rows.values_list("pathstep__page", flat=True))


m2m_changed.connect(note_files_of_a_step, sender=PathStep.downloads.through)
m2m_changed.connect(note_relations_of_a_step, sender=PathStep.roles.through)
m2m_changed.connect(note_schools_of_a_lesson, sender=LessonPage.paths.through)
