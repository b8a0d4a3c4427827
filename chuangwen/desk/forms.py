from datetime import date
from typing import Any

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from chuangwen.cores.errors import BadInput

from .rules import Delay


class ReasonForm(forms.Form):
    version = forms.IntegerField(widget=forms.HiddenInput)
    reason = forms.CharField(label=_("Reason"), max_length=500, widget=forms.Textarea({"rows": 2}))


class DelayForm(ReasonForm):
    kind = forms.TypedChoiceField(
        label=_("What is asked for"),
        choices={Delay.EXTENSION.value: _("a later time"), Delay.PAUSE.value: _("a pause")},
        coerce=Delay,
    )
    until = forms.DateTimeField(
        label=_("Until"),
        required=False,
        help_text=_("For a later time."),
        widget=forms.DateTimeInput({"type": "datetime-local"}, format="%Y-%m-%dT%H:%M"),
    )


class HandOnForm(forms.Form):
    version = forms.IntegerField(widget=forms.HiddenInput)
    seat_id = forms.TypedChoiceField(label=_("Colleague"), coerce=int)

    def __init__(self, *args: Any, seats: list[Any], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["seat_id"].choices = [(seat.pk, seat.person.name) for seat in seats]  # type: ignore[attr-defined]


class VersionForm(forms.Form):
    version = forms.IntegerField(widget=forms.HiddenInput)


def version_of(posted: QueryDict) -> int:
    """Of the row as the page showed it. Raises BadInput where it is missing."""
    form = VersionForm(posted)
    if not form.is_valid():
        raise BadInput
    version: int = form.cleaned_data["version"]
    return version


class DecideForm(VersionForm):
    granted = forms.TypedChoiceField(choices=[("1", "1"), ("0", "0")], coerce=lambda text: text == "1")


class DayForm(forms.Form):
    day = forms.DateField(label=_("Day"), widget=forms.DateInput({"type": "date"}, format="%Y-%m-%d"))
    is_worked = forms.TypedChoiceField(
        label=_("In the city it is"),
        choices=[("1", _("a working day")), ("0", _("a free day"))],
        coerce=lambda text: text == "1",
    )
    words = forms.CharField(label=_("Occasion"), max_length=100)


class HoursForm(forms.Form):
    version = forms.IntegerField(widget=forms.HiddenInput)
    opens_at = forms.TimeField(label=_("Opens"), widget=forms.TimeInput({"type": "time"}, format="%H:%M"))
    lunch_from = forms.TimeField(
        label=_("Lunch from"), widget=forms.TimeInput({"type": "time"}, format="%H:%M")
    )
    lunch_to = forms.TimeField(label=_("Lunch to"), widget=forms.TimeInput({"type": "time"}, format="%H:%M"))
    closes_at = forms.TimeField(label=_("Closes"), widget=forms.TimeInput({"type": "time"}, format="%H:%M"))


def year_of(text: str, today: date) -> int:
    """The year that an address names, else this one."""
    return int(text) if text.isdecimal() and len(text) == 4 and int(text) >= 2000 else today.year
