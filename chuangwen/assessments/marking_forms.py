"""The entry page of a visit: for each item the fields of its kind, so that nobody types JSON."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.utils.datastructures import MultiValueDict
from django.utils.translation import gettext_lazy as _

from chuangwen.cores import photos
from chuangwen.cores.scoring.kinds import Kind, Rule

from .actions import Given
from .forms import MomentField
from .models import Visit
from .queries import ItemLine

YES_NO = [("yes", _("Met")), ("no", _("Not met"))]


class ManyFiles(forms.ClearableFileInput):
    allow_multiple_selected = True


class HeadForm(forms.Form):
    version = forms.IntegerField(min_value=0, widget=forms.HiddenInput)
    visited_at = MomentField(label=_("Visited at"))
    remark = forms.CharField(label=_("Remark on the visit"), max_length=500, required=False)


class ItemForm(forms.Form):
    """The fields of one item; all may be empty, for a visit is entered bit by bit.

    What is asked is shown as required, and still may be left out for now. `given()` says what was typed;
    None: nothing was.
    """

    use_required_attribute = False

    def __init__(
        self,
        data: Mapping[str, Any] | None,
        files: MultiValueDict[str, UploadedFile[Any]] | None,
        *,
        line: ItemLine,
        prefix: str,
    ) -> None:
        self.line, self.rule = line, line.item.marking
        known = line.mark.data if line.mark and line.mark.data else {}
        super().__init__(data, files, prefix=prefix, initial=_initial(self.rule, known, line))
        self.fields.update(_fields(self.rule))
        self.answers = list(self.fields)
        for name in self.answers:
            self.fields[name].required = True
        self.fields["na"] = forms.BooleanField(label=_("Does not apply"), required=False)
        self.fields["why"] = forms.CharField(label=_("Why it does not apply"), required=False, max_length=200)
        self.fields["note"] = forms.CharField(label=_("Note"), required=False, max_length=500)
        self.fields["photos"] = forms.FileField(
            label=_("Photos"),
            required=line.item.photos_least > 0,
            widget=ManyFiles({"accept": "image/jpeg,image/png,image/webp", "multiple": True}),
        )
        self.more: list[str] = []  # what is wrong with it, said by the action

    @property
    def answer_fields(self) -> list[forms.BoundField]:
        return [self[name] for name in self.answers]

    @property
    def photos_sent(self) -> int:
        return len(self.files.getlist(self.add_prefix("photos"))) if self.files else 0

    def given(self) -> Given | None:
        said = {name: self._text(name) for name in self.answers}
        na, why = bool(self._text("na")), self._text("why")
        drop = {one.pk for one in self.line.photos if self._text(f"drop_{one.pk}")}
        added = self._files()
        if na:
            data: Any = {"na": why}
        elif any(said.values()):
            data = _data(self.rule, said)
        elif self.line.mark is None and not added:
            return None
        else:
            data = {}
        return Given(data, self._text("note"), added, drop)

    def _text(self, name: str) -> str:
        found = (self.data or {}).get(self.add_prefix(name), "")
        return str(found).strip()

    def _files(self) -> list[tuple[str, bytes]]:
        files = self.files.getlist(self.add_prefix("photos")) if self.files else []
        return [(one.name or "photo", one.read(photos.MOST_BYTES + 1)) for one in files]


def item_forms(
    lines: Sequence[ItemLine],
    data: Mapping[str, Any] | None = None,
    files: MultiValueDict[str, UploadedFile[Any]] | None = None,
) -> list[ItemForm]:
    return [ItemForm(data, files, line=line, prefix=f"m{at}") for at, line in enumerate(lines)]


def head_of(visit: Visit) -> dict[str, Any]:
    return {
        "version": visit.version,
        "visited_at": visit.visited_at or visit.slot_from,
        "remark": visit.remark,
    }


def _number(label: Any) -> forms.CharField:
    widget = forms.TextInput({"inputmode": "decimal", "autocomplete": "off", "size": 6})
    return forms.CharField(label=label, required=False, max_length=20, widget=widget)


def _radio(label: Any, choices: Sequence[tuple[str, Any]]) -> forms.ChoiceField:
    return forms.ChoiceField(label=label, required=False, choices=choices, widget=forms.RadioSelect)


def _fields(rule: Rule) -> dict[str, forms.Field]:
    if rule.kind == Kind.YES_NO:
        return {"met": _radio(_("Result"), YES_NO)}
    if rule.kind == Kind.K_OF_N:
        return {"k": _number(_("How many of %(n)s") % {"n": rule.n})}
    if rule.kind == Kind.GRADES:
        return {"grade": _radio(_("Grade"), [(one.key, one.title or one.key) for one in rule.choices])}
    if rule.kind == Kind.MEASURED:
        return {"value": _number(_("Measured (%(unit)s)") % {"unit": rule.unit or "—"})}
    if rule.kind == Kind.OBSERVED:
        least = {"least": rule.least}
        return {"seen": _number(_("Seen (at least %(least)s)") % least), "compliant": _number(_("Compliant"))}
    if rule.kind == Kind.DEDUCTIONS:
        return {f"part{at}": _number(one.title or one.key) for at, one in enumerate(rule.choices)}
    return {f"part{at}": _radio(one.title or one.key, YES_NO) for at, one in enumerate(rule.choices)}


def _data(rule: Rule, said: Mapping[str, str]) -> dict[str, Any]:
    """What was typed as a mark; what is no number stays text, and is refused by the core with its place."""
    if rule.kind == Kind.YES_NO:
        return {"met": _yes(said["met"])}
    if rule.kind == Kind.GRADES:
        return {"grade": said["grade"]}
    if rule.kind == Kind.MEASURED:
        return {"value": said["value"]}
    if rule.kind in (Kind.K_OF_N, Kind.OBSERVED):
        return {name: whole(text) for name, text in said.items() if text}
    parts = {one.key: said[f"part{at}"] for at, one in enumerate(rule.choices)}
    if rule.kind == Kind.DEDUCTIONS:
        return {"counts": {key: whole(text) for key, text in parts.items() if text}}
    return {"met": {key: _yes(text) for key, text in parts.items() if text}}


def whole(text: str) -> int | str:
    return int(text) if text.isascii() and text.isdecimal() and len(text) < 12 else text


def _yes(text: str) -> bool | str:
    return {"yes": True, "no": False}.get(text, text)


def _initial(rule: Rule, data: Mapping[str, Any], line: ItemLine) -> dict[str, Any]:
    known: dict[str, Any] = {"note": line.mark.note if line.mark else ""}
    if "na" in data:
        return {**known, "na": True, "why": data["na"]}
    inner = data.get("counts", data.get("met"))
    if isinstance(inner, Mapping):
        return known | {f"part{at}": _typed(inner.get(one.key)) for at, one in enumerate(rule.choices)}
    return known | {name: _typed(value) for name, value in data.items()}


def _typed(value: Any) -> Any:
    if isinstance(value, bool):
        return "yes" if value else "no"
    return value
