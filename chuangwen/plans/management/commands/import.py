"""`chuangwen import`: store each document as a draft plan, to be reviewed on the page."""

from __future__ import annotations

import sys
from argparse import SUPPRESS, ArgumentParser, RawDescriptionHelpFormatter
from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING, Any, NoReturn

from django.core.management import call_command
from django.core.management.base import BaseCommand
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _

from chuangwen.cores.errors import BadInput
from chuangwen.cores.reading.files.words import sentence
from chuangwen.kit import clock
from chuangwen.orgs.access import visible_units
from chuangwen.orgs.actions import found_jurisdiction
from chuangwen.orgs.actors import system_actor
from chuangwen.orgs.rules import UnitKind
from chuangwen.plans import actions

if TYPE_CHECKING:
    from chuangwen.orgs.models import Unit

ACTOR = system_actor("import")


class Command(BaseCommand):
    help = gettext_lazy(  # type: ignore[assignment]
        "Store policy documents as draft plans. Each file (text, web page, DOCX, or PDF with a text "
        "layer) becomes one plan under review; nothing counts until a person has checked and confirmed "
        "it on the page. A file that cannot be read gives one sentence on standard error; the others "
        "are stored all the same, and the exit code is 2."
    )

    def create_parser(self, prog_name: str, subcommand: str, **kwargs: Any) -> Any:
        example = _("Example: chuangwen import plan.docx notice.pdf --jurisdiction 云浦市")
        parser = super().create_parser(
            prog_name, subcommand, epilog=example, formatter_class=RawDescriptionHelpFormatter, **kwargs
        )
        for action in parser._actions:  # what Django adds to every command is of no use to a newcomer
            if action.dest not in {"help", "files", "jurisdiction", "plan"}:
                action.help = SUPPRESS
        return parser

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("files", nargs="+", type=Path, metavar=_("FILE"), help=_("A document to store."))
        parser.add_argument(
            "--jurisdiction",
            metavar=_("CITY"),
            default="",
            help=_("The city whose plan it is; not needed if there is only one."),
        )
        parser.add_argument(
            "--plan",
            metavar=_("TITLE"),
            default="",
            help=_("The plan's title, for a single file; without it the document's own title is taken."),
        )

    def handle(self, *args: Any, **options: Any) -> None:
        paths: list[Path] = options["files"]
        if options["plan"] and len(paths) > 1:
            self.refuse(_("--plan gives one title, so it goes with one file."))
        call_command("migrate", verbosity=0)
        city = self.jurisdiction(options["jurisdiction"])
        refused = 0
        for path in _with_progress(paths):
            try:
                self.store(city, path, options["plan"])
            except BadInput as error:
                refused += 1
                self.stderr.write(
                    sentence(error, "zh" if (get_language() or "zh").startswith("zh") else "en")
                )
        if refused:
            sys.exit(2)

    def store(self, city: Unit, path: Path, title: str) -> None:
        version = actions.import_document(actor=ACTOR, city=city, path=path, title=title, now=clock.now())
        self.stdout.write(
            _("%(file)s: draft “%(title)s”, %(tasks)s tasks, %(indicators)s indicators, %(doubts)s doubts")
            % {
                "file": path.name,
                "title": version.plan.title,
                "tasks": version.taskversion_rows.count(),
                "indicators": version.indicatorversion_rows.count(),
                "doubts": version.doubts.count(),
            }
        )

    def jurisdiction(self, name: str) -> Unit:
        """The city named, or the only one there is; in an empty database the city named is entered."""
        cities = visible_units(ACTOR).filter(parent=None)
        found = list(cities.filter(name=name) if name else cities[:2])
        if len(found) == 1:
            return found[0]
        if name and not cities.exists():
            return found_jurisdiction(actor=ACTOR, kind=UnitKind.CITY, name=name)
        known = "、".join(city.name for city in cities)
        if not known:
            self.refuse(_("There is no city yet; name yours with --jurisdiction and it will be entered."))
        if name:
            words = _("There is no city %(name)s here; there are: %(known)s.")
            self.refuse(words % {"name": name, "known": known})
        words = _("There are several cities; say with --jurisdiction which one: %(known)s.")
        self.refuse(words % {"known": known})

    def refuse(self, words: str) -> NoReturn:
        self.stderr.write(words)
        sys.exit(2)


def _with_progress(paths: list[Path]) -> Iterable[Path]:
    """The paths, with a progress bar on standard error where there are several."""
    if len(paths) == 1:
        return paths
    from rich.console import Console
    from rich.progress import track

    return track(paths, description=_("Reading"), console=Console(stderr=True))
