"""Tables of units and of people that were handed in, and what became of their rows."""

from django.core.serializers.json import DjangoJSONEncoder
from django.db import models
from django.utils.translation import gettext_lazy as _

from chuangwen.kit.vault import EncryptedText

from ..rules.imports import ImportState
from .people import Person
from .units import Unit

IMPORT_STATES = {
    ImportState.OPEN: _("Not yet taken over"),
    ImportState.TAKEN: _("Imported"),
    ImportState.UNDONE: _("Undone"),
    ImportState.DISCARDED: _("Given up"),
}


class Import(models.Model):
    """A file of `kind`. `unit` is the top of what who handed it in reaches: with it the file is seen.

    `file` are the bytes in base64. Phones stand in them: they are encrypted, and dropped when the import is
    taken over or discarded. `added`, `changed` and `same` count rows from then on.
    """

    kind = models.CharField(max_length=8)
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="+")
    name = models.CharField(_("file"), max_length=255)
    sha256 = models.CharField(max_length=64)
    file = EncryptedText(blank=True, default="")
    state = models.CharField(_("state"), max_length=9, choices=IMPORT_STATES, default=ImportState.OPEN)
    requested_by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    requested_at = models.DateTimeField(_("handed in"))
    taken_at = models.DateTimeField(null=True, blank=True)
    added = models.PositiveIntegerField(default=0)
    changed = models.PositiveIntegerField(default=0)
    same = models.PositiveIntegerField(default=0)

    class Meta:
        ordering = ("-pk",)

    def __str__(self) -> str:
        return self.name


class ImportedRow(models.Model):
    """What row `number` of a file that was taken over added or changed.

    `subject` is "unit", "person" or "seat", and `subject_id` its id. `before` holds what undoing needs: None
    for what was added. `after` is what shows that nobody has changed it since; `changes` is for people to
    read: [column, before, after].
    """

    of = models.ForeignKey(Import, models.CASCADE, related_name="rows")
    number = models.PositiveIntegerField()
    subject = models.CharField(max_length=8)
    subject_id = models.BigIntegerField()
    before = models.JSONField(null=True, encoder=DjangoJSONEncoder)
    after = models.JSONField(default=dict, encoder=DjangoJSONEncoder)
    changes = models.JSONField(default=list)

    class Meta:
        ordering = ("number", "pk")
        constraints = (
            models.UniqueConstraint(fields=["of", "subject", "subject_id"], name="imported_subject_once"),
        )

    def __str__(self) -> str:
        return f"{self.number} {self.subject} {self.subject_id}"
