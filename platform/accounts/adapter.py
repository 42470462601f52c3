"""How django-allauth signs people in here."""

from allauth.account.adapter import DefaultAccountAdapter
from django.conf import settings

from accounts.visitors import address_of


class AccountAdapter(DefaultAccountAdapter):
    """Accounts are made by invitation; their mails have our name."""

    def is_open_for_signup(self, request) -> bool:
        return False

    def get_client_ip(self, request) -> str:
        return address_of(request) or "unknown"

    def format_email_subject(self, subject: str) -> str:
        return str(subject)

    def send_mail(self, template_prefix: str, email: str, context: dict) -> None:
        name = {"name": settings.WAGTAIL_SITE_NAME, "domain": settings.BASE_URL}
        super().send_mail(template_prefix, email, {**context, "current_site": name})

    def get_password_change_redirect_url(self, request) -> str:
        return self.get_login_redirect_url(request)
