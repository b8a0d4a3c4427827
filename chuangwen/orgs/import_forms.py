from django import forms
from django.utils.translation import gettext_lazy as _


class SheetForm(forms.Form):
    """A table; `instead_of` the import whose file it corrects."""

    file = forms.FileField(
        label=_("Table"),
        error_messages={"required": _("Choose a file first."), "empty": _("The file is empty.")},
        help_text=_("XLSX or CSV with the heads of the template, up to 10 MB and 10,000 rows."),
        widget=forms.ClearableFileInput({"accept": ".xlsx,.csv"}),
    )
    instead_of = forms.IntegerField(
        required=False, min_value=1, max_value=2**63 - 1, widget=forms.HiddenInput
    )
