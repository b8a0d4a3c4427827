from functools import partial

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class OrgsConfig(AppConfig):
    name = "chuangwen.orgs"
    label = "orgs"

    def ready(self) -> None:
        from chuangwen.kit import audit, http, menu, slots

        from . import access, account_access, link_access, scopes, signals, token_scopes, wording
        from .models import CONTACT_KINDS, ROLES
        from .rules import SEATED, Role, Scope
        from .views.contacts import contacts_panel
        from .views.firms import firm_links_panel

        signals.listen()
        slots.fill("orgs.unit", contacts_panel)
        slots.fill("orgs.unit", firm_links_panel)
        audit.words(wording.ACTIONS)
        audit.kinds(wording.KINDS)
        audit.terms("role", ROLES)
        audit.terms("kind", CONTACT_KINDS)
        http.word_codes(wording.REFUSALS)
        scopes.declare("orgs", dict.fromkeys(SEATED, Scope.CITY), title=_("Units"))
        scopes.declare(
            "orgs.people",
            {
                Role.SYSTEM_ADMINISTRATOR: Scope.CITY,
                Role.SECURITY_ADMINISTRATOR: Scope.CITY,
                Role.CAMPAIGN_OFFICE: Scope.CITY,
                Role.MANAGER: Scope.SUBTREE,
            },
            title=_("People and seats"),
        )
        scopes.declare(link_access.ROOM, link_access.SCOPES, title=_("Links for firms"))
        token_scopes.add({"orgs:read": _("Read units, groups and seats")})
        of_units = ("orgs:unit", "orgs:add_unit", "orgs:add_name", "orgs:rename", "orgs:close")
        of_groups = ("orgs:groups", "orgs:add_group", "orgs:change_group")
        of_peers = ("orgs:peer_groups", "orgs:add_peer_group", "orgs:change_peer_group")
        for title, url, lit in [
            (_("Units"), "orgs:units", of_units),
            (_("Groups of units"), "orgs:groups", of_groups),
            (_("Peer groups"), "orgs:peer_groups", of_peers),
        ]:
            menu.add(menu.Entry(part="settings", title=title, url=url, lit=lit, shown=_has_seat))
        audits = menu.Entry(
            part="settings",
            title=_("Audit"),
            url="orgs:audit_log",
            lit=("orgs:audit_log",),
            shown=access.audits,
        )
        menu.add(audits)
        of_people = ("orgs:people", "orgs:person", "orgs:add_person", "orgs:give_seat", "orgs:end_seat")
        menu.add(
            menu.Entry(
                part="settings",
                title=_("People and seats"),
                url="orgs:people",
                lit=of_people,
                shown=partial(scopes.sees, room="orgs.people"),
            ),
            menu.Entry(
                part="settings",
                title=_("Units without contacts"),
                url="orgs:incomplete_units",
                lit=("orgs:incomplete_units",),
                shown=_has_seat,
            ),
            menu.Entry(
                part="settings", title=_("Roles"), url="orgs:roles", lit=("orgs:roles",), shown=_has_seat
            ),
        )
        keeps = account_access.keeps_accounts
        lit = ("orgs:accounts", "orgs:invite")
        menu.add(menu.Entry(part="settings", title=_("Accounts"), url="orgs:accounts", lit=lit, shown=keeps))


def _has_seat(actor: object) -> bool:
    return getattr(actor, "seat", None) is not None
