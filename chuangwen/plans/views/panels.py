"""What plans show on the pages of lower rooms."""

from typing import cast

from django.http import HttpRequest
from django.template.loader import render_to_string
from django.utils.safestring import SafeString

from chuangwen.orgs.actors import Request

from .. import queries


def letters_panel(request: HttpRequest, unit: object) -> SafeString:
    """On the page of a unit: the way to its task letters; nothing where no plan is in force."""
    plans = [line.plan for line in queries.plan_list(cast(Request, request).actor) if line.in_force]
    if not plans:
        return SafeString("")
    return render_to_string("plans/_unit_panel.html", {"plans": plans, "unit": unit}, request)
