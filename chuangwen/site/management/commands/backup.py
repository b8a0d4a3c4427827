"""`chuangwen backup`: everything into one archive; the keys apart."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from chuangwen.cores.errors import BadInput
from chuangwen.kit import archive, clock
from chuangwen.kit.http import words_for


class Command(BaseCommand):
    help = gettext_lazy(  # type: ignore[assignment]
        "Write the database and all files into one archive, while the site goes on; the keys apart."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("path", type=Path, help=_("The archive, or a directory for it."))
        parser.add_argument("--keys", type=Path, help=_("Write the keys too, into this file."))

    def handle(self, *args: Any, **options: Any) -> None:
        path: Path = options["path"]
        if path.is_dir():
            path = path / f"chuangwen-{clock.now():%Y%m%d-%H%M%S}.tar.gz"
        try:
            kept = archive.write(path)
            if options["keys"]:
                archive.write_keys(options["keys"])
        except BadInput as error:
            raise CommandError(str(words_for(error).happened), returncode=2) from error
        self.stdout.write(
            _("%(rows)s rows and %(files)s files are in %(path)s.")
            % {"rows": kept.rows, "files": kept.files, "path": path}
        )
        self.stdout.write(f"SHA-256 {kept.sha256}")
        if not options["keys"]:
            self.stdout.write(_("Without the keys, phone and identity numbers cannot be read: see --keys."))
        if kept.damaged:
            raise CommandError(
                _("These files changed on the disk and are not in the backup: %(names)s")
                % {"names": ", ".join(kept.damaged)}
            )
