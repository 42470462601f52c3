"""Where a request comes from."""

from django.conf import settings
from django.http import HttpRequest


def address_of(request: HttpRequest) -> str:
    """The address of whoever asks. Only a proxy of our own may tell another than its own."""
    address = request.META.get("REMOTE_ADDR", "")
    if address in getattr(settings, "TRUSTED_PROXIES", []):
        # The last one is what our own proxy saw; what stands before it anybody can write.
        return request.headers.get("X-Forwarded-For", address).rpartition(",")[2].strip()
    return address
