"""What progress shows on the pages of lower rooms."""

from __future__ import annotations

from typing import Any, cast

from django.http import HttpRequest
from django.template.loader import render_to_string
from django.utils.safestring import SafeString

from chuangwen.kit import clock
from chuangwen.orgs.actors import Request

from .. import access, queries


def plan_panel(request: HttpRequest, found: Any) -> SafeString:
    """On the overview of a plan: how it stands today, fetched after the page."""
    following = queries.following_in_force(cast(Request, request).actor, found.version.pk)
    return _shown(request, "progress/_plan_panel.html", following=following) if following else SafeString("")


def task_panel(request: HttpRequest, found: Any) -> SafeString:
    """On the page of a task: the lights of its indicators."""
    ids = [one.row.indicator_id for one in found.line.indicators]
    return _lights(request, found.version, ids)


def indicator_panel(request: HttpRequest, found: Any) -> SafeString:
    """On the page of an indicator: its light, and the way to its values."""
    return _lights(request, found.version, [found.line.row.indicator_id])


def unit_panel(request: HttpRequest, unit: Any) -> SafeString:
    """On the page of a unit: the way to how it stands in each plan."""
    followings = queries.followed_by(cast(Request, request).actor, unit.pk)
    if not followings:
        return SafeString("")
    return _shown(request, "progress/_unit_panel.html", followings=followings, unit=unit)


def _lights(request: HttpRequest, version: Any, ids: list[int]) -> SafeString:
    actor = cast(Request, request).actor
    judged = queries.judged_now(actor, version.pk, ids, clock.today()) if ids else {}
    if not judged:
        return SafeString("")
    return _shown(
        request,
        "progress/_lights_panel.html",
        plan=version.plan,
        judged=list(judged.values()),
        names=access.names_units(actor),
    )


def _shown(request: HttpRequest, template: str, **context: object) -> SafeString:
    return render_to_string(template, context, request)
