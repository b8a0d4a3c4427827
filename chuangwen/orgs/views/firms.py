"""Links for firms and shops, and the page that such a link opens."""

from datetime import datetime, time, timedelta
from typing import Any, cast

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from chuangwen.kit import clock
from chuangwen.kit.http import error_page, posted

from .. import actions, firm_door, link_access, queries
from ..actors import Request
from ..forms import FirmLinkForm
from ..wording import TOO_MANY_LINKS
from .units import _form_page

USUAL_DAYS = 90


def firm_links_panel(request: HttpRequest, unit: Any) -> SafeString:
    """On the page of a firm, for those who give it links."""
    actor, now = cast(Request, request).actor, clock.now()
    if not link_access.gives_links(actor, unit):
        return SafeString("")
    context = {
        "unit": unit,
        "ended": unit.has_ended_on(clock.today()),
        "links": queries.links_of(actor, unit),
        "now": now,
    }
    return render_to_string("orgs/_firm_links.html", context, request)


@never_cache
@require_http_methods(["GET", "POST"])
def make_firm_link(request: Request, unit_id: int) -> HttpResponse:
    """The answer to a POST holds the link: it is shown this once and kept nowhere."""
    unit = link_access.firm_for_link(request.actor, unit_id)
    form = FirmLinkForm(posted(request), initial={"until": clock.today() + timedelta(days=USUAL_DAYS)})

    def make(values: dict[str, Any]) -> HttpResponse:
        until = timezone.make_aware(datetime.combine(values.pop("until"), time.max))
        link, token = actions.make_firm_link(
            actor=request.actor,
            unit_id=unit_id,
            expires_at=until,
            now=clock.now(),
            today=clock.today(),
            **values,
        )
        address = request.build_absolute_uri(reverse("orgs:open_firm_link", args=[token]))
        return render(request, "orgs/firm_link_made.html", {"unit": unit, "link": link, "address": address})

    return _form_page(
        request, form, make, {"unit": unit, "heading": _("Make a link"), "button": _("Make the link")}
    )


@require_POST
def revoke_firm_link(request: Request, link_id: int) -> HttpResponse:
    link = actions.revoke_firm_link(actor=request.actor, link_id=link_id, now=clock.now())
    messages.success(request, _("%(name)s opens nothing any more.") % {"name": link})
    return redirect("orgs:unit", link.unit_id)


@login_not_required
@never_cache
@require_safe
def open_firm_link(request: HttpRequest, token: str) -> HttpResponse:
    """Takes the token out of the address: the session remembers the link, not the token."""
    if firm_door.come_in(request, token) is None:
        return error_page(request, 429, TOO_MANY_LINKS)
    return redirect("orgs:firm")


@login_not_required
@never_cache
@require_safe
def firm(request: HttpRequest) -> HttpResponse:
    """What upper rooms ask of the firm stands in the slot `orgs.firm`, for the actor who came by the link."""
    found = firm_door.firm_actor(request)
    return render(request, "orgs/firm.html", {"firm": found})
