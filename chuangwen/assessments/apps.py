from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class AssessmentsConfig(AppConfig):
    name = "chuangwen.assessments"

    def ready(self) -> None:
        from chuangwen.desk import registry
        from chuangwen.kit import audit, http
        from chuangwen.orgs import scopes

        from . import desk_kinds, result_wording
        from .access import COVERT, COVERT_SCOPES, SCOPES

        scopes.declare("assessments", SCOPES, title=_("Assessment rounds"))
        scopes.declare(COVERT, COVERT_SCOPES, title=_("Assessment rounds under secret"))
        audit.words(result_wording.ACTIONS)
        audit.kinds(result_wording.KINDS)
        http.word_codes(result_wording.REFUSED)
        for kind in desk_kinds.KINDS:
            registry.register(kind)
