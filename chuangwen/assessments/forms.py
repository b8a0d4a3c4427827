"""What people type on the pages of rounds. What two may edit carries the `version` that it was opened on."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from typing import TYPE_CHECKING, Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from chuangwen.cores.scoring.draw import Design
from chuangwen.orgs.actors import Actor
from chuangwen.orgs.forms import DayField
from chuangwen.orgs.picker import UnitField

from .actions import Plan, Slot, TeamFacts, UnitLine
from .models import Round, Team
from .models.rounds import TEAM_KINDS
from .rules.planning import METHODS as METHOD_CODES
from .rules.sealing import LEAST
from .rules.teams import TeamKind
from .wording import METHODS

if TYPE_CHECKING:
    from chuangwen.orgs.models import Seat, Unit
    from chuangwen.standards.models import SystemVersion
    from chuangwen.standards.rules.tree import TypeRow

ALLOCATIONS = {
    "proportional": _("proportional: by how many points there are"),
    "fixed": _("fixed: the same number of each point type"),
    "optimal": _("optimal: more where points differ more"),
}


class MomentField(forms.DateTimeField):
    """A minute of the city's time, picked in the browser's own way."""

    widget = forms.DateTimeInput(format="%Y-%m-%dT%H:%M", attrs={"type": "datetime-local"})


class VersionForm(forms.Form):
    version = forms.IntegerField(min_value=0, widget=forms.HiddenInput)


class WhyForm(VersionForm):
    why = forms.CharField(label=_("Why"), max_length=300)


class PlanForm(forms.Form):
    """Per cents are typed as they are said; the plan has thousandths."""

    version = forms.IntegerField(min_value=0, required=False, widget=forms.HiddenInput)
    name = forms.CharField(label=_("Name"), max_length=100)
    system_version_id = forms.TypedChoiceField(label=_("Assessment system"), coerce=int)
    lead_seat_id = forms.TypedChoiceField(
        label=_("Round lead"),
        coerce=int,
        help_text=_("Draws the points, and alone keeps the passphrase that opens them."),
    )
    first_day = DayField(label=_("From"))
    last_day = DayField(label=_("Until"))
    covert_until = MomentField(
        label=_("Secret until"),
        required=False,
        help_text=_("Until then only the campaign office, the lead and the teams know of the round."),
    )
    full_area = forms.BooleanField(
        label=_("Full area: every unit needs its least number of points"), required=False
    )
    type_codes = forms.MultipleChoiceField(
        label=_("Point types"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("None: all types of the system."),
    )
    visits_per_point = forms.IntegerField(
        label=_("Visits of each point"), min_value=1, max_value=20, initial=1
    )
    second_pct = forms.IntegerField(
        label=_("Marked twice, per cent"),
        min_value=0,
        max_value=100,
        initial=10,
        help_text=_("A second team marks this share of the points without knowing the first marks."),
    )
    threshold = forms.IntegerField(
        label=_("Coverage below which a score is withheld, per cent"), min_value=0, max_value=100, initial=60
    )
    bonus_cap = forms.DecimalField(
        label=_("Most bonus points"), min_value=0, max_value=100, decimal_places=3, initial=0
    )
    penalty_cap = forms.DecimalField(
        label=_("Most penalty points"), min_value=0, max_value=100, decimal_places=3, initial=0
    )
    reply_days = forms.IntegerField(label=_("Working days to reply"), min_value=1, max_value=60, initial=3)
    weighs = forms.DecimalField(
        label=_("Weight in its quarter or year"), min_value=0, max_value=1000, decimal_places=3, initial=1
    )

    def __init__(
        self,
        data: Mapping[str, Any] | None = None,
        *,
        versions: Iterable[SystemVersion],
        seats: Iterable[Seat],
        types: Iterable[TypeRow],
        initial: dict[str, Any] | None = None,
    ) -> None:
        super().__init__(data, initial=initial)
        _choose(self, "system_version_id", [(one.pk, str(one)) for one in versions])
        _choose(self, "lead_seat_id", [(one.pk, f"{one.person.name} · {one.unit}") for one in seats])
        _choose(self, "type_codes", [(one.code, one.name) for one in types])
        for method in METHOD_CODES:
            self.fields[f"weight_{method}"] = forms.DecimalField(
                label=_("Weight of %(method)s, per cent") % {"method": METHODS[method]},
                min_value=0,
                max_value=100,
                decimal_places=1,
                required=False,
            )
        before = [f"weight_{method}" for method in METHOD_CODES]
        self.order_fields(["name", "system_version_id", "first_day", "last_day", *before])

    def plan(self) -> Plan:
        said = self.cleaned_data
        weights = {method: said[f"weight_{method}"] or 0 for method in METHOD_CODES}
        return Plan(
            system_version_id=said["system_version_id"],
            lead_seat_id=said["lead_seat_id"],
            name=said["name"],
            first_day=said["first_day"],
            last_day=said["last_day"],
            method_weights={method: int(weight * 10) for method, weight in weights.items()},
            full_area=said["full_area"],
            covert_until=said["covert_until"],
            type_codes=said["type_codes"],
            threshold_milli=said["threshold"] * 10,
            bonus_cap_milli=int(said["bonus_cap"] * 1000),
            penalty_cap_milli=int(said["penalty_cap"] * 1000),
            visits_per_point=said["visits_per_point"],
            second_pct=said["second_pct"],
            reply_days=said["reply_days"],
            weighs_milli=int(said["weighs"] * 1000),
        )


def known_of(found: Round) -> dict[str, Any]:
    """What the form says of a round that is planned already."""
    names = ("version", "name", "system_version_id", "first_day", "last_day", "full_area", "type_codes")
    more = ("visits_per_point", "second_pct", "reply_days", "covert_until")
    return {
        **{name: getattr(found, name) for name in (*names, *more)},
        "lead_seat_id": found.lead_id,
        "threshold": found.threshold_milli // 10,
        "bonus_cap": _shown(found.bonus_cap_milli),
        "penalty_cap": _shown(found.penalty_cap_milli),
        "weighs": _shown(found.weighs_milli),
        **{f"weight_{method}": f"{weight / 10:g}" for method, weight in found.method_weights.items()},
    }


def _shown(milli: int) -> str:
    return f"{milli / 1000:g}"


def _choose(form: forms.Form, name: str, choices: Sequence[tuple[Any, Any]]) -> None:
    form.fields[name].choices = choices  # type: ignore[attr-defined]


class UnitsForm(VersionForm):
    """A line for each unit of the city: whether it is appraised, and its least number of points."""

    def __init__(
        self, data: Mapping[str, Any] | None = None, *, units: Sequence[Unit], initial: dict[str, Any]
    ) -> None:
        super().__init__(data, initial=initial)
        self.units = units
        for one in units:
            self.fields[f"unit_{one.pk}"] = forms.BooleanField(label=str(one), required=False)
            self.fields[f"least_{one.pk}"] = forms.IntegerField(
                label=_("Points of %(unit)s at least") % {"unit": one},
                min_value=0,
                max_value=100_000,
                required=False,
            )

    def rows(self) -> list[tuple[Unit, forms.BoundField, forms.BoundField]]:
        return [(one, self[f"unit_{one.pk}"], self[f"least_{one.pk}"]) for one in self.units]

    def lines(self) -> list[UnitLine]:
        said = self.cleaned_data
        return [
            UnitLine(one.pk, said[f"least_{one.pk}"] or 0) for one in self.units if said[f"unit_{one.pk}"]
        ]


class TeamForm(VersionForm):
    name = forms.CharField(label=_("Name"), max_length=50)
    kind = forms.ChoiceField(label=_("Kind"), choices=list(TEAM_KINDS.items()))
    seat_ids = forms.TypedMultipleChoiceField(
        label=_("Team members"),
        coerce=int,
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("Nobody marks a point of which the own unit is an owner."),
    )

    def __init__(
        self,
        data: Mapping[str, Any] | None = None,
        *,
        seats: Iterable[Seat],
        initial: dict[str, Any] | None = None,
    ) -> None:
        super().__init__(data, initial=initial)
        choices = {one.pk: f"{one.person.name} · {one}" for one in seats}
        _choose(self, "seat_ids", list(choices.items()))

    def facts(self) -> TeamFacts:
        said = self.cleaned_data
        return TeamFacts(name=said["name"], kind=TeamKind(said["kind"]), seat_ids=said["seat_ids"])


class FromUnitForm(forms.Form):
    """Whose people are offered as members."""

    def __init__(self, data: Mapping[str, Any], *, actor: Actor) -> None:
        super().__init__(data)
        self.fields["unit"] = UnitField(actor=actor, label=_("Offer people of"), required=False)


def team_known(team: Team, version: int) -> dict[str, Any]:
    seats = list(team.members.values_list("seat", flat=True))
    return {"version": version, "name": team.name, "kind": team.kind, "seat_ids": seats}


class PlannerForm(forms.Form):
    margin = forms.DecimalField(
        label=_("Wanted margin, ± points of 100"), min_value=0, max_value=50, decimal_places=2, initial=3
    )
    sd = forms.DecimalField(
        label=_("How far points lie apart (standard deviation, of 100)"),
        min_value=0,
        max_value=50,
        decimal_places=1,
        initial=25,
        help_text=_("From the round before; 50 is the worst that can be."),
    )
    visits_per_day = forms.IntegerField(
        label=_("Visits of a team in a day"), min_value=1, max_value=100, initial=8
    )
    team = forms.IntegerField(label=_("People in a team"), min_value=1, max_value=20, initial=2)


class DesignForm(VersionForm):
    """How many points are drawn where, and the passphrase that seals the seed."""

    allocation = forms.ChoiceField(label=_("Allocation"), choices=list(ALLOCATIONS.items()))
    size = forms.IntegerField(
        label=_("Points of each unit"),
        min_value=0,
        max_value=100_000,
        help_text=_("With the fixed allocation: of each point type in each unit."),
    )
    least = forms.IntegerField(
        label=_("At least in each stratum"),
        min_value=0,
        max_value=1000,
        initial=2,
        help_text=_("One point in a stratum gives no interval; take two or more."),
    )
    certain = forms.CharField(
        label=_("Visited in any case"),
        required=False,
        widget=forms.Textarea({"rows": 2}),
        help_text=_("Numbers of points, with spaces or commas between them."),
    )
    beacon = forms.CharField(
        label=_("Public chance"),
        required=False,
        max_length=200,
        help_text=_("Such as the winning numbers of a lottery of today: nobody could have known them."),
    )
    passphrase = forms.CharField(
        label=_("Passphrase"),
        max_length=200,
        strip=True,
        widget=forms.PasswordInput({"autocomplete": "new-password"}),
        help_text=_("At least %(least)s characters. Nobody else can open the points; it is stored nowhere.")
        % {"least": LEAST},
    )
    again = forms.CharField(
        label=_("The passphrase again"),
        max_length=200,
        widget=forms.PasswordInput({"autocomplete": "new-password"}),
    )

    def __init__(
        self,
        data: Mapping[str, Any] | None = None,
        *,
        names: Mapping[int, str],
        types: Sequence[TypeRow],
        initial: dict[str, Any],
    ) -> None:
        super().__init__(data, initial=initial)
        self.names, self.types = names, types
        for pk, name in names.items():
            self.fields[f"size_{pk}"] = forms.IntegerField(
                label=name, min_value=0, max_value=100_000, required=False
            )
        for one in types:
            self.fields[f"sd_{one.id}"] = forms.DecimalField(
                label=one.name, min_value=0, max_value=50, decimal_places=1, required=False
            )

    def sizes(self) -> list[forms.BoundField]:
        return [self[f"size_{pk}"] for pk in self.names]

    def spreads(self) -> list[forms.BoundField]:
        return [self[f"sd_{one.id}"] for one in self.types]

    def main(self) -> list[forms.BoundField]:
        names = ("allocation", "size", "least", "certain", "beacon", "passphrase", "again")
        return [self[name] for name in names]

    def clean(self) -> dict[str, Any]:
        said: dict[str, Any] = super().clean() or {}
        if said.get("passphrase") != said.get("again"):
            self.add_error("again", _("The two passphrases are not the same"))
        return said

    def design(self) -> Design:
        said = self.cleaned_data
        fixed = said["allocation"] == "fixed"
        sizes = {} if fixed else {name: said[f"size_{pk}"] for pk, name in self.names.items()}
        spreads = {one.code: said[f"sd_{one.id}"] for one in self.types}
        return Design(
            allocation=said["allocation"],
            size=said["size"],
            least=said["least"],
            sizes={name: size for name, size in sizes.items() if size is not None},
            sd_milli={code: int(sd * 10) for code, sd in spreads.items() if sd},
        )

    def certain_numbers(self) -> set[str]:
        text: str = self.cleaned_data["certain"]
        return set(text.replace(",", " ").replace("，", " ").replace("、", " ").split())


class PassphraseForm(VersionForm):
    passphrase = forms.CharField(
        label=_("Passphrase"),
        max_length=200,
        widget=forms.PasswordInput({"autocomplete": "off"}),
    )


class OpenForm(PassphraseForm):
    units = forms.TypedMultipleChoiceField(
        label=_("Units"),
        coerce=int,
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("None: all of them."),
    )
    most = forms.IntegerField(
        label=_("Points now"),
        min_value=1,
        max_value=100_000,
        required=False,
        help_text=_("Empty: all that are still closed. Open each morning what is visited on the day."),
    )

    def __init__(
        self,
        data: Mapping[str, Any] | None = None,
        *,
        names: Mapping[int, str],
        turns: int,
        initial: dict[str, Any],
    ) -> None:
        super().__init__(data, initial=initial)
        self.turns = range(1, turns + 1)
        _choose(self, "units", list(names.items()))
        for turn in self.turns:
            for end, words in (("from", _("Visit %(turn)s from")), ("until", _("Visit %(turn)s until"))):
                self.fields[f"{end}_{turn}"] = MomentField(label=words % {"turn": turn}, required=False)
        self.order_fields(["units", "most"])

    def slots(self) -> list[Slot]:
        said = self.cleaned_data
        return [Slot(said[f"from_{turn}"], said[f"until_{turn}"]) for turn in self.turns]


class TableForm(forms.Form):
    file = forms.FileField(
        label=_("XLSX or CSV file"),
        error_messages={"required": _("Choose a file first.")},
        widget=forms.ClearableFileInput({"accept": ".xlsx,.csv"}),
    )


def local(moment: datetime | None) -> datetime | None:
    return timezone.localtime(moment) if moment is not None else None
