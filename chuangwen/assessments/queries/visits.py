"""Visits: one's own, those of a round, one with its items; how far two markers agree."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from django.db.models import Case, Prefetch, QuerySet, When

from chuangwen.cores.scoring.agreement import Agreement, agreement
from chuangwen.cores.scoring.scale import MILLI, NANO, half_up
from chuangwen.orgs.actors import Actor
from chuangwen.standards.queries import tree

from .. import access
from ..models import Mark, MarkPhoto, Round, Visit
from ..models.visits import VISIT_STATES
from ..rules.answers import answer_to_text
from ..rules.states import RoundState, VisitState

if TYPE_CHECKING:
    from chuangwen.standards.rules.tree import ItemRow, Tree


def my_visits(actor: Actor, now: datetime) -> QuerySet[Visit]:
    """Visits of the actor's teams in rounds that are being marked, those still to make first."""
    mine = access.visible_visits(actor, now).filter(
        team__members__seat=actor.seat, round__state=RoundState.MARKING
    )
    made = Case(When(state__in=[VisitState.ASSIGNED, VisitState.RETURNED], then=0), default=1)
    return mine.exclude(state=VisitState.CANCELLED).order_by(made, "slot_from", "pk")


def visits_of(actor: Actor, found: Round, now: datetime, state: str = "") -> QuerySet[Visit]:
    """Visits of a round that the actor may see; `state` "" is all."""
    rows = access.visible_visits(actor, now).filter(round=found).order_by("pk")
    return rows.filter(state=state) if state else rows


def state_counts(actor: Actor, found: Round, now: datetime) -> list[tuple[str, str, int]]:
    """Code and word of each state, with how many visits the actor sees in it."""
    seen = visits_of(actor, found, now).order_by().values_list("pk", "state")
    counts = Counter(state for _pk, state in seen)
    return [(str(code), str(word), counts[code]) for code, word in VISIT_STATES.items()]


@dataclass(frozen=True)
class ItemLine:
    """An item of the point with what was found of it; `mark` None: nothing yet."""

    item: ItemRow
    mark: Mark | None

    @property
    def answer(self) -> str:
        """What was found, in words."""
        return answer_to_text(self.item.marking, self.mark.data) if self.mark and self.mark.data else ""

    @property
    def worth(self) -> int | None:
        """Per cent of full; None: not answered, or not applicable."""
        return half_up(self.mark.nano * 100, NANO) if self.mark and self.mark.nano is not None else None

    @property
    def photos(self) -> list[MarkPhoto]:
        return list(self.mark.photos.all()) if self.mark else []


def item_lines(visit: Visit, system: Tree | None = None) -> list[ItemLine]:
    system = system or tree(visit.round.system_version_id)
    kind = next((one.id for one in system.types if one.code == visit.point.type_code), None)
    marks = {one.item: one for one in visit.marks.prefetch_related("photos")}
    items = system.checklist(kind) if kind is not None else []
    return [ItemLine(item, marks.get(item.key)) for item in items]


def items_by_type(system: Tree) -> dict[str, list[ItemRow]]:
    """Checklists by code of the point type."""
    return {one.code: system.checklist(one.id) for one in system.types}


def type_name(visit: Visit, system: Tree) -> str:
    return next(
        (one.name for one in system.types if one.code == visit.point.type_code), visit.point.type_code
    )


def one_photo(actor: Actor, photo_id: int, now: datetime) -> MarkPhoto | None:
    """None: not there, or not for the actor."""
    seen = access.visible_visits(actor, now).values("pk")
    return MarkPhoto.objects.filter(mark__visit__in=seen, pk=photo_id).first()


def with_marks(visits: Iterable[Visit] | QuerySet[Visit]) -> list[Visit]:
    """`visits` with marks and photos read. Three queries."""
    pks = [one.pk for one in visits]
    rows = Visit.objects.filter(pk__in=pks).select_related("point", "team", "round")
    marks = Prefetch("marks", Mark.objects.prefetch_related("photos"))
    return list(rows.prefetch_related(marks).order_by("pk"))


@dataclass(frozen=True)
class AgreementLine:
    """How far two markers agree on an item. `kappa_milli` None: not defined (one answer alone was given)."""

    number: str
    title: str
    found: Agreement

    @property
    def same_pct(self) -> int | None:
        return half_up(100 * self.found.same, self.found.n) if self.found.n else None

    @property
    def kappa(self) -> str:
        if self.found.kappa is None:
            return ""
        milli = half_up(self.found.kappa.numerator * MILLI, self.found.kappa.denominator)
        return f"{milli / MILLI:.3f}"


def agreement_lines(found: Round) -> tuple[list[AgreementLine], Agreement]:
    """Items of the system that were marked twice, with κ, those that differ most first; and all of them
    together. Six queries.

    First and second mark of a point are compared where both were handed in; a visit that was returned waits.
    """
    handed = [VisitState.MARKED, VisitState.ACCEPTED]
    rows = Mark.objects.filter(visit__round=found, visit__state__in=handed, visit__turn=1)
    first: dict[tuple[int, str], int | str] = {}
    second: dict[tuple[int, str], int | str] = {}
    for point, item, nano, is_second in rows.values_list("visit__point", "item", "nano", "visit__second"):
        (second if is_second else first)[point, item] = "na" if nano is None else nano
    pairs = [(key[1], first[key], mark) for key, mark in second.items() if key in first]
    lines = []
    for row in tree(found.system_version_id).items:
        of_item = [(one, other) for key, one, other in pairs if key == row.key]
        if of_item:
            lines.append(AgreementLine(row.number, row.title, agreement(of_item)))
    lines.sort(key=lambda line: (line.found.same / line.found.n, -line.found.n))
    return lines, agreement([(one, other) for _key, one, other in pairs])
