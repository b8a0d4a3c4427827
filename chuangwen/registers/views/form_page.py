"""A page with one form."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any

from django import forms
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse

from chuangwen.cores.errors import BadInput
from chuangwen.kit.http import words_for
from chuangwen.orgs.actors import Request

if TYPE_CHECKING:
    from ..models import Project, ProjectList, Register, RegisterMember

Crumbs = list[tuple[str, str]]  # title, address


@dataclass(frozen=True)
class FormPage:
    """`crumbs` lead to the page; the last of them is where it goes back to."""

    heading: str
    button: str
    crumbs: Crumbs
    about: str = ""


def form_page(
    request: Request, form: forms.Form, do: Callable[[], HttpResponse], page: FormPage
) -> HttpResponse:
    """Show `form`, or `do` what a valid one asks for; what cannot be taken is said above what was typed."""
    if request.method == "POST" and form.is_valid():
        try:
            return do()
        except BadInput as error:
            add_refusal(form, error)
    context: dict[str, Any] = {"page": page, "form": form, "back": page.crumbs[-1][1] if page.crumbs else ""}
    return render(request, "registers/form.html", context, status=422 if form.errors else 200)


def add_refusal(form: forms.Form, error: BadInput) -> None:
    form.add_error(None, str(words_for(error).happened))


def parse_day(text: str) -> date | None:
    """The day that an address names; None where it names none."""
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None


def at_register(register: Register) -> Crumbs:
    return [(register.name, reverse("registers:register", args=[register.pk]))]


def at_member(member: RegisterMember) -> Crumbs:
    return [*at_register(member.register), (member.name, reverse("registers:member", args=[member.pk]))]


def at_project_list(found: ProjectList) -> Crumbs:
    return [(found.name, reverse("registers:project_list", args=[found.pk]))]


def at_project(project: Project) -> Crumbs:
    return [*at_project_list(project.list), (project.name, reverse("registers:project", args=[project.pk]))]
