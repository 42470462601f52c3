"""The addresses of django-allauth in Dutch, under the names that it looks for."""

from allauth.account import views
from django.urls import include, path, re_path

from accounts.views import overview, sign_out_everywhere

urlpatterns = [
    path("", overview, name="account_overview"),
    path("uitloggen/overal/", sign_out_everywhere, name="account_sign_out_everywhere"),
    path("inloggen/", views.login, name="account_login"),
    path("uitloggen/", views.logout, name="account_logout"),
    path("aanmelden/", views.signup, name="account_signup"),
    path("niet-actief/", views.account_inactive, name="account_inactive"),
    path("ben-jij-het/", views.reauthenticate, name="account_reauthenticate"),
    path("e-mail/", views.email, name="account_email"),
    path(
        "e-mail/bevestigen/", views.email_verification_sent, name="account_email_verification_sent"
    ),
    re_path(
        r"^e-mail/bevestigen/(?P<key>[-:\w]+)/$", views.confirm_email, name="account_confirm_email"
    ),
    path("wachtwoord/", views.password_change, name="account_change_password"),
    path("wachtwoord/instellen/", views.password_set, name="account_set_password"),
    path("wachtwoord/vergeten/", views.password_reset, name="account_reset_password"),
    path(
        "wachtwoord/vergeten/verstuurd/",
        views.password_reset_done,
        name="account_reset_password_done",
    ),
    re_path(
        r"^wachtwoord/kiezen/(?P<uidb36>[0-9A-Za-z]+)-(?P<key>.+)/$",
        views.password_reset_from_key,
        name="account_reset_password_from_key",
    ),
    path(
        "wachtwoord/gekozen/",
        views.password_reset_from_key_done,
        name="account_reset_password_from_key_done",
    ),
    path("tweede-stap/", include("allauth.mfa.urls")),
]
