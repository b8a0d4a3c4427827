"""What the office sets: the rhythm, how indicators get their values, late grants, milestones, money,
gates.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from chuangwen.cores.errors import BadInput
from chuangwen.orgs.actors import Actor
from chuangwen.orgs.people_queries import role_names
from chuangwen.orgs.picker import UnitField
from chuangwen.orgs.queries import match_names
from chuangwen.orgs.rules import Role

from ..models.rhythm import ASKS, MODES, PRODUCTS, SHAPES
from ..rules.amounts import number
from ..rules.rhythm import Asks, Product
from ..rules.states import Mode
from .reports import AmountField

if TYPE_CHECKING:
    from chuangwen.orgs.models import Unit

DRAWN = re.compile(r"(\d{4}-\d{2}-\d{2})\s*[:：\s]\s*(\S+)")


class DayField(forms.DateField):
    widget = forms.DateInput({"type": "date"}, format="%Y-%m-%d")


class BeatForm(forms.Form):
    version = forms.IntegerField(widget=forms.HiddenInput, required=False)
    name = forms.CharField(
        label=_("Name"),
        max_length=100,
        required=False,
        help_text=_("As the document calls it: 周通报, 月晒榜."),
    )
    produces = forms.TypedMultipleChoiceField(
        label=_("Brings out"), choices=PRODUCTS, coerce=Product, widget=forms.CheckboxSelectMultiple
    )
    audience = forms.TypedMultipleChoiceField(
        label=_("For whom"),
        choices=lambda: role_names().items(),
        coerce=Role,
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )
    asks = forms.TypedChoiceField(label=_("Asks"), choices=ASKS, coerce=Asks)
    key_tasks = forms.TypedMultipleChoiceField(
        label=_("Key projects"),
        coerce=int,
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("Only where it asks for key projects."),
    )
    due_days = forms.IntegerField(
        label=_("Due after working days"),
        min_value=1,
        max_value=60,
        help_text=_("Counted from the last day."),
    )
    lock_days = forms.IntegerField(
        label=_("Locked after working days more"),
        min_value=0,
        max_value=60,
        help_text=_("Until then a report is late; after that the office must open it again."),
    )

    def __init__(self, *args: Any, tasks: Iterable[tuple[int, str]], **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["key_tasks"].choices = list(tasks)  # type: ignore[attr-defined]


class SettleForm(forms.Form):
    version = forms.IntegerField(widget=forms.HiddenInput)
    near_pct = forms.IntegerField(
        label=_("Yellow from, per cent of what is due"),
        min_value=1,
        max_value=100,
        help_text=_("Below it the light is red, from what is due on it is green."),
    )
    lag_days = forms.IntegerField(
        label=_("Days that a report may lag"),
        min_value=0,
        max_value=400,
        help_text=_(
            "A value that is no older is judged on its own day; an older one against what is due today."
        ),
    )


class CourseForm(forms.Form):
    version = forms.IntegerField(widget=forms.HiddenInput)
    mode = forms.TypedChoiceField(label=_("Where its values come from"), choices=MODES, coerce=Mode)
    areas = forms.CharField(
        label=_("Areas that give their own"),
        required=False,
        widget=forms.Textarea({"rows": 4}),
        help_text=_("One on each line."),
    )
    formula = forms.CharField(
        label=_("Formula"),
        required=False,
        max_length=500,
        help_text=_(
            "Over other indicators and sources: <code>占比(I3、I4)</code>, "
            "<code>来源:registers.coverage#1</code>."
        ),
    )
    shape = forms.ChoiceField(label=_("How the path runs"), choices=SHAPES)
    drawn = forms.CharField(
        label=_("The path as drawn"),
        required=False,
        widget=forms.Textarea({"rows": 4}),
        help_text=_("A day and what is due on it on each line: 2022-06-30 40."),
    )
    weight = forms.IntegerField(label=_("Weight"), min_value=0, max_value=1000)
    parent_id = forms.TypedChoiceField(
        label=_("Adds to an indicator of the plan above"), coerce=int, required=False, empty_value=None
    )

    def __init__(
        self,
        *args: Any,
        actor: Actor,
        city: Unit,
        today: date,
        parents: Iterable[tuple[int, str]],
        **options: Any,
    ) -> None:
        super().__init__(*args, **options)
        self.city, self.today = city, today
        self.fields["reporter"] = UnitField(
            label=_("Who gives the city's value"), actor=actor, required=False
        )
        above = list(parents)
        if above:
            self.fields["parent_id"].choices = [("", "—"), *above]  # type: ignore[attr-defined]
        else:
            del self.fields["parent_id"]
        self.order_fields(["version", "mode", "reporter", "areas", "formula", "shape", "drawn", "weight"])

    def clean_areas(self) -> list[Unit]:
        lines = [line.strip() for line in self.cleaned_data["areas"].splitlines() if line.strip()]
        found = match_names(self.city, lines, self.today)
        unknown = [line for line in lines if found[line].unit is None]
        if unknown:
            raise ValidationError(
                _("No single unit is called “%(name)s”"), params={"name": "、".join(unknown)}
            )
        return [unit for line in lines if (unit := found[line].unit)]

    def clean_drawn(self) -> list[tuple[str, Decimal]]:
        return [self._corner(line) for line in self.cleaned_data["drawn"].splitlines() if line.strip()]

    def _corner(self, line: str) -> tuple[str, Decimal]:
        match = DRAWN.fullmatch(line.strip())
        try:
            if match is None:
                raise ValueError(line)
            return date.fromisoformat(match[1]).isoformat(), number(match[2])
        except (ValueError, BadInput):
            raise ValidationError(
                _("“%(line)s” is no day with a number"), params={"line": line.strip()}
            ) from None

    def clean(self) -> dict[str, Any]:
        data = self.cleaned_data
        if data.get("mode") == Mode.AREAS and not data.get("areas") and "areas" not in self.errors:
            self.add_error("areas", _("Name the areas that give their own values."))
        if data.get("mode") == Mode.FORMULA and not data.get("formula"):
            self.add_error("formula", _("Write the formula."))
        if data.get("shape") == "drawn" and not data.get("drawn") and "drawn" not in self.errors:
            self.add_error("drawn", _("Draw the path with at least one day."))
        return data


class WeightsForm(forms.Form):
    """A weight for each task: `task-7`."""

    def __init__(self, *args: Any, tasks: Iterable[tuple[int, str]], **options: Any) -> None:
        super().__init__(*args, **options)
        for id_, title in tasks:
            self.fields[f"task-{id_}"] = forms.IntegerField(label=title, min_value=0, max_value=1000)

    @property
    def weights(self) -> dict[int, int]:
        return {int(name.removeprefix("task-")): value for name, value in self.cleaned_data.items()}


class OpenForm(forms.Form):
    beat_id = forms.TypedChoiceField(label=_("Rhythm"), coerce=int)
    day = DayField(label=_("A day of the period"))

    def __init__(self, *args: Any, beats: Iterable[tuple[int, str]], **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["beat_id"].choices = list(beats)  # type: ignore[attr-defined]


class GrantForm(forms.Form):
    until = forms.DateTimeField(
        label=_("Open until"), widget=forms.DateTimeInput({"type": "datetime-local"}, format="%Y-%m-%dT%H:%M")
    )
    why = forms.CharField(label=_("Reason"), max_length=500, widget=forms.Textarea({"rows": 2}))


class MilestoneForm(forms.Form):
    task_id = forms.TypedChoiceField(label=_("Task"), coerce=int)
    title = forms.CharField(label=_("Document to be issued"), max_length=200)
    due_on = DayField(label=_("Due"), required=False)

    def __init__(self, *args: Any, tasks: Iterable[tuple[int, str]], **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["task_id"].choices = list(tasks)  # type: ignore[attr-defined]


class ReachForm(forms.Form):
    version = forms.IntegerField(widget=forms.HiddenInput)
    document_number = forms.CharField(label=_("Number of the document"), max_length=100, required=False)
    issued_on = DayField(label=_("Issued on"), required=False)
    file = forms.FileField(label=_("File"), required=False, help_text=_("PDF, Word or picture, up to 20 MB."))


class BudgetForm(forms.Form):
    version = forms.IntegerField(widget=forms.HiddenInput, required=False)

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        unknown = _("Empty is unknown, not zero.")
        self.fields["planned_micro"] = AmountField(label=_("Planned (yuan)"), attrs={}, help_text=unknown)
        self.fields["paid_micro"] = AmountField(label=_("Paid (yuan)"), attrs={}, help_text=unknown)


class GateForm(forms.Form):
    version = forms.IntegerField(widget=forms.HiddenInput)
    reached = forms.TypedChoiceField(
        label=_("The stage is"),
        choices=[("1", _("reached")), ("0", _("not reached"))],
        coerce=lambda text: text == "1",
        widget=forms.RadioSelect,
    )
    words = forms.CharField(label=_("Grounds"), max_length=1000, widget=forms.Textarea({"rows": 3}))
