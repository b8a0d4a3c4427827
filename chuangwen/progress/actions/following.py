"""A confirmed plan begins to be followed: its rhythm is proposed from the document, and changed by the
office.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from contextlib import suppress
from datetime import datetime
from decimal import Decimal
from typing import TYPE_CHECKING

from django.db import transaction

from chuangwen.cores.errors import BadInput, NotAllowedNow
from chuangwen.cores.formulas import (
    Expression,
    Measure,
    Reference,
    check,
    order,
    parse,
    references,
    to_text,
)
from chuangwen.cores.formulas.model import RATES
from chuangwen.kit import audit, sources
from chuangwen.kit.locking import check_current, save_if_current
from chuangwen.orgs.access import visible_units
from chuangwen.orgs.actors import Actor
from chuangwen.orgs.rules import Role
from chuangwen.plans.queries import Commitments, IndicatorPromise, one_version, target_day

from .. import access
from ..models import Beat, Course, Following, Milestone, StageGate, TaskWeight
from ..queries.stages import stage_ends
from ..rules.proposing import documents_in, mode_of
from ..rules.rhythm import Asks, Every, Product, may_ask, proposed, usual_lag
from ..rules.states import Mode
from .computing import recompute

if TYPE_CHECKING:
    from chuangwen.orgs.models import Unit

AUDIENCE = [Role.CAMPAIGN_OFFICE, Role.LEADER]


@transaction.atomic
def follow(*, actor: Actor, version_id: int, now: datetime) -> Following:
    """Follow a confirmed version: the first time with a proposed rhythm, later with what is new in it.

    Safe to run twice. For systems and the campaign office. Raises Hidden, Denied.
    """
    version = one_version(actor, version_id)
    access.require_keeper(actor)
    promises = Commitments(version)
    following, new = Following.objects.get_or_create(plan=version.plan, defaults={"plan_version": version})
    if not new and (following.plan_version.number or 0) >= (version.number or 0):
        return following
    led = {} if new else _leads(Commitments(following.plan_version))
    following.plan_version = version
    if new:
        _propose_rhythm(following, promises)
    save_if_current(following, following.version, fields=["plan_version", "lag_days"])
    _add_courses(following, promises)
    _add_milestones(following, promises)
    _add_gates(following, promises)
    if not new:
        _hand_on(following, led, _leads(promises))
        recompute(following, now=now)
    audit.record(actor, "progress.followed", following, number=version.number)
    return following


def _propose_rhythm(following: Following, promises: Commitments) -> None:
    rhythm = [(row.period, row.duty) for row in promises.content.rhythm]
    for line in proposed(rhythm, bool(stage_ends(promises))):
        if line.asks is Asks.ALL:
            following.lag_days = usual_lag(line.every)
        Beat.objects.create(
            following=following,
            every=line.every,
            name=line.name,
            produces=list(line.produces),
            audience=list(AUDIENCE),
            asks=line.asks,
            due_days=line.due_days,
            lock_days=line.lock_days,
        )


def _leads(promises: Commitments) -> dict[int, int | None]:
    """By indicator the unit that reports it unless the office says otherwise: who leads its first task."""
    tasks = {task.id: task for task in promises.tasks}
    found: dict[int, int | None] = {}
    for indicator in promises.indicators:
        first = next((tasks[id_] for id_ in indicator.tasks if tasks[id_].leads), None)
        found[indicator.id] = first.leads[0] if first else None
    return found


def _hand_on(following: Following, led: Mapping[int, int | None], now_led: Mapping[int, int | None]) -> None:
    """Who leads now reports from now on, unless the office named somebody else than who led before."""
    for course in following.courses.filter(reporter__isnull=False):
        before, after = led.get(course.indicator_id), now_led.get(course.indicator_id)
        if course.reporter_id == before and after not in (None, before):
            course.reporter_id = after
            save_if_current(course, course.version, fields=["reporter"])


def _add_courses(following: Following, promises: Commitments) -> None:
    have = set(following.courses.values_list("indicator_id", flat=True))
    leads = _leads(promises)
    for indicator in promises.indicators:
        if indicator.id in have:
            continue
        areas = _areas(indicator)
        course = Course.objects.create(
            following=following,
            indicator_id=indicator.id,
            mode=mode_of(indicator.row, bool(areas)),
            reporter_id=leads[indicator.id],
        )
        course.areas.set(areas)


def _add_milestones(following: Following, promises: Commitments) -> None:
    """One for each indicator that is a milestone, and for each document that a task is to bring about."""
    there = set(following.milestones.values_list("task", "title"))
    linked = set(following.milestones.values_list("indicator", flat=True))
    modes = dict(following.courses.values_list("indicator", "mode"))
    wanted: dict[tuple[int, str], Milestone] = {}
    for indicator in promises.indicators:
        if modes.get(indicator.id) == Mode.MILESTONE and indicator.tasks and indicator.id not in linked:
            days = [target_day(line.deadline) for line in indicator.row.targets]
            due_on = max((day for day in days if day), default=promises.ends)
            title = (indicator.row.name or indicator.row.words)[:200]
            wanted[indicator.tasks[0], title] = Milestone(indicator_id=indicator.id, due_on=due_on)
    named = " ".join(title for _task, title in wanted)
    for task in promises.tasks:
        for title in documents_in(task.row.text):
            if title.partition("《")[2] not in named:
                wanted.setdefault((task.id, title[:200]), Milestone(due_on=target_day(task.row.deadline)))
    for (task_id, title), milestone in wanted.items():
        if (task_id, title) not in there:
            milestone.following, milestone.task_id, milestone.title = following, task_id, title
            milestone.save(force_insert=True)


def _areas(indicator: IndicatorPromise) -> list[int]:
    """Units that have a target of their own."""
    return list(dict.fromkeys(line.unit for line in indicator.row.targets if line.unit is not None))


def _add_gates(following: Following, promises: Commitments) -> None:
    for title, last_day in stage_ends(promises):
        StageGate.objects.get_or_create(following=following, last_day=last_day, defaults={"title": title})


@transaction.atomic
def set_beat(
    *,
    actor: Actor,
    plan_id: int,
    version: int | None,
    every: Every,
    name: str,
    produces: Collection[Product],
    audience: Collection[Role],
    asks: Asks,
    due_days: int,
    lock_days: int,
    key_tasks: Collection[int] = (),
) -> Beat:
    """Add a beat (`version` None) or change the one of this length.

    Raises Hidden, Denied, Stale; BadInput for a beat shorter than a month that would ask every unit, for a
    second one that asks every unit, and for key tasks that are not named.
    """
    following = access.following_for_change(actor, plan_id)
    if not may_ask(every, asks):
        raise BadInput("progress.short_beat_asks")
    if asks == Asks.ALL and following.beats.filter(asks=Asks.ALL).exclude(every=every).exists():
        raise BadInput("progress.two_beats_ask")
    if asks == Asks.KEY_TASKS and not key_tasks:
        raise BadInput("progress.no_key_tasks")
    beat = following.beats.filter(every=every).first()
    values = {
        "name": name.strip(),
        "produces": list(produces),
        "audience": list(audience),
        "asks": asks,
        "due_days": due_days,
        "lock_days": lock_days,
    }
    before = {key: getattr(beat, key) for key in values} if beat else {}
    if beat is None:
        beat = Beat.objects.create(following=following, every=every, **values)
    else:
        check_current(beat, version or 0)
        for key, value in values.items():
            setattr(beat, key, value)
        save_if_current(beat, beat.version, fields=values)
    beat.key_tasks.set(following.plan.tasks.filter(pk__in=key_tasks) if asks == Asks.KEY_TASKS else ())
    audit.record(actor, "progress.beat_set", following, before=before, every=every, name=str(beat))
    return beat


@transaction.atomic
def remove_beat(*, actor: Actor, beat_id: int, version: int) -> None:
    """Raises Hidden, Denied, Stale; NotAllowedNow once it has a period."""
    beat = access.beat_for_change(actor, beat_id)
    check_current(beat, version)
    if beat.periods.exists():
        raise NotAllowedNow("progress.beat_has_periods", name=str(beat))
    audit.record(actor, "progress.beat_removed", beat.following, before={"every": beat.every}, name=str(beat))
    beat.delete()


@transaction.atomic
def settle_rhythm(
    *, actor: Actor, plan_id: int, version: int, near_pct: int, lag_days: int, now: datetime
) -> Following:
    """The office takes the rhythm as it stands: from now on periods open by the clock. Raises Hidden,
    Denied, Stale.
    """
    following = access.following_for_change(actor, plan_id)
    check_current(following, version)
    before = {"near_pct": following.near_pct, "lag_days": following.lag_days}
    following.settled_at = following.settled_at or now
    following.near_pct, following.lag_days = near_pct, lag_days
    save_if_current(following, version, fields=["settled_at", "near_pct", "lag_days"])
    audit.record(
        actor, "progress.rhythm_settled", following, before=before, near_pct=near_pct, lag_days=lag_days
    )
    return following


@transaction.atomic
def set_course(
    *,
    actor: Actor,
    course_id: int,
    version: int,
    mode: Mode,
    reporter: Unit | None,
    areas: Iterable[Unit],
    formula: str,
    shape: str,
    drawn: list[tuple[str, Decimal]],
    weight: int,
    parent_id: int | None = None,
    now: datetime,
) -> Course:
    """How an indicator gets its values, its path, and what it weighs; values are computed anew.

    Raises Hidden, Denied, Stale; BadInput for a formula that cannot be read or goes in a circle (the path
    named), for areas that are not named, and for a parent indicator of the same plan.
    """
    course = access.course_for_change(actor, course_id)
    check_current(course, version)
    members = list(areas)
    if mode == Mode.AREAS and not members:
        raise BadInput("progress.no_areas")
    before = {"mode": course.mode, "formula": course.formula, "shape": course.shape, "weight": course.weight}
    course.mode, course.reporter, course.shape, course.weight = mode, reporter, shape, weight
    course.formula = _checked_formula(actor, course, formula) if mode == Mode.FORMULA else ""
    course.drawn = [[day, str(value)] for day, value in sorted(drawn)] if shape == "drawn" else []
    course.parent_id = _checked_parent(actor, course, parent_id)
    fields = ["mode", "reporter", "shape", "weight", "formula", "drawn", "parent"]
    save_if_current(course, version, fields=fields)
    course.areas.set(visible_units(actor).filter(pk__in=[unit.pk for unit in members]))
    audit.record(
        actor, "progress.course_set", course, before=before, mode=mode, formula=course.formula, weight=weight
    )
    if mode == Mode.MILESTONE:
        _add_milestones(course.following, Commitments(course.following.plan_version))
    recompute(course.following, now=now)
    return course


def _checked_formula(actor: Actor, course: Course, text: str) -> str:
    """Its canonical form; with the formulas of the plan it must not go in a circle. Raises BadInput."""
    own = parse(text)
    _require_units(actor, course, own)
    others = course.following.courses.exclude(pk=course.pk).exclude(formula="").select_related("indicator")
    formulas = {other.indicator.key: parse(other.formula) for other in others}
    order(formulas | {course.indicator.key: own})
    return to_text(own)


def _require_units(actor: Actor, course: Course, formula: Expression) -> None:
    """What it reads must be there and be seen by the actor, and give a share where the indicator is one,
    else a count.

    Raises BadInput. Counts may be called differently: 12 小巷 are 12 条.
    """
    rows = {one.row.key: one.row for one in Commitments(course.following.plan_version).indicators}
    measures = {Reference(key): Measure(row.unit_of_measure) for key, row in rows.items()}
    for reference in references(formula):
        if reference.is_source:
            with suppress(LookupError):
                source = sources.source(reference.name)
                if reference.subject in {id_ for id_, _name in source.subjects(actor)}:
                    measures[reference.of_this_period] = Measure(source.measure(reference.subject or 0))
    gives, wants = check(formula, measures).unit, rows[course.indicator.key].unit_of_measure
    if gives != wants and {gives, wants} & RATES.keys():
        raise BadInput("progress.other_unit", gives=gives, wants=wants)


def _checked_parent(actor: Actor, course: Course, parent_id: int | None) -> int | None:
    """An indicator of the plan above, that this one adds to. Raises BadInput."""
    if parent_id is None:
        return None
    plan = course.following.plan
    seen = access.visible_followings(actor).filter(plan=plan.parent_id, courses__indicator=parent_id)
    if plan.parent_id is None or not seen.exists():
        raise BadInput("progress.no_such_parent")
    return parent_id


@transaction.atomic
def set_weights(*, actor: Actor, plan_id: int, weights: dict[int, int]) -> None:
    """What tasks weigh in their programs, by task. Raises Hidden, Denied."""
    following = access.following_for_change(actor, plan_id)
    for task in following.plan.tasks.filter(pk__in=weights):
        TaskWeight.objects.update_or_create(
            task=task, defaults={"following": following, "weight": weights[task.pk]}
        )
    audit.record(actor, "progress.weights_set", following, count=len(weights))
