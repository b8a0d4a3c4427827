"""Reports of units: read, filled in, handed in."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING, Annotated, Any

from ninja import File, Form, Path, Query
from ninja.files import UploadedFile

from chuangwen.cores.errors import BadInput, Hidden
from chuangwen.kit import clock
from chuangwen.orgs.access import one_unit
from chuangwen.plans.rules.measuring import plain
from chuangwen.progress import access, actions
from chuangwen.progress.queries import cards, reports
from chuangwen.progress.rules.amounts import micro

from .frame import ApiRequest, room
from .paging import page_of_query
from .problems import DECLARED, DECLARED_OF_WRITES
from .shapes import (
    LARGEST,
    EntryIn,
    EntryOut,
    EvidenceIn,
    EvidenceOut,
    ItemIn,
    ItemOut,
    LastOut,
    Page,
    ProblemOut,
    RemarkOut,
    ReportLineOut,
    ReportOut,
    ReportsAsked,
    VersionIn,
)

if TYPE_CHECKING:
    from chuangwen.orgs.models import Unit
    from chuangwen.progress.models import Evidence, UnitReport

reading, writing = room("progress:read"), room("progress:write")
Key = Annotated[int, Path(ge=1, le=LARGEST)]


@reading.get("/reports", response={200: Page[ReportLineOut], DECLARED: ProblemOut}, url_name="reports")
def list_reports(request: ApiRequest, asked: Query[ReportsAsked]) -> Page[ReportLineOut]:
    """Reports that the seat sees, without their tasks."""
    rows = access.visible_reports(request.auth.actor)
    if asked.plan is not None:
        rows = rows.filter(period__beat__following__plan=asked.plan)
    if asked.unit is not None:
        rows = rows.filter(unit=asked.unit)
    return page_of_query(rows, asked, lambda row: ReportLineOut(**_head(row)))


@reading.get("/reports/{report_id}", response={200: ReportOut, DECLARED: ProblemOut})
def report(request: ApiRequest, report_id: Key) -> ReportOut:
    """One report with its tasks and their values."""
    return _report(request, report_id)


@writing.post("/items/{item_id}", response={200: ItemOut, DECLARED_OF_WRITES: ProblemOut})
def fill_item(request: ApiRequest, item_id: Key, body: ItemIn) -> ItemOut:
    """Say how a task of the own unit stands, with its values; nothing is handed in yet."""
    actor, now = request.auth.actor, clock.now()
    access.item_for_change(actor, item_id)
    card = cards.one_card(actor, item_id, now)
    ids = {line.key: line.entry.indicator_id for line in card.lines}
    for entry in body.entries:
        if entry.indicator not in ids:
            raise BadInput("progress.no_such_entry", field=entry.indicator)
    typed = actions.TypedItem(
        progress=body.progress,
        done_words=body.done_words,
        stuck_words=body.stuck_words,
        helper=_helper(request, body.helper_id),
        next_step=body.next_step,
        entries={ids[entry.indicator]: _typed(entry) for entry in body.entries},
    )
    actions.fill_item(actor=actor, item_id=item_id, version=body.version, typed=typed, now=now)
    return _item(cards.one_card(actor, item_id, now))


@writing.post("/items/{item_id}/evidence", response={200: ItemOut, DECLARED_OF_WRITES: ProblemOut})
def add_evidence(
    request: ApiRequest, item_id: Key, file: File[UploadedFile], said: Form[EvidenceIn]
) -> ItemOut:
    """Keep a file with a task of the own unit that is not handed in, or with one of its indicators."""
    actor, now = request.auth.actor, clock.now()
    card = cards.one_card(actor, item_id, now)
    if said.indicator and said.indicator not in {line.key for line in card.lines}:
        raise BadInput("progress.no_such_entry", field="indicator")
    actions.add_evidence(
        actor=actor,
        item_id=item_id,
        name=file.name or "",
        data=file.read(),
        now=now,
        **said.dict(exclude={"dated_on"}),
        dated_on=said.dated_on or None,
    )
    return _item(cards.one_card(actor, item_id, now))


@writing.post("/reports/{report_id}/hand-in", response={200: ReportOut, DECLARED_OF_WRITES: ProblemOut})
def hand_in(request: ApiRequest, report_id: Key, body: VersionIn) -> ReportOut:
    """Hand in all tasks that are still with the unit; refused as long as one of them has gaps."""
    actions.hand_in(actor=request.auth.actor, report_id=report_id, version=body.version, now=clock.now())
    return _report(request, report_id)


def _report(request: ApiRequest, report_id: int) -> ReportOut:
    actor = request.auth.actor
    found = access.one_report(actor, report_id)
    items = cards.with_before(access.visible_items(actor).filter(report=found))
    every = cards.cards_of(actor, found.period.beat.following, list(items), clock.now())
    return ReportOut(**_head(found), items=[_item(card) for card in every])


def _helper(request: ApiRequest, unit_id: int | None) -> Unit | None:
    """The unit that must help. Raises BadInput for one that is not there."""
    if unit_id is None:
        return None
    try:
        return one_unit(request.auth.actor, unit_id)
    except Hidden:
        raise BadInput("progress.no_such_helper", field="helper_id") from None


def _head(row: UnitReport) -> dict[str, Any]:
    period = row.period
    return {
        "id": row.pk,
        "version": row.version,
        "plan_id": period.beat.following.plan_id,
        "unit_id": row.unit_id,
        "period": reports.title_of(period),
        "first_day": period.first_day,
        "last_day": period.last_day,
        "due_at": period.due_at,
        "lock_at": period.lock_at,
        "handed_in_at": row.handed_in_at,
    }


def _item(card: cards.Card) -> ItemOut:
    item = card.item
    remarks = [(field, remark) for field, of in card.remarks.items() for remark in of]
    return ItemOut(
        id=item.pk,
        version=item.version,
        report_id=item.report_id,
        task=card.task.key if card.task else None,
        part=item.part,
        state=item.state,
        progress=item.progress,
        unchanged=item.unchanged,
        done_words=item.done_words,
        stuck_words=item.stuck_words,
        helper_id=item.helper_id,
        next_step=item.next_step,
        locked=card.lock.code if card.lock else None,
        gaps=[gap.field for gap in card.gaps] if card.is_open else [],
        remarks=[RemarkOut(field=field, words=remark.words) for field, remark in remarks],
        entries=[_entry(line) for line in card.lines],
        evidence=[_evidence(one) for one in card.evidence],
    )


def _entry(line: cards.Line) -> EntryOut:
    entry, last = line.entry, line.last
    return EntryOut(
        indicator=line.key,
        name=line.row.name,
        unit_of_measure=line.row.unit_of_measure,
        unit_id=entry.unit_id,
        numerator=_decimal(entry.numerator),
        denominator=_decimal(entry.denominator),
        words=entry.words,
        missing=entry.missing,
        as_of=entry.as_of,
        evidence_on=entry.evidence_on,
        why=entry.why,
        doubts=[str(doubt["code"]) for doubt in entry.warned],
        last=LastOut(
            last_day=last.last_day,
            numerator=_decimal(last.numerator),
            denominator=_decimal(last.denominator),
            words=last.words,
        )
        if last
        else None,
    )


def _evidence(one: Evidence) -> EvidenceOut:
    return EvidenceOut(
        id=one.pk,
        indicator=one.indicator.key if one.indicator else "",
        name=one.name,
        size=one.size,
        media_type=one.media_type,
        sha256=one.sha256,
        source=one.source,
        confidentiality=one.confidentiality,
        dated_on=one.dated_on,
        added_at=one.added_at,
    )


def _typed(entry: EntryIn) -> actions.Typed:
    return actions.Typed(
        numerator=None if entry.numerator is None else micro(Decimal(entry.numerator)),
        denominator=None if entry.denominator is None else micro(Decimal(entry.denominator)),
        words=entry.words,
        missing=entry.missing,
        as_of=entry.as_of,
        evidence_on=entry.evidence_on,
        why=entry.why,
    )


def _decimal(millionths: int | None) -> str | None:
    return None if millionths is None else plain(cards.typed_number(millionths))
