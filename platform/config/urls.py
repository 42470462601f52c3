"""Every address of the platform. Those that visitors read exist in each language."""

from django.conf import settings
from django.conf.urls.i18n import i18n_patterns
from django.urls import include, path, re_path
from wagtail import urls as wagtail_urls
from wagtail.admin import urls as admin_urls
from wagtail.admin.auth import require_admin_access
from wagtail.urls import serve_pattern

from config import views
from content.sitemaps import sitemap
from feedback import views as feedback
from files.views import serve_document, serve_rendition
from home.views import serve
from lessons.sharing import views as sharing
from lessons.views import LessonFeed, glossary, lesson_by_number, term_index, term_page
from records.history import HistoryReport
from search.api import views as api
from search.comparing import views as comparing
from search.selection import views as selection
from search.views import export, opened, search

handler400 = "config.views.bad_request"
handler403 = "config.views.permission_denied"
handler404 = "config.views.page_not_found"
handler429 = "config.views.too_many_requests"
handler500 = "config.views.server_error"

urlpatterns = [
    # One door to sign in, whatever door Wagtail has as well.
    path("beheer/login/", views.to_sign_in),
    path("beheer/password_reset/", views.to_sign_in),
    path("_util/login/", views.to_sign_in),
    # In the place of Wagtail's own at the same addresses, which keep their names.
    path("beheer/reports/site-history/", require_admin_access(HistoryReport.as_view())),
    path(
        "beheer/reports/site-history/results/",
        require_admin_access(HistoryReport.as_view(results_only=True)),
    ),
    path("beheer/", include(admin_urls)),
    path(
        "documenten/<int:document_id>/<path:document_filename>",
        serve_document,
        name="wagtaildocs_serve",
    ),
    path("media/images/<path:name>", serve_rendition, name="serve_rendition"),
    path("sitemap.xml", sitemap, name="sitemap"),
    path("robots.txt", views.robots, name="robots"),
    path(".well-known/security.txt", views.security, name="security"),
    path("healthz", views.healthz, name="healthz"),
    path("readyz", views.readyz, name="readyz"),
    path("api/v1/search/", api.search, name="api_search"),
    path("api/v1/suggest/", api.suggest, name="api_suggest"),
    path("api/v1/openapi.json", api.openapi, name="api_openapi"),
]

urlpatterns += i18n_patterns(
    path("account/", include("accounts.urls")),
    path("zoeken/", search, name="search"),
    path("zoeken/export.<slug:file_format>", export, name="search_export"),
    path("zoeken/geopend/", opened, name="search_opened"),
    path("vergelijken/", comparing.compare, name="compare"),
    path(
        "vergelijken/export.<slug:file_format>", comparing.export_comparison, name="compare_export"
    ),
    path("vergelijken/vraag/", comparing.compare_question, name="compare_question"),
    path(
        "vergelijken/vraag/export.<slug:file_format>",
        comparing.export_question,
        name="compare_question_export",
    ),
    path("vergelijken/matrix/", comparing.compare_matrix, name="compare_matrix"),
    path(
        "vergelijken/matrix/export.<slug:file_format>",
        comparing.export_matrix,
        name="compare_matrix_export",
    ),
    path("vergelijken/paden/", comparing.compare_paths, name="compare_paths"),
    path(
        "vergelijken/paden/export.<slug:file_format>",
        comparing.export_paths,
        name="compare_paths_export",
    ),
    path("vergelijken/situatie/", comparing.compare_situation, name="compare_situation"),
    path("melden/", feedback.report, name="report"),
    path("melden/bedankt/", feedback.report_thanks, name="report_thanks"),
    path("contact/", feedback.question, name="question"),
    path("contact/bedankt/", feedback.question_thanks, name="question_thanks"),
    path("contact/<slug:practice>/", feedback.question, name="practice_question"),
    path("selectie/", selection.show, name="selection"),
    path("selectie/wijzig/", selection.alter, name="selection_alter"),
    path("selectie/export.<slug:file_format>", selection.export, name="selection_export"),
    path("selectie/hand-out.pdf", selection.handout, name="selection_handout"),
    path("lessen/delen/", sharing.share_lesson, name="share_lesson"),
    path("lessen/delen/<int:number>/", sharing.share_lesson_edit, name="share_lesson_edit"),
    path("lessen/delen/meedenken/", sharing.share_lesson_thoughts, name="share_lesson_thoughts"),
    path("mijn/lessen/", sharing.my_lessons, name="my_lessons"),
    path("mijn/lessen/<int:number>/naam/", sharing.lesson_byline, name="lesson_byline"),
    path(
        "mijn/lessen/<int:number>/weggooien/", sharing.throw_lesson_away, name="throw_lesson_away"
    ),
    path("begrippen/", glossary, name="glossary"),
    path("themas/", term_index, name="term_index"),
    path("themas/<slug:slug>/", term_page, name="term_page"),
    path("les/<int:number>/", lesson_by_number, name="lesson_by_number"),
    path("feeds/lessen.atom", LessonFeed(), name="lesson_feed"),
    re_path(serve_pattern, serve, name="wagtail_serve"),
    path("", include(wagtail_urls)),
    prefix_default_language=False,
)

if "debug_toolbar" in settings.INSTALLED_APPS:
    from debug_toolbar.toolbar import debug_toolbar_urls

    urlpatterns = [*debug_toolbar_urls(), *urlpatterns]
