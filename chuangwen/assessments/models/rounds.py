"""A round: what is tested by whom, the frame that it is drawn from, and the draw under seal."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from chuangwen.kit.locking import Versioned

from ..rules.states import RoundState
from ..rules.teams import TeamKind

ROUND_STATES = {
    RoundState.PLANNED: pgettext_lazy("round", "planned"),
    RoundState.DRAWN: pgettext_lazy("round", "drawn"),
    RoundState.MARKING: pgettext_lazy("round", "being marked"),
    RoundState.REPLYING: pgettext_lazy("round", "units reply"),
    RoundState.LOCKED: pgettext_lazy("round", "locked"),
    RoundState.CANCELLED: pgettext_lazy("round", "cancelled"),
}
TEAM_KINDS = {
    TeamKind.SURVEY: _("survey team"),
    TeamKind.AGENCY: _("third party"),
    TeamKind.OWN: _("own inspectors"),
}


class Round(Versioned):
    """A test of a city by one published version of a system.

    `method_weights` {"field": 600, "survey": 400} in thousandths that add up to 1000. `full_area`: every unit
    needs its least number of points before the round is complete. `covert_until` None: no secret; until then
    only the round's lead, its teams and the campaign office know of it. `threshold_milli`: a score with less
    coverage is withheld. `second_pct` of the points are marked a second time, blind. `lead` opens the draw.
    """

    jurisdiction = models.ForeignKey("orgs.Unit", models.PROTECT, related_name="+")
    system_version = models.ForeignKey("standards.SystemVersion", models.PROTECT, related_name="+")
    lead = models.ForeignKey("orgs.Seat", models.PROTECT, related_name="+")
    name = models.CharField(_("name"), max_length=100)
    first_day = models.DateField(_("from"))
    last_day = models.DateField(_("until"))
    state = models.CharField(max_length=10, choices=ROUND_STATES, default=RoundState.PLANNED)
    full_area = models.BooleanField(_("full area"), default=False)
    covert_until = models.DateTimeField(_("secret until"), null=True, blank=True)
    type_codes = models.JSONField(default=list, blank=True)  # [] all
    method_weights = models.JSONField(default=dict)
    threshold_milli = models.PositiveSmallIntegerField(default=600)
    bonus_cap_milli = models.PositiveIntegerField(default=0)  # thousandths of a point of 100
    penalty_cap_milli = models.PositiveIntegerField(default=0)
    visits_per_point = models.PositiveSmallIntegerField(_("visits of each point"), default=1)
    second_pct = models.PositiveSmallIntegerField(_("marked twice, per cent"), default=0)
    reply_days = models.PositiveSmallIntegerField(_("working days to reply"), default=3)
    replies_until = models.DateTimeField(null=True, blank=True)
    weighs_milli = models.PositiveIntegerField(default=1000)  # in the quarter or year that it belongs to

    class Meta:
        ordering = ("-first_day", "-pk")
        constraints = (
            models.UniqueConstraint(fields=["jurisdiction", "name"], name="round_name_once"),
            models.CheckConstraint(condition=Q(last_day__gte=F("first_day")), name="round_days_in_order"),
            models.CheckConstraint(condition=Q(threshold_milli__lte=1000), name="round_threshold"),
            models.CheckConstraint(condition=Q(second_pct__lte=100), name="round_second_share"),
        )

    def __str__(self) -> str:
        return self.name


class RoundUnit(models.Model):
    """A unit that is appraised in the round, beside its peers. `points_least`: without so many visited
    points a full-area round is not complete.
    """

    round = models.ForeignKey(Round, models.CASCADE, related_name="units")
    unit = models.ForeignKey("orgs.Unit", models.PROTECT, related_name="+")
    peer_group = models.CharField(max_length=100, blank=True)
    points_least = models.PositiveIntegerField(default=0)

    class Meta:
        ordering = ("unit__path",)
        constraints = (models.UniqueConstraint(fields=["round", "unit"], name="round_unit_once"),)

    def __str__(self) -> str:
        return str(self.unit)


class Team(models.Model):
    """Who visits: a survey team, an agency or own inspectors. None marks a point of a unit of its own."""

    round = models.ForeignKey(Round, models.CASCADE, related_name="teams")
    name = models.CharField(_("name"), max_length=50)
    kind = models.CharField(_("kind"), max_length=10, choices=TEAM_KINDS)

    class Meta:
        ordering = ("pk",)
        constraints = (models.UniqueConstraint(fields=["round", "name"], name="team_name_once"),)

    def __str__(self) -> str:
        return self.name


class TeamMember(models.Model):
    team = models.ForeignKey(Team, models.CASCADE, related_name="members")
    seat = models.ForeignKey("orgs.Seat", models.PROTECT, related_name="+")

    class Meta:
        ordering = ("pk",)
        constraints = (models.UniqueConstraint(fields=["team", "seat"], name="team_member_once"),)

    def __str__(self) -> str:
        return str(self.seat)


class FramePoint(models.Model):
    """A point as it stood when the frame was frozen. That it is in it is no secret; that it was drawn is.

    `stratum_name` is what the published frame calls `stratum_unit`, also after the unit got another name.
    """

    round = models.ForeignKey(Round, models.CASCADE, related_name="frame")
    point = models.ForeignKey("points.Point", models.PROTECT, related_name="+")
    number = models.CharField(max_length=20)
    name = models.CharField(max_length=100)
    type_code = models.CharField(max_length=16)
    certain = models.BooleanField(default=False)
    unit = models.ForeignKey("orgs.Unit", models.PROTECT, related_name="+")  # territorial
    stratum_unit = models.ForeignKey("orgs.Unit", models.PROTECT, related_name="+")  # that is appraised
    stratum_name = models.CharField(max_length=200)
    lead_unit = models.ForeignKey("orgs.Unit", models.PROTECT, null=True, blank=True, related_name="+")
    venue_unit = models.ForeignKey("orgs.Unit", models.PROTECT, null=True, blank=True, related_name="+")

    class Meta:
        ordering = ("number",)
        constraints = (models.UniqueConstraint(fields=["round", "number"], name="frame_number_once"),)

    def __str__(self) -> str:
        return f"{self.number} {self.name}"


class Draw(models.Model):
    """What was committed before anything was drawn, and the seed under seal until it is revealed.

    `design` as `cores.scoring.draw.Design.data`. `sealed`: the seed, encrypted with the passphrase of the
    round's lead, which nobody else has. `seed` is "" until it is revealed.
    """

    round = models.OneToOneField(Round, models.CASCADE, related_name="draw")
    design = models.JSONField()
    frame_sha256 = models.CharField(max_length=64)
    seed_sha256 = models.CharField(max_length=64)
    beacon = models.CharField(max_length=200, blank=True)
    sealed = models.TextField()
    seed = models.CharField(max_length=64, blank=True)
    drawn_at = models.DateTimeField()
    revealed_at = models.DateTimeField(null=True, blank=True)

    def __str__(self) -> str:
        return self.seed_sha256
