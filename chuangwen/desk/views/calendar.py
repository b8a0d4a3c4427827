"""The city's working time, and the desk as a calendar for other programs."""

from __future__ import annotations

from datetime import timedelta

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST
from icalendar import Calendar, Event

from chuangwen.cores.errors import BadInput, Hidden
from chuangwen.cores.worktime import USUAL_HOURS
from chuangwen.kit import clock
from chuangwen.kit.http import posted
from chuangwen.orgs.access import jurisdiction
from chuangwen.orgs.actors import Actor, Request

from .. import access, actions, queries
from ..forms import DayForm, HoursForm, year_of

FEED_ROWS = 500


@require_http_methods(["GET", "POST"])
def calendar(request: Request) -> HttpResponse:
    """The city's own days of a year and its hours; the campaign office adds a day."""
    access.require_keeper(request.actor)
    form = DayForm(posted(request))
    if request.method == "POST" and form.is_valid():
        actions.set_city_day(actor=request.actor, **form.cleaned_data)
        return redirect(f"{reverse('desk:calendar')}?year={form.cleaned_data['day'].year}")
    return _page(request, form, None, 422 if form.errors else 200)


@require_POST
def set_hours(request: Request) -> HttpResponse:
    access.require_keeper(request.actor)
    form = HoursForm(request.POST)
    if form.is_valid():
        try:
            actions.set_city_hours(actor=request.actor, **form.cleaned_data)
        except BadInput:
            form.add_error("closes_at", _("Opening, lunch and closing follow each other."))
        else:
            return redirect("desk:calendar")
    return _page(request, DayForm(), form, 422)


@require_POST
def remove_day(request: Request, day_id: int) -> HttpResponse:
    actions.remove_city_day(actor=request.actor, day_id=day_id)
    return redirect("desk:calendar")


@require_POST
def make_feed(request: Request) -> HttpResponse:
    token = actions.make_feed(actor=request.actor, now=clock.now())
    address = request.build_absolute_uri(reverse("desk:feed", args=[token]))
    messages.success(
        request,
        _("Address for your calendar, shown this once: %(address)s") % {"address": address},
    )
    return redirect("desk:desk")


@login_not_required
@require_GET
def feed(request: HttpRequest, token: str) -> HttpResponse:
    """What is due at one desk, as iCalendar (RFC 5545), without titles: whoever has the address reads it."""
    seat = queries.feed_seat(token, clock.today())
    if seat is None:
        raise Hidden
    actor = Actor(person=seat.person, seat=seat, via="feed")
    todos = [
        todo for name in ("mine", "unit") for todo in queries.part(actor, name)[:FEED_ROWS] if todo.due_at
    ]
    found = Calendar()
    found.add("prodid", "-//Chuangwen//Desk//ZH")
    found.add("version", "2.0")
    for line in queries.lines(actor, todos, clock.now()):
        event = Event()
        event.add("uid", f"todo-{line.todo.pk}@chuangwen")
        event.add("dtstamp", line.todo.asked_at)
        event.add("dtstart", line.todo.due_at)
        event.add("duration", timedelta(minutes=30))
        event.add("summary", str(line.words))
        event.add("url", request.build_absolute_uri(reverse("desk:todo", args=[line.todo.pk])))
        found.add_component(event)
    return HttpResponse(found.to_ical(), content_type="text/calendar; charset=utf-8")


def _page(request: Request, form: DayForm, hours: HoursForm | None, status: int) -> HttpResponse:
    city = jurisdiction(request.actor)
    year = year_of(request.GET.get("year", ""), clock.today())
    own = queries.city_hours(city)
    (opens, lunch_from), (lunch_to, closes) = USUAL_HOURS
    known = {
        "version": 0,
        "opens_at": opens,
        "lunch_from": lunch_from,
        "lunch_to": lunch_to,
        "closes_at": closes,
    }
    if own:
        known = {name: getattr(own, name) for name in known}
    context = {
        "city": city,
        "year": year,
        "days": queries.city_days(city, year),
        "form": form,
        "hours": hours or HoursForm(initial=known),
    }
    return render(request, "desk/calendar.html", context, status=status)
