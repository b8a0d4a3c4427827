"""Point types of a city."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from chuangwen.kit.http import posted
from chuangwen.orgs.access import jurisdiction
from chuangwen.orgs.actors import Request

from .. import access, actions, queries
from ..forms import TypeForm, VersionForm
from .form_page import GET_OR_POST, Crumbs, FormPage, at_systems, form_page, valid


@require_GET
def types(request: Request) -> HttpResponse:
    access.require_seen(request.actor)
    context = {
        "types": list(queries.point_types(request.actor)),
        "edits": access.edits(request.actor),
        "crumbs": at_systems(),
    }
    return render(request, "standards/types.html", context)


@GET_OR_POST
def add_type(request: Request) -> HttpResponse:
    access.require_editor(request.actor)
    form = TypeForm(posted(request))

    def add() -> HttpResponse:
        given = {name: value for name, value in form.cleaned_data.items() if name != "version"}
        actions.add_type(actor=request.actor, jurisdiction_id=jurisdiction(request.actor).pk, **given)
        return redirect("standards:types")

    return form_page(request, form, add, FormPage(_("Add a point type"), _("Add"), _crumbs()))


@GET_OR_POST
def change_type(request: Request, type_id: int) -> HttpResponse:
    found = access.type_for_change(request.actor, type_id)
    form = TypeForm(posted(request), initial=TypeForm.of(found))

    def change() -> HttpResponse:
        given = form.cleaned_data | {"version": form.cleaned_data["version"] or 0}
        actions.change_type(actor=request.actor, type_id=type_id, **given)
        return redirect("standards:types")

    page = FormPage(_("Change a point type"), _("Save"), _crumbs(), found.name, "standards/type_form.html")
    return form_page(request, form, change, page, type=found)


@require_POST
def remove_type(request: Request, type_id: int) -> HttpResponse:
    access.type_for_change(request.actor, type_id)
    given = valid(VersionForm(request.POST))
    actions.remove_type(actor=request.actor, type_id=type_id, version=given["version"])
    return redirect("standards:types")


@require_POST
def take_over_types(request: Request) -> HttpResponse:
    access.require_editor(request.actor)
    n = actions.take_over_types(actor=request.actor, jurisdiction_id=jurisdiction(request.actor).pk)
    messages.success(request, _("%(n)s point types were added.") % {"n": n})
    return redirect("standards:types")


def _crumbs() -> Crumbs:
    return [*at_systems(), (_("Point types"), reverse("standards:types"))]
