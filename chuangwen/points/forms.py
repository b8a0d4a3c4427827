"""What people type on the pages of points. What two may edit carries the `version` that it was opened on."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import forms
from django.utils.translation import gettext_lazy as _

from chuangwen.orgs.actors import Actor
from chuangwen.orgs.forms import DayField
from chuangwen.orgs.picker import UnitField
from chuangwen.orgs.tree import label

from .actions import Facts
from .models import CHIEF_KINDS, LEVELS, STATUSES, SYSTEMS, Point
from .queries import ALL, Asked, types_for
from .rules import hours
from .rules.coordinates import Crs, shown

if TYPE_CHECKING:
    from collections.abc import Mapping

UNIT_HELP = _("Type a few letters of its name, then choose.")


class VersionForm(forms.Form):
    version = forms.IntegerField(min_value=0, widget=forms.HiddenInput)


class FilterForm(forms.Form):
    """Which points are asked for, the same on the list, on the map and for a table."""

    type = forms.ChoiceField(label=_("Point type"), required=False)
    status = forms.ChoiceField(
        label=_("Status"),
        required=False,
        choices=[("", _("in use")), *STATUSES.items(), (ALL, _("all"))],
    )
    text = forms.CharField(
        label=_("Name, number or address"), required=False, max_length=100, widget=forms.SearchInput()
    )

    def __init__(self, data: Mapping[str, Any], *, actor: Actor) -> None:
        super().__init__(data)
        types = [(one.code, one.name) for one in types_for(actor)]
        self.fields["type"].choices = [("", _("all types")), *types]  # type: ignore[attr-defined]
        self.fields["unit"] = UnitField(actor=actor, label=_("Lies in"), required=False)
        self.fields["owner"] = UnitField(actor=actor, label=_("Concerns"), required=False)
        self.order_fields(["type", "unit", "owner", "status", "text"])

    def asked(self) -> Asked:
        """What a filter says that cannot be understood is left out; the form says so beside it."""
        self.is_valid()
        said = self.cleaned_data
        return Asked(
            type_code=said.get("type", ""),
            unit=said.get("unit"),
            owner=said.get("owner"),
            status=said.get("status", ""),
            text=said.get("text", ""),
        )


class PointForm(forms.Form):
    version = forms.IntegerField(min_value=0, required=False, widget=forms.HiddenInput)
    type_id = forms.TypedChoiceField(label=_("Point type"), coerce=int)
    name = forms.CharField(label=_("Name"), max_length=100)
    number = forms.CharField(
        label=_("Number"), max_length=20, required=False, help_text=_("Empty: the next free one.")
    )
    address = forms.CharField(label=_("Address"), max_length=200, required=False)
    lon = forms.CharField(
        label=_("Longitude"),
        max_length=100,
        required=False,
        help_text=_("Such as 120.512345 or 120°30′44.4″; both may stand here, with a comma between them."),
    )
    lat = forms.CharField(label=_("Latitude"), max_length=100, required=False)
    crs = forms.ChoiceField(
        label=_("System of coordinates"),
        choices=SYSTEMS,
        help_text=_("Where the numbers come from. They are kept as typed, and brought into WGS-84."),
    )
    hours = forms.CharField(
        label=_("Opening hours"),
        max_length=200,
        required=False,
        help_text=_("For example 周一至周五 08:00-17:30；周六、周日 09:00-16:00."),
    )
    note = forms.CharField(label=_("Remark"), max_length=200, required=False)

    def __init__(self, *args: Any, actor: Actor, **options: Any) -> None:
        super().__init__(*args, **options)
        types = [(one.pk, one.name) for one in types_for(actor)]
        self.fields["type_id"].choices = types  # type: ignore[attr-defined]
        self.fields["unit"] = UnitField(
            actor=actor,
            label=_("Territorial unit"),
            required=False,
            help_text=_("The lowest that is known. Empty: the one whose boundary holds the place."),
        )
        self.fields["lead_unit"] = UnitField(
            actor=actor, label=_("Lead department"), help_text=_("Which leads the trade. Required.")
        )
        self.fields["venue_unit"] = UnitField(
            actor=actor, label=_("Venue, a unit"), required=False, help_text=UNIT_HELP
        )
        self.fields["venue_name"] = forms.CharField(
            label=_("Venue, by name"),
            max_length=100,
            required=False,
            help_text=_("Where it is no unit here. Both empty: the venue is the point itself."),
        )
        owners = ["unit", "lead_unit", "venue_unit", "venue_name"]
        places = ["address", "lon", "lat", "crs"]
        self.order_fields(["version", "type_id", "name", "number", *places, *owners, "hours", "note"])

    def facts(self) -> Facts:
        said = {name: value for name, value in self.cleaned_data.items() if name != "version"}
        for name in ("unit", "lead_unit", "venue_unit"):
            unit = said.pop(name)
            said[f"{name}_id"] = unit.pk if unit else None
        return Facts(**said)


def known_of(point: Point) -> dict[str, Any]:
    """What the form is opened with."""
    typed = bool(point.lon_text or point.lat_text)
    names = ("version", "type_id", "name", "number", "address", "venue_name", "note")
    return {name: getattr(point, name) for name in names} | {
        "lon": point.lon_text if typed else shown(point.lon_e7),
        "lat": point.lat_text if typed else shown(point.lat_e7),
        "crs": point.crs if typed else Crs.WGS84,
        "unit": label(point.unit),
        "lead_unit": label(point.lead_unit),
        "venue_unit": label(point.venue_unit) if point.venue_unit else "",
        "hours": hours.written(hours.loaded(point.hours)),
    }


class StepForm(VersionForm):
    on = DayField(label=_("Day"))
    why = forms.CharField(label=_("Why"), max_length=200)


class ChiefForm(forms.Form):
    kind = forms.ChoiceField(label=_("Kind"), choices=CHIEF_KINDS)
    level = forms.ChoiceField(label=_("Level"), choices=LEVELS)
    name = forms.CharField(label=_("Name"), max_length=64)
    post = forms.CharField(label=_("Post"), max_length=100, required=False)
    starts_on = DayField(label=_("From"), required=False)
    ends_on = DayField(
        label=_("Until"), required=False, help_text=_("The first day on which it is somebody else's.")
    )


class EndForm(VersionForm):
    ends_on = DayField(label=_("Until"))


class PhotoForm(forms.Form):
    file = forms.FileField(
        label=_("Photo"),
        error_messages={"required": _("Choose a file first.")},
        widget=forms.ClearableFileInput({"accept": "image/jpeg,image/png,image/webp"}),
    )
    caption = forms.CharField(label=_("Caption"), max_length=100, required=False)
    taken_on = DayField(label=_("Taken on"), required=False)


class PairForm(forms.Form):
    one = forms.IntegerField(min_value=1, widget=forms.HiddenInput)
    other = forms.IntegerField(min_value=1, widget=forms.HiddenInput)


class MergeForm(PairForm):
    """`one` is kept."""

    version = forms.IntegerField(min_value=1, widget=forms.HiddenInput)
    other_version = forms.IntegerField(min_value=1, widget=forms.HiddenInput)


class TableForm(forms.Form):
    file = forms.FileField(
        label=_("File"),
        error_messages={"required": _("Choose a file first.")},
        widget=forms.ClearableFileInput({"accept": ".xlsx,.csv"}),
    )


class TakeOverForm(forms.Form):
    """A table as the preview holds it, and the digest of what it showed."""

    table = forms.CharField(widget=forms.HiddenInput)
    seen = forms.CharField(max_length=64, widget=forms.HiddenInput)


class BoundaryForm(forms.Form):
    file = forms.FileField(
        label=_("GeoJSON file"),
        error_messages={"required": _("Choose a file first.")},
        widget=forms.ClearableFileInput({"accept": ".geojson,.json"}),
    )
    crs = forms.ChoiceField(
        label=_("System of coordinates"),
        choices=SYSTEMS,
        help_text=_("Boundaries taken from AMap or DataV are in GCJ-02."),
    )
