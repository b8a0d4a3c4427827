from datetime import date
from typing import TYPE_CHECKING, Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from chuangwen.orgs.forms import DayField
from chuangwen.orgs.hand_over_queries import successor_called

if TYPE_CHECKING:
    from chuangwen.orgs.models import Person, Seat


class HandOverForm(forms.Form):
    version = forms.IntegerField(widget=forms.HiddenInput, required=False)
    successor = forms.CharField(
        label=_("Account of the successor"),
        max_length=64,
        help_text=_("Somebody of the city, with or without a seat."),
    )
    on = DayField(
        label=_("Day of the hand-over"), help_text=_("The day before is the last one of the holder.")
    )
    note = forms.CharField(
        label=_("What the successor should know"),
        max_length=500,
        required=False,
        widget=forms.Textarea({"rows": 4}),
    )

    def __init__(self, *args: Any, seat: "Seat", today: date, **options: Any) -> None:
        super().__init__(*args, **options)
        self.seat, self.today = seat, today

    def clean_successor(self) -> "Person":
        found = successor_called(self.seat.unit, self.cleaned_data["successor"].strip())
        if found is None:
            raise ValidationError(_("Nobody of the city has this account."))
        return found

    def clean_on(self) -> date:
        on: date = self.cleaned_data["on"]
        if on < self.today:
            raise ValidationError(_("This day is past. Choose today or a later one."))
        return on


class AcceptForm(forms.Form):
    version = forms.IntegerField(widget=forms.HiddenInput)
    remark = forms.CharField(
        label=_("Remark"), max_length=500, required=False, widget=forms.Textarea({"rows": 3})
    )
