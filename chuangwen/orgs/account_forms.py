"""Forms of django-allauth with our words and our count of tries."""

from typing import Any

from allauth.account import forms as account
from allauth.core import context
from allauth.mfa.base import forms as mfa
from allauth.mfa.totp import forms as totp
from django import forms
from django.contrib.auth.forms import SetPasswordForm
from django.utils.translation import gettext_lazy as _

from chuangwen.kit import clock
from chuangwen.kit.http import client_address

from . import lockout
from .adapters import TOO_MANY

CODE = forms.TextInput(attrs={"autocomplete": "one-time-code", "inputmode": "numeric"})


class SignInForm(account.LoginForm):  # type: ignore[misc]
    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["login"].label = _("Account")
        self.fields["login"].widget = forms.TextInput(attrs={"autocomplete": "username", "autofocus": True})
        _plain(self.fields["password"], _("Password"))


class ReauthenticateForm(account.ReauthenticateForm):  # type: ignore[misc]
    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        _plain(self.fields["password"], _("Password"))


class ResetForm(account.ResetPasswordForm):  # type: ignore[misc]
    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        _plain(self.fields["email"], _("Email"))


class ResetKeyForm(account.ResetPasswordKeyForm):  # type: ignore[misc]
    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        _plain(self.fields["password1"], _("New password"))
        _plain(self.fields["password2"], _("New password again"))


class _CountedCode:
    """A one-time code or a recovery code; tries are counted before it is looked at."""

    user: Any

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["code"] = forms.CharField(  # type: ignore[attr-defined]
            label=_("One-time code"), widget=CODE, help_text=_("From the app, or one of your recovery codes.")
        )

    def clean_code(self) -> str:
        if not lockout.try_code(self.user, client_address(context.request), clock.now()):
            raise forms.ValidationError(TOO_MANY, code="too_many")
        code: str = super().clean_code()  # type: ignore[misc]
        lockout.code_was_right(self.user)
        return code


class CodeForm(_CountedCode, mfa.AuthenticateForm):  # type: ignore[misc]
    pass


class CodeAgainForm(_CountedCode, mfa.ReauthenticateForm):  # type: ignore[misc]
    pass


class ActivateForm(totp.ActivateTOTPForm):  # type: ignore[misc]
    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["code"].label = _("One-time code")
        self.fields["code"].widget = CODE


class InvitationForm(SetPasswordForm):  # type: ignore[type-arg]
    """The password that an invited person chooses."""


def _plain(field: forms.Field, label: Any) -> None:
    field.label = label
    field.help_text = ""
    field.widget.attrs.pop("placeholder", None)
