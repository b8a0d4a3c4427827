"""Peer groups: which units are compared with each other."""

from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from chuangwen.cores.errors import BadInput
from chuangwen.kit import clock
from chuangwen.kit.http import posted, whole_number, words_for

from .. import access, actions, peer_queries
from ..actors import Request
from ..forms import VersionForm
from ..peer_forms import KindForm, PeerGroupForm
from .units import UNITS_ON_A_PAGE, _form_page


@require_safe
def peer_groups(request: Request) -> HttpResponse:
    """The groups with their units, and the units that stand in none, of one kind by `?kind=`."""
    today = clock.today()
    form = KindForm(request.GET)
    kind = form.cleaned_data["kind"] if form.is_valid() else ""
    alone = peer_queries.units_without_peers(request.actor, kind, today)
    context = {
        "groups": peer_queries.peer_groups(request.actor, today),
        "page": Paginator(alone, UNITS_ON_A_PAGE).get_page(request.GET.get("page")),
        "form": form,
        "kind": kind,
        "keeper": access.keeps_units(request.actor),
    }
    return render(request, "orgs/peer_groups.html", context)


@require_http_methods(["GET", "POST"])
def add_peer_group(request: Request) -> HttpResponse:
    access.require_keeper(request.actor)
    city, today = access.jurisdiction(request.actor), clock.today()
    form = PeerGroupForm(posted(request), actor=request.actor, jurisdiction=city, today=today)

    def add(values: dict[str, Any]) -> HttpResponse:
        del values["version"]
        actions.add_peer_group(actor=request.actor, jurisdiction_id=city.pk, today=today, **values)
        return redirect("orgs:peer_groups")

    context = {"heading": _("Add a peer group"), "button": _("Add"), "back": "orgs:peer_groups"}
    return _form_page(request, form, add, {**context, "back_name": _("Peer groups")})


@require_http_methods(["GET", "POST"])
def change_peer_group(request: Request, group_id: int) -> HttpResponse:
    """The name, more units; below it those of the group, to be ticked and removed."""
    group, today = access.peer_group_for_change(request.actor, group_id), clock.today()
    known = {"version": group.version, "name": group.name}
    form = PeerGroupForm(
        posted(request), initial=known, actor=request.actor, jurisdiction=group.jurisdiction, today=today
    )
    if request.method == "POST" and form.is_valid():
        try:
            actions.change_peer_group(
                actor=request.actor, group_id=group_id, today=today, **form.cleaned_data
            )
        except BadInput as error:
            form.add_error(None, str(words_for(error).happened))
        else:
            messages.success(request, _("Saved."))
            return redirect("orgs:change_peer_group", group_id)
    context = {"group": group, "form": form, "members": peer_queries.members_of(group, today)}
    return render(request, "orgs/peer_group.html", context, status=422 if form.errors else 200)


@require_POST
def remove_peers(request: Request, group_id: int) -> HttpResponse:
    """Takes the units that are ticked out of the group."""
    access.peer_group_for_change(request.actor, group_id)
    ticked = [number for text in request.POST.getlist("unit") if (number := whole_number(text))]
    actions.remove_peers(
        actor=request.actor, group_id=group_id, version=_version_of(request), unit_ids=ticked
    )
    return redirect("orgs:change_peer_group", group_id)


@require_POST
def delete_peer_group(request: Request, group_id: int) -> HttpResponse:
    access.peer_group_for_change(request.actor, group_id)
    actions.delete_peer_group(
        actor=request.actor, group_id=group_id, version=_version_of(request), today=clock.today()
    )
    return redirect("orgs:peer_groups")


def _version_of(request: Request) -> int:
    form = VersionForm(request.POST)
    if not form.is_valid():
        raise BadInput
    version: int = form.cleaned_data["version"]
    return version
