from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class RegistersConfig(AppConfig):
    name = "chuangwen.registers"

    def ready(self) -> None:
        from chuangwen.kit import audit, http, menu, sources
        from chuangwen.orgs import scopes, token_scopes

        from . import wording
        from .access import SCOPES, sees_lists
        from .figures import SOURCES

        audit.words(wording.ACTIONS)
        audit.kinds(wording.KINDS)
        http.word_codes(wording.REFUSED)
        scopes.declare("registers", SCOPES, title=_("Registers and project lists"))
        token_scopes.add({"registers:read": _("Read registers and what their members have")})
        sources.register(*SOURCES)
        menu.add(
            menu.Entry(
                part="plans",
                title=_("Registers and project lists"),
                url="registers:lists",
                lit=("registers:",),
                shown=sees_lists,
            )
        )
