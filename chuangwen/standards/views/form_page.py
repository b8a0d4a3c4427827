"""A page with one form, and the way back from it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django import forms
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from chuangwen.cores.errors import BadInput
from chuangwen.kit.http import words_for
from chuangwen.orgs.actors import Request

if TYPE_CHECKING:
    from ..models import System, SystemVersion

Crumbs = list[tuple[str, str]]  # title, address
GET_OR_POST = require_http_methods(["GET", "POST"])


@dataclass(frozen=True)
class FormPage:
    """`crumbs` lead to the page; the last of them is where it goes back to."""

    heading: str
    button: str
    crumbs: Crumbs
    about: str = ""
    template: str = "standards/form.html"


def form_page(
    request: Request,
    form: forms.Form,
    do: Callable[[], HttpResponse],
    page: FormPage,
    **more: Any,
) -> HttpResponse:
    """Show `form`, or `do` what a valid one asks for; what cannot be taken is said above what was typed."""
    if request.method == "POST" and form.is_valid():
        try:
            return do()
        except BadInput as error:
            add_refusal(form, error)
    back = page.crumbs[-1][1] if page.crumbs else reverse("standards:systems")
    context: dict[str, Any] = {"page": page, "form": form, "back": back, "crumbs": page.crumbs, **more}
    return render(request, page.template, context, status=422 if form.errors else 200)


def add_refusal(form: forms.Form, error: BadInput) -> None:
    form.add_error(None, str(words_for(error).happened))


def valid(form: forms.Form) -> dict[str, Any]:
    """What a form without a page of its own says. Raises BadInput."""
    if not form.is_valid():
        raise BadInput
    return form.cleaned_data


def at_systems() -> Crumbs:
    return [(_("Standards"), reverse("standards:systems"))]


def at_system(system: System) -> Crumbs:
    return [*at_systems(), (system.name, reverse("standards:system", args=[system.pk]))]


def at_version(version: SystemVersion, node_id: int | None = None) -> Crumbs:
    address = reverse("standards:version", args=[version.pk])
    address = f"{address}?node={node_id}#node" if node_id else address
    return [*at_system(version.system), (version_name(version), address)]


def version_name(version: SystemVersion) -> str:
    return _("Version %(n)s") % {"n": version.number} if version.number else _("Draft")
