"""A limit for who asks for many files that are not there for them: they may be guessing."""

import time

from django.core.cache import caches
from django.http import HttpRequest

from accounts.visitors import address_of

# A page that was open for long may ask for some pictures that are gone; nobody asks for so many.
MOST_MISSES = 60
WINDOW_SECONDS = 60


def guesses_too_often(request: HttpRequest) -> bool:
    """Count that a file was missed; whether that is more in this minute than people miss.

    Who may have a file gets it all the same: a school has one address for everybody.
    """
    cache, key = caches["limits"], _key(request)
    misses = cache.get(key, 0)
    if misses >= MOST_MISSES:
        return True
    # Two at the same moment may count as one: the limit is as good one guess later.
    cache.set(key, misses + 1, WINDOW_SECONDS)
    return False


def seconds_left() -> int:
    """Until when whoever guesses has to wait."""
    return WINDOW_SECONDS - int(time.time()) % WINDOW_SECONDS


def _key(request: HttpRequest) -> str:
    """A school has one address for everybody, so who is signed in counts apart."""
    who = f"account {request.user.pk}" if request.user.is_authenticated else address_of(request)
    return f"files.misses.{who}.{int(time.time()) // WINDOW_SECONDS}".replace(" ", ".")
