"""What people type on the pages of systems. What two may edit carries the `version` that it was opened on."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from decimal import Decimal
from typing import Any, cast

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from chuangwen.orgs.actors import Actor
from chuangwen.orgs.forms import DayField
from chuangwen.orgs.picker import UnitField

from .exchange.cells import listed
from .exchange.reading import units_named
from .models import LEVELS, METHODS, NEGATIVE_LEVELS, PURPOSES, SUMS, Node, PointType, SystemVersion
from .rules.drafting import MOST_WEIGHT_MILLI, NodeValues
from .rules.negative import MOST_MONTHS
from .rules.words import MILLI, Level, Method, NegativeLevel, Purpose, Sums


class VersionForm(forms.Form):
    version = forms.IntegerField(min_value=0, widget=forms.HiddenInput)


class WeightField(forms.DecimalField):
    """A weight as people write it; cleans to thousandths."""

    def __init__(self, *, most_milli: int = MOST_WEIGHT_MILLI, **options: Any) -> None:
        super().__init__(min_value=0, max_value=Decimal(most_milli) / MILLI, decimal_places=3, **options)

    def clean(self, value: Any) -> int | None:
        found = super().clean(value)
        return None if found is None else int(found * MILLI)

    @staticmethod
    def shown(value_milli: int | None) -> Decimal | None:
        return None if value_milli is None else (Decimal(value_milli) / MILLI).normalize() + 0


class SystemForm(forms.Form):
    version = forms.IntegerField(min_value=0, required=False, widget=forms.HiddenInput)
    name = forms.CharField(label=_("Name of the system"), max_length=100)
    purpose = forms.TypedChoiceField(
        label=_("What it counts for"), choices=PURPOSES, coerce=Purpose, widget=forms.RadioSelect
    )


class HeadForm(VersionForm):
    sums = forms.TypedChoiceField(
        label=_("Where weights must add up"),
        choices=SUMS,
        coerce=Sums,
        empty_value=Sums.NOWHERE,
        required=False,
        widget=forms.RadioSelect,
    )
    total_milli = WeightField(label=_("Total of the first level"))


class NodeForm(forms.Form):
    version = forms.IntegerField(min_value=0, required=False, widget=forms.HiddenInput)
    level = forms.TypedChoiceField(label=_("Level"), choices=LEVELS, coerce=Level)
    number = forms.CharField(
        label=_("Number"), max_length=20, required=False, help_text=_("For example 一, 1 or (1).")
    )
    title = forms.CharField(label=_("Title"), max_length=500, widget=forms.Textarea({"rows": 2}), strip=True)
    weight_milli = WeightField(label=_("Weight"), initial=1)
    method = forms.TypedChoiceField(
        label=_("Method"),
        choices=[("", "—"), *METHODS.items()],
        coerce=Method,
        empty_value="",
        required=False,
        help_text=_("Of a standard: how it is assessed."),
    )
    units = forms.CharField(
        label=_("Responsible units"),
        required=False,
        max_length=2000,
        widget=forms.Textarea({"rows": 2}),
        help_text=_("Of a standard: names with 、 between them. A group of units stands for its members."),
    )
    evidence = forms.CharField(
        label=_("What is to be filed"), max_length=500, required=False, widget=forms.Textarea({"rows": 2})
    )

    def __init__(self, *args: Any, draft: SystemVersion, today: date, **options: Any) -> None:
        super().__init__(*args, **options)
        self.draft, self.today = draft, today

    def clean_units(self) -> tuple[int, ...]:
        names = listed(self.cleaned_data["units"])
        found = units_named(self.draft.system.jurisdiction, names, self.today)
        wrong = [name for name in names if name not in found]
        if wrong:
            raise ValidationError(_("No single unit is called “%(name)s”"), params={"name": "、".join(wrong)})
        return tuple(sorted({unit for name in names for unit in found[name]}))

    def values(self) -> NodeValues:
        given = {name: value for name, value in self.cleaned_data.items() if name != "version"}
        return NodeValues(unit_ids=given.pop("units"), **given)

    @classmethod
    def of(cls, node: Node) -> dict[str, Any]:
        names = ("version", "level", "number", "title", "method", "evidence")
        units = "、".join(str(unit) for unit in node.units.all())
        weight = WeightField.shown(node.weight_milli)
        return {name: getattr(node, name) for name in names} | {"weight_milli": weight, "units": units}


class MoveForm(VersionForm):
    """`step` -1 or 1 where it stands; else under what is chosen."""

    step = forms.TypedChoiceField(
        choices=[("", ""), ("-1", ""), ("1", "")], coerce=int, required=False, widget=forms.HiddenInput
    )
    under = forms.TypedChoiceField(label=_("Under"), coerce=int, empty_value=None, required=False)

    def __init__(self, *args: Any, places: Iterable[tuple[int | str, str]] = (), **options: Any) -> None:
        super().__init__(*args, **options)
        cast(forms.TypedChoiceField, self.fields["under"]).choices = list(places)


class TypeForm(forms.Form):
    version = forms.IntegerField(min_value=0, required=False, widget=forms.HiddenInput)
    code = forms.CharField(label=_("Code"), max_length=16)
    name = forms.CharField(label=_("Name"), max_length=50)
    weight_milli = WeightField(
        label=_("Weight"), initial=1, help_text=_("How much its mean counts among those of the other types.")
    )

    @classmethod
    def of(cls, found: PointType) -> dict[str, Any]:
        weight = WeightField.shown(found.weight_milli)
        return {"version": found.version, "code": found.code, "name": found.name, "weight_milli": weight}


class FileForm(forms.Form):
    """A file, and what stands where it says nothing."""

    file = forms.FileField(
        label=_("File"),
        error_messages={"required": _("Choose a file first.")},
        widget=forms.ClearableFileInput({"accept": ".xlsx,.csv"}),
    )
    method = forms.TypedChoiceField(
        label=_("Method of standards that name none"),
        choices=[("", "—"), *METHODS.items()],
        coerce=Method,
        empty_value="",
        required=False,
    )
    types = forms.TypedMultipleChoiceField(
        label=_("Point types of items that name none"),
        coerce=int,
        required=False,
        widget=forms.SelectMultiple({"size": 6}),
    )

    def __init__(self, *args: Any, types: Iterable[tuple[int, str]], **options: Any) -> None:
        super().__init__(*args, **options)
        cast(forms.TypedMultipleChoiceField, self.fields["types"]).choices = list(types)


class TakeOverForm(forms.Form):
    """A file as the preview holds it, and the digest of what it showed."""

    held = forms.CharField(widget=forms.HiddenInput)
    seen = forms.CharField(max_length=100, widget=forms.HiddenInput)


class NegativeForm(forms.Form):
    version = forms.IntegerField(min_value=0, required=False, widget=forms.HiddenInput)
    number = forms.CharField(label=_("Number"), max_length=20, required=False)
    title = forms.CharField(
        label=_("What must not happen"), max_length=300, widget=forms.Textarea({"rows": 2})
    )
    level = forms.TypedChoiceField(
        label=_("Effect"), choices=NEGATIVE_LEVELS, coerce=NegativeLevel, widget=forms.RadioSelect
    )
    deduct_milli = WeightField(
        label=_("Deduction"), required=False, help_text=_("Only of an item that deducts. Empty: not known.")
    )
    window_months = forms.IntegerField(
        label=_("Counts for (months)"), min_value=1, max_value=MOST_MONTHS, initial=12
    )
    starts_on = DayField(label=_("Holds from"))
    ended_on = DayField(
        label=_("Ended on"), required=False, help_text=_("The first day on which it holds no more.")
    )

    def __init__(self, *args: Any, actor: Actor, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["owner"] = UnitField(
            actor=actor, label=_("Owner unit"), help_text=_("Type a few letters of its name, then choose.")
        )
        order = ["version", "number", "title", "level", "deduct_milli", "owner"]
        self.order_fields([*order, *(name for name in self.fields if name not in order)])


class OccurrenceForm(forms.Form):
    happened_on = DayField(label=_("Happened on"))
    facts = forms.CharField(label=_("Facts"), max_length=5000, widget=forms.Textarea({"rows": 4}))


class WithdrawForm(VersionForm):
    reason = forms.CharField(label=_("Reason"), max_length=500)


class PublishForm(forms.Form):
    seen = forms.CharField(max_length=64, widget=forms.HiddenInput)
