from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from .forms import DayField
from .models import CONTACT_KINDS
from .rules import ContactKind


class _Contact(forms.Form):
    name = forms.CharField(label=_("Name"), max_length=64)
    starts_on = DayField(label=_("From"), required=False)
    ends_on = DayField(label=_("Until"), required=False)

    def clean(self) -> dict[str, Any]:
        starts_on, ends_on = self.cleaned_data.get("starts_on"), self.cleaned_data.get("ends_on")
        if starts_on and ends_on and ends_on <= starts_on:
            self.add_error("ends_on", _("This day lies before the first one."))
        return self.cleaned_data


class ContactForm(_Contact):
    kind = forms.TypedChoiceField(label=_("Kind"), choices=CONTACT_KINDS, coerce=ContactKind)
    field_order = ("kind", "name", "starts_on", "ends_on")


class ContactsChange(_Contact):
    name = forms.CharField(
        label=_("Name"),
        max_length=64,
        help_text=_("Corrected here. For a successor, end this contact and add another."),
    )
    version = forms.IntegerField(widget=forms.HiddenInput)
