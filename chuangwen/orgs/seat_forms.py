"""Forms for accounts, seats and deputies. Units and people are typed as they are known."""

from collections.abc import Iterable
from datetime import date
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from .actors import Actor
from .forms import DayField
from .models import ROLES, Person, Unit
from .people_queries import person_called
from .queries import match_name
from .rules import Role


class _WithUnit(forms.Form):
    unit = forms.CharField(label=_("Unit"), max_length=100, help_text=_("By any of its names."))

    def __init__(self, *args: Any, jurisdiction: Unit, today: date, **options: Any) -> None:
        super().__init__(*args, **options)
        self.jurisdiction, self.today = jurisdiction, today

    def clean_unit(self) -> Unit:
        name = self.cleaned_data["unit"]
        found = match_name(self.jurisdiction, name, self.today).unit
        if found is None:
            raise ValidationError(_("No single unit is called “%(name)s”"), params={"name": name})
        return found


class PersonForm(_WithUnit):
    username = forms.CharField(label=_("Account"), max_length=64)
    name = forms.CharField(label=_("Name"), max_length=64)
    field_order = ("name", "username", "unit")


class _Period(forms.Form):
    starts_on = DayField(label=_("From"), required=False)
    ends_on = DayField(label=_("Until"), required=False)

    def clean(self) -> dict[str, Any]:
        starts_on, ends_on = self.cleaned_data.get("starts_on"), self.cleaned_data.get("ends_on")
        if starts_on and ends_on and ends_on <= starts_on:
            self.add_error("ends_on", _("This day lies before the first one."))
        return self.cleaned_data


class SeatForm(_Period, _WithUnit):
    role = forms.TypedChoiceField(label=_("Role"), choices=(), coerce=Role)
    field_order = ("unit", "role", "starts_on", "ends_on")

    def __init__(self, *args: Any, roles: Iterable[Role], **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["role"].choices = [(role, ROLES[role]) for role in roles]  # type: ignore[attr-defined]


class EndForm(forms.Form):
    on = DayField(label=_("Ends on"), help_text=_("The day before is the last one in the seat."))


class DeputyForm(_Period):
    person = forms.CharField(label=_("Account of the deputy"), max_length=64)
    field_order = ("person", "starts_on", "ends_on")

    def __init__(self, *args: Any, actor: Actor, today: date, **options: Any) -> None:
        super().__init__(*args, **options)
        self.actor, self.today = actor, today
        self.fields["starts_on"].required = self.fields["ends_on"].required = True

    def clean_person(self) -> Person:
        found = person_called(self.actor, self.cleaned_data["person"], self.today)
        if found is None:
            raise ValidationError(_("Nobody in the city has a seat under this account."))
        return found
