"""The living page of components: whoever builds a page looks here first."""

from datetime import UTC, datetime
from decimal import Decimal
from types import SimpleNamespace

from django import forms
from django.contrib.auth.decorators import login_not_required
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_GET

from .http import STALE_WORDS


class ExampleForm(forms.Form):
    name = forms.CharField(label=_("Name"), help_text=_("In full, as on its seal."))
    value = forms.DecimalField(label=_("Value"), required=False, max_value=Decimal(100))
    kind = forms.ChoiceField(
        label=_("Strength"),
        choices={"must": _("Mandatory"), "try": _("Stretch")},
        widget=forms.RadioSelect,
    )


@login_not_required
@require_GET
def components(request: HttpRequest) -> HttpResponse:
    at = datetime(2026, 3, 2, 1, 30, tzinfo=UTC)
    entry = SimpleNamespace(
        action="kit.example", values={}, person_id=1, person_name="林知远", seat="", at=at
    )
    context = {
        "form": ExampleForm({"name": "", "value": "120", "kind": "must"}),
        "page": Paginator(range(120), 50).page(2),
        "entries": [entry],
        "rows": [
            ("东浦区", 12, 13, 36, 33, "go", _("on course")),
            ("云河区", 13, 12, 31, 33, "near", _("due soon")),
            ("北塘区", 15, 7, 16, 33, "late", _("late")),
        ],
        "amount": Decimal("45000.00"),
        "share": Decimal("38.750"),
        "words": STALE_WORDS,
    }
    return render(request, "kit/components.html", context)
