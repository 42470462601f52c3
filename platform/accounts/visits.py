"""Telling visits apart for a day, without keeping who they are.

A visit is a number made of the session or the address of somebody with a salt that nobody knows.
Salt and numbers live in a cache only, and end with the day.
"""

import datetime
import hashlib
import re
import secrets
import time

from django.core.cache import caches
from django.core.cache.backends.filebased import FileBasedCache
from django.utils import timezone

from accounts.visitors import address_of

# Who asks again within this time, on another page or with other filters, goes on with one question.
SAME_VISIT_SECONDS = 30 * 60
# So many visits are told apart for one question on a day.
MOST_VISITS = 1_000
OPENED_PER_MINUTE = 30
# One name for every day: the next one overwrites it.
SALT = "search.salt"
# Programs that say so. A phone of the brand Cubot is none.
BOT = re.compile(
    r"(?<!cu)bot|crawl|spider|slurp|headless|preview|monitor|scan|fetch|feed"
    r"|curl|wget|python|java/|okhttp|go-http|libwww|httpclient|axios",
    re.IGNORECASE,
)


def is_reader(request) -> bool:
    """Whether a person seems to ask: no program, and no browser that only looks ahead."""
    agent = request.headers.get("User-Agent", "")
    purpose = request.headers.get("Sec-Purpose", "") + request.headers.get("Purpose", "")
    looks_ahead = "prefetch" in purpose.lower() or request.headers.get("X-Moz") == "prefetch"
    return bool(agent) and not BOT.search(agent) and not looks_ahead


def note_visit(request, question: str) -> int | None:
    """How many visits asked this today, this one included; None when it only goes on asking.

    Where two workers note at the same moment it may be fewer, never more.
    """
    salt = _salt_of_today()
    cache, key = caches["visits"], f"search.visits.{_digest(question, salt)}"
    seen: dict[str, float] = cache.get(key) or {}
    visit, now = _visit(request, salt), time.time()
    since = now - seen.get(visit, 0)
    if since < SAME_VISIT_SECONDS / 10:
        return None  # Noted so short ago that it need not be written again.
    if visit in seen or len(seen) < MOST_VISITS:
        cache.set(key, seen | {visit: now}, _seconds_left_today())
    return None if since < SAME_VISIT_SECONDS else len(seen.keys() | {visit})


def tells_too_much(request) -> bool:
    """Whether this visit opened more in this minute than people do."""
    return does_too_often(request, "search.opened", OPENED_PER_MINUTE)


def does_too_often(request, what: str, most: int) -> bool:
    """Count that this visit did this; whether that is more in this minute than it may."""
    salt, minute = _salt_of_today(), int(time.time() // 60)
    visit_in_minute = _digest(f"{_visit(request, salt)} {minute}", salt)
    cache, key = caches["visits"], f"{what}.{visit_in_minute}"
    cache.add(key, 0, 60)
    return cache.incr(key) > most


def is_first(request, what: str, seconds: int) -> bool:
    """Whether this visit did not do this yet within these seconds."""
    key = f"{what}.{_digest(_visit(request, _salt_of_today()), _salt_of_today())}"
    return caches["visits"].add(key, 1, seconds)


def forget_earlier_days() -> None:
    """A cache of files keeps what has ended until somebody asks for it: nobody will."""
    cache = caches["visits"]
    if isinstance(cache, FileBasedCache) and SALT not in cache:
        cache.clear()


def _visit(request, salt: bytes) -> str:
    if request.user.is_authenticated:
        return _digest(f"session {request.session.session_key}", salt)
    return _digest(f"{address_of(request)} {request.headers.get('User-Agent', '')}", salt)


def _digest(text: str, salt: bytes) -> str:
    return hashlib.blake2b(text.encode(), key=salt, digest_size=8).hexdigest()


def _salt_of_today() -> bytes:
    end = _seconds_left_today()
    salt = caches["visits"].get_or_set(SALT, lambda: secrets.token_bytes(32), end)
    return salt  # type: ignore[return-value]


def _seconds_left_today() -> int:
    now = timezone.localtime()
    tomorrow = (now + datetime.timedelta(days=1)).replace(hour=0, minute=0, second=0)
    return max(int((tomorrow - now).total_seconds()), 1)
