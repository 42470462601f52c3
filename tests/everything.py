"""Every test on SQLite, and on a PostgreSQL server of our own what that can change.

This is what `make test` runs. Which tests those are: tests/few_cases.py.
"""

import contextlib
import os
import signal
import subprocess
import sys
import tempfile

import pytest

from tests.postgresql import private_server

# Settings of whoever calls, which must not decide what is tested.
FOREIGN = {
    *("ALLOWED_HOSTS", "BASE_URL", "CACHE_URL", "DATABASE_URL", "DATA_DIR", "EMAIL_URL", "HOST"),
    *("DJANGO_SETTINGS_MODULE", "MEDIA_STORAGE_URL", "PORT", "SECRET_KEY", "TRUSTED_PROXIES"),
    "WEB_CONCURRENCY",
}
PARALLEL = ("-n", "auto", "--maxprocesses", "4", "--dist", "loadgroup")
EVERY_CASE = "--every-case"


def main(arguments):
    signal.signal(signal.SIGTERM, stop)
    for name in list(os.environ):
        if name in FOREIGN or name.startswith("PG"):
            del os.environ[name]

    again = ["-m", "not browser and not once"]
    if EVERY_CASE in arguments:
        arguments = [argument for argument in arguments if argument != EVERY_CASE]
    else:
        again += ["-p", "tests.few_cases"]

    with tempfile.TemporaryDirectory(prefix="lerende-praktijken-") as scratch:
        os.environ["TMPDIR"] = scratch
        results = [
            run_pytest("SQLite", "-m", "not browser", *PARALLEL, *arguments),
            run_pytest("SQLite, in the browser", "-m", "browser", *arguments),
        ]
        with private_server() as url:
            os.environ["DATABASE_URL"] = url
            results.append(run_pytest("PostgreSQL", *again, *PARALLEL, *arguments))
    # With -k or a path a part may have nothing to do; all parts may not.
    return min(results)


def run_pytest(title, *arguments):
    """Run one part; a failing part ends the whole, so that the last line read is its own."""
    print(f"\n==> Tests: {title}", flush=True)
    process = subprocess.Popen([sys.executable, "-m", "pytest", *arguments])
    try:
        result = process.wait()
    except BaseException as interruption:
        # Ctrl-C reaches pytest by itself, an order to stop does not. Let it say how far it came.
        if isinstance(interruption, SystemExit):
            process.send_signal(signal.SIGINT)
        with contextlib.suppress(KeyboardInterrupt, subprocess.TimeoutExpired):
            process.wait(timeout=10)
        process.kill()
        raise
    if result not in (pytest.ExitCode.OK, pytest.ExitCode.NO_TESTS_COLLECTED):
        sys.exit(result if result > 0 else 128 - result)
    return result


def stop(*_):
    sys.exit(128 + signal.SIGTERM)


if __name__ == "__main__":
    try:
        sys.exit(main(sys.argv[1:]))
    except KeyboardInterrupt:
        sys.exit(130)
