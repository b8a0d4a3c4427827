from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class PlansConfig(AppConfig):
    name = "chuangwen.plans"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from chuangwen.kit import audit, http, menu
        from chuangwen.orgs.access import sees_plans

        from . import words

        audit.words(words.DONE)
        http.word_codes(words.REFUSED)
        menu.add(
            menu.Entry(
                part="plans",
                title=_("Action plans"),
                url="plans:list",
                lit=("plans:",),
                shown=sees_plans,
            )
        )
