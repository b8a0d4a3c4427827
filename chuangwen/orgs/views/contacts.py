"""Contacts on the page of a unit, and the list of units that lack one."""

from typing import Any, cast

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.template.loader import render_to_string
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from chuangwen.kit import clock
from chuangwen.kit.http import posted

from .. import actions, contact_access, contact_queries
from ..actors import Request
from ..contact_forms import ContactForm, ContactsChange

UNITS_ON_A_PAGE = 50


def contacts_panel(request: HttpRequest, unit: Any) -> SafeString:
    """On the page of a unit."""
    actor = cast(Request, request).actor
    today = clock.today()
    context = {
        "unit": unit,
        "contacts": contact_queries.contacts_of(unit, today),
        "keeps": not unit.has_ended_on(today) and contact_access.keeps_contacts(actor, unit),
    }
    return render_to_string("orgs/_contacts.html", context, request)


@require_http_methods(["GET", "POST"])
def add_contact(request: Request, unit_id: int) -> HttpResponse:
    unit = contact_access.unit_for_contacts(request.actor, unit_id)
    form = ContactForm(posted(request))
    if request.method == "POST" and form.is_valid():
        actions.add_contact(actor=request.actor, unit_id=unit_id, **form.cleaned_data)
        return redirect("orgs:unit", unit_id)
    return _form_page(request, {"unit": unit, "form": form, "heading": _("Add a contact")})


@require_http_methods(["GET", "POST"])
def change_contact(request: Request, contact_id: int) -> HttpResponse:
    contact = contact_access.contact_for_change(request.actor, contact_id)
    fields = ("name", "starts_on", "ends_on", "version")
    form = ContactsChange(posted(request), initial={name: getattr(contact, name) for name in fields})
    if request.method == "POST" and form.is_valid():
        actions.change_contact(actor=request.actor, contact_id=contact_id, **form.cleaned_data)
        return redirect("orgs:unit", contact.unit_id)
    heading = _("Change the contact")
    return _form_page(request, {"unit": contact.unit, "form": form, "heading": heading})


@require_safe
def incomplete_units(request: Request) -> HttpResponse:
    today = clock.today()
    found = contact_queries.incomplete_units(request.actor, today)
    page = Paginator(found, UNITS_ON_A_PAGE).get_page(request.GET.get("page"))
    total = contact_queries.units_with_contacts(request.actor, today).count()
    context = {"page": page, "total": total, "complete": total - page.paginator.count}
    return render(request, "orgs/incomplete_units.html", context)


def _form_page(request: Request, context: dict[str, Any]) -> HttpResponse:
    status = 422 if context["form"].errors else 200
    return render(request, "orgs/form.html", {**context, "button": _("Save")}, status=status)
