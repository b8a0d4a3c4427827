"""What upper rooms may want to hear of."""

from django.core.serializers.json import DjangoJSONEncoder
from django.db import models

from .. import clock


class OutboxRow(models.Model):
    """Something that upper rooms may want to hear of, written in the transaction in which it happened."""

    key = models.CharField(max_length=120, unique=True)
    topic = models.CharField(max_length=64)
    values = models.JSONField(default=dict, encoder=DjangoJSONEncoder)
    at = models.DateTimeField(default=clock.now)

    def __str__(self) -> str:
        return self.key
