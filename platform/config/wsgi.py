"""The door for gunicorn."""

import os

from django.core.wsgi import get_wsgi_application
from django.urls import get_resolver

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings.embedded")

application = get_wsgi_application()

# Read the addresses now, before the workers are made: no first visitor waits for it.
get_resolver().url_patterns  # noqa: B018
