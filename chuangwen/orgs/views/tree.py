"""The tree of units, the picker, and units that change their place."""

from datetime import date
from typing import Any

from django import forms
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET, require_http_methods

from chuangwen.kit import clock
from chuangwen.kit.http import answer, posted, whole_number

from .. import access, actions, queries, tree
from ..actors import Actor, Request
from ..forms import DayField
from ..picker import UnitField
from .units import _form_page


class _DatedForm(forms.Form):
    version = forms.IntegerField(widget=forms.HiddenInput)
    on = DayField(label=gettext_lazy("With effect from"))

    def __init__(self, *args: Any, today: date, **options: Any) -> None:
        super().__init__(*args, **options)
        self.today = today

    def clean_on(self) -> date:
        on: date = self.cleaned_data["on"]
        if on > self.today:
            raise forms.ValidationError(_("This day is still to come. Come back on that day."))
        return on


class MoveForm(_DatedForm):
    def __init__(self, *args: Any, actor: Actor, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["to"] = UnitField(label=_("Now belongs to"), actor=actor, help_text=_PICK)
        self.order_fields(["to", "on"])


class MergeForm(_DatedForm):
    def __init__(self, *args: Any, actor: Actor, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["other"] = UnitField(label=_("Unit that ends"), actor=actor, help_text=_PICK)
        self.order_fields(["other", "on"])


_PICK = gettext_lazy("A name, a code, or the initials in pinyin.")


@require_GET
def unit_tree(request: Request) -> HttpResponse:
    """The units below `?at=`, else below the city; asked by htmx, that branch alone."""
    number = whole_number(request.GET.get("at", ""))
    at = access.one_unit(request.actor, number) if number else queries.root(request.actor)
    context = {
        "at": at,
        "above": queries.ancestors(at) if at else [],
        "below": tree.branch(request.actor, at) if at else [],
    }
    return answer(request, "orgs/tree.html", "orgs/_branch.html", context)


@require_GET
def pick_unit(request: Request) -> HttpResponse:
    """Suggestions for a picker; the field may have any name.

    Each holds what was typed, else the browser would not show what an old name or code has found.
    """
    text = request.GET.get(next(iter(request.GET), ""), "").strip()[:100]
    found = [(tree.label(unit), unit) for unit in tree.found_by(request.actor, text)]
    return render(request, "orgs/_picked.html", {"found": found, "text": text})


@require_http_methods(["GET", "POST"])
def move_unit(request: Request, unit_id: int) -> HttpResponse:
    unit, today = access.unit_for_change(request.actor, unit_id), clock.today()
    known = {"version": unit.version, "on": today}
    form = MoveForm(posted(request), initial=known, actor=request.actor, today=today)

    def move(values: dict[str, Any]) -> HttpResponse:
        to = values.pop("to")
        actions.move_unit(actor=request.actor, unit_id=unit_id, to_id=to.pk, **values)
        return redirect("orgs:unit", unit_id)

    return _form_page(request, form, move, {"unit": unit, "heading": _("Move the unit"), "button": _("Move")})


@require_http_methods(["GET", "POST"])
def merge_unit(request: Request, unit_id: int) -> HttpResponse:
    unit, today = access.unit_for_change(request.actor, unit_id), clock.today()
    known = {"version": unit.version, "on": today}
    form = MergeForm(posted(request), initial=known, actor=request.actor, today=today)

    def merge(values: dict[str, Any]) -> HttpResponse:
        other = values.pop("other")
        others = [(other.pk, other.version)]
        actions.merge_units(actor=request.actor, unit_id=unit_id, others=others, **values)
        return redirect("orgs:unit", unit_id)

    return _form_page(
        request, form, merge, {"unit": unit, "heading": _("Merge a unit into this one"), "button": _("Merge")}
    )
