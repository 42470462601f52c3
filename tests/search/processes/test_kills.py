"""Processes that die at any moment lose nothing, and nothing is found twice."""

import os
import random
import subprocess
import time
from pathlib import Path

from tests.search.processes.publishing import lines_in
from tests.search.processes.serving import assert_everything_is_found, children_of, kill

# `PUBLICATIONS=1000 pytest -s ...` for the long run.
PUBLICATIONS = int(os.environ.get("PUBLICATIONS") or 40)
# Somebody dies after so many changes, so many seconds later, also while nothing gets done.
CHANGES_BETWEEN_KILLS = (1, 2)
SECONDS_LATER = (0, 0.3)
LONGEST_WITHOUT_CHANGES = 10


def test_what_is_committed_is_found_once_whoever_is_killed(two_places, tmp_path):
    servers = [place.serve(workers=1) for place in two_places]
    publishers = two_places[0].publish(PUBLICATIONS, tmp_path, *servers)

    begin = time.monotonic()
    kills = kill_until_ready(publishers, [server.process for server in servers], tmp_path / "done")
    seconds = time.monotonic() - begin
    print(f"\n{lines_in(tmp_path / 'done')} changes in {seconds:.0f} s, {kills} processes killed")

    assert publishers.returncode == 0, two_places[0].printed
    assert kills >= PUBLICATIONS / 4
    for place, server in zip(two_places, servers, strict=True):
        assert_everything_is_found(place, server.wait(), tmp_path)


def kill_until_ready(publishers: subprocess.Popen, servers: list, done: Path) -> int:
    """Kills publishers and workers of the servers until the publishers end; how many it were."""
    chance = random.Random(9)
    kills = 0
    while publishers.poll() is None:
        wanted = lines_in(done) + chance.randint(*CHANGES_BETWEEN_KILLS)
        latest = time.monotonic() + LONGEST_WITHOUT_CHANGES
        while lines_in(done) < wanted and time.monotonic() < latest and publishers.poll() is None:
            time.sleep(0.02)
        time.sleep(chance.uniform(*SECONDS_LATER))
        victims = children_of(chance.choice([publishers, publishers, *servers]).pid)
        kills += bool(victims) and kill(chance.choice(victims))
    return kills
