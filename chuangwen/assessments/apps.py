from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class AssessmentsConfig(AppConfig):
    name = "chuangwen.assessments"

    def ready(self) -> None:
        from chuangwen.orgs import scopes

        from .access import COVERT, COVERT_SCOPES, SCOPES

        scopes.declare("assessments", SCOPES, title=_("Assessment rounds"))
        scopes.declare(COVERT, COVERT_SCOPES, title=_("Assessment rounds under secret"))
