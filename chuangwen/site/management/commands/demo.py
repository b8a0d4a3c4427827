"""`chuangwen demo`: create the database and load the demo city; print the accounts."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand
from django.utils.translation import gettext as _

from chuangwen.assessments import demo as assessments_demo
from chuangwen.orgs import demo as orgs_demo
from chuangwen.plans import demo as plans_demo
from chuangwen.points import demo as points_demo
from chuangwen.progress import demo as progress_demo
from chuangwen.registers import demo as registers_demo
from chuangwen.standards import demo as standards_demo

ROOMS = (standards_demo, plans_demo, points_demo, assessments_demo, registers_demo, progress_demo)


class Command(BaseCommand):
    help = _(
        "Load a fictional city. What is there already stays; the accounts are printed and kept in a file."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "--reset", action="store_true", help=_("Delete everything in the database first.")
        )

    def handle(self, *args: Any, **options: Any) -> None:
        call_command("migrate", verbosity=0)
        if options["reset"]:
            call_command("flush", interactive=False, verbosity=0)
        accounts = orgs_demo.load()
        for room in ROOMS:
            room.load()
        kept = Path(settings.DATA_DIR) / "demo-accounts.txt"
        if accounts:
            kept.touch(mode=0o600)
            kept.write_text(
                "".join(f"{account.role}\t{account.username}\t{account.password}\n" for account in accounts)
            )
        self.stdout.write(_("Accounts (role, user name, password), kept in %(file)s:") % {"file": kept})
        self.stdout.write(kept.read_text() if kept.exists() else "")
        self.stdout.flush()
