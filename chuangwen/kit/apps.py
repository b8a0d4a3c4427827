from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class KitConfig(AppConfig):
    name = "chuangwen.kit"
    label = "kit"

    def ready(self) -> None:
        from . import audit

        audit.words(
            {
                "kit.example": _("Confirmed as version 1"),
                "kit.job_run_again": _("Had the job %(job)s run again"),
                "kit.person_erased": _("Erased what the audit says of a person"),
                "kit.audit_purged": _("Purged the audit rows %(first)s to %(last)s, before %(before_month)s"),
                "audit": _("Keeping of the audit"),
            }
        )
        audit.kinds({"kit.personkey": _("Person"), "kit.audittombstone": _("Audit")})
