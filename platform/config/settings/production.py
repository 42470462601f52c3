"""For an installation on the internet. Refuses to start without what it needs, and names it."""

from urllib.parse import unquote, urlsplit

from django.core.exceptions import ImproperlyConfigured
from environs import EnvError

from config.settings.base import *

DEBUG = False
try:
    SECRET_KEY = env.str("SECRET_KEY")
    ALLOWED_HOSTS: list[str] = env.list("ALLOWED_HOSTS")
    BASE_URL = WAGTAILADMIN_BASE_URL = env.str("BASE_URL")
except EnvError as error:
    raise ImproperlyConfigured(f"The environment lacks a setting: {error}") from error
if len(SECRET_KEY) < 50:
    raise ImproperlyConfigured("SECRET_KEY is too short: use at least 50 random characters.")
if not ALLOWED_HOSTS or "*" in ALLOWED_HOSTS:
    raise ImproperlyConfigured("ALLOWED_HOSTS must name the hosts of this site, and not '*'.")
if not BASE_URL.startswith(("https://", "http://")):
    raise ImproperlyConfigured(f"BASE_URL must start with https:// or http://, not {BASE_URL!r}.")

# Behind https everything is https; the embedded installation on one's own machine is not.
SECURE = BASE_URL.startswith("https://")
SECURE_SSL_REDIRECT = SECURE
SESSION_COOKIE_SECURE = SECURE
CSRF_COOKIE_SECURE = SECURE
SECURE_HSTS_SECONDS = 365 * 24 * 60 * 60 if SECURE else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = SECURE
SECURE_HSTS_PRELOAD = SECURE
SECURE_REDIRECT_EXEMPT = [r"^healthz$", r"^readyz$"]
CSRF_TRUSTED_ORIGINS = [BASE_URL.rstrip("/")]

# Only a proxy named here may tell the visitor's address, and the scheme (config/gunicorn.py).
TRUSTED_PROXIES: list[str] = env.list("TRUSTED_PROXIES", [])

MEDIA_STORAGE_URL = urlsplit(env.str("MEDIA_STORAGE_URL", ""))
if MEDIA_STORAGE_URL.scheme == "s3":
    # s3://key:secret@endpoint/bucket, each part percent-encoded where it needs to be
    STORAGES = STORAGES | {
        "default": {
            "BACKEND": "storages.backends.s3.S3Storage",
            "OPTIONS": {
                "endpoint_url": f"https://{MEDIA_STORAGE_URL.netloc.rpartition('@')[2]}",
                "access_key": unquote(MEDIA_STORAGE_URL.username or ""),
                "secret_key": unquote(MEDIA_STORAGE_URL.password or ""),
                "bucket_name": MEDIA_STORAGE_URL.path.strip("/"),
                "default_acl": "private",
                "querystring_auth": True,
                "file_overwrite": False,
            },
        }
    }
elif MEDIA_STORAGE_URL.geturl():
    raise ImproperlyConfigured("MEDIA_STORAGE_URL must look like s3://key:secret@endpoint/bucket.")
