from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class StandardsConfig(AppConfig):
    name = "chuangwen.standards"

    def ready(self) -> None:
        from chuangwen.orgs import scopes

        from .access import ROOM, SCOPES

        scopes.declare(ROOM, SCOPES, title=_("Standards"))
