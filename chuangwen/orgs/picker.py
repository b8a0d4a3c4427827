"""A form field for one unit, found while typing; without JavaScript a line that the server reads."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.forms.renderers import BaseRenderer
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _

from . import tree
from .actors import Actor
from .models import Unit


class UnitPicker(forms.TextInput):
    """The browser's own list of suggestions, so that the keyboard works as everywhere."""

    def render(
        self,
        name: str,
        value: Any,
        attrs: dict[str, Any] | None = None,
        renderer: BaseRenderer | None = None,
    ) -> SafeString:
        found = f"{name}-found"
        asks = {
            "list": found,
            "autocomplete": "off",
            "hx-get": reverse("orgs:pick_unit"),
            "hx-trigger": "input changed delay:200ms",
            "hx-target": f"#{found}",
        }
        line = super().render(name, value, {**(attrs or {}), **asks}, renderer)
        return format_html('{}<datalist id="{}"></datalist>', line, found)


class UnitField(forms.CharField):
    """Cleans to the one unit that `actor` sees under the typed name, code or initials; None for nothing."""

    widget = UnitPicker

    def __init__(self, *, actor: Actor, **options: Any) -> None:
        super().__init__(max_length=210, **options)
        self.actor = actor

    def clean(self, value: Any) -> Unit | None:
        text = super().clean(value)
        if not text:
            return None
        units = tree.picked(self.actor, text)
        if len(units) != 1:
            raise ValidationError(_("No single unit is called “%(name)s”"), params={"name": text})
        return units[0]
