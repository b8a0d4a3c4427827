"""What a unit types about one task, what a reviewer remarks, how the office corrects a value."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from chuangwen.cores.errors import BadInput
from chuangwen.kit.http import words_for
from chuangwen.orgs.actors import Actor
from chuangwen.orgs.picker import UnitField

from ..actions import Typed, TypedItem
from ..models import CONFIDENTIAL, PROGRESS
from ..queries.cards import Card, Line, typed_number
from ..queries.checking import Typing
from ..rules.amounts import micro, number
from ..rules.filling import MOST_OF_ENTRY, MOST_OF_REMARK, MOST_WORDS
from ..rules.states import Progress

JUDGED = {"go": _("on course"), "near": _("at risk"), "late": _("behind")}
MOST_SOURCE = 100


class AmountField(forms.CharField):
    """A number as people type it; cleans to millionths, None where nothing is typed."""

    def __init__(self, *, attrs: dict[str, str], **options: Any) -> None:
        typed = {"inputmode": "decimal", "autocomplete": "off", **attrs}
        super().__init__(max_length=40, required=False, widget=forms.TextInput(typed), **options)

    def clean(self, value: Any) -> int | None:
        text = super().clean(value)
        if not text:
            return None
        try:
            return micro(number(text))
        except BadInput as error:
            raise ValidationError(_sentence(error)) from None


class DayField(forms.DateField):
    def __init__(self, **options: Any) -> None:
        super().__init__(
            required=False, widget=forms.DateInput({"type": "date"}, format="%Y-%m-%d"), **options
        )


@dataclass(frozen=True)
class LineFields:
    """The fields of one indicator, bound; those that it does not have are None."""

    line: Line
    value: forms.BoundField | None
    of: forms.BoundField | None
    share: forms.BoundField | None
    words: forms.BoundField | None
    missing: forms.BoundField
    why: forms.BoundField | None
    as_of: forms.BoundField
    evidence_on: forms.BoundField

    @property
    def has_more(self) -> bool:
        """Whether something is said, or wrong, that is usually folded away."""
        rare = (self.missing, self.as_of, self.evidence_on)
        return any(field.value() or field.errors for field in rare)


class ValueFields(forms.Form):
    """Fields of the values of indicators, each named after its key: I3-value, I3-of …"""

    lines: list[Line]

    def add_line(self, line: Line, check: str = "") -> None:
        """`check`: the address that doubts what is typed."""
        key, fields = line.key, self.fields
        asks = {
            "hx-post": f"{check}?key={key}",
            "hx-trigger": "change",
            "hx-target": f"#doubt-{line.entry.pk}",
        }
        attrs = asks if check else {}
        if line.judged:
            fields[f"{key}-words"] = _choice({"": "—", **JUDGED})
        elif line.classes:
            fields[f"{key}-words"] = _choice({"": "—"} | {word: word for word in line.classes})
        else:
            label = _("How many of them") if line.is_share else _("How many")
            fields[f"{key}-value"] = AmountField(label=label, attrs=attrs)
            if line.is_share:
                fields[f"{key}-of"] = AmountField(label=_("Of how many"), attrs=attrs)
                if not line.of_sums:
                    fields[f"{key}-share"] = AmountField(label=_("Only the share is known"), attrs=attrs)
        fields[f"{key}-missing"] = _said(MOST_OF_ENTRY["missing"], _("Why there is no number"))
        fields[f"{key}-why"] = _said(MOST_OF_ENTRY["why"], _("Why it is so"))
        fields[f"{key}-because"] = _said(MOST_OF_ENTRY["why"], _("Why it is so"))
        fields[f"{key}-as_of"] = DayField(label=_("As of"))
        fields[f"{key}-evidence_on"] = DayField(label=_("Date of the evidence"))

    def line_fields(self) -> Iterator[LineFields]:
        for line in self.lines:
            names = ("value", "of", "share", "words", "missing", "why", "as_of", "evidence_on")
            at = {name: f"{line.key}-{name}" for name in names}
            found: dict[str, Any] = {
                name: self[field] if field in self.fields else None for name, field in at.items()
            }
            yield LineFields(line=line, **found)

    def clean_lines(self) -> None:
        for line in self.lines:
            key, data = line.key, self.cleaned_data
            if data.get(f"{key}-share") is not None and data.get(f"{key}-value") is not None:
                self.add_error(f"{key}-share", _sentence(BadInput("progress.share_twice")))

    def typed_of(self, line: Line) -> Typed:
        """A quick answer to a doubt goes before what is typed as a reason."""
        key, data = line.key, self.cleaned_data
        numerator, denominator = data.get(f"{key}-value"), data.get(f"{key}-of")
        if numerator is None:
            numerator, denominator = data.get(f"{key}-share"), None
        return Typed(
            numerator=numerator,
            denominator=denominator,
            words=data.get(f"{key}-words") or "",
            missing=data[f"{key}-missing"],
            why=data.get(f"{key}-because") or data.get(f"{key}-why", ""),
            as_of=data[f"{key}-as_of"],
            evidence_on=data[f"{key}-evidence_on"],
        )

    def typing_of(self, line: Line) -> Typing | None:
        """What is in the fields so far, to be doubted; None where no number can be read."""
        key, data = line.key, getattr(self, "cleaned_data", {})
        numerator, denominator = data.get(f"{key}-value"), data.get(f"{key}-of")
        if numerator is None:
            numerator, denominator = data.get(f"{key}-share"), None
        if numerator is None or denominator == 0:
            return None
        return Typing(line.entry.indicator_id, line.entry.unit_id, numerator, denominator)

    def refuse(self, error: BadInput) -> None:
        """Show what an action could not keep at its field."""
        field = str(error.params.get("field", ""))
        names = (field, f"{field}-as_of" if error.code.endswith("day_to_come") else f"{field}-value")
        at = next((name for name in names if name in self.fields), None)
        self.add_error(at, _sentence(error))


class ItemForm(ValueFields):
    """One task of a report."""

    version = forms.IntegerField(min_value=1, widget=forms.HiddenInput)
    progress = forms.ChoiceField(
        label=_("How the task stands"), choices=list(PROGRESS.items()), widget=forms.RadioSelect
    )
    done_words = forms.CharField(
        label=_("What has been done"),
        required=False,
        max_length=MOST_WORDS["done_words"],
        widget=forms.Textarea({"rows": 2}),
    )
    stuck_words = forms.CharField(
        label=_("What is stuck"),
        required=False,
        max_length=MOST_WORDS["stuck_words"],
        widget=forms.Textarea({"rows": 2}),
    )
    next_step = forms.CharField(
        label=_("Next step"),
        required=False,
        max_length=MOST_WORDS["next_step"],
        widget=forms.Textarea({"rows": 2}),
    )
    source = forms.CharField(label=_("Where the files come from"), required=False, max_length=MOST_SOURCE)
    confidentiality = forms.ChoiceField(
        label=_("Who may read the files"), required=False, choices=list(CONFIDENTIAL.items())
    )
    dated_on = DayField(label=_("Files dated"))
    proves = forms.ChoiceField(label=_("What the files prove"), required=False)

    def __init__(
        self, card: Card, actor: Actor, check: str, data: QueryDict | None = None, *, answer: str = ""
    ) -> None:
        """`answer`: the button by which the form was opened."""
        super().__init__(data, initial=_initial(card, answer), auto_id=f"item{card.item.pk}-%s")
        self.fields["helper"] = UnitField(actor=actor, label=_("Who must help"), required=False)
        self.lines = card.lines
        for line in self.lines:
            self.add_line(line, check)
        proves = [(line.key, line.row.name) for line in self.lines]
        self.fields["proves"].choices = [("", _("the task as a whole")), *proves]  # type: ignore[attr-defined]
        if len(proves) == 1:
            del self.fields["proves"]

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        self.clean_lines()
        return data

    def typed(self) -> TypedItem:
        data = self.cleaned_data
        return TypedItem(
            progress=data["progress"],
            done_words=data["done_words"],
            stuck_words=data["stuck_words"],
            helper=data["helper"],
            next_step=data["next_step"],
            entries={line.entry.indicator_id: self.typed_of(line) for line in self.lines},
        )

    def evidence(self) -> dict[str, Any]:
        """What is said of the files that come along; usable also where other fields are wrong."""
        data = getattr(self, "cleaned_data", {})
        return {
            "source": data.get("source", ""),
            "confidentiality": data.get("confidentiality") or "internal",
            "dated_on": data.get("dated_on"),
            "indicator": self.lines[0].key if len(self.lines) == 1 else data.get("proves", ""),
        }


class CorrectForm(ValueFields):
    """Another number for a value that was handed in."""

    reason = forms.CharField(
        label=_("Why the number changes"),
        max_length=MOST_OF_ENTRY["why"],
        error_messages={"required": _("Say in a sentence why the number changes.")},
    )

    def __init__(self, line: Line, data: QueryDict | None = None) -> None:
        super().__init__(data, initial=_initial_of(line))
        self.lines = [line]
        self.add_line(line)
        del self.fields[f"{line.key}-why"], self.fields[f"{line.key}-because"]
        self.order_fields([*(name for name in self.fields if name != "reason"), "reason"])


class RemarksForm(forms.Form):
    """What a reviewer says of the fields of a task, each named remark-…; what is no field is left out."""

    version = forms.IntegerField(min_value=1, widget=forms.HiddenInput)

    def __init__(self, names: Iterable[str], data: QueryDict) -> None:
        super().__init__(data)
        for name in names:
            self.fields[f"remark-{name}"] = forms.CharField(required=False, max_length=MOST_OF_REMARK)

    def remarks(self) -> dict[str, str]:
        """By field; also where one of them cannot be taken, so that it can be shown again."""
        names = (name for name in self.fields if name != "version")
        return {name.removeprefix("remark-"): str(self[name].value() or "") for name in names}


class VersionForm(forms.Form):
    version = forms.IntegerField(min_value=1)


def _initial(card: Card, answer: str) -> dict[str, Any]:
    """What is there already; where nothing is, what stood in the last report."""
    item, before = card.item, card.before
    same = before if before is not None and not item.progress else item
    progress = {"stuck": Progress.STUCK, "not_due": Progress.NOT_DUE}.get(answer)
    usual = item.progress if item.progress not in {"", Progress.NOT_DUE, Progress.STUCK} else Progress.GOING
    found = {
        "version": item.version,
        "progress": progress or (usual if answer else item.progress or Progress.GOING),
        "done_words": item.done_words,
        "stuck_words": same.stuck_words,
        "helper": same.helper.name if same.helper else "",
        "next_step": same.next_step,
        "confidentiality": "internal",
    }
    for line in card.lines:
        found |= _initial_of(line)
    return found


def _initial_of(line: Line) -> dict[str, Any]:
    """Of a share that was not given yet, what it was a share of last time."""
    entry, key = line.entry, line.key
    alone = line.is_share and entry.denominator is None
    whole = entry.denominator
    if entry.numerator is None and line.last is not None:
        whole = line.last.denominator
    return {
        f"{key}-value": "" if alone else plain(entry.numerator),
        f"{key}-share": plain(entry.numerator) if alone else "",
        f"{key}-of": plain(whole),
        f"{key}-words": entry.words,
        f"{key}-missing": entry.missing,
        f"{key}-why": entry.why,
        f"{key}-as_of": entry.as_of,
        f"{key}-evidence_on": entry.evidence_on,
    }


def plain(millionths: int | None) -> str:
    """Digits as they are typed: no separators, no zeros at the end."""
    value = typed_number(millionths)
    return "" if value is None else f"{value:f}"


def _choice(choices: dict[str, Any]) -> forms.ChoiceField:
    return forms.ChoiceField(label=_("How it stands"), required=False, choices=list(choices.items()))


def _said(most: int, label: Any) -> forms.CharField:
    return forms.CharField(label=label, required=False, max_length=most)


def _sentence(error: BadInput) -> str:
    words = words_for(error)
    return f"{words.happened} {words.next}"


class FileForm(forms.Form):
    file = forms.FileField(label=_("File"), error_messages={"required": _("Choose a file first.")})
