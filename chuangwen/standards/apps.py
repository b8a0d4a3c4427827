from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class StandardsConfig(AppConfig):
    name = "chuangwen.standards"

    def ready(self) -> None:
        from chuangwen.desk import registry
        from chuangwen.kit import audit, http, menu
        from chuangwen.orgs import scopes, token_scopes

        from . import access, desk_kinds, negative_access, wording
        from . import jobs as jobs

        audit.words(wording.ACTIONS)
        audit.kinds(wording.KINDS)
        http.word_codes(wording.REFUSED)
        scopes.declare(access.ROOM, access.SCOPES, title=_("Standards"))
        scopes.declare(negative_access.ROOM, negative_access.SCOPES, title=_("Negative list"))
        token_scopes.add({"standards:read": _("Read assessment systems and point types")})
        for kind in desk_kinds.KINDS:
            registry.register(kind)
        menu.add(
            menu.Entry(
                part="assessments",
                title=_("Standards"),
                url="standards:systems",
                lit=("standards:",),
                shown=access.sees_standards,
            ),
            menu.Entry(
                part="assessments",
                title=_("Negative list"),
                url="standards:negative_list",
                lit=("standards:negative", "standards:add_negative", "standards:change_negative"),
                shown=lambda actor: not actor.is_system and negative_access.keeps_list(actor),
            ),
        )
