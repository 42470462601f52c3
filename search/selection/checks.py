"""What an administrator learns from `manage.py check --deploy`."""

from django.core.checks import Warning as CheckWarning
from django.core.checks import register

from search.selection.printing import can_print

PACKAGES = "libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0"


# Only there: it starts a process, and a site without hand-outs works.
@register(deploy=True)
def check_printing(app_configs, **kwargs):
    """Without the libraries of WeasyPrint the page of a selection offers no PDF."""
    if can_print():
        return []
    hint = f"Debian and Ubuntu: apt install {PACKAGES}"
    return [CheckWarning("Hand-outs as PDF cannot be made here.", hint=hint, id="search.W001")]
