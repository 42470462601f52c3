"""The search page that a Wagtail project begins with, to compare ours with, among our addresses."""

from django.core.paginator import Paginator
from django.http import HttpResponse
from django.template import engines
from django.urls import path
from wagtail.models import Page

from config import urls

PER_PAGE = 10
TEMPLATE = """{% load wagtailcore_tags %}<!doctype html>
<html lang="nl"><head><title>{{ words }}</title></head><body>
<form><input name="q" value="{{ words }}"><button>Zoek</button></form>
<p>{{ page.paginator.count }}</p>
<ul>{% for result in page %}<li><a href="{% pageurl result %}">{{ result.title }}</a>
{{ result.search_description }}</li>{% endfor %}</ul>
{% if page.has_next %}<a href="?q={{ words|urlencode }}&amp;page={{ page.next_page_number }}">Verder
</a>{% endif %}</body></html>"""


def search(request):
    words = request.GET.get("q", "")
    found = Page.objects.live().search(words) if words else Page.objects.none()
    page = Paginator(found, PER_PAGE).get_page(request.GET.get("page"))
    template = engines["django"].from_string(TEMPLATE)
    return HttpResponse(template.render({"words": words, "page": page}, request))


urlpatterns = [path("plain/", search), *urls.urlpatterns]
