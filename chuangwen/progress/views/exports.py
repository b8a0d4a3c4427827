"""Tables to take along: the progress ledger, a unit's table by period, all values."""

from __future__ import annotations

from typing import TypeVar

from django.http import HttpResponse, StreamingHttpResponse
from django.utils.http import content_disposition_header
from django.views.decorators.http import require_GET

from chuangwen.kit import clock
from chuangwen.orgs.actors import Request

from .. import access, queries
from ..exchange import ledger as ledger_table
from ..exchange import monthly as monthly_table
from ..exchange import values as values_table

Answer = TypeVar("Answer", HttpResponse, StreamingHttpResponse)
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@require_GET
def ledger(request: Request, plan_id: int) -> HttpResponse:
    found = queries.overview(request.actor, plan_id, clock.now(), clock.today())
    data = ledger_table.ledger(found, names=access.names_units(request.actor))
    return _named(HttpResponse(data, content_type=XLSX), f"{found.following.plan.title}进度台账{_day()}.xlsx")


@require_GET
def monthly(request: Request, plan_id: int, unit_id: int) -> HttpResponse:
    found = queries.unit_page(request.actor, plan_id, unit_id, clock.now(), clock.today())
    answer = HttpResponse(monthly_table.monthly(found), content_type=XLSX)
    return _named(answer, f"{found.unit.name}分期进度表{_day()}.xlsx")


@require_GET
def values(request: Request, plan_id: int) -> StreamingHttpResponse:
    following = access.following_of(request.actor, plan_id)
    lines = values_table.values(request.actor, following)
    answer = StreamingHttpResponse(lines, content_type="text/csv; charset=utf-8")
    return _named(answer, f"{following.plan.title}全部数值{_day()}.csv")


def _named(answer: Answer, name: str) -> Answer:
    answer["Content-Disposition"] = content_disposition_header(True, name) or "attachment"
    return answer


def _day() -> str:
    return f"{clock.today():%Y%m%d}"
