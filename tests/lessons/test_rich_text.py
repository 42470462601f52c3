"""Text that was pasted from somewhere else keeps its words and loses its dress."""

import json

import pytest

from lessons.models import LessonIndexPage, LessonPage
from tests.admin.forms import edit, send
from tests.factories import DownloadFactory, LessonPageFactory, TermFactory

pytestmark = pytest.mark.once

# As the editor holds what Word puts on the clipboard, and as a crafted request could send it.
PASTED = {
    "entityMap": {
        "0": {"type": "LINK", "mutability": "MUTABLE", "data": {"url": "javascript:alert(1)"}},
        "1": {"type": "IMAGE", "mutability": "IMMUTABLE", "data": {"src": "https://x.test/a.png"}},
        "2": {"type": "LINK", "mutability": "MUTABLE", "data": {"url": "https://voorbeeld.nl/"}},
    },
    "blocks": [
        {
            "key": "a",
            "type": "unstyled",
            "depth": 0,
            "text": "Een kop uit Word <o:p></o:p> <script>alert(1)</script>",
            "inlineStyleRanges": [
                {"offset": 0, "length": 3, "style": "UNDERLINE"},
                {"offset": 4, "length": 3, "style": "BOLD"},
            ],
            "entityRanges": [{"offset": 8, "length": 3, "key": 0}],
        },
        {
            "key": "b",
            "type": "atomic",
            "depth": 0,
            "text": " ",
            "inlineStyleRanges": [],
            "entityRanges": [{"offset": 0, "length": 1, "key": 1}],
        },
        {
            "key": "c",
            "type": "unordered-list-item",
            "depth": 0,
            "text": "eerste punt",
            "inlineStyleRanges": [],
            "entityRanges": [{"offset": 0, "length": 6, "key": 2}],
        },
    ],
}


def saved(client, lesson, **changes) -> LessonPage:
    assert send(client, edit(lesson), "publish", **changes).status_code == 302
    return LessonPage.objects.get(pk=lesson.pk)


def test_only_what_the_editor_offers_is_kept(client, leader, lesson):
    client.force_login(leader)

    html = saved(client, lesson, situation=json.dumps(PASTED)).situation

    assert "Een" in html
    assert "<b>kop</b>" in html
    assert '<a href="https://voorbeeld.nl/">eerste</a> punt</li>' in html
    for trace in (
        "<h2",
        "<u>",
        "<img",
        "<embed",
        "javascript:",
        "<script",
        "<o:p",
        "style=",
        "class=",
    ):
        assert trace not in html


@pytest.mark.parametrize(
    "word",
    [
        '<p class="MsoNormal" style="margin:0cm"><span lang="NL" style="font-size:11pt">Tekst'
        "<o:p></o:p></span></p>",
        "<!--[if gte mso 9]><xml></xml><![endif]--><p>Tekst</p><script>alert(1)</script>",
        '<div><font face="Calibri"><p>Tekst</p></font></div><table><tr><td></td></tr></table>',
        '<h1 onclick="x()">Tekst</h1><iframe src="https://x.test/"></iframe>',
    ],
)
def test_html_that_came_in_another_way_is_cleaned_when_it_is_edited(client, leader, lesson, word):
    lesson.situation = word
    lesson.save_revision().publish()
    client.force_login(leader)

    html = saved(client, lesson).situation

    assert "Tekst" in html
    for trace in (
        "Mso",
        "style=",
        "<span",
        "<font",
        "<script",
        "<iframe",
        "<table",
        "onclick",
        "o:p",
    ):
        assert trace not in html


def test_a_list_shows_plain_text(client, lesson):
    lesson.lesson = "Eén <b>vet</b> woord"
    lesson.save_revision().publish()

    html = client.get(lesson.get_parent().url).content.decode()

    assert "Eén &lt;b&gt;vet&lt;/b&gt; woord" in html


def test_a_lesson_that_moves_keeps_its_words_files_and_number(
    client, leader, practice, other_practice
):
    lesson = LessonPageFactory(
        parent=practice, terms=[TermFactory()], downloads=[DownloadFactory()], sources=["Verslag"]
    )
    number, old = lesson.number, lesson.url
    index = LessonIndexPage.objects.child_of(other_practice).get()
    client.force_login(leader)

    client.post(f"/beheer/pages/{lesson.pk}/move/{index.pk}/confirm/")

    moved = LessonPage.objects.get(pk=lesson.pk)
    assert moved.practice_key == other_practice.translation_key
    assert (moved.number, moved.terms.count(), moved.downloads.count(), moved.sources.count()) == (
        number, 1, 1, 1,
    )  # fmt: skip
    assert client.get(f"/les/{number}/").url == moved.url != old
