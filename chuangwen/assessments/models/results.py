"""What came of it: scores of units, the lock, the cycle of three years, and what others found."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from chuangwen.kit.locking import Versioned

from .rounds import Round, RoundUnit

CAUSES = {
    "subjective": _("own fault"),
    "objective": _("not in its hands"),
}
ADJUSTMENTS = {
    "bonus": pgettext_lazy("score", "bonus"),
    "penalty": pgettext_lazy("score", "penalty"),
}


class PartScore(Versioned):
    """A result that was not marked on points: of a method, or of one standard of it (`node`).

    `nano` of full; `n` and `source` are shown beside it; `se_nano` None: not known.
    """

    round_unit = models.ForeignKey(RoundUnit, models.CASCADE, related_name="part_scores")
    method = models.CharField(max_length=8)
    node = models.CharField(max_length=32, blank=True)
    nano = models.BigIntegerField()
    n = models.PositiveIntegerField()
    se_nano = models.BigIntegerField(null=True, blank=True)
    source = models.CharField(_("source"), max_length=200)

    class Meta:
        ordering = ("pk",)
        constraints = (
            models.UniqueConstraint(fields=["round_unit", "method", "node"], name="part_score_once"),
            models.CheckConstraint(condition=Q(nano__gte=0, nano__lte=10**9), name="part_score_of_full"),
        )

    def __str__(self) -> str:
        return f"{self.round_unit} {self.method}"


class Adjustment(Versioned):
    """Points added or taken by the scheme, with grounds; capped by the round."""

    round_unit = models.ForeignKey(RoundUnit, models.CASCADE, related_name="adjustments")
    kind = models.CharField(max_length=7, choices=ADJUSTMENTS)
    points_milli = models.PositiveIntegerField(_("points"))
    grounds = models.CharField(_("grounds"), max_length=300)

    class Meta:
        ordering = ("pk",)

    def __str__(self) -> str:
        return self.grounds


class UnitScore(models.Model):
    """The score of an owner in a round: of an appraised unit (`role` "unit"), a lead department ("lead") or a
    venue ("venue"). Made anew until the round is locked.

    Nano: of full. `total_nano` None where it is withheld, `withheld` says why; `final_nano` is in nano-points
    of 100 with bonus and penalty. `low_nano` and `high_nano` None: no interval can be given. Ranks are inside
    `peer_group`.
    """

    round = models.ForeignKey(Round, models.CASCADE, related_name="scores")
    unit = models.ForeignKey("orgs.Unit", models.PROTECT, related_name="+")
    role = models.CharField(max_length=5, default="unit")
    peer_group = models.CharField(max_length=100, blank=True)
    known_nano = models.BigIntegerField(null=True, blank=True)
    total_nano = models.BigIntegerField(null=True, blank=True)
    raw_nano = models.BigIntegerField(null=True, blank=True)
    final_nano = models.BigIntegerField(null=True, blank=True)
    low_nano = models.BigIntegerField(null=True, blank=True)
    high_nano = models.BigIntegerField(null=True, blank=True)
    se = models.FloatField(null=True, blank=True)
    df = models.FloatField(null=True, blank=True)
    withheld = models.JSONField(default=list, blank=True)
    missing = models.JSONField(default=list, blank=True)
    drawn = models.PositiveIntegerField(default=0)
    visited = models.PositiveIntegerField(default=0)
    marks = models.PositiveIntegerField(default=0)
    not_applicable = models.PositiveIntegerField(default=0)
    coverage_nano = models.BigIntegerField(null=True, blank=True)
    rank = models.PositiveIntegerField(null=True, blank=True)
    rank_first = models.PositiveIntegerField(null=True, blank=True)
    rank_last = models.PositiveIntegerField(null=True, blank=True)
    tier = models.PositiveIntegerField(null=True, blank=True)
    tied = models.BooleanField(default=False)

    class Meta:
        ordering = ("round", "role", "peer_group", "rank", "unit__path")
        constraints = (models.UniqueConstraint(fields=["round", "unit", "role"], name="unit_score_once"),)

    def __str__(self) -> str:
        return f"{self.unit} {self.round}"


class NodeScore(models.Model):
    """The score of one node of the tree, by method; `node` "" is the method as a whole."""

    score = models.ForeignKey(UnitScore, models.CASCADE, related_name="nodes")
    method = models.CharField(max_length=8)
    node = models.CharField(max_length=32, blank=True)
    nano = models.BigIntegerField()

    class Meta:
        ordering = ("pk",)
        constraints = (models.UniqueConstraint(fields=["score", "method", "node"], name="node_score_once"),)

    def __str__(self) -> str:
        return f"{self.node} {self.nano}"


class RoundLock(models.Model):
    """Inputs, rules, draw, code version and result of a round under one hash; `file` keeps their bytes."""

    round = models.OneToOneField(Round, models.PROTECT, related_name="lock")
    sha256 = models.CharField(max_length=64)
    file_sha256 = models.CharField(max_length=64)
    code_version = models.CharField(max_length=64)
    locked_at = models.DateTimeField()
    locked_by = models.ForeignKey("orgs.Person", models.PROTECT, null=True, blank=True, related_name="+")

    def __str__(self) -> str:
        return self.sha256


class Cycle(Versioned):
    """Years of a campaign and what each weighs in it (15/25/60), in thousandths that add up to 1000.

    `quarters_milli`: what the four quarters weigh in their year; [] all the same.
    """

    jurisdiction = models.ForeignKey("orgs.Unit", models.PROTECT, related_name="+")
    name = models.CharField(_("name"), max_length=100)
    first_year = models.PositiveSmallIntegerField(_("first year"))
    weights_milli = models.JSONField(default=list)
    quarters_milli = models.JSONField(default=list, blank=True)

    class Meta:
        ordering = ("-first_year", "pk")
        constraints = (models.UniqueConstraint(fields=["jurisdiction", "name"], name="cycle_name_once"),)

    def __str__(self) -> str:
        return self.name


class OfficialResult(Versioned):
    """What a national or provincial test found of a unit in a year: a record beside the mock mean."""

    cycle = models.ForeignKey(Cycle, models.PROTECT, related_name="official_results")
    unit = models.ForeignKey("orgs.Unit", models.PROTECT, related_name="+")
    year = models.PositiveSmallIntegerField(_("year"))
    issued_by = models.CharField(_("issued by"), max_length=100)
    score_nano = models.BigIntegerField(_("score"))  # nano-points of 100
    rank_words = models.CharField(_("rank as issued"), max_length=100, blank=True)
    document = models.CharField(_("document"), max_length=200, blank=True)
    recorded_at = models.DateTimeField()

    class Meta:
        ordering = ("-year", "pk")
        constraints = (
            models.UniqueConstraint(fields=["cycle", "unit", "year", "issued_by"], name="official_once"),
        )

    def __str__(self) -> str:
        return f"{self.unit} {self.year} {self.issued_by}"


class OfficialPart(models.Model):
    """A part of an official result, by method."""

    result = models.ForeignKey(OfficialResult, models.CASCADE, related_name="parts")
    method = models.CharField(max_length=8)
    score_nano = models.BigIntegerField()
    full_nano = models.BigIntegerField()

    class Meta:
        ordering = ("pk",)
        constraints = (models.UniqueConstraint(fields=["result", "method"], name="official_part_once"),)

    def __str__(self) -> str:
        return self.method


class LostPoint(Versioned):
    """Points that an official test took, by item and method, and whose fault that was: the unit answers,
    the campaign office decides.
    """

    result = models.ForeignKey(OfficialResult, models.PROTECT, related_name="lost_points")
    method = models.CharField(max_length=8)
    item_words = models.CharField(_("item"), max_length=300)
    points_nano = models.BigIntegerField(_("points lost"))
    unit = models.ForeignKey("orgs.Unit", models.PROTECT, null=True, blank=True, related_name="+")
    cause = models.CharField(_("cause"), max_length=10, choices=CAUSES, blank=True)
    reply = models.CharField(_("reply of the unit"), max_length=1000, blank=True)
    replied_at = models.DateTimeField(null=True, blank=True)
    decision = models.CharField(_("decision"), max_length=1000, blank=True)
    decided_by = models.ForeignKey("orgs.Person", models.PROTECT, null=True, blank=True, related_name="+")
    decided_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ("pk",)

    def __str__(self) -> str:
        return self.item_words
