"""What a turn of a beat brings out: made when it is looked at, as of its last day, from what is known now."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from functools import cached_property

from chuangwen.cores.errors import Denied, Hidden
from chuangwen.cores.series.kinds import Lamp
from chuangwen.orgs.actors import Actor
from chuangwen.plans.queries import Commitments

from .. import access
from ..models import Beat, Following, Milestone, Period, StageGate, UnitReport, Value
from ..rules.rhythm import DAY, Asks, Every, Product, Span, before, period_of, stage_spans
from .overview import Changes, Need, Overview, TaskLine, leads_in
from .settings import beats_of
from .stages import stage_ends

PARTS = {  # of the page, by what the beat brings out
    Product.SUPERVISION: ("changes", "behind"),
    Product.ANALYSIS: ("changes", "behind"),
    Product.REPORT: ("reports",),
    Product.ASSESSMENT: ("programs",),
    Product.BOARD: ("programs", "units"),
    Product.BULLETIN: ("bulletin",),
    Product.APPRAISAL: ("stages", "programs", "tasks"),
}


@dataclass(frozen=True, kw_only=True)
class TurnLink:
    """A beat with its last turn that has ended and the one that runs; None where there is none."""

    beat: Beat
    ended: Span | None
    running: Span | None


@dataclass(frozen=True, kw_only=True)
class LeadLine:
    """A lead unit, as the plan prints it, with tasks that it leads."""

    name: str
    tasks: Sequence[TaskLine]


class Turn(Overview):
    """A turn of a beat, as the actor may see it. While it runs it is as of today."""

    def __init__(self, actor: Actor, beat: Beat, span: Span, now: datetime, today: date) -> None:
        super().__init__(actor, beat.following, now, min(span.last, today))
        self.beat, self.span, self.runs = beat, span, span.last >= today
        stages = stages_of(self.judge.promises)
        self.before = self._within(before(Every(beat.every), span, stages), today)
        self.after = self._within(period_of(Every(beat.every), span.last + DAY, stages), today)

    def _within(self, span: Span | None, today: date) -> Span | None:
        return span if span and is_turn(self.judge.promises, span, today) else None

    @cached_property
    def period(self) -> Period | None:
        """Its own reports; of a beat that asks nobody the last ones that were asked of all by its end."""
        seen = access.visible_periods(self.actor)
        if self.beat.asks != Asks.NOBODY:
            return seen.filter(beat=self.beat, first_day=self.span.first).first()
        of_all = seen.filter(beat__following=self.following, beat__asks=Asks.ALL)
        return of_all.filter(last_day__lte=self.span.last).order_by("-last_day").first()

    @cached_property
    def changes(self) -> Changes:
        return self.changes_since(self.span.first - DAY)

    @cached_property
    def behind(self) -> list[Need]:
        """Indicators that are behind or near, the most urgent first."""
        lit = {Lamp.LATE, Lamp.NEAR}
        return [need for need in self.needs if need.judged and need.judged.light.lamp in lit]

    @cached_property
    def stuck(self) -> list[Need]:
        return [need for need in self.needs if need.item]

    @cached_property
    def reports_in(self) -> int:
        """Reports that were handed in within it, also late ones of earlier periods."""
        reports = UnitReport.objects.filter(period__beat__following=self.following)
        return reports.filter(handed_in_at__date__range=self._days).count()

    @cached_property
    def values_in(self) -> int:
        """Numbers that came in within it, of the city and of its units."""
        values = Value.objects.filter(indicator__in=list(self.judge.by_id), current=True)
        return values.filter(made_at__date__range=self._days).exclude(numerator=None).count()

    @cached_property
    def issued(self) -> list[Milestone]:
        """Documents that were issued within it."""
        rows = access.visible_milestones(self.actor).filter(following=self.following)
        return list(rows.filter(issued_on__range=self._days).exclude(sha256=""))

    @cached_property
    def ended(self) -> list[StageGate]:
        """Stages that ended within it."""
        return list(self.following.gates.filter(last_day__range=self._days).select_related("decided_by"))

    @property
    def _days(self) -> tuple[date, date]:
        return self.span.first, self.today

    @cached_property
    def late_leads(self) -> list[LeadLine]:
        """Lead units with their tasks that are behind, in the order of the plan: no league table."""
        behind = [(line.name, [task for task in line.tasks if task.tally.late]) for line in self._leads]
        return [LeadLine(name=name, tasks=tasks) for name, tasks in behind if tasks]

    @cached_property
    def leads_on_course(self) -> list[LeadLine]:
        """Lead units of which everything that has a light is on course."""
        return [line for line in self._leads if all(one.tally.go == one.tally.judged for one in line.tasks)]

    @cached_property
    def _leads(self) -> list[LeadLine]:
        """Lead units with their tasks that have a light, in the order of the plan."""
        found: dict[str, list[TaskLine]] = {}
        for program in self.programs:
            for line in program.tasks:
                for name in leads_in([line.promise.row]) if line.tally.judged else ():
                    found.setdefault(name, []).append(line)
        return [LeadLine(name=name, tasks=tasks) for name, tasks in found.items()]


def turn(actor: Actor, plan_id: int, every: str, day: date | None, now: datetime, today: date) -> Turn:
    """The turn that `day` lies in; without a day the last that has ended, else the one that runs.

    Raises Hidden, also for a day in no turn of the plan or to come; Denied to whom the beat is not for.
    """
    following = access.following_of(actor, plan_id)
    beat = following.beats.filter(every=every).select_related("following__plan__jurisdiction").first()
    if beat is None:
        raise Hidden
    beat.following = following
    if not access.sees_turns(actor, beat):
        raise Denied
    promises = Commitments(following.plan_version)
    if day is None:
        link = _link(beat, promises, today)
        span = link.ended or link.running
    else:
        span = period_of(Every(every), day, stages_of(promises))
    if span is None or not is_turn(promises, span, today):
        raise Hidden
    return Turn(actor, beat, span, now, today)


def turn_links(actor: Actor, following: Following, promises: Commitments, today: date) -> list[TurnLink]:
    """Beats that are for the actor, from the shortest to the longest, each with its last turns."""
    seen = [beat for beat in beats_of(following) if access.sees_turns(actor, beat)]
    links = [_link(beat, promises, today) for beat in seen]
    return [link for link in links if link.ended or link.running]


def _link(beat: Beat, promises: Commitments, today: date) -> TurnLink:
    every, stages = Every(beat.every), stages_of(promises)
    running = period_of(every, min(today, promises.ends), stages)
    if running and running.last < today:
        running, ended = None, running
    else:
        ended = before(every, running, stages) if running else None
    if every is Every.STAGE and running is None:
        ended = next((span for span in reversed(stages) if span.last < today), None)
    return TurnLink(
        beat=beat,
        ended=ended if ended and is_turn(promises, ended, today) else None,
        running=running if running and is_turn(promises, running, today) else None,
    )


def stages_of(promises: Commitments) -> list[Span]:
    return stage_spans(promises.begins, [day for _title, day in stage_ends(promises)])


def is_turn(promises: Commitments, span: Span, today: date) -> bool:
    """Whether it lies in the years of the plan and has begun."""
    has_begun = promises.begins <= min(span.last, today) and span.first <= today
    return has_begun and span.first <= promises.ends


def sections_of(produces: Collection[str]) -> list[str]:
    """Parts of the page, in the order in which the beat brings them out, each once."""
    return list(dict.fromkeys(part for product in produces for part in PARTS[Product(product)]))
