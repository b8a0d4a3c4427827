"""What people type on the pages of scores and what comes after them."""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from chuangwen.kit.papers import Paper
from chuangwen.orgs.actors import Actor
from chuangwen.orgs.picker import UnitField

from .models import Round
from .models.results import ADJUSTMENTS, CAUSES
from .wording import METHODS

_UNIT_HELP = _("Type a few letters of its name, then choose.")


class StampForm(forms.Form):
    version = forms.IntegerField(min_value=0, widget=forms.HiddenInput)


class ManyFiles(forms.ClearableFileInput):
    allow_multiple_selected = True


class FilesField(forms.FileField):
    """Several files, as names with bytes."""

    widget = ManyFiles

    def clean(self, data: Any, initial: Any = None) -> list[tuple[str, bytes]]:
        rows = data if isinstance(data, list | tuple) else [data] if data else []
        if not rows and self.required:
            raise forms.ValidationError(self.error_messages["required"])
        return [(one.name, one.read()) for one in rows]


class _RoundUnitForm(forms.Form):
    unit_id = forms.TypedChoiceField(label=_("Unit"), coerce=int)

    def __init__(self, *args: Any, round: Round, **options: Any) -> None:
        super().__init__(*args, **options)
        units = round.units.select_related("unit")
        self.fields["unit_id"].choices = [(one.unit_id, one.unit.name) for one in units]  # type: ignore[attr-defined]


class PartForm(_RoundUnitForm):
    method = forms.ChoiceField(label=_("Method"))
    score = forms.DecimalField(
        label=_("Score, per cent of full"), min_value=0, max_value=100, max_digits=12, decimal_places=7
    )
    n = forms.IntegerField(label=_("Of how many"), min_value=1, max_value=10**9)
    se = forms.DecimalField(
        label=_("Standard error, per cent"),
        required=False,
        min_value=0,
        max_value=100,
        max_digits=12,
        decimal_places=7,
        help_text=_("Empty: not known; the range then covers the points alone."),
    )
    source = forms.CharField(label=_("Source"), max_length=200)
    version = forms.IntegerField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args: Any, round: Round, **options: Any) -> None:
        super().__init__(*args, round=round, **options)
        choices = [(name, METHODS[name]) for name, weight in round.method_weights.items() if weight]
        self.fields["method"].choices = choices  # type: ignore[attr-defined]

    def values(self) -> dict[str, Any]:
        said = self.cleaned_data
        return {
            "unit_id": said["unit_id"],
            "method": said["method"],
            "nano": int(said["score"] * 10**7),
            "n": said["n"],
            "se_nano": None if said["se"] is None else int(said["se"] * 10**7),
            "source": said["source"],
            "version": said["version"],
        }


class AdjustmentForm(_RoundUnitForm):
    kind = forms.ChoiceField(label=_("Bonus or penalty"), choices=list(ADJUSTMENTS.items()))
    points = forms.DecimalField(
        label=pgettext_lazy("score", "Points"),
        min_value=Decimal("0.001"),
        max_value=100,
        decimal_places=3,
    )
    grounds = forms.CharField(label=_("Grounds"), max_length=300)

    def values(self) -> dict[str, Any]:
        said = self.cleaned_data
        return {
            "unit_id": said["unit_id"],
            "kind": said["kind"],
            "points_milli": int(said["points"] * 1000),
            "grounds": said["grounds"],
        }


class TableForm(forms.Form):
    file = forms.FileField(
        label=_("File"),
        error_messages={"required": _("Choose a file first.")},
        widget=forms.ClearableFileInput({"accept": ".xlsx,.csv"}),
    )


class ObjectForm(forms.Form):
    words = forms.CharField(
        label=_("Why the unit objects"), max_length=1000, widget=forms.Textarea({"rows": 3})
    )
    proofs = FilesField(label=_("Proof"), help_text=_("Photos, PDF, Word or Excel; several at once."))


class GroundsForm(forms.Form):
    grounds = forms.CharField(label=_("Grounds"), max_length=1000, widget=forms.Textarea({"rows": 3}))


class RemarkForm(forms.Form):
    words = forms.CharField(label=_("Remark on the findings"), max_length=500, required=False)


class CycleForm(forms.Form):
    version = forms.IntegerField(required=False, widget=forms.HiddenInput)
    name = forms.CharField(label=_("Name"), max_length=100)
    first_year = forms.IntegerField(label=_("First year"), min_value=2000, max_value=2100)
    weights = forms.CharField(
        label=_("Weights of the years, per cent"),
        max_length=60,
        help_text=_("One number for each year, with a stroke between: 15/25/60. They add up to 100."),
    )
    quarters = forms.CharField(
        label=_("Weights of the quarters, per cent"),
        max_length=60,
        required=False,
        help_text=_("Four numbers. Empty: all the same."),
    )

    def clean_weights(self) -> list[int]:
        return _weights(self.cleaned_data["weights"])

    def clean_quarters(self) -> list[int]:
        return _weights(self.cleaned_data["quarters"])

    def values(self) -> dict[str, Any]:
        said = self.cleaned_data
        return {
            "name": said["name"],
            "first_year": said["first_year"],
            "weights_milli": said["weights"],
            "quarters_milli": said["quarters"],
        }


def _weights(text: str) -> list[int]:
    parts = [part for part in text.replace("／", "/").replace("、", "/").split("/") if part.strip()]
    try:
        return [int(Decimal(part.strip().rstrip("%")) * 10) for part in parts]
    except (ArithmeticError, ValueError):
        raise forms.ValidationError(_("Write numbers with a stroke between, like 15/25/60.")) from None


class OfficialForm(forms.Form):
    year = forms.IntegerField(label=_("Year"), min_value=2000, max_value=2100)
    issued_by = forms.CharField(label=_("Issued by"), max_length=100)
    score = forms.DecimalField(label=_("Score of 100"), min_value=0, max_value=100, decimal_places=6)
    rank_words = forms.CharField(label=_("Rank as issued"), max_length=100, required=False)
    document = forms.CharField(label=_("Document"), max_length=200, required=False)

    def __init__(self, *args: Any, actor: Actor, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["unit"] = UnitField(actor=actor, label=_("Unit"), help_text=_UNIT_HELP)
        for code, name in METHODS.items():
            for part, words in (("score", _("%(method)s: score")), ("full", _("%(method)s: out of"))):
                self.fields[f"{part}_{code}"] = forms.DecimalField(
                    label=words % {"method": name},
                    required=False,
                    min_value=0,
                    max_value=100,
                    decimal_places=6,
                )
        self.order_fields(["unit", "year", "issued_by", "score"])

    def values(self) -> dict[str, Any]:
        said = self.cleaned_data
        parts = {
            code: (int(said[f"score_{code}"] * 10**9), int(said[f"full_{code}"] * 10**9))
            for code in METHODS
            if said.get(f"score_{code}") is not None and said.get(f"full_{code}")
        }
        return {
            "unit_id": said["unit"].pk,
            "year": said["year"],
            "issued_by": said["issued_by"],
            "score_nano": int(said["score"] * 10**9),
            "rank_words": said["rank_words"],
            "document": said["document"],
            "parts": parts,
        }


class LostForm(forms.Form):
    method = forms.ChoiceField(label=_("Method"), choices=list(METHODS.items()))
    item_words = forms.CharField(label=_("What was lost"), max_length=300)
    points = forms.DecimalField(
        label=_("Points lost"), min_value=Decimal("0.000001"), max_value=100, decimal_places=6
    )

    def __init__(self, *args: Any, actor: Actor, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["unit"] = UnitField(
            actor=actor, label=_("Laid to"), help_text=_("It is asked for its reply."), required=False
        )

    def values(self) -> dict[str, Any]:
        said = self.cleaned_data
        return {
            "method": said["method"],
            "item_words": said["item_words"],
            "points_nano": int(said["points"] * 10**9),
            "unit_id": said["unit"].pk if said["unit"] else None,
        }


class CauseForm(StampForm):
    cause = forms.ChoiceField(label=_("Cause"), choices=list(CAUSES.items()), widget=forms.RadioSelect)
    words = forms.CharField(label=_("Explanation"), max_length=1000, widget=forms.Textarea({"rows": 3}))


class GoalForm(forms.Form):
    goal = forms.DecimalField(min_value=0, max_value=100, decimal_places=4)


class FilingForm(StampForm):
    """A draft may lack what is asked for when it is handed in (`send`)."""

    use_required_attribute = False
    conclusion = forms.CharField(
        label=_("Conclusion"),
        max_length=500,
        help_text=_("One sentence: is the standard met?"),
    )
    statement = forms.CharField(
        label=_("Statement"),
        max_length=20_000,
        widget=forms.Textarea({"rows": 8}),
        help_text=_("What is there, with figures; not a summary of work."),
    )

    def __init__(self, *args: Any, send: bool = True, **more: Any) -> None:
        super().__init__(*args, **more)
        self.fields["conclusion"].required = self.fields["statement"].required = send


class FilingFileForm(StampForm):
    file = forms.FileField(label=_("File"))
    caption = forms.CharField(
        label=_("Caption"),
        max_length=300,
        required=False,
        help_text=_("Time, place, people, theme: 2022年3月5日，望江社区，志愿者20人，清洁家园"),
    )


class PapersForm(StampForm):
    """What the unit handed in elsewhere, newest first; each is named with what it was handed in for."""

    papers = forms.MultipleChoiceField(
        label=_("Files"), widget=forms.CheckboxSelectMultiple, error_messages={"required": _("Tick a file.")}
    )

    def __init__(self, *args: Any, offered: Iterable[Paper], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        papers: Any = self.fields["papers"]
        papers.choices = [(one.key, f"{one.name} · {one.caption}") for one in offered]


class VerdictForm(StampForm):
    verdict = forms.CharField(
        label=_("Verdict"), max_length=1000, required=False, widget=forms.Textarea({"rows": 3})
    )
