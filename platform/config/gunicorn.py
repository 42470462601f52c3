"""How gunicorn serves the site: `gunicorn --config python:config.gunicorn config.wsgi`."""

import gc
import os
from pathlib import Path

host = os.environ.get("HOST") or "127.0.0.1"
port = int(os.environ.get("PORT") or 8000)
bind = f"[{host}]:{port}" if ":" in host else f"{host}:{port}"
# What a browser on this machine asks for.
here = f"localhost:{port}" if host in ("0.0.0.0", "::") else bind  # noqa: S104

workers = int(os.environ.get("WEB_CONCURRENCY") or 2)
worker_class = "gthread"
threads = 4
# Loaded once and shared: a quick start and less memory.
preload_app = True
# A worker proves that it lives by touching a file; in memory a slow disk cannot make it look dead.
worker_tmp_dir = "/dev/shm" if Path("/dev/shm").is_dir() else None  # noqa: S108
graceful_timeout = 10
max_requests = 10_000
max_requests_jitter = 1_000

# Only these may tell the visitor's scheme (https) by a header; without any, nobody may.
forwarded_allow_ips = os.environ.get("TRUSTED_PROXIES", "")

accesslog = None  # It would hold addresses of persons and what they searched for.
errorlog = "-"
loglevel = "warning"
# It would listen in the home directory, for commands that we do not use.
control_socket_disable = True


def when_ready(server):
    """What is loaded now stays; searching it for rubbish would cost one in so many pages 0.1 s."""
    gc.freeze()
