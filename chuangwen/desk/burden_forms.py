"""Forms of the burden meter: caps, duty lists, a request in a sentence."""

from datetime import date
from typing import TYPE_CHECKING, Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from chuangwen.orgs import scopes
from chuangwen.orgs.access import jurisdiction
from chuangwen.orgs.actors import Actor
from chuangwen.orgs.queries import group_members, match_names

from . import burden_access, burden_queries
from .registry import Kind

if TYPE_CHECKING:
    from chuangwen.orgs.models import Unit

DUTY_LENGTH, DUTIES_AT_MOST = 100, 50


def _number(label: Any, at_most: int, **options: Any) -> forms.IntegerField:
    return forms.IntegerField(
        label=label, max_value=at_most, widget=forms.NumberInput({"inputmode": "numeric"}), **options
    )


class CapForm(forms.Form):
    unit_kind = forms.CharField(widget=forms.HiddenInput, max_length=16)
    version = forms.IntegerField(widget=forms.HiddenInput)
    asks = _number(_("Asks a week"), 999, min_value=1, required=False)
    minutes = _number(_("Minutes a week"), 9999, min_value=1, required=False)

    def __init__(self, *args: Any, words: Any = "", **options: Any) -> None:
        """`words`: what the kind of units is called. In the table its fields stand outside of their form."""
        super().__init__(*args, **options)
        kind = self.data.get("unit_kind") if self.is_bound else self.initial.get("unit_kind")
        for name in ("asks", "minutes"):
            field = self.fields[name]
            field.widget.attrs |= {"form": f"cap-{kind}", "aria-label": f"{words}: {field.label}"}


class DutiesForm(forms.Form):
    unit_kind = forms.CharField(widget=forms.HiddenInput, max_length=16)
    version = forms.IntegerField(widget=forms.HiddenInput)
    kinds = forms.MultipleChoiceField(
        label=_("Kinds of asks on the list"), required=False, widget=forms.CheckboxSelectMultiple
    )
    duties = forms.CharField(
        label=_("Duties"),
        required=False,
        widget=forms.Textarea({"rows": 8}),
        help_text=_("One on each line, as the city wrote them down."),
    )

    def __init__(self, *args: Any, offered: list[Kind], **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["kinds"].choices = [(kind.code, kind.words) for kind in offered]  # type: ignore[attr-defined]

    def clean_duties(self) -> list[str]:
        lines = [line.strip() for line in self.cleaned_data["duties"].splitlines() if line.strip()]
        if any(len(line) > DUTY_LENGTH for line in lines):
            raise ValidationError(_("Each duty takes 100 characters at most."))
        if len(lines) > DUTIES_AT_MOST:
            raise ValidationError(_("A list takes 50 duties at most."))
        return list(dict.fromkeys(lines))


class FreeAskForm(forms.Form):
    """A sentence, a unit or several, until when, and what it costs them."""

    token = forms.UUIDField(widget=forms.HiddenInput)
    text = forms.CharField(
        label=_("What is asked"), max_length=200, widget=forms.Textarea({"rows": 3, "maxlength": 200})
    )
    units = forms.CharField(
        label=_("Of which units"),
        max_length=5000,
        widget=forms.Textarea({"rows": 3}),
        help_text=_("One on each line, by any of its names; a group of units stands for all its members."),
    )
    duty = forms.ChoiceField(label=_("Duty of the list that it falls under"), required=False)
    allowance = _number(_("Within how many working days"), 250, min_value=1)
    minutes = _number(
        _("Expected minutes for each unit"),
        9999,
        min_value=1,
        help_text=_("With filling in, going there and coming back."),
    )
    photos = _number(_("Photos wanted of each unit"), 99, min_value=0)
    photos_why = forms.CharField(
        label=_("What the photos are for"),
        max_length=200,
        required=False,
        help_text=_("Who is asked reads it. Where nobody needs a photo, ask for none."),
    )

    def __init__(self, *args: Any, actor: Actor, today: date, **options: Any) -> None:
        super().__init__(*args, **options)
        self.actor, self.today = actor, today
        lists = burden_queries.duty_lists(burden_queries.root_id(actor)).values()
        duties = list(dict.fromkeys(duty for one in lists for duty in one.duties))
        if duties:
            nothing = [("", _("none of them"))]
            self.fields["duty"].choices = [*nothing, *((duty, duty) for duty in duties)]  # type: ignore[attr-defined]
        else:
            del self.fields["duty"]

    def clean_units(self) -> list["Unit"]:
        lines = [line.strip() for line in self.cleaned_data["units"].splitlines() if line.strip()]
        found = match_names(jurisdiction(self.actor), lines, self.today)
        unknown = [line for line in lines if found[line].unit is None and found[line].group is None]
        if unknown:
            names = "、".join(unknown)
            raise ValidationError(_("No single unit is called “%(name)s”"), params={"name": names})
        units: dict[int, Unit] = {}
        for line in lines:
            match = found[line]
            named = [match.unit] if match.unit else group_members(match.group, self.today)  # type: ignore[arg-type]
            units |= {unit.pk: unit for unit in named}
        return self._within_reach(units)

    def _within_reach(self, units: dict[int, "Unit"]) -> list["Unit"]:
        within = scopes.units_in_scope(self.actor, burden_access.ASKS).open_on(self.today)
        reached = set(within.filter(pk__in=units).values_list("pk", flat=True))
        if away := [str(unit) for number, unit in units.items() if number not in reached]:
            words = _("Your seat may not ask these units: %(names)s")
            raise ValidationError(words, params={"names": "、".join(away)})
        if not units:
            raise ValidationError(_("Nobody belongs to this group today."))
        return sorted(units.values(), key=lambda unit: unit.path)

    def clean(self) -> dict[str, Any]:
        if self.cleaned_data.get("photos") and not self.cleaned_data.get("photos_why", "").strip():
            self.add_error("photos_why", _("Say what the photos are for, or ask for none."))
        return self.cleaned_data
