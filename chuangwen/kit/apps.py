from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class KitConfig(AppConfig):
    name = "chuangwen.kit"
    label = "kit"

    def ready(self) -> None:
        from . import audit

        audit.words({"kit.example": _("Confirmed as version 1")})
