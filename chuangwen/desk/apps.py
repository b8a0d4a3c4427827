from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class DeskConfig(AppConfig):
    name = "chuangwen.desk"
    label = "desk"

    def ready(self) -> None:
        from chuangwen.kit import audit, http, menu, slots
        from chuangwen.orgs import scopes

        from . import wording
        from .access import SCOPES, keeps_desk, sees_desk
        from .views.firms import firm_panel

        slots.fill("orgs.firm", firm_panel)
        scopes.declare("desk", SCOPES, title=_("Desk"))
        audit.words(wording.ACTIONS)
        audit.kinds(wording.KINDS)
        http.word_codes(wording.REFUSALS)
        menu.add(
            menu.Entry(
                part="mine",
                title=_("My desk"),
                url="desk:desk",
                lit=("desk:desk", "desk:todo"),
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
                part="settings",
                title=_("Working time of the city"),
                url="desk:calendar",
                lit=("desk:calendar", "desk:set_hours"),
                shown=keeps_desk,
            ),
        )
