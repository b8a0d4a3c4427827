from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.db import transaction
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from chuangwen.cores.errors import BadInput
from chuangwen.kit import clock
from chuangwen.kit.http import words_for
from chuangwen.orgs import actions
from chuangwen.orgs.actors import system_actor
from chuangwen.orgs.rules import Role, UnitKind

KINDS = [UnitKind.CITY, UnitKind.DISTRICT, UnitKind.COUNTY, UnitKind.COUNTY_CITY]
ADMINISTRATORS = {
    "system": (Role.SYSTEM_ADMINISTRATOR, gettext_lazy("System administrator")),
    "security": (Role.SECURITY_ADMINISTRATOR, gettext_lazy("Security administrator")),
    "audit": (Role.AUDIT_ADMINISTRATOR, gettext_lazy("Audit administrator")),
}


class Command(BaseCommand):
    help = gettext_lazy(  # type: ignore[assignment]
        "Enter a city, or a district with a system of its own, and its three administrators, "
        "each with a link by which they set a password."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("name", help=_("Full name of the city."))
        for name, (_role, words) in ADMINISTRATORS.items():
            parser.add_argument(
                f"--{name}",
                nargs=2,
                required=True,
                metavar=("ACCOUNT", "NAME"),
                help=_("%(role)s: account and name.") % {"role": words},
            )
        parser.add_argument("--kind", choices=[str(kind) for kind in KINDS], default=str(UnitKind.CITY))

    @transaction.atomic
    def handle(self, *args: Any, **options: Any) -> None:
        if len({options[name][0] for name in ADMINISTRATORS}) < len(ADMINISTRATORS):
            raise CommandError(_("The three administrators are three people with an account each."))
        actor = system_actor("found_city")
        try:
            city = actions.found_jurisdiction(
                actor=actor, kind=UnitKind(options["kind"]), name=options["name"]
            )
            links = [
                (words, options[name][0], self._administrator(city.pk, role, *options[name]))
                for name, (role, words) in ADMINISTRATORS.items()
            ]
        except BadInput as error:
            raise CommandError(str(words_for(error).happened)) from error
        self.stdout.write(_("Give each their link. It opens once, within seven days:"))
        for words, account, link in links:
            self.stdout.write(f"{words}  {account}  {link}")

    def _administrator(self, city_id: int, role: Role, account: str, name: str) -> str:
        """The path of the link by which the new administrator sets a password."""
        actor = system_actor("found_city")
        person = actions.add_person(
            actor=actor, username=account, name=name, password=None, must_change_password=False
        )
        actions.seat_person(actor=actor, person=person, unit_id=city_id, role=role)
        token = actions.make_invitation(actor=actor, person_id=person.pk, now=clock.now())
        return reverse("orgs:open_invitation", args=[token])
