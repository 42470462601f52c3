"""News: planned until its day, and found by its year."""

from datetime import timedelta

import pytest
from django.utils import timezone

from home.models import NewsPage
from tests.factories import NewsPageFactory


def published(**fields):
    """A news item that an editor publishes."""
    page = NewsPageFactory(live=False, **fields)
    NewsPage.objects.get(pk=page.pk).save_revision().publish()
    return NewsPage.objects.get(pk=page.pk)


@pytest.mark.parametrize("days", [1, 400])
def test_news_of_a_day_to_come_is_planned_for_that_day(client, site_tree, days):
    day = timezone.localdate() + timedelta(days=days)
    page = published(date=day.isoformat(), title="Straks")

    assert not page.live
    begins = timezone.localtime(page.go_live_at)
    assert (begins.date(), begins.hour) == (day, 0)
    assert client.get(page.url).status_code == 404
    for address in (
        "/",
        "/nieuws/",
        f"/nieuws/?jaar={day.year}",
        "/zoeken/?q=straks",
        "/sitemap.xml",
    ):
        assert page.url not in client.get(address).content.decode(), address


def test_news_of_a_year_to_come_is_planned_for_its_first_day(site_tree):
    page = published(date="2999")

    assert timezone.localtime(page.go_live_at).isoformat().startswith("2999-01-01T00:00")


def test_a_later_moment_that_somebody_planned_stays(site_tree):
    moment = timezone.now() + timedelta(days=10)

    page = published(date=(timezone.localdate() + timedelta(days=2)).isoformat(), go_live_at=moment)

    assert page.go_live_at == moment


@pytest.mark.parametrize("date", ["2020", "2020-05", "today"])
def test_news_of_today_or_before_is_there_at_once(client, site_tree, date):
    page = published(date=timezone.localdate().isoformat() if date == "today" else date)

    assert page.live
    assert client.get(page.url).status_code == 200


def test_old_news_is_found_by_its_year(client, site_tree):
    old, new = published(date="2019-03", title="Oud"), published(date="2021", title="Nieuw")

    listed = client.get("/nieuws/?jaar=2019").content.decode()

    assert f'href="{old.url}"' in listed
    assert f'href="{new.url}"' not in listed.split("<main")[1].split("</main")[0]
