from django import forms
from django.utils.translation import gettext_lazy as _

from .models.notices import HOOK_KINDS


class NoticeWishForm(forms.Form):
    in_app = forms.BooleanField(label=_("Show reminders here"), required=False)
    mail = forms.BooleanField(label=_("Send reminders by mail"), required=False)
    hook_kind = forms.ChoiceField(label=_("Kind of webhook"), choices=HOOK_KINDS)
    hook_url = forms.URLField(
        label=_("Address of the webhook"), required=False, max_length=500, assume_scheme="https"
    )
    hook_secret = forms.CharField(
        label=_("Secret of the webhook"),
        help_text=_("Signs what is sent. Empty keeps the one before."),
        required=False,
        max_length=200,
        widget=forms.PasswordInput,
    )
