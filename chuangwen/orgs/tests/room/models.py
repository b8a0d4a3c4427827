from typing import ClassVar

from django.db import models


class Note(models.Model):
    unit = models.ForeignKey("orgs.Unit", models.CASCADE, related_name="+", db_constraint=False)
    covert = models.BooleanField(default=False)

    objects: ClassVar[models.Manager["Note"]] = models.Manager()

    class Meta:
        app_label = "room"
        managed = False
        db_table = "test_room_note"

    def __str__(self) -> str:
        return f"note {self.pk}"
