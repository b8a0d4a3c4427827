"""`chuangwen keys status` and `chuangwen keys rotate`."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from chuangwen.kit import rotation, vault


class Command(BaseCommand):
    help = gettext_lazy(  # type: ignore[assignment]
        "Show the keys that encrypt personal data, or replace them by a new one."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("what", choices=["status", "rotate"])

    def handle(self, *args: Any, **options: Any) -> None:
        if options["what"] == "rotate":
            try:
                written = rotation.rotate()
            except vault.KeyMissing as error:
                raise CommandError(str(error), returncode=2) from error
            self.stdout.write(_("Encrypted anew: %(count)s") % {"count": written})
        self.status()

    def status(self) -> None:
        newest = vault.key_numbers()[-1]
        self.stdout.write(_("Key in use: %(number)s") % {"number": newest})
        if retired := ", ".join(map(str, vault.retired_numbers())):
            self.stdout.write(
                _("Retired keys, needed for older backups alone: %(numbers)s") % {"numbers": retired}
            )
        for column in rotation.columns():
            counts = {"column": column.field.context(), "all": column.rows().count()}
            behind = column.behind(newest).count()
            self.stdout.write(
                _("%(column)s: %(all)s texts, %(behind)s under older keys") % {**counts, "behind": behind}
            )
