"""`manage.py serve`: from an empty folder to a site that answers, and back."""

import os
import re
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from contextlib import contextmanager
from pathlib import Path

import pytest

pytestmark = [pytest.mark.process, pytest.mark.xdist_group("serve")]

ROOT = Path(__file__).resolve().parents[2]
PATIENCE = 180  # Seconds; the first start takes some ten on an idle machine.


@contextmanager
def served(data_dir):
    """A site in a process of its own, as `make run` starts it, with what it printed so far."""
    output = data_dir / "output.txt"
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = str(free.getsockname()[1])
    environment = {"PATH": os.environ["PATH"], "DATA_DIR": str(data_dir), "PORT": port}
    with output.open("w") as stream:
        process = subprocess.Popen(
            [sys.executable, "manage.py", "serve"],
            cwd=ROOT,
            env=environment,
            stdin=subprocess.DEVNULL,
            stdout=stream,
            stderr=subprocess.STDOUT,
        )
    try:
        yield process, f"http://127.0.0.1:{port}", output
    finally:
        process.kill()
        process.wait()


def get(address):
    with urllib.request.urlopen(address, timeout=20) as response:
        return response.status, response.read().decode()


def wait_until_it_answers(process, site, output):
    deadline = time.monotonic() + PATIENCE
    while time.monotonic() < deadline and process.poll() is None:
        try:
            return get(f"{site}/healthz")
        except urllib.error.HTTPError:
            break
        except OSError:
            time.sleep(0.1)
    pytest.fail(f"The site does not answer. It printed:\n{output.read_text()}")


@pytest.fixture(scope="module")
def data_dir(tmp_path_factory):
    """One place for this module: the first test fills it, the others find it filled."""
    folder = tmp_path_factory.mktemp("data")
    with served(folder) as (process, site, output):
        wait_until_it_answers(process, site, output)
        process.send_signal(signal.SIGTERM)
        process.wait(timeout=20)
        output.rename(folder / "first-output.txt")
    return folder


def test_the_first_start_prints_addresses_and_logins(data_dir):
    printed = (data_dir / "first-output.txt").read_text()

    assert re.search(r"http://127\.0\.0\.1:\d+/beheer/", printed)
    assert re.search(r"\S+@\S+ +\S{12,}", printed), printed


def test_a_later_start_keeps_the_data_and_prints_no_login(data_dir):
    database = (data_dir / "platform.sqlite3").stat().st_ino

    with served(data_dir) as (process, site, output):
        wait_until_it_answers(process, site, output)

        assert "==>" not in output.read_text()
        assert "@" not in output.read_text()
    assert (data_dir / "platform.sqlite3").stat().st_ino == database


@pytest.mark.parametrize("order", [signal.SIGTERM, signal.SIGINT])
def test_an_order_to_stop_ends_it_cleanly(data_dir, order):
    with served(data_dir) as (process, site, output):
        wait_until_it_answers(process, site, output)

        process.send_signal(order)

        assert process.wait(timeout=20) == 0
        with pytest.raises(OSError, match="refused"):
            get(f"{site}/healthz")


def test_it_serves_as_production_does(data_dir):
    with served(data_dir) as (process, site, output):
        wait_until_it_answers(process, site, output)

        status, html = get(f"{site}/")
        style = re.search(r'href="(/static/[^"]+\.[0-9a-f]{12}\.css)"', html)

        assert status == 200
        assert "Lerende Praktijken" in html
        assert style, "no style sheet with a hashed name"
        assert get(site + style[1])[0] == 200


def test_the_secret_key_is_made_once_and_only_its_owner_reads_it(data_dir):
    key = data_dir / "secret-key"

    assert len(key.read_text()) >= 50
    assert key.stat().st_mode & 0o077 == 0


def test_a_port_in_use_is_named_before_anything_else_happens(tmp_path):
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = str(taken.getsockname()[1])

        done = subprocess.run(
            [sys.executable, "manage.py", "serve"],
            cwd=ROOT,
            env={"PATH": os.environ["PATH"], "DATA_DIR": str(tmp_path), "PORT": port},
            capture_output=True,
            text=True,
        )

    assert done.returncode == 1
    assert f"127.0.0.1 port {port}: Address already in use" in done.stderr
    assert not (tmp_path / "platform.sqlite3").exists()
