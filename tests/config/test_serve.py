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
from dataclasses import dataclass
from pathlib import Path

import pytest

pytestmark = [pytest.mark.once, pytest.mark.xdist_group("serve")]

ROOT = Path(__file__).resolve().parents[2]
PATIENCE = 300  # Seconds. The first start takes about fifteen on an idle machine.


@dataclass(frozen=True)
class Run:
    """What was seen of a site between its start and an order to stop."""

    home: str
    style_status: int
    printed: str
    exit_code: int
    answers_after: bool


def serve(*, data_dir, port, **options):
    return subprocess.Popen(
        [sys.executable, "manage.py", "serve", "--empty"],
        cwd=ROOT,
        env={"PATH": os.environ["PATH"], "DATA_DIR": str(data_dir), "PORT": str(port)},
        stdin=subprocess.DEVNULL,
        **options,
    )


def run(data_dir, order):
    """Start a site as `make run` does, visit it, and stop it with a signal."""
    port = free_port()
    site = f"http://127.0.0.1:{port}"
    output = data_dir / "output.txt"
    with output.open("w") as stream:
        process = serve(data_dir=data_dir, port=port, stdout=stream, stderr=subprocess.STDOUT)
    try:
        wait_for(process, site, output)
        home = get(f"{site}/")[1]
        style = re.search(r'href="(/static/[^"]+\.[0-9a-f]{12}\.css)"', home)
        style_status = get(site + style[1])[0] if style else 0
        process.send_signal(order)
        exit_code = process.wait(timeout=30)
    finally:
        process.kill()
        process.wait()
    with socket.socket() as visitor:
        answers_after = visitor.connect_ex(("127.0.0.1", port)) == 0
    return Run(home, style_status, output.read_text(), exit_code, answers_after)


def wait_for(process, site, output):
    deadline = time.monotonic() + PATIENCE
    while time.monotonic() < deadline and process.poll() is None:
        if get(f"{site}/healthz")[0] == 200:
            return
        time.sleep(0.1)
    pytest.fail(f"The site does not answer. It printed:\n{output.read_text()}")


def get(address):
    """The status and the text of an answer; 0 when there is none."""
    try:
        with urllib.request.urlopen(address, timeout=30) as response:
            return response.status, response.read().decode()
    except urllib.error.HTTPError as error:
        return error.code, error.read().decode()
    except OSError:
        return 0, ""


def free_port():
    with socket.create_server(("127.0.0.1", 0)) as server:
        return server.getsockname()[1]


@pytest.fixture(scope="module")
def data_dir(tmp_path_factory):
    return tmp_path_factory.mktemp("data")


@pytest.fixture(scope="module")
def first_run(data_dir):
    return run(data_dir, signal.SIGTERM)


@pytest.fixture(scope="module")
def second_run(first_run, data_dir):
    return run(data_dir, signal.SIGINT)


def test_the_first_start_prints_the_addresses_and_a_login(first_run):
    assert re.search(r"http://127\.0\.0\.1:\d+/beheer/", first_run.printed)
    assert re.search(r"\S+@\S+ +\S{12,}", first_run.printed), first_run.printed


def test_a_later_start_prepares_nothing_and_prints_no_login(second_run):
    assert re.search(r"http://127\.0\.0\.1:\d+/beheer/", second_run.printed)
    assert "==>" not in second_run.printed
    assert "@" not in second_run.printed


def test_pages_and_their_hashed_styles_are_served(first_run, second_run):
    for visit in (first_run, second_run):
        assert "Lerende Praktijken" in visit.home
        assert visit.style_status == 200


def test_an_order_to_stop_ends_it_cleanly(first_run, second_run):
    for visit in (first_run, second_run):
        assert visit.exit_code == 0
        assert not visit.answers_after
        assert "Traceback" not in visit.printed


def test_only_the_owner_may_read_the_secret_key(first_run, data_dir):
    key = data_dir / "secret-key"

    assert len(key.read_text()) >= 50
    assert key.stat().st_mode & 0o077 == 0


def test_a_port_in_use_is_named_before_anything_else_happens(tmp_path):
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        process = serve(data_dir=tmp_path, port=port, stderr=subprocess.PIPE, text=True)
        _, complaint = process.communicate()

    assert process.returncode == 1
    assert f"127.0.0.1 port {port}: Address already in use" in complaint
    assert not (tmp_path / "platform.sqlite3").exists()
