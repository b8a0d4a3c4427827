from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class PlansConfig(AppConfig):
    name = "chuangwen.plans"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from chuangwen.desk import registry
        from chuangwen.kit import audit, http, menu, slots
        from chuangwen.orgs import scopes, token_scopes

        from . import desk_kinds, words
        from .access import SCOPES, sees_plans
        from .views.panels import letters_panel

        audit.words(words.DONE)
        audit.kinds(words.SUBJECTS)
        http.word_codes(words.REFUSED)
        scopes.declare("plans", SCOPES, title=_("Action plans"))
        token_scopes.add({"plans:read": _("Read plans, tasks and indicators")})
        for kind in desk_kinds.KINDS:
            registry.register(kind)
        slots.fill("orgs.unit", letters_panel)
        menu.add(
            menu.Entry(
                part="mine",
                title=_("Task letter of my unit"),
                url="plans:my_letter",
                lit=("plans:my_letter",),
                shown=sees_plans,
            ),
            menu.Entry(
                part="plans",
                title=_("Action plans"),
                url="plans:list",
                lit=("plans:",),
                shown=sees_plans,
            ),
        )
