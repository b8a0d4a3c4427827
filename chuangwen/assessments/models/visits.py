"""What was seen: visits with their marks, what units filed, what they object to."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from chuangwen.kit.locking import Versioned

from ..rules.states import FilingState, ObjectionState, VisitState
from .rounds import FramePoint, Round, RoundUnit, Team

VISIT_STATES = {
    VisitState.ASSIGNED: pgettext_lazy("visit", "assigned"),
    VisitState.MARKED: pgettext_lazy("visit", "marked"),
    VisitState.RETURNED: pgettext_lazy("visit", "returned"),
    VisitState.ACCEPTED: pgettext_lazy("visit", "accepted"),
    VisitState.CANCELLED: pgettext_lazy("visit", "cancelled"),
}
OBJECTION_STATES = {
    ObjectionState.OPEN: pgettext_lazy("objection", "open"),
    ObjectionState.UPHELD: pgettext_lazy("objection", "upheld"),
    ObjectionState.REJECTED: pgettext_lazy("objection", "rejected"),
    ObjectionState.WITHDRAWN: pgettext_lazy("objection", "withdrawn"),
}
FILING_STATES = {
    FilingState.ASKED: pgettext_lazy("filing", "asked"),
    FilingState.FILED: pgettext_lazy("filing", "filed"),
    FilingState.RETURNED: pgettext_lazy("filing", "returned"),
    FilingState.ACCEPTED: pgettext_lazy("filing", "accepted"),
}


class Visit(Versioned):
    """A point that was opened to a team for a time slot. `weight_micro` is the design weight of the draw.

    `turn` counts timed visits of the same point; `second`: the blind second mark, which never counts in the
    score and is compared with the first.
    """

    round = models.ForeignKey(Round, models.CASCADE, related_name="visits")
    point = models.ForeignKey(FramePoint, models.PROTECT, related_name="visits")
    team = models.ForeignKey(Team, models.PROTECT, related_name="visits")
    seat = models.ForeignKey("orgs.Seat", models.PROTECT, null=True, blank=True, related_name="+")
    turn = models.PositiveSmallIntegerField(default=1)
    second = models.BooleanField(default=False)
    stratum = models.CharField(max_length=200)
    weight_micro = models.BigIntegerField()
    slot_from = models.DateTimeField(null=True, blank=True)
    slot_until = models.DateTimeField(null=True, blank=True)
    state = models.CharField(max_length=10, choices=VISIT_STATES, default=VisitState.ASSIGNED)
    visited_at = models.DateTimeField(null=True, blank=True)
    marked_at = models.DateTimeField(null=True, blank=True)
    marked_by = models.ForeignKey("orgs.Person", models.PROTECT, null=True, blank=True, related_name="+")
    looked_at = models.DateTimeField(null=True, blank=True)  # by quality control
    looked_by = models.ForeignKey("orgs.Person", models.PROTECT, null=True, blank=True, related_name="+")
    remark = models.CharField(_("remark"), max_length=500, blank=True)

    class Meta:
        ordering = ("pk",)
        constraints = (
            models.UniqueConstraint(
                fields=["round", "point", "turn", "second"],
                condition=~Q(state=VisitState.CANCELLED),
                name="visit_once",
            ),
            models.CheckConstraint(
                condition=Q(slot_from=None) | Q(slot_until=None) | Q(slot_until__gt=F("slot_from")),
                name="visit_slot_in_order",
            ),
        )

    def __str__(self) -> str:
        return str(self.point)


class Mark(models.Model):
    """What was found of one item: `data` as `cores.scoring.parse_mark` takes it, `nano` what that is worth.

    `nano` None: not applicable, for `reason`. Changed by an objection that was upheld, the mark before stands
    in `before`.
    """

    visit = models.ForeignKey(Visit, models.CASCADE, related_name="marks")
    item = models.CharField(max_length=32)  # key of the item in the version of the round
    data = models.JSONField(null=True, blank=True)
    nano = models.BigIntegerField(null=True, blank=True)
    reason = models.CharField(_("reason"), max_length=200, blank=True)
    note = models.CharField(_("note"), max_length=500, blank=True)
    before = models.JSONField(null=True, blank=True)

    class Meta:
        ordering = ("pk",)
        constraints = (
            models.UniqueConstraint(fields=["visit", "item"], name="mark_once"),
            models.CheckConstraint(condition=Q(nano__isnull=False) | ~Q(reason=""), name="mark_or_a_reason"),
        )

    def __str__(self) -> str:
        return self.item


class MarkPhoto(models.Model):
    mark = models.ForeignKey(Mark, models.CASCADE, related_name="photos")
    name = models.CharField(max_length=255)
    sha256 = models.CharField(max_length=64)
    taken_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ("pk",)

    def __str__(self) -> str:
        return self.name


class Objection(Versioned):
    """A unit objects to a mark, with proof, until the round's replies end; a second marker decides."""

    mark = models.ForeignKey(Mark, models.PROTECT, related_name="objections")
    unit = models.ForeignKey("orgs.Unit", models.PROTECT, related_name="+")
    words = models.CharField(_("why"), max_length=1000)
    state = models.CharField(max_length=10, choices=OBJECTION_STATES, default=ObjectionState.OPEN)
    by = models.ForeignKey("orgs.Person", models.PROTECT, null=True, blank=True, related_name="+")
    at = models.DateTimeField()
    decided_by = models.ForeignKey("orgs.Person", models.PROTECT, null=True, blank=True, related_name="+")
    decided_at = models.DateTimeField(null=True, blank=True)
    grounds = models.CharField(_("grounds"), max_length=1000, blank=True)

    class Meta:
        ordering = ("pk",)
        constraints = (
            models.UniqueConstraint(
                fields=["mark", "unit"], condition=Q(state=ObjectionState.OPEN), name="one_open_objection"
            ),
        )

    def __str__(self) -> str:
        return self.words


class Reply(models.Model):
    """A unit has gone through its own findings of a round: what it did not object to it accepts."""

    round = models.ForeignKey(Round, models.CASCADE, related_name="replies")
    unit = models.ForeignKey("orgs.Unit", models.PROTECT, related_name="+")
    words = models.CharField(_("remark"), max_length=500, blank=True)
    by = models.ForeignKey("orgs.Person", models.PROTECT, null=True, blank=True, related_name="+")
    at = models.DateTimeField()

    class Meta:
        ordering = ("pk",)
        constraints = (models.UniqueConstraint(fields=["round", "unit"], name="reply_once"),)

    def __str__(self) -> str:
        return f"{self.unit} {self.round}"


class ObjectionFile(models.Model):
    objection = models.ForeignKey(Objection, models.CASCADE, related_name="files")
    name = models.CharField(max_length=255)
    sha256 = models.CharField(max_length=64)

    class Meta:
        ordering = ("pk",)

    def __str__(self) -> str:
        return self.name


class Filing(Versioned):
    """What a unit files for a standard of the method material: asked once, filed, reviewed, filed again.

    `for_unit` is the appraised unit whose score it enters. `marks` {item key: mark data} are the reviewer's.
    """

    round = models.ForeignKey(Round, models.CASCADE, related_name="filings")
    node = models.CharField(max_length=32)  # key of the standard
    unit = models.ForeignKey("orgs.Unit", models.PROTECT, related_name="+")
    for_unit = models.ForeignKey(RoundUnit, models.CASCADE, related_name="filings")
    state = models.CharField(max_length=10, choices=FILING_STATES, default=FilingState.ASKED)
    conclusion = models.CharField(_("conclusion"), max_length=500, blank=True)
    statement = models.TextField(_("statement"), blank=True)
    filed_at = models.DateTimeField(null=True, blank=True)
    filed_by = models.ForeignKey("orgs.Person", models.PROTECT, null=True, blank=True, related_name="+")
    marks = models.JSONField(default=dict, blank=True)
    verdict = models.CharField(_("verdict"), max_length=1000, blank=True)
    reviewed_at = models.DateTimeField(null=True, blank=True)
    reviewed_by = models.ForeignKey("orgs.Person", models.PROTECT, null=True, blank=True, related_name="+")
    times_returned = models.PositiveSmallIntegerField(default=0)

    class Meta:
        ordering = ("pk",)
        constraints = (models.UniqueConstraint(fields=["round", "node", "for_unit"], name="filing_once"),)

    def __str__(self) -> str:
        return self.node


class FilingFile(models.Model):
    filing = models.ForeignKey(Filing, models.CASCADE, related_name="files")
    name = models.CharField(max_length=255)
    sha256 = models.CharField(max_length=64)
    caption = models.CharField(_("caption"), max_length=300, blank=True)

    class Meta:
        ordering = ("pk",)

    def __str__(self) -> str:
        return self.name
