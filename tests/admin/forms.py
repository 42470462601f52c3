"""Filling in forms of the admin as a browser without scripts would send them."""

import json

from bs4 import BeautifulSoup
from django.urls import reverse

from lessons.models import LessonIndexPage
from practices.models import DevelopmentPathIndexPage


def fields_of(response) -> dict[str, str | list[str]]:
    """What the form of this page would send, before somebody changes anything."""
    page = BeautifulSoup(response.content, "html.parser")
    form = page.select_one("form[data-edit-form]") or page.select_one("main form")
    data: dict[str, list[str]] = {}
    for field in form.select("input[name], textarea[name], select[name]"):
        data.setdefault(field["name"], []).extend(_values(field))
    return {
        # Running text is built by a script: here it starts empty.
        **{f"{name.removesuffix('-count')}-count": "0" for name in _streams(form)},
        **{
            name: values[0] if len(values) == 1 else values
            for name, values in data.items()
            if values
        },
    }


def _values(field) -> list[str]:
    if field.name == "textarea":
        return [field.text.removeprefix("\n")]
    if field.name == "select":
        return [option.get("value", "") for option in field.select("option[selected]")]
    if field.get("type") in ("checkbox", "radio"):
        return [field.get("value", "on")] if field.has_attr("checked") else []
    if field.get("type") in ("submit", "file", "button"):
        return []
    return [field.get("value", "")]


def _streams(form) -> list[str]:
    return [block["id"] for block in form.select("[data-w-block-data-value]") if block.get("id")]


def row(prefix: str, data: dict, **fields) -> dict[str, str]:
    """One more row in an inline panel, for the fields of this form."""
    number = int(data[f"{prefix}-TOTAL_FORMS"])
    return {
        f"{prefix}-TOTAL_FORMS": str(number + 1),
        f"{prefix}-{number}-id": "",
        f"{prefix}-{number}-ORDER": str(number + 1),
        f"{prefix}-{number}-DELETE": "",
        **{f"{prefix}-{number}-{name}": value for name, value in fields.items()},
    }


def rich(text: str) -> str:
    """Plain text as the rich text editor sends it."""
    block = {"key": "a", "type": "unstyled", "depth": 0, "text": text}
    return json.dumps(
        {"blocks": [block | {"inlineStyleRanges": [], "entityRanges": []}], "entityMap": {}}
    )


def send(client, url: str, action: str = "", /, **changes):
    """Open a form, change these fields, and press a button: `publish`, `submit` or save."""
    data = fields_of(client.get(url)) | changes
    if action:
        data[f"action-{action}"] = "1"
    return client.post(url, data)


def edit(page) -> str:
    return reverse("wagtailadmin_pages:edit", args=[page.pk])


def add(model, parent) -> str:
    opts = model._meta
    return reverse("wagtailadmin_pages:add", args=[opts.app_label, opts.model_name, parent.pk])


def lessons_of(practice) -> LessonIndexPage:
    return LessonIndexPage.objects.child_of(practice).get()


def paths_of(practice) -> DevelopmentPathIndexPage:
    return DevelopmentPathIndexPage.objects.child_of(practice).get()


def errors_in(response) -> dict[str, list[str]]:
    """The messages at the fields of the form that was refused."""
    return {name: list(errors) for name, errors in response.context["form"].errors.items()}


def decide(client, page, button: str, **changes):
    """Read along on a page that waits, and press a button: `approve`, `reject`, `take`."""
    url = reverse("reviewing_page", args=[page.pk])
    return client.post(url, fields_of(client.get(url)) | changes | {button: "1"})
