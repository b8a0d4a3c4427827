import csv
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from chuangwen.cores.errors import BadInput
from chuangwen.kit.http import words_for
from chuangwen.orgs import actions
from chuangwen.orgs.actors import system_actor
from chuangwen.orgs.rules.divisions import divisions

FILES = ("provinces.csv", "cities.csv", "areas.csv", "streets.csv")


class Command(BaseCommand):
    help = gettext_lazy(  # type: ignore[assignment]
        "Enter provinces, cities, counties and towns from a folder of CSV files with columns code and name."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "folder", type=Path, help=_("Folder with %(files)s.") % {"files": ", ".join(FILES)}
        )

    def handle(self, *args: Any, **options: Any) -> None:
        places, rows = _rows(options["folder"])
        found, wrong = divisions(rows)
        if wrong:
            first = ", ".join(places[place] for place in wrong[:10])
            raise CommandError(
                _("Nothing was stored. Correct the code, the name or the parent in: %(rows)s")
                % {"rows": first}
            )
        try:
            count = actions.import_divisions(actor=system_actor("import_divisions"), divisions=found)
        except BadInput as error:
            raise CommandError(str(words_for(error).happened)) from error
        self.stdout.write(_("Units entered: %(count)s") % {"count": count})


def _rows(folder: Path) -> tuple[list[str], list[tuple[str, str]]]:
    """Where each row stands (file and line), and its code and name. Raises CommandError."""
    places, rows = [], []
    for name in FILES:
        try:
            with (folder / name).open(encoding="utf-8-sig", newline="") as file:
                for line, row in enumerate(csv.DictReader(file), start=2):
                    places.append(f"{name}:{line}")
                    rows.append(((row.get("code") or "").strip(), (row.get("name") or "").strip()))
        except (OSError, UnicodeDecodeError) as error:
            raise CommandError(_("%(name)s cannot be read.") % {"name": folder / name}) from error
    return places, rows
