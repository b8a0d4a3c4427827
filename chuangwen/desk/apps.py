from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class DeskConfig(AppConfig):
    name = "chuangwen.desk"
    label = "desk"

    def ready(self) -> None:
        from chuangwen.kit import audit, http, menu, slots
        from chuangwen.orgs import scopes

        from . import burden_access, hand_over_access, registry, wording
        from .access import SCOPES, keeps_desk, sees_desk
        from .desk_kinds import KINDS
        from .views.firms import firm_panel
        from .views.hand_over import person_panel, seat_panel

        slots.fill("orgs.firm", firm_panel)
        scopes.declare("desk", SCOPES, title=_("Desk"))
        scopes.declare(burden_access.ROOM, burden_access.SCOPES, title=_("Burden"))
        scopes.declare(burden_access.ASKS, burden_access.ASK_SCOPES, title=_("Requests of units"))
        scopes.declare(hand_over_access.ROOM, hand_over_access.SCOPES, title=_("Hand-overs"))
        slots.fill("orgs.seat", seat_panel)
        slots.fill("orgs.person", person_panel)
        for kind in KINDS:
            registry.register(kind)
        audit.words(wording.ACTIONS)
        audit.kinds(wording.KINDS)
        http.word_codes(wording.REFUSALS)
        menu.add(
            menu.Entry(
                part="mine",
                title=_("My desk"),
                url="desk:desk",
                lit=("desk:desk", "desk:todo", "desk:ask", "desk:free_ask"),
                shown=sees_desk,
                badge="desk:count",
            ),
            menu.Entry(
                part="mine",
                title=_("Reminders"),
                url="desk:notices",
                lit=("desk:notice",),
                shown=sees_desk,
                badge="desk:notice_count",
            ),
            menu.Entry(
                part="mine",
                title=_("Supervision slips"),
                url="desk:slips",
                lit=("desk:slip",),
                shown=sees_desk,
            ),
            menu.Entry(
                part="mine",
                title=_("Burden"),
                url="desk:burden",
                lit=("desk:burden", "desk:caps", "desk:duties"),
                shown=burden_access.sees_burden,
                badge="desk:held_count",
            ),
            menu.Entry(
                part="mine",
                title=_("Hand-overs"),
                url="desk:hand_overs",
                lit=("desk:hand_over", "desk:change_hand_over"),
                shown=hand_over_access.sees_hand_overs,
            ),
            menu.Entry(
                part="settings",
                title=_("Working time of the city"),
                url="desk:calendar",
                lit=("desk:calendar", "desk:set_hours"),
                shown=keeps_desk,
            ),
        )
