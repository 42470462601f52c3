import socket
import sys

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.db import connections
from gunicorn.app.wsgiapp import WSGIApplication

from config import gunicorn
from config.preparation import prepare, read_what_waits
from search.selection.checks import PACKAGES
from search.selection.printing import can_print


class Command(BaseCommand):
    help = "Serves the site as production does, after making it ready. HOST and PORT say where."
    requires_system_checks = []  # `migrate` checks, when there is something to migrate.

    def add_arguments(self, parser):
        parser.add_argument("--empty", action="store_true", help="begin without example content")

    def handle(self, *, empty, **options):
        self.refuse_a_port_in_use()
        prepare(say=lambda what: self.say(f"==> {what}"), empty=empty)
        read_what_waits()
        self.tell_where()
        self.tell_what_is_missing()
        self.say("Ctrl-C stops the site.")
        # The workers, made from this process, must not share its connections.
        connections.close_all()
        # In this process, where everything is loaded already: half the time to start.
        sys.argv = ["gunicorn", "--config", "python:config.gunicorn", "config.wsgi"]
        WSGIApplication().run()

    def say(self, line):
        self.stdout.write(line)
        self.stdout.flush()

    def refuse_a_port_in_use(self):
        family = socket.AF_INET6 if ":" in gunicorn.host else socket.AF_INET
        try:
            socket.create_server((gunicorn.host, gunicorn.port), family=family).close()
        except OSError as error:
            raise CommandError(
                f"{gunicorn.host} port {gunicorn.port}: {error.strerror or error}. "
                "Choose another, for example: PORT=8123 make run"
            ) from error

    def tell_what_is_missing(self):
        # Asked here, and not by the first visitor: the workers know it from this process.
        if not can_print():
            self.say(f"Hand-outs as PDF need more. Debian and Ubuntu: apt install {PACKAGES}")

    def tell_where(self):
        self.say("")
        self.say(f"Lerende Praktijken  {settings.BASE_URL}/")
        self.say(f"Beheer              {settings.BASE_URL}/beheer/")
        self.say(f"Data                {settings.DATA_DIR}")
        self.say("")
