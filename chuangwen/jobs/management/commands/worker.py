"""`chuangwen worker`: runs background jobs until it is told to stop."""

import logging
import os
import socket
from argparse import ArgumentParser
from datetime import timedelta
from typing import Any

from django.core.management.base import BaseCommand
from django.utils.crypto import get_random_string
from django.utils.translation import gettext as _

from chuangwen.jobs.worker import Worker


class Command(BaseCommand):
    help = _("Run background jobs until stopped. Several workers may run at once.")

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--batch", action="store_true", help=_("End when no job is waiting."))
        parser.add_argument(
            "--lease",
            type=float,
            default=120,
            metavar="SECONDS",
            help=_("A job runs again when its worker has been silent for so long. Default: %(default)s."),
        )
        parser.add_argument(
            "--interval",
            type=float,
            default=1,
            metavar="SECONDS",
            help=_("How often to look for new jobs. Default: %(default)s."),
        )

    def handle(self, *args: Any, **options: Any) -> None:
        worker = Worker(
            f"{socket.gethostname()[:40]}-{os.getpid()}-{get_random_string(8)}",
            lease=timedelta(seconds=options["lease"]),
            interval=options["interval"],
            batch=options["batch"],
        )
        # Its word on being stopped is for a terminal of its own; failures of jobs are still logged.
        logging.getLogger("django_tasks_db").setLevel(logging.ERROR)
        worker.configure_signals()
        worker.run()
