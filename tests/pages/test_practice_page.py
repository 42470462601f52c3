"""The page of a practice: who, what works, which way, what they learned."""

import datetime

import pytest
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from files.models import Download
from practices.models import Ring
from practices.rings import rings_of
from tests.factories import DownloadFactory, LessonPageFactory, PracticePageFactory
from tests.pages.markup import markup
from visibility.audience import Audience


def lessons_in_words(number: int) -> str:
    return ngettext("%(number)s lesson", "%(number)s lessons", number) % {"number": number}


def test_a_visitor_reads_who_take_part_and_what_works(client, full_practice, full_lesson):
    text = client.get(full_practice.url).content.decode()

    for shown in ("Emmen, sinds 2020", "Gemeente Emmen", "Onderwijscoach", "ogen en oren"):
        assert shown in text
    assert "Ouders weten bij wie ze moeten zijn." in text
    assert full_lesson.title in text


def test_what_is_not_known_is_said(client, practice):
    text = client.get(practice.url).content.decode()

    assert text.count(_("Not known")) >= 3
    assert _("Not filled in") in text


@pytest.mark.parametrize(
    "title", ["No path yet", "No lessons yet", "No files yet"]
)  # English msgids, shown in the language of the page
def test_an_empty_practice_says_what_will_come(client, practice, title):
    assert _(title) in client.get(practice.url).content.decode()


def test_the_count_beside_an_element_is_what_the_link_gives(client, full_practice, element):
    for number in range(3):
        LessonPageFactory(parent=full_practice, title=f"Les {number}", terms=[element])
    LessonPageFactory(parent=full_practice, title="Over iets anders")
    LessonPageFactory(title="Van een ander", parent=PracticePageFactory(), terms=[element])

    page = client.get(full_practice.url)
    address = next(link for link in markup(page).links if "?element=" in link)
    listed = client.get(address)

    assert len(listed.context["lines"]) == 3
    assert f'{address}">{lessons_in_words(3)}' in page.content.decode()


def test_lessons_of_another_circle_are_neither_shown_nor_counted(client, full_practice, leader):
    LessonPageFactory(parent=full_practice, title="Open les")
    LessonPageFactory(parent=full_practice, title="Binnenskamers", audience=Audience.PRACTICE)

    public = client.get(full_practice.url)
    client.force_login(leader)
    inside = client.get(full_practice.url)

    assert "Binnenskamers" not in public.content.decode()
    assert f'#lessen">{lessons_in_words(1)}<' in public.content.decode()
    assert f'#lessen">{lessons_in_words(2)}<' in inside.content.decode()


def test_an_ended_practice_says_since_when(client, practice):
    practice.ended_on = datetime.date(2024, 3, 1)
    practice.save()

    text = client.get(practice.url).content.decode()

    assert 'class="warning ended-notice"' in text
    assert "2024" in text


def test_a_practice_that_is_not_public_says_who_can_see_it(client, practice, professional):
    practice.audience = Audience.PRACTICE
    practice.save()
    client.force_login(professional)

    page = client.get(practice.url)

    assert 'class="audience-note"' in page.content.decode()
    assert markup(page).of_head("robots") == "noindex"


def test_the_name_of_a_person_is_shown_only_with_consent(client, full_practice):
    role = full_practice.team.first()
    role.person = "Sam de Vries"
    role.save()

    assert "Sam de Vries" not in client.get(full_practice.url).content.decode()

    role.person_consents = True
    role.save()

    assert "Sam de Vries" in client.get(full_practice.url).content.decode()


def test_the_downloads_of_a_practice_are_those_of_its_visible_pages(client, practice):
    LessonPageFactory(parent=practice, downloads=[DownloadFactory(title="Gesprekskaart")])
    LessonPageFactory(
        parent=practice,
        title="Verborgen",
        audience=Audience.PRACTICE,
        downloads=[DownloadFactory(title="Intern stuk")],
    )

    text = client.get(f"{practice.url}downloads/").content.decode()

    assert "Gesprekskaart" in text
    assert "Intern stuk" not in text


@pytest.mark.parametrize(
    ("asked", "order"),
    [
        ("", ["Agenda", "Brief", "Kaart"]),
        ("titel", ["Agenda", "Brief", "Kaart"]),
        ("nieuwste", ["Kaart", "Agenda", "Brief"]),
        ("soort", ["Agenda", "Kaart", "Brief"]),
        ("grootte", ["Brief", "Kaart", "Agenda"]),
        ("onzin", ["Agenda", "Brief", "Kaart"]),
    ],
)
def test_downloads_stand_in_the_order_that_somebody_chooses(client, practice, asked, order):
    files = [("Brief", "tekst.txt", 1, 1), ("Agenda", "a.pdf", 300, 2), ("Kaart", "k.pdf", 20, 3)]
    downloads = []
    for title, name, size, day in files:
        download = DownloadFactory(title=title)
        made = timezone.make_aware(datetime.datetime(2024, 5, day))
        Download.objects.filter(pk=download.pk).update(
            file_size=size, created_at=made, file=f"documents/{name}"
        )
        downloads.append(download)
    LessonPageFactory(parent=practice, downloads=downloads)

    shown = client.get(f"{practice.url}downloads/", {"sort": asked}).context["downloads"]

    assert [download.title for download in shown] == order


@pytest.mark.parametrize("core", range(5))
@pytest.mark.parametrize("fixed", [0, 1, 7])
@pytest.mark.parametrize("when_needed", [0, 1, 3])
def test_every_role_stands_once_in_the_drawing_and_within_it(core, fixed, when_needed):
    sizes = {Ring.CORE: core, Ring.FIXED: fixed, Ring.WHEN_NEEDED: when_needed}

    drawing = rings_of(sizes)

    if not sum(sizes.values()):
        assert drawing is None
        return
    discs = [*drawing.pair, *drawing.discs]
    assert [disc.number for disc in discs] == list(range(1, core + fixed + when_needed + 1))
    assert all(disc.x - 19 >= -6 and disc.x + 19 <= 446 for disc in discs)
    assert all(disc.y - 19 >= -6 and disc.y + 19 <= 446 for disc in discs)
