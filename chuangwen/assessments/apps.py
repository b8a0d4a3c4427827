from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class AssessmentsConfig(AppConfig):
    name = "chuangwen.assessments"

    def ready(self) -> None:
        from chuangwen.kit import audit, http, menu
        from chuangwen.orgs import scopes, token_scopes

        from . import wording
        from .access import COVERT, COVERT_SCOPES, SCOPES, sees_rounds
        from .result_ready import result_ready

        scopes.declare("assessments", SCOPES, title=_("Assessment rounds"))
        scopes.declare(COVERT, COVERT_SCOPES, title=_("Assessment rounds under secret"))
        audit.words(wording.ACTIONS)
        audit.kinds(wording.KINDS)
        http.word_codes(wording.REFUSED)
        token_scopes.add(
            {
                "assessments:read": _("Read own visits and the results of assessment rounds"),
                "assessments:write": _("Hand in marks of own visits"),
            }
        )
        menu.add(
            menu.Entry(
                part="assessments",
                title=_("Assessment rounds"),
                url="assessments:rounds",
                lit=("assessments:",),
                shown=sees_rounds,
            )
        )
        result_ready()
