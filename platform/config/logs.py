"""What the log leaves out."""

from logging import LogRecord

from django.core.exceptions import PermissionDenied


def refusal_without_traceback(record: LogRecord) -> bool:
    """Somebody was refused something: who reads the log needs the line, and not the way to it."""
    if record.exc_info and isinstance(record.exc_info[1], PermissionDenied):
        record.exc_info = None
    return True
