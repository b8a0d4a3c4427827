"""Forms of peer groups."""

from datetime import date
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from . import tree
from .actors import Actor
from .models import UNIT_KINDS, Unit
from .queries import match_names
from .rules import UnitKind


class PeerGroupForm(forms.Form):
    """`units` are named one on each line, by any of their names, or as the picker words them."""

    version = forms.IntegerField(widget=forms.HiddenInput, required=False)
    name = forms.CharField(label=_("Name"), max_length=100)
    units = forms.CharField(
        label=_("Add these units"),
        required=False,
        help_text=_(
            "One on each line. Where two share a name, with the unit above in brackets: 城关镇（青坞县）."
        ),
        widget=forms.Textarea({"rows": 6}),
    )
    kinds = forms.TypedMultipleChoiceField(
        label=_("Add all units of these kinds that stand in no group"),
        choices=UNIT_KINDS,
        coerce=UnitKind,
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )

    def __init__(self, *args: Any, actor: Actor, jurisdiction: Unit, today: date, **options: Any) -> None:
        super().__init__(*args, **options)
        self.actor, self.jurisdiction, self.today = actor, jurisdiction, today

    def clean_units(self) -> list[Unit]:
        lines = [line.strip() for line in self.cleaned_data["units"].splitlines() if line.strip()]
        matches = match_names(self.jurisdiction, lines, self.today)
        found = {line: matches[line].unit or self._labelled(line) for line in lines}
        unknown = [line for line in lines if found[line] is None]
        if unknown:
            names = "、".join(unknown)
            raise ValidationError(_("No single unit is called “%(name)s”"), params={"name": names})
        return [unit for unit in found.values() if unit]

    def _labelled(self, line: str) -> Unit | None:
        units = [unit for unit in tree.picked(self.actor, line) if unit.is_open_on(self.today)]
        return units[0] if len(units) == 1 else None


class KindForm(forms.Form):
    kind = forms.ChoiceField(label=_("Kind"), choices=[("", _("All")), *UNIT_KINDS.items()], required=False)
