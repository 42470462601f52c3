"""What holds for every installation. The other modules in this folder hold only differences."""

from pathlib import Path
from urllib.parse import quote

from django.utils.translation import gettext_lazy as _
from environs import Env

BASE_DIR = Path(__file__).resolve().parents[3]

env = Env()

# Everything that changes while the site runs lives here: database, uploads, mails, secret key.
DATA_DIR = Path(env.str("DATA_DIR", "") or BASE_DIR / "var").absolute()

# Applications

INSTALLED_APPS = [
    "feedback",
    "home",
    "search",
    "lessons",
    "practices",
    "reviewing",
    "records",
    "content",
    "files",
    "notifications",
    "vocabulary",
    "visibility",
    "accounts",
    "config",
    "wagtail_localize",
    "wagtail_localize.locales",
    "wagtail.contrib.redirects",
    "wagtail.contrib.routable_page",
    "wagtail.contrib.settings",
    "wagtail.documents",
    "wagtail.images",
    "wagtail.search",
    "wagtail.sites",
    "wagtail.snippets",
    "accounts.apps.UsersInAdminConfig",
    "wagtail.admin",
    "wagtail",
    "modelcluster",
    "taggit",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "csp",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.humanize",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.sitemaps",
    "django.contrib.staticfiles",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "config.middleware.ContentSecurityPolicyMiddleware",
    "config.middleware.CacheHeadersMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "accounts.second_factor.SecondFactorMiddleware",
    "visibility.overviews.OverviewsMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "content.redirects.RedirectMiddleware",
    "config.middleware.NulMiddleware",
]

ROOT_URLCONF = "config.urls"
WSGI_APPLICATION = "config.wsgi.application"
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "config.frame.frame",
            ],
        },
    },
]

# Database and cache

DATABASES = {
    "default": env.dj_db_url("DATABASE_URL", f"sqlite:///{quote(str(DATA_DIR))}/platform.sqlite3"),
}
if DATABASES["default"]["ENGINE"].endswith("sqlite3"):
    DATABASES["default"]["OPTIONS"] = {
        # Readers go on while somebody writes; a writer waits instead of failing at once.
        "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL;",
        "transaction_mode": "IMMEDIATE",
        "timeout": 20,
    }
else:
    DATABASES["default"]["CONN_MAX_AGE"] = 60
    DATABASES["default"]["CONN_HEALTH_CHECKS"] = True

CACHES = {"default": env.dj_cache_url("CACHE_URL", "locmem://")}
# Which visits did what today (accounts/visits.py). All workers must know the same ones, so without
# a shared cache they are small files, as meaningless to read as they are in memory.
if env.str("CACHE_URL", ""):
    CACHES["visits"] = CACHES["default"]
else:
    CACHES["visits"] = {
        "BACKEND": "django.core.cache.backends.filebased.FileBasedCache",
        "LOCATION": str(DATA_DIR / "visits"),
        "OPTIONS": {"MAX_ENTRIES": 10_000},
    }

# What must be the same for all workers at once: limits, and codes that were used.
if env.str("CACHE_URL", ""):
    CACHES["limits"] = CACHES["default"]
else:
    CACHES["limits"] = {
        "BACKEND": "django.core.cache.backends.db.DatabaseCache",
        "LOCATION": "accounts_limits",
    }

# People

AUTH_USER_MODEL = "accounts.User"
AUTHENTICATION_BACKENDS = ["allauth.account.auth_backends.AuthenticationBackend"]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "/"
LOGOUT_REDIRECT_URL = "/"
PASSWORD_HASHERS = [
    "accounts.hashing.PasswordHasher",
    # What an older version kept; it is renewed when its owner signs in.
    "django.contrib.auth.hashers.PBKDF2PasswordHasher",
]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {
        "NAME": "django.contrib.auth.password_validation.MinimumLengthValidator",
        "OPTIONS": {"min_length": 12},
    },
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "django.contrib.auth.password_validation.NumericPasswordValidator"},
]
# People read on shared computers in a staff room: a session ends after a working day.
SESSION_COOKIE_AGE = 8 * 60 * 60
SESSION_COOKIE_HTTPONLY = True
CSRF_COOKIE_HTTPONLY = False  # Wagtail's admin reads it for its own requests.

PASSWORD_RESET_TIMEOUT = 7 * 24 * 60 * 60  # An invitation too: somebody may work two days a week.
ACCOUNT_ADAPTER = "accounts.adapter.AccountAdapter"
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*"]
ACCOUNT_EMAIL_VERIFICATION = "mandatory"
ACCOUNT_CHANGE_EMAIL = True  # The old address stays until the new one is confirmed.
ACCOUNT_EMAIL_UNKNOWN_ACCOUNTS = False  # Nobody sends mail to strangers by typing addresses.
ACCOUNT_EMAIL_NOTIFICATIONS = True
ACCOUNT_SESSION_REMEMBER = False
ACCOUNT_REAUTHENTICATION_TIMEOUT = 15 * 60
ACCOUNT_REAUTHENTICATION_METHODS = {"password", "mfa"}
# A school has one address for everybody, so an address gets more room than an account. Wrong
# passwords count within five seconds: who is right waits no longer, however many are wrong at
# once (benchmarks/signing_in.py).
ACCOUNT_RATE_LIMITS = {
    "login": "300/m/ip",
    "login_failed": "20/5s/ip,5/5m/key",
    "reset_password": "20/m/ip,3/h/key",
}
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_TOTP_ISSUER = "Lerende Praktijken"
MFA_FORMS = {
    "add_webauthn": "accounts.forms.AddKeyForm",
    "edit_webauthn": "accounts.forms.ChangeKeyForm",
}
MFA_TOTP_TOLERANCE = 1  # The clock of a phone may be half a minute off.

# Languages and time

LANGUAGE_CODE = "nl"
LANGUAGES = WAGTAIL_CONTENT_LANGUAGES = [("nl", "Nederlands"), ("en", "English")]
LOCALE_PATHS = [BASE_DIR / "locale"]
TIME_ZONE = "Europe/Amsterdam"
USE_TZ = True
USE_I18N = True

# Files

STATIC_URL = "/static/"
STATIC_ROOT = DATA_DIR / "static"
STATICFILES_DIRS = [BASE_DIR / "static"]
MEDIA_ROOT = DATA_DIR / "media"
# No web server may serve this folder: documents and pictures pass the door (files/views.py).
MEDIA_URL = "/media/"
STORAGES: dict[str, dict] = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
}
FILE_UPLOAD_PERMISSIONS = 0o640
# A new download is read in a process of its own, to be found by its words (files/reading.py).
READ_DOWNLOADS_IN_BACKGROUND = True
READ_DOWNLOADS_SECONDS = 30  # Work on one file; the clock may go on twice as long.
DATA_UPLOAD_MAX_NUMBER_FIELDS = 10_000  # A path with many steps is one large form in the admin.

# Mail

EMAIL_TIMEOUT = 20  # A server that keeps silent holds up the other mails no longer than this.
vars().update(env.dj_email_url("EMAIL_URL", "console://"))
# Mail waits in the database until it is sent through what EMAIL_URL says (notifications/outbox.py).
MAIL_DELIVERY_BACKEND = vars()["EMAIL_BACKEND"]
EMAIL_BACKEND = "notifications.outbox.OutboxBackend"
SEND_MAILS_IN_BACKGROUND = True
EMAIL_FILE_PATH = str(DATA_DIR / "mail")
DEFAULT_FROM_EMAIL = env.str("DEFAULT_FROM_EMAIL", "Lerende Praktijken <noreply@localhost>")

# Security

BASE_URL = env.str("BASE_URL", "http://127.0.0.1:8000")
X_FRAME_OPTIONS = "SAMEORIGIN"  # Wagtail shows its previews in a frame of its own.
SILENCED_SYSTEM_CHECKS = ["security.W019"]  # It would have DENY there.
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"

# Wagtail

WAGTAIL_SITE_NAME = "Lerende Praktijken"
WAGTAILADMIN_BASE_URL = BASE_URL
WAGTAIL_I18N_ENABLED = True
WAGTAIL_ALLOW_UNICODE_SLUGS = False  # `één` becomes `een`: an address that anybody can type.
# Passwords and addresses are changed through one door only (accounts/urls.py).
WAGTAIL_PASSWORD_MANAGEMENT_ENABLED = False
WAGTAIL_PASSWORD_RESET_ENABLED = False
WAGTAIL_EMAIL_MANAGEMENT_ENABLED = False
WAGTAILUSERS_PASSWORD_ENABLED = False
WAGTAIL_FRONTEND_LOGIN_URL = "/account/inloggen/"
WAGTAIL_WORKFLOW_ENABLED = True
WAGTAIL_MODERATION_ENABLED = True
# Exactly the version that was approved, and not what was saved a moment later.
WAGTAIL_FINISH_WORKFLOW_ACTION = "reviewing.finishing.publish_approved"
# The admin asks no other host for anything: no portraits, no news about releases.
WAGTAIL_GRAVATAR_PROVIDER_URL = None
WAGTAIL_ENABLE_UPDATE_CHECK = False
WAGTAIL_ENABLE_WHATS_NEW_BANNER = False
# Our own revisioned `audience` decides who may see a page (visibility/), not Wagtail's privacy.
WAGTAIL_PRIVATE_PAGE_OPTIONS = {"SHARED_PASSWORD": False}
WAGTAILADMIN_PERMITTED_LANGUAGES = [("nl", _("Dutch")), ("en", _("English"))]
WAGTAILSEARCH_BACKENDS = {"default": {"BACKEND": "content.indexing"}}
WAGTAILDOCS_DOCUMENT_MODEL = "files.Download"
WAGTAILDOCS_DOCUMENT_FORM_BASE = "files.forms.DownloadForm"
WAGTAILDOCS_SERVE_METHOD = "serve_view"
WAGTAILDOCS_PRIVATE_COLLECTION_OPTIONS = {"SHARED_PASSWORD": False}
WAGTAILDOCS_INLINE_CONTENT_TYPES = ["application/pdf"]
WAGTAILDOCS_EXTENSIONS = [
    "pdf", "docx", "odt", "pptx", "xlsx", "csv", "txt", "jpg", "jpeg", "png", "webp", "mp3", "mp4",
]  # fmt: skip
WAGTAILDOCS_MAX_UPLOAD_SIZE = 50 * 1024 * 1024
WAGTAILIMAGES_IMAGE_MODEL = "files.Picture"
WAGTAILIMAGES_IMAGE_FORM_BASE = "files.forms.PictureForm"
WAGTAILIMAGES_EXTENSIONS = ["jpg", "jpeg", "png", "webp", "avif"]
WAGTAILIMAGES_MAX_UPLOAD_SIZE = 20 * 1024 * 1024
# A video is a link until somebody presses it (content/blocks.py).
WAGTAILEMBEDS_FINDERS: list[dict] = []
TAGGIT_CASE_INSENSITIVE = True

# Logging: to standard error, without query text, addresses or persons.

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"plain": {"format": "%(asctime)s %(levelname)s %(name)s %(message)s"}},
    "filters": {
        "refusals": {
            "()": "django.utils.log.CallbackFilter",
            "callback": "ext://config.logs.refusal_without_traceback",
        }
    },
    "handlers": {"stderr": {"class": "logging.StreamHandler", "formatter": "plain"}},
    "root": {"handlers": ["stderr"], "level": "INFO"},
    "loggers": {
        # A line for every page saved, with its title; Wagtail's own log in the database has it all.
        "wagtail": {"level": "WARNING"},
        "django_tasks": {"level": "WARNING"},
        "django.request": {"filters": ["refusals"]},
        # A line for every HEAD request: Django answers with a body, gunicorn leaves it out.
        "gunicorn.http.wsgi": {"level": "ERROR"},
    },
}
