"""Signing in. The page names nothing of what the visitor wanted to see."""

from django.contrib.auth.views import LoginView


class SignInView(LoginView):
    template_name = "accounts/sign_in.html"
    redirect_authenticated_user = True
