"""Reads: what units carry, what an ask would cost, caps and duty lists, and the page of the burden."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING, Any

from django.db.models import Count, Q, QuerySet, Sum
from django.db.models.functions import Coalesce, TruncWeek
from django.utils.functional import Promise

from chuangwen.cores.worktime import ZONE
from chuangwen.orgs.actors import Actor
from chuangwen.orgs.rules import PATH_STEP

from . import access, burden_access, registry
from .models import Cap, DutyList, FreeAsk, Todo
from .rules import TodoState
from .rules.burden import (
    CAPPED,
    SHIPPED,
    WITH_DUTIES,
    Level,
    Limit,
    Load,
    Over,
    bounds,
    level,
    outside,
    over,
    share_pct,
    week_of,
    weeks_until,
)
from .rules.kinds import FREE_ASK

if TYPE_CHECKING:
    from chuangwen.orgs.models import Unit

# Not what was never asked, nor what was taken back before the asked did anything about it.
COUNTED = ~Q(state=TodoState.HELD) & (~Q(state=TodoState.WITHDRAWN) | Q(answered_at__isnull=False))
SUMS: dict[str, Any] = {
    "asks": Count("pk", filter=COUNTED),
    "all_minutes": Coalesce(Sum("minutes", filter=COUNTED), 0),
    "all_photos": Coalesce(Sum("photos", filter=COUNTED), 0),
}


@dataclass(frozen=True)
class CapLine:
    """What the city allows units of a kind; `own` False: what is shipped, and `version` 0."""

    unit_kind: str
    limit: Limit
    own: bool
    version: int


@dataclass(frozen=True)
class Duties:
    """The duty list of a kind of unit; empty where the city wrote none: then nothing is outside of it."""

    unit_kind: str
    kinds: list[str]
    duties: list[str]
    version: int


@dataclass(frozen=True)
class Cost:
    """What an ask would add to the week of a unit: `before` without it, `after` with it."""

    unit: "Unit"
    limit: Limit
    before: Load
    after: Load
    held: Over | None
    outside: bool


@dataclass(frozen=True)
class UnitLine:
    """A unit with what it was asked in the week; `weeks`: asks in each week shown, the oldest first."""

    unit_id: int
    name: str
    load: Load
    limit: Limit
    share_pct: int | None
    level: Level
    weeks: list[int]


@dataclass(frozen=True)
class AskerLine:
    """A unit that asks ("" for a system): what it asked in the week, of how many units, and what is held."""

    name: str
    load: Load
    units: int
    outside: int
    held: int


@dataclass(frozen=True)
class KindLine:
    words: str | Promise
    load: Load


@dataclass(frozen=True)
class WeekLine:
    monday: date
    load: Load

    @property
    def sunday(self) -> date:
        return self.monday + timedelta(days=6)


@dataclass(frozen=True)
class Figures:
    load: Load
    units: int
    outside: int


def root_id(actor: Actor) -> int:
    return int(actor.jurisdiction_path[:PATH_STEP], 16)


def cap_lines(jurisdiction_id: int) -> list[CapLine]:
    own = {row.unit_kind: row for row in Cap.objects.filter(jurisdiction=jurisdiction_id)}
    return [
        CapLine(kind, Limit(row.asks, row.minutes), True, row.version)
        if (row := own.get(kind))
        else CapLine(kind, SHIPPED.get(kind, Limit()), False, 0)
        for kind in CAPPED
    ]


def limits(jurisdiction_id: int) -> dict[str, Limit]:
    """Kind of unit → cap of the city; a kind without any is left out."""
    return {line.unit_kind: line.limit for line in cap_lines(jurisdiction_id) if line.limit}


def duty_lists(jurisdiction_id: int) -> dict[str, Duties]:
    """Each kind of unit that has duties, with its list."""
    own = {row.unit_kind: row for row in DutyList.objects.filter(jurisdiction=jurisdiction_id)}
    return {
        kind: Duties(kind, row.kinds, row.duties, row.version)
        if (row := own.get(kind))
        else Duties(kind, [], [], 0)
        for kind in WITH_DUTIES
    }


def kinds_to_list() -> list[registry.Kind]:
    """Kinds of asks that may stand on a duty list; a request in a sentence names its duty instead."""
    return [kind for kind in registry.kinds() if kind.code != FREE_ASK]


def is_outside(lists: Mapping[str, Duties], unit_kind: str, kind: str, duty: str) -> bool:
    own = lists.get(unit_kind)
    return own is not None and outside(kind, duty, own.kinds, own.duties)


def loads(units: Collection[int], monday: date) -> dict[int, Load]:
    """Unit → what it was asked in the week; one that was asked nothing is left out. One query."""
    first, end = bounds(monday)
    rows = Todo.objects.filter(COUNTED, unit__in=units, asked_at__gte=first, asked_at__lt=end)
    return {row["unit"]: _load(row) for row in rows.order_by().values("unit").annotate(**SUMS)}


def costs(
    kind: str,
    units: Iterable["Unit"],
    now: datetime,
    *,
    minutes: int | None = None,
    photos: int | None = None,
    duty: str = "",
) -> list[Cost]:
    """What asking this of each unit now would cost it: for a room to show before it asks. Three queries.

    `minutes` and `photos` None are the kind's own.
    """
    asked = registry.kind(kind)
    wanted = list(units)
    if not wanted:
        return []
    city = int(wanted[0].path[:PATH_STEP], 16)
    caps, lists = limits(city), duty_lists(city)
    before = loads([unit.pk for unit in wanted], week_of(now))
    more = Load(1, asked.minutes if minutes is None else minutes, asked.photos if photos is None else photos)
    found = []
    for unit in wanted:
        limit, load = caps.get(unit.kind, Limit()), before.get(unit.pk, Load())
        outsider = is_outside(lists, unit.kind, kind, duty)
        found.append(Cost(unit, limit, load, load + more, over(limit, load + more), outsider))
    return found


def figures(actor: Actor, monday: date) -> Figures:
    """What was asked in the week of all the units that the actor sees."""
    found = _asked(actor, monday).filter(COUNTED).aggregate(**SUMS, **_MORE)
    return Figures(_load(found), found["units"], found["outsiders"])


def asked_elsewhere(actor: Actor, monday: date) -> Figures:
    """What the actor's own unit asked of others in the week."""
    first, end = bounds(monday)
    own = burden_access.asked_by_own(actor).filter(COUNTED, asked_at__gte=first, asked_at__lt=end)
    found = own.aggregate(**SUMS, **_MORE)
    return Figures(_load(found), found["units"], found["outsiders"])


def asked_units(actor: Actor, monday: date, order: str) -> QuerySet[Todo, dict[str, Any]]:
    """Rows for `unit_lines`: units that were asked something in the week; by "tree", else by minutes."""
    rows = _asked(actor, monday).filter(COUNTED).order_by().values("unit", *_OF_UNIT)
    by = ("unit__path",) if order == "tree" else ("-all_minutes", "-asks", "unit__path")
    found: QuerySet[Todo, dict[str, Any]] = rows.annotate(**SUMS).order_by(*by)
    return found


def count_full(actor: Actor, monday: date) -> int:
    """How many of the units are at their cap in the week, or above it. Two queries."""
    caps = limits(root_id(actor))
    rows = asked_units(actor, monday, "tree").filter(unit__kind__in=list(caps))
    levels = (level(caps[row["unit__kind"]], _load(row)) for row in rows)
    return sum(one in (Level.FULL, Level.ABOVE) for one in levels)


def unit_lines(actor: Actor, rows: Iterable[dict[str, Any]], monday: date) -> list[UnitLine]:
    """Two queries for any number of rows."""
    found = list(rows)
    caps = limits(root_id(actor))
    weeks = _weeks_of([row["unit"] for row in found], monday)
    lines = []
    for row in found:
        limit, load = caps.get(row["unit__kind"], Limit()), _load(row)
        lines.append(
            UnitLine(
                unit_id=row["unit"],
                name=row["unit__short_name"] or row["unit__name"],
                load=load,
                limit=limit,
                share_pct=share_pct(limit, load),
                level=level(limit, load),
                weeks=weeks[row["unit"]],
            )
        )
    return lines


def asking_units(actor: Actor, monday: date) -> list[AskerLine]:
    """Who asked what of the units that the actor sees, the most minutes first. No persons: see refused.md."""
    rows = _asked(actor, monday).filter(COUNTED | Q(state=TodoState.HELD)).order_by()
    names = ("asker_unit__name", "asker_unit__short_name")
    sums = SUMS | _MORE | {"held": Count("pk", filter=Q(state=TodoState.HELD))}
    by = ("-all_minutes", "-asks", "asker_unit")
    found = rows.values("asker_unit", *names).annotate(**sums).order_by(*by)
    return [
        AskerLine(
            name=row["asker_unit__short_name"] or row["asker_unit__name"] or "",
            load=_load(row),
            units=row["units"],
            outside=row["outsiders"],
            held=row["held"],
        )
        for row in found
    ]


def kinds_asked(actor: Actor, monday: date) -> list[KindLine]:
    rows = _asked(actor, monday).filter(COUNTED).order_by().values("kind").annotate(**SUMS)
    found = [KindLine(registry.kind(row["kind"]).words, _load(row)) for row in rows]
    return sorted(found, key=lambda line: (-line.load.minutes, str(line.words)))


def weeks(actor: Actor, monday: date) -> list[WeekLine]:
    """The week and the twelve before it, the oldest first; a week in which nothing was asked has zeros."""
    mondays = weeks_until(monday)
    rows = burden_access.asked_within(actor).filter(COUNTED, **_from_to(mondays))
    found = rows.order_by().values(week=_WEEK).annotate(**SUMS)
    by_week = {row["week"].astimezone(ZONE).date(): _load(row) for row in found}
    return [WeekLine(day, by_week.get(day, Load())) for day in mondays]


def held(actor: Actor) -> QuerySet[Todo]:
    """Asks that wait to be let through, the oldest first."""
    rows = burden_access.held_todos(actor).select_related("unit", "asker_unit", "asker")
    return rows.order_by("asked_at", "pk")


def count_held(actor: Actor, day: date) -> int:
    """How many held asks wait for the actor's decision."""
    if not burden_access.approves(actor):
        return 0
    rows = list(burden_access.held_todos(actor))
    office = burden_access.office_people(actor, day) if rows else set()
    return sum(burden_access.may_approve(actor, todo, office) for todo in rows)


def todos_of(actor: Actor, ask: FreeAsk) -> QuerySet[Todo]:
    """The to-dos about a request that the actor may see, by unit."""
    todos = access.visible_todos(actor).filter(kind=FREE_ASK, subject_id=ask.pk)
    return todos.select_related("unit").order_by("unit__path")


def titles_of_free_asks(actor: Actor, ids: Collection[int]) -> dict[int, str]:
    return dict(burden_access.visible_free_asks(actor).filter(pk__in=ids).values_list("pk", "text"))


_MORE: dict[str, Any] = {
    "units": Count("unit", filter=COUNTED, distinct=True),
    "outsiders": Count("pk", filter=COUNTED & Q(outside_duties=True)),
}
_OF_UNIT = ("unit__name", "unit__short_name", "unit__path", "unit__kind")
_WEEK = TruncWeek("asked_at", tzinfo=ZONE)


def _asked(actor: Actor, monday: date) -> QuerySet[Todo]:
    return burden_access.asked_within(actor).filter(**_from_to([monday]))


def _from_to(mondays: list[date]) -> dict[str, datetime]:
    return {"asked_at__gte": bounds(mondays[0])[0], "asked_at__lt": bounds(mondays[-1])[1]}


def _weeks_of(units: Collection[int], monday: date) -> dict[int, list[int]]:
    """How many asks each unit had in each of the weeks, the oldest first."""
    mondays = weeks_until(monday)
    place = {day: number for number, day in enumerate(mondays)}
    rows = Todo.objects.filter(COUNTED, unit__in=units, **_from_to(mondays))
    found: dict[int, list[int]] = defaultdict(lambda: [0] * len(mondays))
    for row in rows.order_by().values("unit", week=_WEEK).annotate(asks=Count("pk")):
        found[row["unit"]][place[row["week"].astimezone(ZONE).date()]] = row["asks"]
    return found


def _load(row: Mapping[str, Any]) -> Load:
    return Load(row["asks"], row["all_minutes"], row["all_photos"])
