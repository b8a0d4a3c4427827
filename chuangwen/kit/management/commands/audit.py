import sys
from argparse import ArgumentParser, ArgumentTypeError
from datetime import date
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from chuangwen.cores.errors import BadInput
from chuangwen.kit import audit_chain, audit_purge, clock
from chuangwen.kit.audit import Keeper
from chuangwen.kit.http import words_for


def month(text: str) -> date:
    try:
        return date.fromisoformat(f"{text}-01")
    except ValueError as error:
        raise ArgumentTypeError(_("A month is written like 2026-03.")) from error


class Command(BaseCommand):
    help = gettext_lazy("Seal new rows of the audit, verify the chain, purge old months.")  # type: ignore[assignment]

    def add_arguments(self, parser: ArgumentParser) -> None:
        steps = parser.add_subparsers(dest="step", required=True)
        steps.add_parser("seal", help=_("Number and chain the rows that are new."))
        steps.add_parser("verify", help=_("Say whether the chain is whole; exit code 1 if not."))
        purge = steps.add_parser("purge", help=_("Delete whole months; the last six stay."))
        purge.add_argument(
            "--before", type=month, required=True, help=_("The first month that stays, YYYY-MM.")
        )

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            getattr(self, options["step"])(options)
        except audit_chain.ChainBroken as error:
            raise CommandError(_("The chain is not whole; `audit verify` says where.")) from error
        except BadInput as error:
            raise CommandError(str(words_for(error).happened)) from error

    def seal(self, options: dict[str, Any]) -> None:
        count = audit_chain.seal_all(clock.now())
        self.stdout.write(_("Sealed %(count)s rows.") % {"count": count})

    def verify(self, options: dict[str, Any]) -> None:
        faults = audit_chain.verify(clock.now())
        for fault in faults:
            self.stdout.write(str(fault))
        if faults:
            sys.exit(1)
        self.stdout.write(
            _("The chain is whole up to row %(number)s.") % {"number": audit_chain.end().number}
        )

    def purge(self, options: dict[str, Any]) -> None:
        tombstone = audit_purge.purge(Keeper(), options["before"], clock.now())
        if tombstone is None:
            self.stdout.write(_("There is nothing to purge."))
        else:
            self.stdout.write(_("Purged the rows %(rows)s.") % {"rows": tombstone})
