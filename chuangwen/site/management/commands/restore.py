"""`chuangwen restore`: a backup into an empty installation."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from chuangwen.cores.errors import BadInput
from chuangwen.kit import archive
from chuangwen.kit.http import words_for


class Command(BaseCommand):
    help = gettext_lazy(  # type: ignore[assignment]
        "Put a backup into an empty database and an empty data directory."
    )
    requires_system_checks = ()

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("path", type=Path, help=_("The archive."))
        parser.add_argument("--keys", type=Path, help=_("The archive of the keys."))

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            archive.restore(options["path"], options["keys"])
        except BadInput as error:
            raise CommandError(str(words_for(error).happened), returncode=2) from error
        self.stdout.write(_("Restored. Everybody signs in anew."))
