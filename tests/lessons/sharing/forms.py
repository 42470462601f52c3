"""Filling in the form to share a lesson, as a browser without scripts sends it."""

from lessons.models import LessonPage
from tests.admin.forms import fields_of

SHARE, MINE = "/lessen/delen/", "/mijn/lessen/"
ANSWERS = {
    "situation": "We kregen pas laat contact als er thuis zorgen waren.",
    "action_taken": "De gezinscoach en ik staan elke dinsdag samen in de hal.",
    "lesson": "Wie vaak te zien is, wordt vroeg gevraagd.",
    "advice": "Ga elke week in de hal staan. Neem koffie mee.",
}
LATER, SEND_IN, AUTOSAVE = "later", "send", "autosave"


def send(client, url: str = SHARE, step: str = LATER, /, **changes):
    """Open the form, change these fields and press a button; the answer, after a redirect."""
    return post(client, form_at(client, url) | changes, url, step)


def form_at(client, url: str = SHARE) -> dict:
    """What the form would send, before somebody changes anything."""
    return fields_of(client.get(url)) | {"looked": "1"}


def post(client, data: dict, url: str = SHARE, step: str = LATER):
    return client.post(url, data | {"step": step}, follow=True)


def the_lesson() -> LessonPage:
    return LessonPage.objects.get()


def edit(lesson: LessonPage) -> str:
    return f"{SHARE}{lesson.number}/"
