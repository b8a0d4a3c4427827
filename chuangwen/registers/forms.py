"""What people type on the pages of lists. What two may edit carries the `version` that it was opened on."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from chuangwen.orgs.actors import Actor
from chuangwen.orgs.forms import DayField
from chuangwen.orgs.picker import UnitField

from .models import MARK_STATES, RegisterColumn
from .rules.coverage import MarkState

_UNIT_HELP = _("Type a few letters of its name, then choose.")


class VersionForm(forms.Form):
    version = forms.IntegerField(min_value=0, widget=forms.HiddenInput)


class ActorForm(forms.Form):
    """A form with fields for units that the actor sees."""

    version = forms.IntegerField(min_value=0, required=False, widget=forms.HiddenInput)

    def __init__(self, *args: Any, actor: Actor, **options: Any) -> None:
        super().__init__(*args, **options)
        self.actor = actor

    def add_unit(self, name: str, label: Any, *, at: int, disabled: bool = False) -> None:
        """A field for a unit, as the `at`-th of the fields."""
        self.fields[name] = UnitField(
            actor=self.actor, label=label, help_text="" if disabled else _UNIT_HELP, disabled=disabled
        )
        order = [one for one in self.fields if one != name]
        self.order_fields([*order[:at], name, *order[at:]])

    def arguments(self, *units: str) -> dict[str, Any]:
        """What the action takes: units by their ids, and the version where the form was opened on one."""
        values = {
            name: value for name, value in self.cleaned_data.items() if value is not None or name != "version"
        }
        for name in units:
            values[f"{name}_id"] = values.pop(name).pk
        return values


class ListForm(ActorForm):
    name = forms.CharField(label=_("Name of the list"), max_length=100)
    noun = forms.CharField(
        label=_("What one is called"), max_length=20, help_text=_("For example 村, 社区, 小巷.")
    )
    announced = forms.IntegerField(
        label=_("How many there are said to be"),
        required=False,
        min_value=0,
        max_value=1_000_000,
        help_text=_(
            "As announced in a document. Empty: nobody said; what has no name yet is counted from it."
        ),
    )

    def __init__(self, *args: Any, keeper_fixed: bool = False, **options: Any) -> None:
        super().__init__(*args, **options)
        self.add_unit("keeper", _("Kept by"), at=3, disabled=keeper_fixed)


class ColumnForm(forms.Form):
    version = forms.IntegerField(min_value=0, required=False, widget=forms.HiddenInput)
    name = forms.CharField(label=_("What members have or lack"), max_length=50)
    required = forms.BooleanField(
        label=_("Required: without it a member is not covered"), required=False, initial=True
    )
    dated = forms.BooleanField(label=_("It is asked since when it is there"), required=False)
    starts_on = DayField(label=_("Counts from"), required=False)
    ends_on = DayField(
        label=_("Counts until"), required=False, help_text=_("The first day on which it counts no more.")
    )

    @classmethod
    def of(cls, column: RegisterColumn) -> dict[str, Any]:
        names = ("version", "name", "required", "dated", "starts_on", "ends_on")
        return {name: getattr(column, name) for name in names}


class MemberForm(ActorForm):
    name = forms.CharField(label=_("Name"), max_length=100)
    code = forms.CharField(label=_("Code"), max_length=32, required=False)
    opened_on = DayField(
        label=_("Opened on"), required=False, help_text=_("Empty: it has been there from the beginning.")
    )
    closed_on = DayField(
        label=_("Closed on"), required=False, help_text=_("From this day on it counts no more. Empty: open.")
    )

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.add_unit("unit", _("Lies in"), at=2)


class MarkForm(VersionForm):
    """What is said of a member and a column; without a day it is said for today."""

    state = forms.TypedChoiceField(
        label=_("State"), choices=MARK_STATES, coerce=MarkState, widget=forms.RadioSelect
    )
    since = DayField(label=_("There since"), required=False)
    as_of = DayField(label=_("As of"), required=False, help_text=_("The day for which this is said."))
    note = forms.CharField(label=_("Note"), max_length=200, required=False)

    def __init__(self, *args: Any, dated: bool, **options: Any) -> None:
        super().__init__(*args, **options)
        if not dated:
            del self.fields["since"]


class ProjectForm(ActorForm):
    name = forms.CharField(label=_("Name"), max_length=100)
    planned_on = DayField(label=_("Planned to be done on"), required=False)
    note = forms.CharField(label=_("Note"), max_length=500, required=False)

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.add_unit("unit", _("Lies in"), at=2)


class StepForm(VersionForm):
    on = DayField(label=_("Day"))


class MeasureForm(VersionForm):
    measure_name = forms.CharField(
        label=_("What is measured"), max_length=50, required=False, help_text=_("For example 高峰平均车速.")
    )
    measure_unit = forms.CharField(label=_("Unit of measure"), max_length=20, required=False)
    before = forms.DecimalField(label=_("Measured before"), required=False, max_digits=20, decimal_places=6)
    after = forms.DecimalField(label=_("Measured after"), required=False, max_digits=20, decimal_places=6)


class TableForm(forms.Form):
    file = forms.FileField(
        label=_("File"),
        error_messages={"required": _("Choose a file first.")},
        widget=forms.ClearableFileInput({"accept": ".xlsx,.csv"}),
    )


class MemberTableForm(TableForm):
    as_of = DayField(label=_("As of"), help_text=_("The day for which the table says what is there."))


class TakeOverForm(forms.Form):
    """A table as the preview holds it, and the digest of what it showed."""

    table = forms.CharField(widget=forms.HiddenInput)
    seen = forms.CharField(max_length=64, widget=forms.HiddenInput)
