"""What was done, by whom: rows that are only ever appended, and the seals that number and chain them."""

from collections.abc import Mapping
from types import MappingProxyType
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
    """One thing that was done. No key points out of this table; ids may have gaps, seals number the rows.

    A person's name and address are in `who`, encrypted under the key of `person_id`; values about a person in
    `personal`, under the key of `about_id`. A system has its name in `system` and no person.
    A touch row has a `header`, which holds the values for all objects that one step touched.
    """

    id = models.BigAutoField(primary_key=True)
    at = models.DateTimeField(default=clock.now, db_index=True)
    person_id = models.BigIntegerField(null=True)
    who = models.BinaryField(null=True)
    system = models.CharField(max_length=64, blank=True)
    seat = models.CharField(max_length=160, blank=True)
    via = models.CharField(max_length=16)
    action = models.CharField(max_length=64)
    subject_kind = models.CharField(max_length=64)
    subject_id = models.BigIntegerField()
    before = models.JSONField(default=dict, encoder=DjangoJSONEncoder)
    after = models.JSONField(default=dict, encoder=DjangoJSONEncoder)
    about_id = models.BigIntegerField(null=True)
    personal = models.BinaryField(null=True)
    header = models.ForeignKey(
        "self", models.DO_NOTHING, null=True, db_constraint=False, related_name="touches"
    )

    objects = OnlyAppended.as_manager()

    # What `audit.opened` decrypts; empty before, and where the person's key was destroyed.
    person_name: str = ""
    address: str = ""
    personal_values: Mapping[str, Any] = MappingProxyType({})

    class Meta:
        ordering = ("-id",)
        indexes = (models.Index(fields=["subject_kind", "subject_id", "-id"], name="audit_history"),)

    def __str__(self) -> str:
        return f"{self.pk} {self.action}"

    @property
    def values(self) -> dict[str, Any]:
        """What the row says of its subject, with the header's values and those that were decrypted."""
        above = self.header.values if self.header else {}
        return {**above, **self.after, **self.personal_values}


class AuditSeal(models.Model):
    """Number of an entry, gapless from 1; `digest` over its content, `hash` over that and the seal before."""

    number = models.BigIntegerField(primary_key=True)
    entry_id = models.BigIntegerField(unique=True)
    digest = models.CharField(max_length=64)
    hash = models.CharField(max_length=64)

    class Meta:
        ordering = ("number",)

    def __str__(self) -> str:
        return str(self.number)


class AuditTombstone(models.Model):
    """Seals `first` to `last` were purged with their entries; the chain goes on from `last_hash`.

    `proof` is the keyed hash of the row: only this program can allow a deletion.
    """

    first = models.BigIntegerField()
    last = models.BigIntegerField(unique=True)
    first_hash = models.CharField(max_length=64)
    last_hash = models.CharField(max_length=64)
    before_month = models.CharField(max_length=7)
    at = models.DateTimeField()
    proof = models.CharField(max_length=64)

    class Meta:
        ordering = ("last",)

    def __str__(self) -> str:
        return f"{self.first}–{self.last}"


class PersonKey(models.Model):
    """The key under which the audit holds a person's values; `wrapped` is None once it was destroyed."""

    person_id = models.BigIntegerField(primary_key=True)
    wrapped = models.BinaryField(null=True)

    def __str__(self) -> str:
        return str(self.person_id)
