"""Calendar feeds by token."""

from django.db import models


class Feed(models.Model):
    """The desk of one seat as a calendar; of its token only the digest is kept."""

    seat = models.OneToOneField("orgs.Seat", models.CASCADE, related_name="+")
    digest = models.CharField(max_length=64, unique=True)
    made_at = models.DateTimeField()

    def __str__(self) -> str:
        return str(self.seat)
