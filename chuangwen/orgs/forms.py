import re
from datetime import date
from typing import Any

from django import forms
from django.conf import settings
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from chuangwen.kit import audit

from . import token_scopes
from .models import NAME_KINDS, UNIT_KINDS, Unit
from .queries import match_names
from .rules import NameKind, UnitKind
from .rules.personal import plain_phone


class DayField(forms.DateField):
    """A calendar day, picked in the browser's own way."""

    widget = forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"})


class PhoneForm(forms.Form):
    phone = forms.CharField(
        label=_("Phone"),
        required=False,
        max_length=32,
        help_text=_("A mobile, or a landline with its area code. Empty removes the one that is stored."),
        widget=forms.TextInput({"inputmode": "tel", "autocomplete": "tel"}),
    )

    def clean_phone(self) -> str:
        typed: str = self.cleaned_data["phone"]
        plain = plain_phone(typed) if typed else ""
        if plain is None:
            raise ValidationError(_("This is no phone number of the mainland. Check the digits."))
        return plain


class ProfileForm(forms.Form):
    email = forms.EmailField(label=_("Email"), required=False)
    language = forms.ChoiceField(label=_("Language"), choices=settings.LANGUAGES)


class TokenForm(forms.Form):
    """What a token is for, what it may do, and the last day on which it opens anything."""

    name = forms.CharField(label=_("What it is for"), max_length=64)
    scopes = forms.MultipleChoiceField(
        label=_("It may"), choices=lambda: token_scopes.offered().items(), widget=forms.CheckboxSelectMultiple
    )
    until = DayField(label=_("Valid until"), help_text=_("A year at most."))


class FirmLinkForm(forms.Form):
    """What or where a link is for, and the last day on which it opens."""

    label = forms.CharField(
        label=_("What it is for"),
        max_length=40,
        help_text=_("A place or a purpose, such as 收银台; no person's name: it stands in the audit."),
    )
    until = DayField(label=_("Valid until"), help_text=_("A year at most."))


class UnitForm(forms.Form):
    kind = forms.TypedChoiceField(label=_("Kind"), choices=UNIT_KINDS, coerce=UnitKind)
    name = forms.CharField(label=_("Name"), max_length=100, help_text=_("In full, as on its seal."))
    short_name = forms.CharField(label=_("Short name"), max_length=50, required=False)
    code = forms.CharField(label=_("Code"), max_length=32, required=False)
    opened_on = DayField(label=_("Opened on"), required=False)
    closed_on = DayField(
        label=_("End date"),
        required=False,
        help_text=_("For a temporary group. The day before is its last one; it can be moved until then."),
    )

    def clean(self) -> dict[str, Any]:
        opened_on, closed_on = self.cleaned_data.get("opened_on"), self.cleaned_data.get("closed_on")
        if opened_on and closed_on and closed_on <= opened_on:
            self.add_error("closed_on", _("This day lies before the first one."))
        return self.cleaned_data


class NameForm(forms.Form):
    kind = forms.TypedChoiceField(label=_("Kind"), choices=NAME_KINDS, coerce=NameKind)
    name = forms.CharField(label=_("Name"), max_length=100)
    starts_on = DayField(label=_("From"), required=False)
    ends_on = DayField(label=_("Until"), required=False)

    def clean(self) -> dict[str, Any]:
        starts_on, ends_on = self.cleaned_data.get("starts_on"), self.cleaned_data.get("ends_on")
        if starts_on and ends_on and ends_on <= starts_on:
            self.add_error("ends_on", _("This day lies before the first one."))
        return self.cleaned_data


class RenameForm(forms.Form):
    version = forms.IntegerField(widget=forms.HiddenInput)
    name = forms.CharField(label=_("New name"), max_length=100)
    short_name = forms.CharField(label=_("Short name"), max_length=50, required=False)
    on = DayField(label=_("From"), required=False)


class CodesForm(forms.Form):
    version = forms.IntegerField(widget=forms.HiddenInput)
    code = forms.CharField(label=_("Code"), max_length=32, required=False, help_text=_("The city's own."))
    division_code = forms.CharField(
        label=_("Division code"),
        max_length=24,
        required=False,
        help_text=_("2, 4, 6, 9 or 12 digits. Development zones and offices have none."),
        widget=forms.TextInput({"inputmode": "numeric"}),
    )
    since = DayField(
        label=_("Division code since"),
        required=False,
        help_text=_("The former code stays with its period until the day before."),
    )

    def __init__(self, *args: Any, today: date, **options: Any) -> None:
        super().__init__(*args, **options)
        self.today = today

    def clean_since(self) -> date | None:
        since: date | None = self.cleaned_data["since"]
        if since and since > self.today:
            raise ValidationError(_("This day is still to come. Come back on that day."))
        return since


class GroupForm(forms.Form):
    """`members` are named one on each line, by any of their names in the jurisdiction."""

    version = forms.IntegerField(widget=forms.HiddenInput, required=False)
    name = forms.CharField(label=_("Name"), max_length=100)
    other_names = forms.CharField(
        label=_("Other names"), required=False, max_length=500, help_text=_("Several: with 、 between.")
    )
    kinds = forms.TypedMultipleChoiceField(
        label=_("All units of these kinds"),
        choices=UNIT_KINDS,
        coerce=UnitKind,
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    members = forms.CharField(
        label=_("And these units"), required=False, help_text=_("One on each line."), widget=forms.Textarea
    )

    def __init__(self, *args: Any, jurisdiction: Unit, today: date, **options: Any) -> None:
        super().__init__(*args, **options)
        self.jurisdiction, self.today = jurisdiction, today

    def clean_other_names(self) -> list[str]:
        return [name for name in re.split(r"[、，,\s]+", self.cleaned_data["other_names"]) if name]

    def clean_members(self) -> list[Unit]:
        lines = [line.strip() for line in self.cleaned_data["members"].splitlines() if line.strip()]
        found = match_names(self.jurisdiction, lines, self.today)
        unknown = [line for line in lines if found[line].unit is None]
        if unknown:
            names = "、".join(unknown)
            raise ValidationError(_("No single unit is called “%(name)s”"), params={"name": names})
        return [unit for line in lines if (unit := found[line].unit)]

    def clean(self) -> dict[str, Any]:
        if not (self.errors or self.cleaned_data["kinds"] or self.cleaned_data["members"]):
            raise ValidationError(_("Choose kinds of units, or name units one by one."))
        return self.cleaned_data


def _audited_actions() -> list[tuple[str, str]]:
    return [("", str(_("All"))), *audit.actions()]


class AuditFilterForm(forms.Form):
    since = DayField(label=_("From"), required=False)
    until = DayField(label=_("To and including"), required=False)
    action = forms.ChoiceField(label=_("Step"), required=False, choices=_audited_actions)


class VersionForm(forms.Form):
    version = forms.IntegerField(widget=forms.HiddenInput)


class CloseForm(forms.Form):
    version = forms.IntegerField(widget=forms.HiddenInput)
    on = DayField(label=_("Closed on"))


class EndDateForm(forms.Form):
    version = forms.IntegerField(widget=forms.HiddenInput)
    until = DayField(label=_("End date"), help_text=_("The day before is its last one."))
