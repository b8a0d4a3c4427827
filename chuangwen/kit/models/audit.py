"""What was done, by whom: rows that are only ever appended."""

from typing import Any, NoReturn

from django.core.serializers.json import DjangoJSONEncoder
from django.db import models

from .. import clock


class OnlyAppended(models.QuerySet["AuditEntry"]):
    def update(self, **values: Any) -> NoReturn:
        raise TypeError("An audit row is never changed.")

    def delete(self) -> NoReturn:
        raise TypeError("An audit row is never deleted.")


class AuditEntry(models.Model):
    """One thing that was done. Names stand as they were then: no key points out of this table."""

    number = models.BigAutoField(primary_key=True)
    at = models.DateTimeField(default=clock.now)
    person_id = models.BigIntegerField(null=True)
    person_name = models.CharField(max_length=64)
    seat = models.CharField(max_length=160, blank=True)
    via = models.CharField(max_length=16)
    address = models.CharField(max_length=45, blank=True)
    action = models.CharField(max_length=64)
    subject_kind = models.CharField(max_length=64)
    subject_id = models.BigIntegerField()
    before = models.JSONField(default=dict, encoder=DjangoJSONEncoder)
    after = models.JSONField(default=dict, encoder=DjangoJSONEncoder)

    objects = OnlyAppended.as_manager()

    class Meta:
        ordering = ("-number",)
        indexes = (models.Index(fields=["subject_kind", "subject_id", "-number"], name="audit_history"),)

    def __str__(self) -> str:
        return f"{self.number} {self.action}"
