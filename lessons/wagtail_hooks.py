"""What the admin's log calls what happens to lessons."""

from django.utils.translation import gettext_lazy
from wagtail import hooks

from lessons.sharing.byline import LOG_ACTION


@hooks.register("register_log_actions")
def names_of_authors(actions):
    actions.register_action(
        LOG_ACTION,
        gettext_lazy("Go on under the name of the practice"),
        gettext_lazy("Went on under the name of the practice"),
    )
