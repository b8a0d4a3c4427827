"""Visits: marked item by item, looked at, returned or accepted, cancelled."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import PurePosixPath
from typing import TYPE_CHECKING, Any

from django.db import transaction
from django.utils import timezone

from chuangwen.cores import photos
from chuangwen.cores.errors import BadInput, NotAllowedNow
from chuangwen.cores.scoring.kinds import Mark as Answer
from chuangwen.cores.scoring.kinds import Rated, parse_mark, rate
from chuangwen.kit import files
from chuangwen.kit.locking import check_current, save_if_current
from chuangwen.orgs.actors import Actor
from chuangwen.standards.queries import tree

from .. import access
from ..models import Mark, MarkPhoto, Visit
from ..rules.states import VISIT, RoundState, VisitState, next_state
from .told import tell

if TYPE_CHECKING:
    from django.db.models import QuerySet

    from chuangwen.standards.rules.tree import ItemRow

MOST_PHOTOS = 20  # of one item
NO_REASON = "—"  # of an item that asks for none


@dataclass(frozen=True)
class Given:
    """What was found of an item: `data` as `cores.scoring.kinds` takes it; `photos` are (name, bytes)."""

    data: Any
    note: str = ""
    photos: Sequence[tuple[str, bytes]] = field(default=())
    drop_photos: Collection[int] = field(default=())


@dataclass(frozen=True)
class Wrong:
    """Why the mark of `item` (key) cannot be taken."""

    item: str
    error: BadInput


def checklist(visit: Visit) -> list[ItemRow]:
    """The items that are marked on the visit's point, in the order of the system."""
    system = tree(visit.round.system_version_id)
    kind = next((one.id for one in system.types if one.code == visit.point.type_code), None)
    return [] if kind is None else system.checklist(kind)


@transaction.atomic
def mark_visit(
    *,
    actor: Actor,
    visit_id: int,
    version: int,
    visited_at: datetime,
    marks: Mapping[str, Given],
    now: datetime,
    remark: str = "",
) -> Visit:
    """Hand in what was found: of every item of the point, all or nothing.

    Raises Hidden; Denied to who is not of the team or has an interest in the point; Stale, NotAllowedNow;
    BadInput: `assessments.marks_wrong` with `errors` (a list of Wrong), a time to come or outside the round,
    one outside the slot without a remark.
    """
    visit = _to_mark(actor, visit_id, version, now)
    hand_in(actor, visit, marks, visited_at, remark, now)
    tell(actor, "assessments.visit_marked", visit.round, now, subject=visit)
    return visit


def hand_in(
    actor: Actor,
    visit: Visit,
    marks: Mapping[str, Given],
    visited_at: datetime,
    remark: str,
    now: datetime,
) -> None:
    """The step of `mark_visit` on a visit that may be marked; a part of a transaction."""
    version: int = visit.version
    state = next_state(VISIT, VisitState(visit.state), "mark")
    items = {one.key: one for one in checklist(visit)}
    answers, wrong = _answers(visit, items, marks, whole=True)
    if wrong:
        raise BadInput(
            "assessments.marks_wrong",
            errors=wrong,
            count=len(wrong),
            field=wrong[0].item,
            items="、".join(items[one.item].number if one.item in items else one.item for one in wrong[:10]),
        )
    _require_time(visit, visited_at, remark, now)
    _write(visit, items, answers, marks)
    visit.state, visit.visited_at, visit.remark = state, visited_at, remark.strip()
    visit.marked_at, visit.marked_by = now, actor.person
    visit.seat = actor.seat
    save_if_current(
        visit,
        version,
        fields=["state", "visited_at", "marked_at", "marked_by", "seat", "remark"],
    )


@transaction.atomic
def draft_marks(
    *,
    actor: Actor,
    visit_id: int,
    version: int,
    marks: Mapping[str, Given],
    now: datetime,
    visited_at: datetime | None = None,
    remark: str = "",
) -> tuple[Visit, list[Wrong]]:
    """Keep what can be kept of a visit that is not ready, photos with it; the rest is named.

    Raises Hidden, Denied, Stale, NotAllowedNow.
    """
    visit = _to_mark(actor, visit_id, version, now)
    wrong = draft_answers(visit, marks, visited_at, remark)
    tell(actor, "assessments.visit_drafted", visit.round, now, subject=visit)
    return visit, wrong


def draft_answers(
    visit: Visit, marks: Mapping[str, Given], visited_at: datetime | None, remark: str
) -> list[Wrong]:
    """The step of `draft_marks` on a visit that may be marked; a part of a transaction."""
    version: int = visit.version
    next_state(VISIT, VisitState(visit.state), "mark")
    if visit.state == VisitState.MARKED:
        raise NotAllowedNow("assessments.marked_already")
    items = {one.key: one for one in checklist(visit)}
    answers, wrong = _answers(visit, items, marks, whole=False)
    _write(visit, items, answers, marks)
    visit.visited_at, visit.remark = visited_at or visit.visited_at, remark.strip() or visit.remark
    save_if_current(visit, version, fields=["visited_at", "remark"])
    return wrong


def _to_mark(actor: Actor, visit_id: int, version: int, now: datetime) -> Visit:
    visit = access.visit_to_mark(actor, visit_id, now)
    check_current(visit, version)
    if visit.round.state != RoundState.MARKING:
        raise NotAllowedNow("assessments.not_marking")
    return visit


def _require_time(visit: Visit, visited_at: datetime, remark: str, now: datetime) -> None:
    day = timezone.localdate(visited_at)
    if visited_at > now or not visit.round.first_day <= day <= visit.round.last_day:
        raise BadInput("assessments.visited_when", field="visited_at")
    early = visit.slot_from is not None and visited_at < visit.slot_from
    late = visit.slot_until is not None and visited_at > visit.slot_until
    if (early or late) and not remark.strip():
        raise BadInput("assessments.outside_slot", field="remark")


def _answers(
    visit: Visit, items: Mapping[str, ItemRow], marks: Mapping[str, Given], *, whole: bool
) -> tuple[dict[str, Answer], list[Wrong]]:
    """Marks that can be taken, and why others cannot. `whole`: none may be missing, nor a photo."""
    kept = {one.item: one for one in _kept(visit)}
    found: dict[str, Answer] = {}
    wrong = [Wrong(key, BadInput("assessments.no_such_item", field=key)) for key in marks if key not in items]
    for key, item in items.items():
        given = marks.get(key)
        if given is None:
            if whole:
                wrong.append(Wrong(key, BadInput("assessments.mark_missing", field=key)))
            continue
        try:
            answer = parse_mark(item.marking, _with_reason(item, given.data))
            sound = _sound(given)
            before = kept.get(key)
            stay = [one for one in before.photos.all() if one.pk not in given.drop_photos] if before else []
            count = len({one.sha256 for one in stay} | {name for name, _data in sound})
            if whole and not answer.na and count < item.photos_least:
                raise BadInput("assessments.photos_missing", least=item.photos_least, has=count)
            if count > MOST_PHOTOS:
                raise BadInput("assessments.photos_many", most=MOST_PHOTOS)
        except BadInput as error:
            wrong.append(Wrong(key, error))
        else:
            found[key] = answer
    return found, wrong


def _with_reason(item: ItemRow, data: Any) -> Any:
    if isinstance(data, Mapping) and "na" in data and not item.requires_reason and not data["na"]:
        return {**data, "na": NO_REASON}
    return data


def _sound(given: Given) -> list[tuple[str, bytes]]:
    for _name, data in given.photos:
        photos.checked(data)
    return list(given.photos)


def _write(
    visit: Visit, items: Mapping[str, ItemRow], answers: Mapping[str, Answer], marks: Mapping[str, Given]
) -> None:
    """Few queries for any number of items."""
    there = {one.item: {photo.sha256: photo for photo in one.photos.all()} for one in _kept(visit)}
    rows = []
    for key, answer in answers.items():
        outcome = rate(items[key].marking, answer)
        row = Mark(visit=visit, item=key, data=dict(answer.data), note=marks[key].note.strip()[:500])
        row.nano = outcome.nano if isinstance(outcome, Rated) else None
        row.reason = "" if isinstance(outcome, Rated) else outcome.reason
        rows.append(row)
    Mark.objects.bulk_create(
        rows,
        update_conflicts=True,
        unique_fields=["visit", "item"],
        update_fields=["data", "nano", "reason", "note"],
    )
    photos: list[MarkPhoto] = []
    for row in rows:
        given, before = marks[row.item], there.get(row.item, {})
        if given.drop_photos:
            MarkPhoto.objects.filter(mark=row, pk__in=list(given.drop_photos)).delete()
        kept = {sha256 for sha256, photo in before.items() if photo.pk not in given.drop_photos}
        for name, data in given.photos:
            sha256 = files.put(data)
            if sha256 not in kept:
                kept.add(sha256)
                plain = PurePosixPath(name.replace("\\", "/")).name[-255:] or "photo"
                photos.append(MarkPhoto(mark=row, name=plain, sha256=sha256))
    MarkPhoto.objects.bulk_create(photos)


def _kept(visit: Visit) -> QuerySet[Mark]:
    return visit.marks.prefetch_related("photos")


@transaction.atomic
def accept_visit(*, actor: Actor, visit_id: int, version: int, now: datetime) -> Visit:
    """Quality control: it counts. Raises Hidden, Denied (also for one's own marks), Stale, NotAllowedNow."""
    return _look(actor, visit_id, version, "accept", "", now)


@transaction.atomic
def return_visit(*, actor: Actor, visit_id: int, version: int, words: str, now: datetime) -> Visit:
    """Quality control: to be marked again, with what is wrong. Raises as `accept_visit`; BadInput."""
    if not words.strip():
        raise BadInput("assessments.why_missing")
    return _look(actor, visit_id, version, "return", words, now)


def _look(actor: Actor, visit_id: int, version: int, move: str, words: str, now: datetime) -> Visit:
    visit = access.visit_to_look_at(actor, visit_id, now)
    check_current(visit, version)
    if visit.round.state != RoundState.MARKING:
        raise NotAllowedNow("assessments.not_marking")
    visit.state = next_state(VISIT, VisitState(visit.state), move)
    visit.looked_at, visit.looked_by = now, actor.person
    if words:
        visit.remark = words.strip()
    save_if_current(visit, version, fields=["state", "looked_at", "looked_by", "remark"])
    code = {"accept": "assessments.visit_accepted", "return": "assessments.visit_returned"}[move]
    tell(actor, code, visit.round, now, subject=visit, **({"why": words.strip()} if words else {}))
    return visit


@transaction.atomic
def accept_visits(*, actor: Actor, round_id: int, visit_ids: Collection[int], now: datetime) -> int:
    """Accept several marked visits of a round at once; how many. Raises as `accept_visit`, for any."""
    found = access.round_for_change(actor, round_id, now)
    count = 0
    for visit in Visit.objects.filter(round=found, pk__in=list(visit_ids), state=VisitState.MARKED):
        seen = access.visit_to_look_at(actor, visit.pk, now)
        if found.state != RoundState.MARKING:
            raise NotAllowedNow("assessments.not_marking")
        seen.state = next_state(VISIT, VisitState(seen.state), "accept")
        seen.looked_at, seen.looked_by = now, actor.person
        save_if_current(seen, seen.version, fields=["state", "looked_at", "looked_by"])
        count += 1
    tell(actor, "assessments.visits_accepted", found, now, count=count)
    return count


@transaction.atomic
def cancel_visit(*, actor: Actor, visit_id: int, version: int, why: str, now: datetime) -> Visit:
    """The point cannot be visited; it stays drawn, and counts as not visited.

    Raises Hidden, Denied, Stale, NotAllowedNow; BadInput without a reason.
    """
    visit = access.visit_to_look_at(actor, visit_id, now)
    check_current(visit, version)
    visit.state = next_state(VISIT, VisitState(visit.state), "cancel")
    if not why.strip():
        raise BadInput("assessments.why_missing")
    visit.remark = why.strip()
    save_if_current(visit, version, fields=["state", "remark"])
    tell(actor, "assessments.visit_cancelled", visit.round, now, subject=visit, why=why.strip())
    return visit
