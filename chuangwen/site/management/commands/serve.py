"""`chuangwen serve`: the web pages and the worker under one process."""

from argparse import ArgumentParser
from typing import Any

from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _

from chuangwen.site import supervisor


class Command(BaseCommand):
    help = _("Serve the web pages and run the background worker until stopped.")
    requires_system_checks = ()

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "--host", default="127.0.0.1", help=_("Address to listen on. Default: %(default)s.")
        )
        parser.add_argument("--port", type=int, default=8000, help=_("Port. Default: %(default)s."))
        parser.add_argument("--demo", action="store_true", help=_("Load the demo city first."))
        parser.add_argument("--reset", action="store_true", help=_("With --demo: begin anew."))

    def handle(self, *args: Any, **options: Any) -> None:
        host, port = options["host"], options["port"]
        if not supervisor.port_is_free(host, port):
            raise CommandError(
                _("Port %(port)s is in use. Stop what uses it or choose another: make demo PORT=%(other)s")
                % {"port": port, "other": port + 1},
                returncode=2,
            )
        if options["demo"]:
            call_command("demo", reset=options["reset"])
        ended = supervisor.supervise(
            {"server": supervisor.server_command(host, port), "worker": supervisor.worker_command()},
            started=lambda: supervisor.answers(host, port),
            announce=lambda: self.announce(host, port),
        )
        if ended:
            raise CommandError(
                _("The %(name)s ended unexpectedly; everything was stopped.") % {"name": ended}
            )

    def announce(self, host: str, port: int) -> None:
        address = f"http://{host}:{port}"
        self.stdout.write(_("Chuangwen is at %(address)s (Ctrl-C ends it).") % {"address": address})
        self.stdout.flush()
