"""What upper rooms may want to hear of."""

from django.core.serializers.json import DjangoJSONEncoder
from django.db import models

from .. import clock


class OutboxRow(models.Model):
    """Something that upper rooms may want to hear of, written in the transaction in which it happened.

    `delivered_at` is when the jobs of all who subscribed were asked for; None until then.
    """

    key = models.CharField(max_length=120, unique=True)
    topic = models.CharField(max_length=64)
    values = models.JSONField(default=dict, encoder=DjangoJSONEncoder)
    at = models.DateTimeField(default=clock.now)
    delivered_at = models.DateTimeField(null=True)

    class Meta:
        indexes = (
            models.Index(
                fields=["id"], name="outbox_undelivered", condition=models.Q(delivered_at__isnull=True)
            ),
        )

    def __str__(self) -> str:
        return self.key
