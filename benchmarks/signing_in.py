"""How long a right password takes while 200 wrong ones arrive: `python -m benchmarks.signing_in`.

The server runs as `bin/run` starts it, on a folder that is thrown away. All come from one address,
as in a school or in an attack, and each wrong password is for an account of its own. Who is right
and hears that there were too many wrong ones tries again every second. On a machine that does other
things as well, only the processor's time can be compared: a quiet one with two cores needs half.
"""

import http.client
import os
import signal
import subprocess
import sys
import threading
import time
from collections import Counter
from pathlib import Path
from urllib.parse import urlencode

from benchmarks import site

WRONG = 200
# How long the mistakes of others may keep somebody out.
LIMIT_SECONDS = 10
SIGNED_IN = 302
PORT = int(os.environ.get("PORT") or 8423)
SIGN_IN = "/account/inloggen/"
PASSWORD = "een lange zin als wachtwoord"  # noqa: S105
START_SECONDS = 120


def main() -> None:
    os.environ.update({"HOST": "127.0.0.1", "PORT": str(PORT)})
    with site.thrown_away():
        make_accounts()
        server = subprocess.Popen(
            [sys.executable, "manage.py", "serve", "--empty"], stdout=subprocess.DEVNULL
        )
        try:
            wait_for_the_server()
            measure(server.pid)
        finally:
            server.send_signal(signal.SIGTERM)
            server.wait()


def make_accounts() -> None:
    """The site without content, and an account for everybody, all with the same password."""
    import django

    django.setup()
    from allauth.account.models import EmailAddress
    from django.contrib.auth.hashers import make_password
    from django.core.management import call_command
    from django.db import connection

    from accounts.models import User

    call_command("migrate", verbosity=0)
    with open(os.devnull, "w") as nowhere:
        call_command("load_start_content", empty=True, stdout=nowhere)
    password = make_password(PASSWORD)
    names = [*(f"fout{number}" for number in range(WRONG)), "goed", "rustig"]
    User.objects.bulk_create(User(email=address_of(name), password=password) for name in names)
    EmailAddress.objects.bulk_create(
        EmailAddress(user=user, email=user.email, primary=True, verified=True)
        for user in User.objects.filter(email__in=[address_of(name) for name in names])
    )
    connection.close()


def address_of(name: str) -> str:
    return f"{name}@lerende-praktijken.example"


def wait_for_the_server() -> None:
    for _ in range(START_SECONDS):
        try:
            if ask("GET", "/readyz").status == 200:
                return
        except OSError:
            pass
        time.sleep(1)
    raise SystemExit("The server did not start.")


def measure(server: int) -> None:
    quiet = sign_in("rustig", PASSWORD)
    ready = threading.Barrier(WRONG + 1)
    wrong: list[tuple[int, float]] = []

    def guess(number: int) -> None:
        form = form_for(f"fout{number}", "een verkeerde zin als wachtwoord")
        ready.wait()
        wrong.append(send(form))

    guesses = [threading.Thread(target=guess, args=(number,)) for number in range(WRONG)]
    for thread in guesses:
        thread.start()
    form = form_for("goed", PASSWORD)
    ready.wait()
    processor = processor_seconds(server)
    time.sleep(0.2)  # Behind all others in the queue.
    begin, tries = time.perf_counter(), 1
    while send(form)[0] != SIGNED_IN:
        tries += 1
        time.sleep(1)
    seconds = time.perf_counter() - begin
    for thread in guesses:
        thread.join()
    processor = processor_seconds(server) - processor
    statuses = dict(Counter(status for status, _ in wrong))
    slowest = max(seconds for _, seconds in wrong)
    print(f"seconds; answers to {WRONG} wrong ones: {statuses}; load {os.getloadavg()[0]:.1f}")
    print(f"a right one on a quiet server     {quiet[1]:7.2f}")
    print(f"the slowest wrong one             {slowest:7.2f}")
    print(f"a right one behind them           {seconds:7.2f}  ({tries} tries)")
    print(f"processor, all together           {processor:7.2f}")
    print(f"the same on two quiet cores       {processor / 2:7.2f}  (limit {LIMIT_SECONDS})")


def processor_seconds(server: int) -> float:
    """What the server and its workers used so far."""
    children = Path(f"/proc/{server}/task/{server}/children").read_text().split()
    used = 0
    for process in (str(server), *children):
        # After the name in brackets: utime and stime are the 12th and 13th of what follows.
        fields = Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()
        used += int(fields[11]) + int(fields[12])
    return used / os.sysconf("SC_CLK_TCK")


def sign_in(name: str, password: str) -> tuple[int, float]:
    return send(form_for(name, password))


def form_for(name: str, password: str) -> tuple[dict[str, str], str]:
    """The headers and the body of the form, with the token that its page gives."""
    response = ask("GET", SIGN_IN)
    cookies = [value.partition(";")[0] for value in response.headers.get_all("Set-Cookie", [])]
    token = next(c.partition("=")[2] for c in cookies if c.startswith("csrftoken="))
    headers = {
        "Cookie": "; ".join(cookies),
        "Content-Type": "application/x-www-form-urlencoded",
        "Referer": f"http://127.0.0.1:{PORT}{SIGN_IN}",
    }
    fields = {"login": address_of(name), "password": password, "csrfmiddlewaretoken": token}
    return headers, urlencode(fields)


def send(form: tuple[dict[str, str], str]) -> tuple[int, float]:
    """The status of the answer, and how many seconds it took."""
    begin = time.perf_counter()
    status = ask("POST", SIGN_IN, *form).status
    return status, time.perf_counter() - begin


def ask(method: str, path: str, headers=None, body: str | None = None) -> http.client.HTTPResponse:
    connection = http.client.HTTPConnection("127.0.0.1", PORT, timeout=300)
    connection.request(method, path, body, headers or {})
    response = connection.getresponse()
    response.read()
    connection.close()
    return response


if __name__ == "__main__":
    main()
