"""The audit of the city, for its audit administrator: who did what when, without the values."""

from datetime import date, datetime, time, timedelta

from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_GET

from chuangwen.kit import audit, audit_chain

from .. import access, link_access, queries
from ..actors import Request
from ..forms import AuditFilterForm

ROWS_ON_A_PAGE = 50


@require_GET
def audit_log(request: Request) -> HttpResponse:
    people = access.audited_people(request.actor)
    form = AuditFilterForm(request.GET)
    wanted = form.cleaned_data if form.is_valid() else {}
    since, until = wanted.get("since"), wanted.get("until")
    found = audit.entries(
        people,
        link_access.audited_links(request.actor),
        since=_midnight(since) if since else None,
        until=_midnight(until + timedelta(days=1)) if until else None,
        action=wanted.get("action", ""),
    )
    page = Paginator(found, ROWS_ON_A_PAGE).get_page(request.GET.get("page"))
    context = {
        "form": form,
        "page": page,
        "rows": queries.audit_rows(page.object_list),
        "filtered": any(wanted.values()),
        "chain": audit_chain.state(),
    }
    return render(request, "orgs/audit_log.html", context, status=422 if form.errors else 200)


def _midnight(day: date) -> datetime:
    return timezone.make_aware(datetime.combine(day, time.min))
