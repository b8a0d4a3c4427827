from django.apps import AppConfig
from django.db import connections
from django.db.models.signals import post_migrate
from django.utils.translation import gettext_lazy as _


class KitConfig(AppConfig):
    name = "chuangwen.kit"
    label = "kit"

    def ready(self) -> None:
        from . import audit, audit_triggers

        post_migrate.connect(
            lambda using, **kwargs: audit_triggers.put(connections[using]),
            sender=self,
            weak=False,
            dispatch_uid="audit_triggers",
        )
        audit.words(
            {
                "kit.example": _("Confirmed as version 1"),
                "kit.job_run_again": _("Had the job %(job)s run again"),
                "kit.person_erased": _("Erased what the audit says of a person"),
                "kit.audit_purged": _("Purged the audit rows %(first)s to %(last)s, before %(before_month)s"),
                "audit": _("Keeping of the audit"),
            }
        )
        audit.kinds({"kit.personkey": _("Person"), "kit.audittombstone": _("Audit"), "kit.jobslot": _("Job")})
