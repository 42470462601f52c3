"""Signing in and out. The sign-in page names nothing of what the visitor wanted to see."""

from django.contrib.auth.views import LoginView, LogoutView
from django.template.response import TemplateResponse
from django.utils.decorators import method_decorator
from django.views.decorators.cache import never_cache


class SignInView(LoginView):
    template_name = "accounts/sign_in.html"
    redirect_authenticated_user = True


@method_decorator(never_cache, name="dispatch")
class SignOutView(LogoutView):
    """A link shows the button, the button signs out: no other site can do it for somebody."""

    http_method_names = ["get", "head", "post", "options"]

    def get(self, request):
        return TemplateResponse(request, "accounts/sign_out.html")
