"""Our conventions as system checks: `manage.py check` fails where somebody forgets one."""

from django.apps import apps
from django.core.checks import Error, Tags, register
from django.template import TemplateDoesNotExist
from django.template.loader import get_template

from content.models import ContentPage
from content.querysets import ContentQuerySet

OUR_APPS = {
    "accounts", "content", "feedback", "files", "home", "lessons", "practices", "search",
    "visibility", "vocabulary",
}  # fmt: skip


@register(Tags.models)
def check_pages(app_configs, **kwargs):
    """Every page type goes through the one door, has a template and a place in the tree."""
    errors = []
    for model in apps.get_models():
        if model._meta.app_label not in OUR_APPS or not hasattr(model, "subpage_types"):
            continue
        errors += _check_page(model)
    return errors


def _check_page(model) -> list[Error]:
    errors = []
    if not issubclass(model, ContentPage):
        errors.append(Error("A page must inherit from ContentPage.", obj=model, id="config.E001"))
        return errors
    if not isinstance(model.objects.all(), ContentQuerySet):
        errors.append(Error("Its manager must know visible_to.", obj=model, id="config.E002"))
    if model is ContentPage:
        return errors
    if "parent_page_types" not in vars(model) or "subpage_types" not in vars(model):
        errors.append(
            Error("Say which parents and children it may have.", obj=model, id="config.E003")
        )
    try:
        get_template(model.template)
    except TemplateDoesNotExist:
        errors.append(Error(f"There is no template {model.template}.", obj=model, id="config.E004"))
    return errors
