"""A page with one form, for scores and what comes after them."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django import forms
from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_http_methods

from chuangwen.cores.errors import BadInput, NotAllowedNow
from chuangwen.kit.http import words_for
from chuangwen.orgs.actors import Request

Crumbs = list[tuple[str, str]]  # title, address
GET_OR_POST = require_http_methods(["GET", "POST"])


def form_page(
    request: Request,
    form: forms.Form,
    do: Callable[[], HttpResponse],
    *,
    heading: str,
    button: str,
    crumbs: Crumbs,
    about: str = "",
    template: str = "assessments/result_form.html",
    **more: Any,
) -> HttpResponse:
    """Show `form`, or `do` what a valid one asks for; what is refused is said above what was typed."""
    status = 200
    if request.method == "POST":
        status = 422
        if form.is_valid():
            try:
                return do()
            except (BadInput, NotAllowedNow) as error:
                status = 409 if isinstance(error, NotAllowedNow) else 422
                add_refusal(form, error)
    context = {
        "form": form,
        "heading": heading,
        "button": button,
        "crumbs": crumbs,
        "back": crumbs[-1][1],
        "about": about,
        **more,
    }
    return render(request, template, context, status=status)


def add_refusal(form: forms.Form, error: BadInput | NotAllowedNow) -> None:
    form.add_error(None, str(words_for(error).happened))


def valid(form: forms.Form) -> dict[str, Any]:
    """What a form without a page of its own says. Raises BadInput."""
    if not form.is_valid():
        raise BadInput
    return form.cleaned_data
