"""For the tests: fast passwords, mails in memory, files in a folder that is thrown away."""

import atexit
import shutil
import tempfile

from config.settings.base import *

SECRET_KEY = "test-only-" + "x" * 50
ALLOWED_HOSTS = ["testserver", "localhost", "127.0.0.1"]
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
EMAIL_BACKEND = MAIL_DELIVERY_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
SEND_MAILS_IN_BACKGROUND = False
DATA_DIR = Path(tempfile.mkdtemp(prefix="lerende-praktijken-"))
atexit.register(shutil.rmtree, DATA_DIR, ignore_errors=True)
MEDIA_ROOT = DATA_DIR / "media"
STATIC_ROOT = DATA_DIR / "static"
STATIC_ROOT.mkdir()  # WhiteNoise warns when it is missing.
STORAGES = STORAGES | {
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
}
CACHES = CACHES | {
    "limits": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache", "LOCATION": "limits"},
    "visits": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache", "LOCATION": "visits"},
}
READ_DOWNLOADS_IN_BACKGROUND = False  # A test that needs the words has them read itself.
WHITENOISE_AUTOREFRESH = True
