"""Servers as in production, on a database that is theirs alone."""

import contextlib
import http.client
import json
import os
import signal
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.request
from dataclasses import dataclass, field
from pathlib import Path

from tests.config.test_serve import free_port

ROOT = Path(__file__).resolve().parents[3]
START_SECONDS = 60


@dataclass
class Place:
    """A machine: a folder for its data, a database, and the processes that work there."""

    data_dir: Path
    database: str
    processes: list[subprocess.Popen] = field(default_factory=list)

    @property
    def index_folder(self) -> Path:
        return self.data_dir / "search-index"

    def start(self, *arguments: str, **environment: str) -> subprocess.Popen:
        with open(self.data_dir / "output.txt", "a") as output:
            process = subprocess.Popen(
                [sys.executable, *arguments],
                cwd=ROOT,
                env=self._environment() | environment,
                stdin=subprocess.DEVNULL,
                stdout=output,
                stderr=subprocess.STDOUT,
            )
        self.processes.append(process)
        return process

    def run(self, *arguments: str) -> str:
        """What a program prints, when it is ready."""
        done = subprocess.run(
            [sys.executable, *arguments],
            cwd=ROOT,
            env=self._environment(),
            check=True,
            stdout=subprocess.PIPE,
            text=True,
        )
        return done.stdout

    def _environment(self) -> dict[str, str]:
        return {
            "PATH": os.environ["PATH"],
            "TMPDIR": tempfile.gettempdir(),
            "DATA_DIR": str(self.data_dir),
            "DATABASE_URL": self.database,
            "DJANGO_SETTINGS_MODULE": "tests.search.processes.settings",
        }

    def serve(self, workers: int) -> "Server":
        port = free_port()
        process = self.start(
            *("-m", "gunicorn", "--config", "python:config.gunicorn", "config.wsgi"),
            PORT=str(port),
            WEB_CONCURRENCY=str(workers),
        )
        return Server(f"http://127.0.0.1:{port}", process)

    def publish(
        self, number: int, folder: Path, *servers: "Server", seconds: float = 0
    ) -> subprocess.Popen:
        """Lessons, until there are so many; what became of them stands in this folder.

        Each may be found so many seconds later; where it is withdrawn, it is gone at once.
        """
        urls = [server.url for server in servers]
        publishing = "tests.search.processes.publishing"
        return self.start("-m", publishing, str(number), str(folder), str(seconds), *urls)

    def compare(self) -> dict:
        """The index beside one that is made anew."""
        return json.loads(self.run("-m", "tests.search.processes.comparing"))

    @property
    def printed(self) -> str:
        return (self.data_dir / "output.txt").read_text()

    def stop(self) -> None:
        for process in self.processes:
            # The parent first, so that it makes no other children.
            children = children_of(process.pid)
            process.kill()
            process.wait()
            for child in children:
                kill(child)


@dataclass(frozen=True)
class Server:
    url: str
    process: subprocess.Popen

    def wait(self) -> "Server":
        deadline = time.monotonic() + START_SECONDS
        while time.monotonic() < deadline and self.process.poll() is None:
            with contextlib.suppress(OSError):
                if get(f"{self.url}/healthz")[0] == 200:
                    return self
            time.sleep(0.1)
        raise AssertionError("The site does not answer.")

    def total(self, word: str) -> int:
        """How many results there are for exactly this word."""
        status, answer = get(f"{self.url}/api/v1/search/?q=%22{word}%22")
        assert status == 200, answer
        assert len(answer["results"]) == answer["total"]
        return answer["total"]


def assert_everything_is_found(
    place: Place, server: Server, folder: Path, *, seconds: float = 0
) -> None:
    """What is committed is found once, what was withdrawn is not, and nothing else is there.

    A worker that could not write the index lately may find it so many seconds later.
    """
    faults = folder / "faults"
    assert not faults.exists(), faults.read_text()
    compared = place.compare()
    assert compared["lost"] == compared["too many"] == []
    assert compared["words"]
    latest = time.monotonic() + seconds
    while wrong := wrong_totals(server, compared["words"]):
        assert time.monotonic() < latest, f"{wrong}\n{place.printed}"
        time.sleep(0.1)


def wrong_totals(server: Server, words: list[str]) -> dict[str, int]:
    """How many results there are for the words that do not have just one."""
    totals = {word: server.total(word) for word in words}
    return {word: total for word, total in totals.items() if total != 1}


def get(address: str) -> tuple[int, dict]:
    """Status and answer; an answer that is no JSON is left out. Raises OSError without one."""
    try:
        with urllib.request.urlopen(address, timeout=60) as response:
            status, text = response.status, response.read()
    except urllib.error.HTTPError as error:
        status, text = error.code, error.read()
    except http.client.HTTPException as error:
        raise ConnectionError("The answer was broken off.") from error
    try:
        return status, json.loads(text)
    except ValueError:
        return status, {}


def children_of(pid: int) -> list[int]:
    with contextlib.suppress(FileNotFoundError):
        children = Path(f"/proc/{pid}/task/{pid}/children").read_text()
        return [int(child) for child in children.split()]
    return []


def kill(pid: int) -> bool:
    """The end that no process can prepare for."""
    try:
        os.kill(pid, signal.SIGKILL)
    except ProcessLookupError:
        return False
    return True
