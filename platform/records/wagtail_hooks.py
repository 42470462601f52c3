"""The log in the admin, and the words for what is noted in it."""

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail import hooks
from wagtail.log_actions import LogFormatter, log
from wagtail.models import Page

from accounts.roles import role_of


@hooks.register("construct_reports_menu")
def only_for_who_may_read_it(request, menu_items):
    if not role_of(request.user).sees_all:
        menu_items[:] = [item for item in menu_items if item.name != "site-history"]


@hooks.register("before_bulk_action", order=1000)
def note_what_is_deleted_in_bulk(request, action_type, objects, action):
    """Wagtail notes one that is deleted, and not several at once. Pages have the bin."""
    if action_type == "delete" and action.model is not Page:
        for each in objects:
            log(each, "wagtail.delete", user=request.user, deleted=True)


@hooks.register("register_log_actions")
def what_is_noted(actions):
    for action, label in SIMPLE.items():
        actions.register_action(action, label, label)
    actions.register_action("accounts.groups")(ChangedGroups)
    actions.register_action("vocabulary.renamed")(Renamed)
    actions.register_action("vocabulary.synonym_added")(SynonymAdded)
    actions.register_action("vocabulary.synonym_removed")(SynonymRemoved)
    actions.register_action("records.exported")(Exported)
    actions.register_action("lessons.imported")(Imported)


SIMPLE = {
    "accounts.activated": gettext_lazy("Account switched on"),
    "accounts.deactivated": gettext_lazy("Account switched off"),
    "accounts.administrator": gettext_lazy("Made an administrator"),
    "accounts.no_administrator": gettext_lazy("No administrator any more"),
    "accounts.second_factor_added": gettext_lazy("Second step for signing in added"),
    "accounts.second_factor_removed": gettext_lazy("Second step for signing in removed"),
    "accounts.password": gettext_lazy("New password"),
    "accounts.signed_in": gettext_lazy("Signed in"),
}


class ChangedGroups(LogFormatter):
    label = gettext_lazy("Groups of an account changed")

    def format_message(self, log_entry):
        added, removed = (", ".join(log_entry.data.get(name, [])) for name in ("added", "removed"))
        if added:
            return _("Added to %(groups)s") % {"groups": added}
        return _("Removed from %(groups)s") % {"groups": removed}


class Renamed(LogFormatter):
    label = gettext_lazy("Term renamed")

    def format_message(self, log_entry):
        return _("Renamed; it was “%(name)s”") % {"name": log_entry.data.get("from", "")}


class SynonymAdded(LogFormatter):
    label = gettext_lazy("Synonym added")

    def format_message(self, log_entry):
        return _("Synonym “%(word)s” added") % {"word": log_entry.data.get("word", "")}


class SynonymRemoved(LogFormatter):
    label = gettext_lazy("Synonym removed")

    def format_message(self, log_entry):
        return _("Synonym “%(word)s” removed") % {"word": log_entry.data.get("word", "")}


class Exported(LogFormatter):
    label = gettext_lazy("Taken along as a file")

    def format_message(self, log_entry):
        what = WHAT_IS_EXPORTED.get(log_entry.data.get("what"), "")
        return _("%(what)s taken along as a file (%(rows)s rows)") % {
            "what": what,
            "rows": log_entry.data.get("rows", ""),
        }


WHAT_IS_EXPORTED = {
    "log": gettext_lazy("The log"),
    "lessons": gettext_lazy("Lessons"),
    "questions": gettext_lazy("Questions to the search"),
}


class Imported(LogFormatter):
    label = gettext_lazy("Lessons imported")

    def format_message(self, log_entry):
        return _("Lessons imported (%(rows)s rows)") % {"rows": log_entry.data.get("rows", "")}
