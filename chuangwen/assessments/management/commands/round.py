"""`chuangwen round verify|export|score`: rounds for whoever does not trust the page."""

from __future__ import annotations

import json
import sys
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from chuangwen.cores.errors import ChuangwenError
from chuangwen.cores.scoring.scale import printed
from chuangwen.kit import clock
from chuangwen.kit.http import words_for
from chuangwen.orgs.actors import system_actor

from ... import access
from ...exchange import parquet
from ...queries.board import names_of
from ...queries.inputs import round_inputs
from ...queries.locks import verified
from ...rules.inputs import parts_of


class Command(BaseCommand):
    help = gettext_lazy("Verify a locked round; export rounds as Parquet; score exported rounds.")  # type: ignore[assignment]

    def add_arguments(self, parser: ArgumentParser) -> None:
        steps = parser.add_subparsers(dest="step", required=True)
        verify = steps.add_parser("verify", help=_("Compute a locked round anew; exit code 1 if it differs."))
        verify.add_argument("number", type=int, help=_("The round's number, as in its address."))
        export = steps.add_parser("export", help=_("Write what is needed to score a round elsewhere."))
        export.add_argument("number", type=int, help=_("The round's number, as in its address."))
        export.add_argument("--parquet", type=Path, required=True, metavar="FOLDER", help=_("Where to."))
        score = steps.add_parser("score", help=_("Score exported rounds, all in one go."))
        score.add_argument("folders", type=Path, nargs="+", metavar="FOLDER")
        score.add_argument("--json", action="store_true", help=_("One JSON object a line, exact integers."))

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            getattr(self, options["step"])(options)
        except ChuangwenError as error:
            raise CommandError(str(words_for(error).happened)) from error

    def verify(self, options: dict[str, Any]) -> None:
        found = access.one_round(system_actor("command"), options["number"], clock.now())
        verdict = verified(found)
        if verdict.other_code:
            self.stdout.write(_("Other code runs than at the lock: %(code)s.") % {"code": verdict.other_code})
        if verdict.same:
            self.stdout.write(_("The same: %(sha256)s") % {"sha256": verdict.found})
            return
        self.stdout.write(
            _("Locked under %(kept)s, computed anew %(found)s.")
            % {"kept": verdict.kept, "found": verdict.found}
        )
        if not verdict.again:
            self.stdout.write(_("The inputs in the file no longer give the result in the file."))
        for place, kept, now in verdict.differences:
            self.stdout.write(f"{place}: {_short(kept)} → {_short(now)}")
        sys.exit(1)

    def export(self, options: dict[str, Any]) -> None:
        found = access.one_round(system_actor("command"), options["number"], clock.now())
        made = round_inputs(found)
        groups = {str(group) for point in made.inputs.points for group in point.groups}
        groups |= {one.group for one in made.inputs.ranked}
        about = {
            "city": str(found.jurisdiction),
            "round": found.name,
            "system": made.tree.digest(),
            "names": names_of(groups),
        }
        for path in parquet.write(options["parquet"], made.inputs, about):
            self.stdout.write(str(path))

    def score(self, options: dict[str, Any]) -> None:
        for about, made in parquet.score(options["folders"]):
            for one in made:
                if options["json"]:
                    told = {"city": about["city"], "round": about["round"], **one.data()}
                    self.stdout.write(json.dumps(told, ensure_ascii=False, sort_keys=True))
                    continue
                name = about["names"].get(one.group, one.group)
                score = "—" if one.final_nano is None else printed(one.final_nano)
                bounds = ""
                if one.low_nano is not None and one.high_nano is not None and one.final_nano is not None:
                    bounds = f"{printed(100 * one.low_nano)}–{printed(100 * one.high_nano)}"
                why = ", ".join(one.withheld)
                role = parts_of(one.group)[0]
                row = (about["city"], about["round"], role, name, score, bounds, str(one.visited), why)
                self.stdout.write("\t".join(row))


def _short(value: object) -> str:
    text = json.dumps(value, ensure_ascii=False)
    return text if len(text) <= 80 else text[:77] + "…"
