"""A PostgreSQL server that exists only while the tests run."""

import contextlib
import os
import pwd
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path
from urllib.parse import quote

SPEED = "-c fsync=off -c synchronous_commit=off -c full_page_writes=off"


@contextlib.contextmanager
def private_server():
    """Start a server on a socket in a folder of its own, give its address, remove it all after."""
    # Not in TMPDIR: the path of a socket may have at most some hundred characters.
    folder = Path(tempfile.mkdtemp(prefix="lerende-praktijken-postgresql-", dir="/tmp"))
    data = folder / "data"
    try:
        if os.geteuid() == 0:
            shutil.chown(folder, unprivileged_user())
        call("initdb", "-D", data, "-U", "tests", "-A", "trust", "-E", "UTF8", "--locale=C", "-N")
        options = f"-c listen_addresses='' -c unix_socket_directories='{folder}' {SPEED}"
        call("pg_ctl", "-D", data, "-l", folder / "log", "-o", options, "-w", "start")
        yield f"postgresql://tests@{quote(str(folder), safe='')}/platform"
    finally:
        if (data / "postmaster.pid").exists():
            call("pg_ctl", "-D", data, "-m", "immediate", "-w", "stop")
        shutil.rmtree(folder, ignore_errors=True)


def call(program, *arguments):
    """Run one of the server's programs; it refuses to run as root, so never as root."""
    user = unprivileged_user() if os.geteuid() == 0 else None
    command = [binaries() / program, *arguments]
    done = subprocess.run(
        command,
        cwd="/",
        user=user,
        group=pwd.getpwnam(user).pw_gid if user else None,
        extra_groups=[] if user else None,
        env={"PATH": os.environ["PATH"], "LC_ALL": "C"},
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        # A Ctrl-C is for the tests; the server is stopped after them.
        start_new_session=True,
        text=True,
    )
    if done.returncode:
        sys.exit(f"{program} failed:\n{done.stdout}")


def unprivileged_user():
    names = {entry.pw_name for entry in pwd.getpwall()}
    return "postgres" if "postgres" in names else "nobody"


def binaries():
    """Where the newest installed server is; Debian keeps it off the PATH."""
    if on_path := shutil.which("initdb"):
        return Path(on_path).resolve().parent
    found = [path.parent for path in Path("/usr/lib/postgresql").glob("*/bin/initdb")]
    if not found:
        sys.exit("The tests on PostgreSQL need its server. Install: apt install postgresql")
    return max(found, key=lambda path: int(path.parent.name))
