from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class PointsConfig(AppConfig):
    name = "chuangwen.points"

    def ready(self) -> None:
        from chuangwen.kit import audit, http, menu
        from chuangwen.orgs import scopes, token_scopes

        from . import wording
        from .access import ROOM, SCOPES, sees_points
        from .models import CHIEF_KINDS, LEVELS

        audit.words(wording.ACTIONS)
        audit.kinds(wording.KINDS)
        audit.terms("chief_kind", CHIEF_KINDS)
        audit.terms("chief_level", LEVELS)
        http.word_codes(wording.REFUSED)
        scopes.declare(ROOM, SCOPES, title=_("Points"))
        token_scopes.add({"points:read": _("Read points and where they are")})
        menu.add(
            menu.Entry(
                part="assessments",
                title=_("Points"),
                url="points:points",
                lit=("points:",),
                shown=sees_points,
            )
        )
