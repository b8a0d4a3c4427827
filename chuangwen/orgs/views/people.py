"""People of the city or the own units, their seats and deputies; what each role sees."""

from collections.abc import Callable
from typing import Any

from django import forms
from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from chuangwen.cores.errors import BadInput, Denied
from chuangwen.kit import clock
from chuangwen.kit.http import posted, words_for

from .. import access, account_access, actions, import_access, people_queries, scopes, seat_access
from ..actors import Request
from ..personal_access import reachable_people
from ..rules import Scope
from ..rules.imports import ImportKind
from ..seat_forms import DeputyForm, EndForm, PersonForm, SeatForm

PEOPLE_ON_A_PAGE = 50
SCOPES = {
    Scope.NONE: gettext_lazy("nothing"),
    Scope.UNIT: gettext_lazy("own unit"),
    Scope.SUBTREE: gettext_lazy("own unit and below"),
    Scope.PEERS: gettext_lazy("own peer group"),
    Scope.CITY: gettext_lazy("the city"),
}


@require_safe
def people(request: Request) -> HttpResponse:
    seat_access.require_people(request.actor)
    text = request.GET.get("text", "").strip()
    found = people_queries.people_like(request.actor, text, clock.today())
    page = Paginator(found, PEOPLE_ON_A_PAGE).get_page(request.GET.get("page"))
    context = {
        "page": page,
        "text": text,
        "opens": seat_access.opens_accounts(request.actor),
        "imports": import_access.imports(request.actor, ImportKind.PEOPLE),
    }
    return render(request, "orgs/people.html", context)


@require_safe
def person(request: Request, person_id: int) -> HttpResponse:
    found = seat_access.one_person(request.actor, person_id)
    seats = people_queries.seats_ever(request.actor, found)
    context = {
        "person": found,
        "seats": seats,
        "stood_in": people_queries.stood_in(found, clock.today()),
        "today": clock.today(),
        "reaches": reachable_people(request.actor, clock.today()).filter(pk=found.pk).exists(),
        "gives": bool(seat_access.roles_given(request.actor)),
        "opens": seat_access.opens_accounts(request.actor) and found.pk != request.actor.person_id,
        "invites": bool(seats) and account_access.may_invite(request.actor, seats),
    }
    return render(request, "orgs/person.html", context)


@require_http_methods(["GET", "POST"])
def add_person(request: Request) -> HttpResponse:
    seat_access.require_people(request.actor)
    if not seat_access.opens_accounts(request.actor):
        raise Denied
    city = access.jurisdiction(request.actor)
    form = PersonForm(posted(request), jurisdiction=city, today=clock.today())

    def add(values: dict[str, Any]) -> HttpResponse:
        home = values.pop("unit")
        person = actions.add_person(
            actor=request.actor, password=None, must_change_password=False, home_id=home.pk, **values
        )
        messages.success(request, _("The account is open. It needs a seat, then a link for a password."))
        return redirect("orgs:person", person.pk)

    return _form_page(request, form, add, {"heading": _("Open an account"), "button": _("Open the account")})


@require_http_methods(["GET", "POST"])
def give_seat(request: Request, person_id: int) -> HttpResponse:
    found = seat_access.one_person(request.actor, person_id)
    roles = seat_access.roles_given(request.actor)
    if not roles:
        raise Denied
    city = access.jurisdiction(request.actor)
    form = SeatForm(posted(request), jurisdiction=city, today=clock.today(), roles=roles)

    def give(values: dict[str, Any]) -> HttpResponse:
        unit = values.pop("unit")
        actions.seat_person(actor=request.actor, person=found, unit_id=unit.pk, **values)
        return redirect("orgs:person", person_id)

    context = {"person": found, "heading": _("Give a seat"), "button": _("Give the seat")}
    return _form_page(request, form, give, context)


@require_http_methods(["GET", "POST"])
def end_seat(request: Request, seat_id: int) -> HttpResponse:
    seat = seat_access.seat_for_change(request.actor, seat_id)
    form = EndForm(posted(request), initial={"on": clock.today()})

    def end(values: dict[str, Any]) -> HttpResponse:
        actions.end_seat(actor=request.actor, seat_id=seat_id, **values)
        return redirect("orgs:person", seat.person_id)

    context = {"person": seat.person, "seat": seat, "heading": _("End the seat"), "button": _("End the seat")}
    return _form_page(request, form, end, context)


@require_http_methods(["GET", "POST"])
def name_deputy(request: Request, seat_id: int) -> HttpResponse:
    seat = seat_access.seat_for_deputy(request.actor, seat_id)
    form = DeputyForm(posted(request), actor=request.actor, today=clock.today())

    def name(values: dict[str, Any]) -> HttpResponse:
        actions.name_deputy(actor=request.actor, seat_id=seat_id, **values)
        messages.success(request, _("Saved."))
        own = seat.person_id == request.actor.person_id
        return redirect("orgs:profile") if own else redirect("orgs:person", seat.person_id)

    own = seat.person_id == request.actor.person_id
    context = {"seat": seat, "heading": _("Name a deputy"), "button": _("Name the deputy")}
    return _form_page(request, form, name, context if own else context | {"person": seat.person})


@require_POST
def close_account(request: Request, person_id: int) -> HttpResponse:
    actions.close_account(actor=request.actor, person_id=person_id)
    return redirect("orgs:person", person_id)


@require_POST
def reopen_account(request: Request, person_id: int) -> HttpResponse:
    actions.reopen_account(actor=request.actor, person_id=person_id)
    return redirect("orgs:person", person_id)


@require_safe
def roles(request: Request) -> HttpResponse:
    """What each role sees in each room, in words."""
    rows = [
        (name, [SCOPES[Scope(scope)] for scope in far])
        for _role, name, far in people_queries.roles_and_rooms()
    ]
    return render(request, "orgs/roles.html", {"rooms": scopes.rooms().values(), "rows": rows})


def _form_page(
    request: Request,
    form: forms.Form,
    act: Callable[[dict[str, Any]], HttpResponse],
    context: dict[str, Any],
) -> HttpResponse:
    """Ask for what `act` needs; show again what was typed where a rule of the action refuses it."""
    if request.method == "POST" and form.is_valid():
        try:
            return act(dict(form.cleaned_data))
        except BadInput as error:
            form.add_error(None, str(words_for(error).happened))
    return render(
        request, "orgs/person_form.html", {**context, "form": form}, status=422 if form.errors else 200
    )
