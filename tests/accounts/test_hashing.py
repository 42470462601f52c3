"""Passwords are kept as Argon2id, and those of an older version go over to it."""

import pytest
from django.contrib.auth.hashers import PBKDF2PasswordHasher, make_password
from django.contrib.auth.signals import user_logged_in
from django.urls import reverse

from accounts.models import User
from config.settings import base
from tests.factories import PASSWORD

OURS = "argon2$argon2id$v=19$m=19456,t=2,p=1$"


@pytest.fixture(autouse=True)
def _as_on_a_real_site(settings):
    settings.PASSWORD_HASHERS = base.PASSWORD_HASHERS


def sign_in(client, user):
    return client.post(reverse("account_login"), {"login": user.email, "password": PASSWORD})


def test_a_new_password_costs_what_we_chose():
    assert make_password(PASSWORD).startswith(OURS)


def test_a_password_of_an_older_version_works_and_is_kept_anew(client, professional):
    hasher = PBKDF2PasswordHasher()
    hasher.iterations = 1000
    User.objects.filter(pk=professional.pk).update(password=hasher.encode(PASSWORD, hasher.salt()))
    entered = []
    user_logged_in.connect(lambda user, **_: entered.append(user), weak=False, dispatch_uid="here")

    sign_in(client, professional)

    user_logged_in.disconnect(dispatch_uid="here")
    assert entered == [professional]
    assert User.objects.get(pk=professional.pk).password.startswith(OURS)
