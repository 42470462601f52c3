"""For the processes that these tests start: as the embedded site, without collected files."""

from config.settings.embedded import *  # noqa: F403

STORAGES = STORAGES | {  # noqa: F405
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
}
# Each process tells visits apart for itself: what people ask is not what is tested here.
CACHES = CACHES | {  # noqa: F405
    "visits": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}
}
