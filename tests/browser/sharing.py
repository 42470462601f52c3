"""Sharing a lesson in a browser until it is sent in: where more than one journey begins."""

import re
from io import BytesIO

from PIL import Image

from tests.factories import SMALL_PDF

SHARE, MINE = "/lessen/delen/", "/mijn/lessen/"
QUEUE = "/beheer/wat-wacht/"
QUESTIONS = {
    "Wat was er aan de hand?": "We kregen pas laat contact als er thuis zorgen waren.",
    "Wat hebben jullie gedaan?": "De gezinscoach en ik staan elke dinsdag samen in de hal.",
    "Wat leerden jullie?": "Wie vaak te zien is, wordt vroeg gevraagd.",
    "Wat raad je een ander aan?": "Ga elke week in de hal staan. Neem koffie mee.",
}
TITLE = "Ga elke week in de hal staan"


def photo() -> dict:
    output = BytesIO()
    Image.new("RGB", (640, 480), "#14614f").save(output, "JPEG")
    return {"name": "hal.jpg", "mimeType": "image/jpeg", "buffer": output.getvalue()}


def sheet() -> dict:
    return {"name": "werkblad.pdf", "mimeType": "application/pdf", "buffer": SMALL_PDF}


def fill_in(page, **answers: str) -> None:
    """The four questions; `answers` by the first words of a question, else the usual ones."""
    for question, usual in QUESTIONS.items():
        page.get_by_label(question).fill(answers.get(question, usual))


def add_files(page) -> None:
    """A photo with its description and consent, and a work sheet."""
    page.get_by_text("Foto, bestand of collega toevoegen").click()
    page.get_by_label(re.compile("^Foto ")).set_input_files(photo())
    page.get_by_label(re.compile("te zien")).fill("Twee stoelen in een hal.")
    page.get_by_label(re.compile("te herkennen zonder toestemming")).check()
    page.get_by_label(re.compile("^Bestanden")).set_input_files(sheet())


def share_a_lesson(page, *, title: str = TITLE, with_files: bool = True) -> str:
    """From `/lessen/delen/`, signed in as a professional, to a lesson that waits; its title."""
    page.goto(SHARE)
    fill_in(page)
    page.get_by_label(re.compile("^Titel")).fill(title)
    if with_files:
        add_files(page)
    send_in(page)
    return title


def send_in(page) -> None:
    page.get_by_role("button", name="Stuur in").click()
    page.wait_for_load_state()
    if MINE not in page.url:
        # Without the script a writer first looks at what goes with the text.
        assert page.get_by_text("nog niet ingestuurd").is_visible()
        page.get_by_role("button", name="Stuur in").click()
    page.wait_for_url(f"**{MINE}")


def approve(page, title: str) -> None:
    """By the project leader, who is signed in here, from the list of what waits."""
    page.goto(QUEUE)
    page.get_by_role("link", name=title).press("Enter")
    page.get_by_role("button", name="Keur goed en publiceer").press("Enter")
    page.wait_for_url(f"**{QUEUE}")


def find(page, title: str) -> None:
    """As somebody without an account: by its words, with what belongs to it."""
    page.goto("/zoeken/")
    page.locator("main input[name=q]").fill(title)
    page.keyboard.press("Enter")
    page.get_by_role("link", name=title).first.press("Enter")
    page.get_by_role("heading", name=title, level=1).wait_for()


def standing_of(page, title: str) -> str:
    """What “My lessons” says of the newest lesson with this title."""
    page.goto(MINE)
    return page.locator(".my-lesson", has_text=title).first.locator(".state").inner_text().strip()
