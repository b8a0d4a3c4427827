from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class StandardsConfig(AppConfig):
    name = "chuangwen.standards"

    def ready(self) -> None:
        from chuangwen.kit import audit, http
        from chuangwen.orgs import scopes

        from . import wording
        from .access import ROOM, SCOPES

        audit.words(wording.ACTIONS)
        audit.kinds(wording.KINDS)
        http.word_codes(wording.REFUSED)
        scopes.declare(ROOM, SCOPES, title=_("Standards"))
