"""The register of units: list, search, one unit and its names, groups."""

from collections.abc import Callable
from typing import Any

from django import forms
from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from chuangwen.cores.errors import BadInput
from chuangwen.kit import clock
from chuangwen.kit.http import posted, words_for

from .. import access, actions, queries, tree
from ..actors import Request
from ..forms import CloseForm, CodesForm, EndDateForm, GroupForm, NameForm, RenameForm, UnitForm

UNITS_ON_A_PAGE = 50


@require_GET
def units(request: Request) -> HttpResponse:
    """What was searched for, else the units directly below the jurisdiction, by kind."""
    text = request.GET.get("text", "").strip()
    found = queries.units_like(request.actor, text) if text else queries.first_units(request.actor)
    page = Paginator(found, UNITS_ON_A_PAGE).get_page(request.GET.get("page"))
    context = {
        "page": page,
        "text": text,
        "today": clock.today(),
        "keeper": access.keeps_units(request.actor),
        "root": queries.root(request.actor),
    }
    return render(request, "orgs/units.html", context)


@require_GET
def unit(request: Request, unit_id: int) -> HttpResponse:
    found = access.one_unit(request.actor, unit_id)
    today = clock.today()
    below = Paginator(queries.subunits(found), UNITS_ON_A_PAGE).get_page(request.GET.get("page"))
    context = {
        "unit": found,
        "ended": found.has_ended_on(today),
        "ancestors": queries.ancestors(found),
        "below": below,
        "names": found.names.all(),
        "moves": tree.moves_of(found),
        "merged": tree.merged_into(found),
        "groups": queries.groups_with(found),
        "posts": queries.posts_in(found, today),
        "seats": queries.seats_in(found, today),
        "keeper": access.keeps_units(request.actor),
    }
    return render(request, "orgs/unit.html", context)


@require_http_methods(["GET", "POST"])
def add_unit(request: Request, unit_id: int) -> HttpResponse:
    parent = access.unit_for_change(request.actor, unit_id)
    form = UnitForm(posted(request))

    def add(values: dict[str, Any]) -> HttpResponse:
        unit = actions.add_unit(actor=request.actor, parent_id=unit_id, **values)
        messages.success(request, _("%(name)s was added.") % {"name": unit})
        return redirect("orgs:unit", unit.pk)

    return _form_page(
        request, form, add, {"unit": parent, "heading": _("Add a unit below"), "button": _("Add")}
    )


@require_http_methods(["GET", "POST"])
def add_name(request: Request, unit_id: int) -> HttpResponse:
    unit = access.unit_for_change(request.actor, unit_id)
    form = NameForm(posted(request))

    def add(values: dict[str, Any]) -> HttpResponse:
        actions.add_name(actor=request.actor, unit_id=unit_id, **values)
        return redirect("orgs:unit", unit_id)

    return _form_page(
        request, form, add, {"unit": unit, "heading": _("Add another name"), "button": _("Add")}
    )


@require_POST
def remove_name(request: Request, unit_id: int, name_id: int) -> HttpResponse:
    actions.remove_name(actor=request.actor, unit_id=unit_id, name_id=name_id)
    return redirect("orgs:unit", unit_id)


@require_http_methods(["GET", "POST"])
def rename_unit(request: Request, unit_id: int) -> HttpResponse:
    unit = access.unit_for_change(request.actor, unit_id)
    known = {"version": unit.version, "name": unit.name, "short_name": unit.short_name}
    form = RenameForm(posted(request), initial=known)

    def rename(values: dict[str, Any]) -> HttpResponse:
        actions.rename_unit(actor=request.actor, unit_id=unit_id, today=clock.today(), **values)
        return redirect("orgs:unit", unit_id)

    return _form_page(
        request, form, rename, {"unit": unit, "heading": _("Change the name"), "button": _("Save")}
    )


@require_http_methods(["GET", "POST"])
def close_unit(request: Request, unit_id: int) -> HttpResponse:
    unit = access.unit_for_change(request.actor, unit_id)
    form = CloseForm(posted(request), initial={"version": unit.version, "on": clock.today()})

    def close(values: dict[str, Any]) -> HttpResponse:
        actions.close_unit(actor=request.actor, unit_id=unit_id, **values)
        return redirect("orgs:unit", unit_id)

    return _form_page(
        request, form, close, {"unit": unit, "heading": _("Close the unit"), "button": _("Close the unit")}
    )


@require_http_methods(["GET", "POST"])
def change_codes(request: Request, unit_id: int) -> HttpResponse:
    """Says so, and changes it all the same, where the division code does not begin like the one above."""
    unit, today = access.unit_for_change(request.actor, unit_id), clock.today()
    known = {name: getattr(unit, name) for name in ("version", "code", "division_code")}
    form = CodesForm(posted(request), initial={**known, "since": unit.division_code_from}, today=today)

    def change(values: dict[str, Any]) -> HttpResponse:
        changed = actions.change_codes(actor=request.actor, unit_id=unit_id, today=today, **values)
        above = queries.code_above(changed)
        if not changed.division_code.startswith(above) and changed.division_code:
            messages.warning(
                request,
                _("Saved. But the unit above has the division code %(above)s: check both.")
                % {"above": above},
            )
        return redirect("orgs:unit", unit_id)

    return _form_page(
        request, form, change, {"unit": unit, "heading": _("Change the codes"), "button": _("Save")}
    )


@require_http_methods(["GET", "POST"])
def set_end_date(request: Request, unit_id: int) -> HttpResponse:
    unit = access.unit_for_change(request.actor, unit_id)
    form = EndDateForm(posted(request), initial={"version": unit.version, "until": unit.closed_on})

    def set_day(values: dict[str, Any]) -> HttpResponse:
        actions.set_end_date(actor=request.actor, unit_id=unit_id, today=clock.today(), **values)
        return redirect("orgs:unit", unit_id)

    return _form_page(
        request, form, set_day, {"unit": unit, "heading": _("Set the end date"), "button": _("Save")}
    )


@require_GET
def groups(request: Request) -> HttpResponse:
    rules = queries.groups_and_members(request.actor, clock.today())
    context = {"groups": rules, "keeper": access.keeps_units(request.actor)}
    return render(request, "orgs/groups.html", context)


@require_http_methods(["GET", "POST"])
def add_group(request: Request) -> HttpResponse:
    access.require_keeper(request.actor)
    city, today = access.jurisdiction(request.actor), clock.today()
    form = GroupForm(posted(request), jurisdiction=city, today=today)

    def add(values: dict[str, Any]) -> HttpResponse:
        del values["version"]
        actions.add_group(actor=request.actor, jurisdiction_id=city.pk, **values)
        return redirect("orgs:groups")

    return _form_page(request, form, add, {"heading": _("Add a group"), "button": _("Add")})


@require_http_methods(["GET", "POST"])
def change_group(request: Request, group_id: int) -> HttpResponse:
    group = access.group_for_change(request.actor, group_id)
    known = {
        "version": group.version,
        "name": group.name,
        "other_names": "、".join(group.other_names),
        "kinds": group.kinds,
        "members": "\n".join(unit.name for unit in group.members.all()),
    }
    form = GroupForm(posted(request), initial=known, jurisdiction=group.jurisdiction, today=clock.today())

    def change(values: dict[str, Any]) -> HttpResponse:
        actions.change_group(actor=request.actor, group_id=group_id, **values)
        return redirect("orgs:groups")

    context = {"group": group, "heading": _("Change the group"), "button": _("Save")}
    return _form_page(request, form, change, context)


def _form_page(
    request: Request, form: forms.Form, do: Callable[[dict[str, Any]], HttpResponse], context: dict[str, Any]
) -> HttpResponse:
    """Show `form`, or `do` what a valid one asks for; what cannot be taken is said above what was typed."""
    if request.method == "POST" and form.is_valid():
        try:
            return do(form.cleaned_data)
        except BadInput as error:
            form.add_error(None, str(words_for(error).happened))
    return render(request, "orgs/form.html", {**context, "form": form}, status=422 if form.errors else 200)
