import secrets
from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from chuangwen.cores.errors import BadInput
from chuangwen.kit.http import words_for
from chuangwen.orgs import actions
from chuangwen.orgs.actors import system_actor
from chuangwen.orgs.rules import Role, UnitKind


class Command(BaseCommand):
    help = gettext_lazy(  # type: ignore[assignment]
        "Enter a city, or a district with a system of its own, and its administrator, who enters the rest."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("name", help=_("Full name of the city."))
        parser.add_argument("account", help=_("Account name of the administrator."))
        parser.add_argument("person", help=_("Name of the administrator."))
        kinds = [UnitKind.CITY, UnitKind.DISTRICT, UnitKind.COUNTY, UnitKind.COUNTY_CITY]
        parser.add_argument("--kind", choices=[str(kind) for kind in kinds], default=str(UnitKind.CITY))

    @transaction.atomic
    def handle(self, *args: Any, **options: Any) -> None:
        actor = system_actor("found_city")
        password = "-".join(secrets.token_hex(2) for _part in range(4))
        kind = UnitKind(options["kind"])
        try:
            city = actions.found_jurisdiction(actor=actor, kind=kind, name=options["name"])
            person = actions.add_person(
                actor=actor,
                username=options["account"],
                name=options["person"],
                password=password,
                must_change_password=True,
            )
        except BadInput as error:
            raise CommandError(str(words_for(error).happened)) from error
        actions.seat_person(actor=actor, person=person, unit_id=city.pk, role=Role.SYSTEM_ADMINISTRATOR)
        self.stdout.write(
            _("Password, to be changed at the first sign-in: %(password)s") % {"password": password}
        )
