"""The public pages for search engines, each in the languages that it exists in."""

from django.contrib.auth.models import AnonymousUser
from django.contrib.sitemaps import Sitemap
from django.contrib.sitemaps.views import sitemap as sitemap_view

from content.models import ContentPage


class PageSitemap(Sitemap):
    """Always what an anonymous visitor may see, whoever asks."""

    # The most that one sitemap may hold.
    limit = 50_000
    protocol = None

    def items(self):
        return (
            ContentPage.objects.visible_to(AnonymousUser()).filter(alias_of=None).order_by("path")
        )

    def location(self, item):
        return item.get_url() or "/"

    def lastmod(self, item):
        return item.last_published_at


def sitemap(request):
    return sitemap_view(request, {"pages": PageSitemap})
