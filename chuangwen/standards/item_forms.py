"""The form of an item: what every item says, and the fields of its kind; nobody types JSON."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any, cast

from django import forms
from django.forms import BoundField
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from chuangwen.cores.errors import BadInput
from chuangwen.cores.scoring.kinds import COMPARATORS, MOST_COUNT, MOST_LIST, MOST_TITLE, Kind, parse_rule

from .forms import WeightField
from .models import CRITICAL, DEADLINE_CLASSES, SEVERITIES, Item
from .rules.drafting import MOST_PHOTOS, ItemValues
from .rules.rule_text import SIGNS, key_for
from .rules.words import MILLI, NANO, Critical, DeadlineClass, Severity
from .telling import refused_words

LINES_AT_LEAST, LINES_MORE = 4, 3
MICRO = NANO // MILLI  # nano of a thousandth


@dataclass(frozen=True)
class Lines:
    """The list of a kind: its name in the rule, what a line is called, and its number ("" for none)."""

    name: str
    title: Any
    milli: str = ""
    number: Any = ""


LINES = {
    Kind.DEDUCTIONS: Lines("faults", _("Fault"), "each_milli", _("Deducts each")),
    Kind.GRADES: Lines("grades", _("Grade"), "weight_milli", _("Is worth")),
    Kind.MEASURED: Lines("steps", _("Value"), "weight_milli", _("Is worth")),
    Kind.ALL_OR_NOTHING: Lines("parts", _("Part")),
    Kind.HOTLINE: Lines("parts", _("Part"), "share_milli", _("Share")),
}
HELP = {
    Kind.YES_NO: _("Met: 1; not met: 0."),
    Kind.K_OF_N: _("Of so many things asked, the share that is there."),
    Kind.DEDUCTIONS: _("From 1, each fault deducts; not below the floor."),
    Kind.GRADES: _("One of the grades is chosen. The best must be worth 1."),
    Kind.MEASURED: _("A value is measured: one bound, or steps with the best first."),
    Kind.OBSERVED: _("Seen and compliant are counted. With fewer seen than the least, it does not apply."),
    Kind.ALL_OR_NOTHING: _("Worth 1 where every part is met, else 0."),
    Kind.HOTLINE: _("A call is made; each part that is met earns its share. Shares add up to 1."),
}


class ItemForm(forms.Form):
    version = forms.IntegerField(min_value=0, required=False, widget=forms.HiddenInput)
    number = forms.CharField(label=_("Number"), max_length=20, required=False)
    title = forms.CharField(label=_("What is looked at"), max_length=300, widget=forms.Textarea({"rows": 2}))
    weight_milli = WeightField(label=_("Weight"), initial=1)
    met_from_milli = WeightField(
        label=_("Counts as met from"),
        required=False,
        most_milli=MILLI,
        help_text=_("Between 0 and 1. Empty: from 1. It matters for critical items."),
    )
    critical = forms.TypedChoiceField(
        label=_("Critical"), choices=CRITICAL, coerce=Critical, empty_value=Critical.NO, required=False
    )
    cap_milli = WeightField(
        label=_("Caps the point at"),
        required=False,
        most_milli=MILLI,
        help_text=_("Between 0 and 1; only of an item that caps."),
    )
    photos_least = forms.IntegerField(
        label=_("Photos at least"), min_value=0, max_value=MOST_PHOTOS, initial=0
    )
    severity = forms.TypedChoiceField(label=_("Severity of a fault"), choices=SEVERITIES, coerce=Severity)
    deadline_class = forms.TypedChoiceField(
        label=_("To be put right"),
        choices=DEADLINE_CLASSES,
        coerce=DeadlineClass,
        initial=DeadlineClass.THREE_DAYS,
    )
    requires_reason = forms.BooleanField(
        label=_("Who says that it does not apply says why"), required=False, initial=True
    )
    types = forms.TypedMultipleChoiceField(
        label=_("Point types"), coerce=int, required=False, widget=forms.CheckboxSelectMultiple
    )

    def __init__(
        self,
        *args: Any,
        kind: Kind,
        types: Iterable[tuple[int, str]],
        rule: Mapping[str, Any] | None = None,
        **options: Any,
    ) -> None:
        super().__init__(*args, **options)
        self.kind = kind
        cast(forms.TypedMultipleChoiceField, self.fields["types"]).choices = list(types)
        self._of_kind(rule or {})
        if (met := (rule or {}).get("met_from_milli")) is not None:
            self.initial["met_from_milli"] = WeightField.shown(met)

    def _of_kind(self, rule: Mapping[str, Any]) -> None:
        match self.kind:
            case Kind.K_OF_N:
                self._number("n", _("How many are asked"), 1, MOST_COUNT, rule.get("n"))
            case Kind.OBSERVED:
                self._number("least", _("How many are seen at least"), 1, MOST_COUNT, rule.get("least"))
            case Kind.MEASURED:
                self.fields["unit"] = forms.CharField(
                    label=_("Unit of measure"), max_length=20, required=False, initial=rule.get("unit")
                )
                self.fields["comparator"] = forms.ChoiceField(
                    label=_("The value is"),
                    choices=[(code, SIGNS[code]) for code in COMPARATORS],
                    initial=rule.get("comparator", ">="),
                )
                self.fields["value"] = forms.DecimalField(
                    label=_("Bound"),
                    required=False,
                    initial=rule.get("value"),
                    help_text=_("Or leave it empty and write steps below."),
                )
        if self.kind in LINES:
            self._lines(LINES[self.kind], rule)
        if self.kind == Kind.DEDUCTIONS:
            floor = WeightField.shown(rule.get("floor_milli", 0))
            self.fields["floor_milli"] = WeightField(
                label=_("Not below"), most_milli=MILLI - 1, initial=floor
            )

    def _number(self, name: str, label: Any, least: int, most: int, initial: int | None) -> None:
        self.fields[name] = forms.IntegerField(label=label, min_value=least, max_value=most, initial=initial)

    def _lines(self, lines: Lines, rule: Mapping[str, Any]) -> None:
        """As many lines as the rule has, or as were sent, and some empty ones."""
        said = list(rule.get(lines.name, ()))
        sent = sum(name.startswith("line_") and name.endswith("_title") for name in self.data)
        self.lines = max(min(len(said) + LINES_MORE, MOST_LIST), LINES_AT_LEAST, min(sent, MOST_LIST))
        for at in range(1, self.lines + 1):
            one = said[at - 1] if at <= len(said) else {}
            key, title = one.get("key", ""), one.get("title", "") or one.get("key", "")
            title = one.get("value", "") if lines.name == "steps" else title
            self.fields[f"line_{at}_key"] = forms.CharField(
                required=False, max_length=40, initial=key, widget=forms.HiddenInput
            )
            self.fields[f"line_{at}_title"] = forms.CharField(
                label=lines.title, required=False, max_length=MOST_TITLE, initial=title
            )
            if lines.milli:
                initial = WeightField.shown(one[lines.milli]) if lines.milli in one else None
                self.fields[f"line_{at}_milli"] = WeightField(
                    label=lines.number, required=False, most_milli=MILLI, initial=initial
                )

    @property
    def line_heads(self) -> Lines | None:
        return LINES.get(self.kind)

    @property
    def line_rows(self) -> list[tuple[int, BoundField, BoundField, BoundField | None]]:
        """Number, key, title and weight of each line, for the table of the form."""
        lines = LINES.get(self.kind)
        if lines is None:
            return []
        return [
            (
                at,
                self[f"line_{at}_key"],
                self[f"line_{at}_title"],
                self[f"line_{at}_milli"] if lines.milli else None,
            )
            for at in range(1, self.lines + 1)
        ]

    @property
    def rule_fields(self) -> list[BoundField]:
        names = ("n", "least", "unit", "comparator", "value", "floor_milli")
        return [self[name] for name in names if name in self.fields]

    @property
    def common_fields(self) -> list[BoundField]:
        own = {field.name for field in self.rule_fields} | {"number", "title", "types"}
        return [
            field for field in self.visible_fields() if field.name not in own and "line_" not in field.name
        ]

    @property
    def kind_help(self) -> str | Promise:
        return HELP[self.kind]

    def clean(self) -> dict[str, Any]:
        """With the rule as JSON."""
        given: dict[str, Any] = super().clean() or {}
        if not self.errors:
            try:
                given["rule"] = dict(parse_rule(self.kind, self._rule(given)).data)
            except BadInput as error:
                self.add_error(None, refused_words(error))
        return given

    def _rule(self, given: Mapping[str, Any]) -> dict[str, Any]:
        names = ("n", "least", "unit", "comparator", "floor_milli")
        rule = {name: given[name] for name in names if name in self.fields}
        if given.get("met_from_milli") is not None:
            rule["met_from_milli"] = given["met_from_milli"]
        lines = LINES.get(self.kind)
        if lines is None:
            return rule
        written = [row for at in range(1, self.lines + 1) if (row := self._line(lines, given, at))]
        if self.kind == Kind.MEASURED:
            if given.get("value") is not None:
                rule["value"] = _plain(given["value"])
            if written or "value" not in rule:
                rule["steps"] = written
            return rule
        return rule | {lines.name: written}

    def _line(self, lines: Lines, given: Mapping[str, Any], at: int) -> dict[str, Any]:
        """{} for an empty line."""
        title = given.get(f"line_{at}_title", "")
        weight = given.get(f"line_{at}_milli")
        if not title and weight is None:
            return {}
        told: dict[str, Any] = {lines.milli: weight} if lines.milli and weight is not None else {}
        if lines.name == "steps":
            return {"value": title, **told}
        key = given.get(f"line_{at}_key") or key_for(title, at)
        return {"key": key, "title": title, **told}

    def values(self) -> ItemValues:
        given = self.cleaned_data
        cap = given["cap_milli"]
        return ItemValues(
            kind=self.kind,
            rule=given["rule"],
            cap_nano=None if cap is None else cap * MICRO,
            type_ids=tuple(given["types"]),
            **{name: given[name] for name in _SAME},
        )

    @classmethod
    def of(cls, item: Item) -> dict[str, Any]:
        cap = None if item.cap_nano is None else WeightField.shown(item.cap_nano // MICRO)
        known = {name: getattr(item, name) for name in ("version", *_SAME)}
        return known | {
            "cap_milli": cap,
            "weight_milli": WeightField.shown(item.weight_milli),
            "types": [one.pk for one in item.point_types.all()],
        }


_SAME = (
    *("number", "title", "weight_milli", "critical", "photos_least", "severity", "deadline_class"),
    "requires_reason",
)


def _plain(value: Decimal) -> str:
    return f"{value.normalize():f}"
