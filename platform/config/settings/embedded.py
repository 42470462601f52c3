"""Production on one's own machine, without any configuration: what `make run` uses.

The secret key is made once and kept under DATA_DIR; mails become files there.
"""

import contextlib
import os
import secrets
from pathlib import Path

from config import gunicorn

DATA_DIR = Path(os.environ.get("DATA_DIR") or Path(__file__).resolve().parents[3] / "var")
DATA_DIR.mkdir(mode=0o700, parents=True, exist_ok=True)
KEY_FILE = DATA_DIR / "secret-key"

if "SECRET_KEY" not in os.environ:
    if not KEY_FILE.exists():
        # Linked into place when complete: two processes that start together agree on one key.
        draft = DATA_DIR / f"secret-key.{os.getpid()}"
        draft.touch(mode=0o600)
        draft.write_text(secrets.token_urlsafe(64))
        with contextlib.suppress(FileExistsError):
            KEY_FILE.hardlink_to(draft)
        draft.unlink()
    os.environ["SECRET_KEY"] = KEY_FILE.read_text().strip()
os.environ.setdefault("ALLOWED_HOSTS", "localhost,127.0.0.1,[::1]")
os.environ.setdefault("BASE_URL", f"http://{gunicorn.here}")
os.environ.setdefault("EMAIL_URL", "file://")

from config.settings.production import *  # noqa: E402
