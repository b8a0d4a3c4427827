"""What lists say to rooms above: coverage, how many there are, what is done, what was changed by it."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import replace
from datetime import date
from fractions import Fraction

from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from chuangwen.cores.errors import Hidden
from chuangwen.kit import sources
from chuangwen.kit.sources import NAMED_AT_MOST, Figure, Source
from chuangwen.orgs.access import visible_units
from chuangwen.orgs.actors import Actor, system_actor

from . import access, queries
from .rules.coverage import Coverage, Standing
from .rules.projects import ProjectState, Tally, Work, effect

SYSTEM = system_actor("registers.figures", via="job")
GONE, NO_MEMBERS, NO_PROJECTS = "registers.gone", "registers.no_members", "registers.no_projects"
OF_REGISTERS = ("registers.coverage", "registers.count")
OF_PROJECTS = (
    "registers.projects_done",
    "registers.projects_done_in_period",
    "registers.projects_share",
    "registers.effect",
)


def tell(codes: Iterable[str], subject: int, change: int) -> None:
    """Say above that what these sources count of `subject` changed."""
    for code in codes:
        sources.changed(code, subject, change=change)


def _coverage(whole: Coverage, part: Coverage, first: date) -> Figure:
    if part.no_number:
        return Figure(numerator=None, reason=part.no_number)
    return Figure(
        numerator=Fraction(part.covered),
        denominator=Fraction(part.total),
        unknown=part.unknown + part.unnamed,
        as_of=part.as_of,
        missing=_named([_lack(one) for one in part.not_covered], part.unnamed),
    )


def _count(whole: Coverage, part: Coverage, first: date) -> Figure:
    if not whole.members:
        return Figure(numerator=None, reason=NO_MEMBERS)
    return Figure(numerator=Fraction(part.members), missing=_named([], part.unnamed))


def _done(whole: Tally, part: Tally, first: date) -> Figure:
    return _works(whole, part.of(ProjectState.DONE), part)


def _done_in_period(whole: Tally, part: Tally, first: date) -> Figure:
    return _works(whole, part.done_since(first), part)


def _share(whole: Tally, part: Tally, first: date) -> Figure:
    if not part.named:
        return Figure(numerator=None, reason=NO_PROJECTS)
    return replace(_done(whole, part, first), denominator=Fraction(part.total), unknown=part.unnamed)


def _works(whole: Tally, done: list[Work], part: Tally) -> Figure:
    if not whole.named:
        return Figure(numerator=None, reason=NO_PROJECTS)
    left = part.of(ProjectState.UNDER_WAY) + part.of(ProjectState.PLANNED)
    return Figure(
        numerator=Fraction(len(done)),
        as_of=_last_day(done),
        missing=_named([work.name for work in left], part.unnamed),
    )


def _effect(whole: Tally, part: Tally, first: date) -> Figure:
    found = effect(part.measured)
    if isinstance(found, str):
        return Figure(numerator=None, reason=found)
    change, before = found
    not_measured = [work.name for work in part.of(ProjectState.DONE) if work.change is None]
    return Figure(
        numerator=change,
        denominator=before,
        as_of=_last_day(part.measured),
        missing=_named(not_measured, 0),
    )


def _last_day(works: Iterable[Work]) -> date | None:
    return max((work.done_on for work in works if work.done_on), default=None)


def _lack(one: Standing) -> str:
    if one.lacking:
        return gettext("%(name)s lacks %(what)s") % {"name": one.member.name, "what": "、".join(one.lacking)}
    what = "、".join(one.unknown)
    return gettext("%(name)s: nothing is known of %(what)s") % {"name": one.member.name, "what": what}


def _named(names: list[str], unnamed: int) -> tuple[str, ...]:
    """At most NAMED_AT_MOST; those without a name are told in the last."""
    last = [gettext("%(n)s without a name") % {"n": unnamed}] if unnamed else []
    return (*names[: NAMED_AT_MOST - len(last)], *last)


def _of_register(figure: Callable[[Coverage, Coverage, date], Figure]) -> sources.Read:
    def read(subject: int, units: Collection[int], first: date, last: date) -> Mapping[int, Figure]:
        try:
            register = access.one_register(SYSTEM, subject)
        except Hidden:
            return dict.fromkeys(units, Figure(numerator=None, reason=GONE))
        book = queries.book(register, last)
        address = reverse("registers:register", args=[subject])
        return {
            unit: _linked(figure(book.coverage, book.within(path), first), address, unit, last)
            for unit, path in _paths(units)
        }

    return read


def _of_projects(figure: Callable[[Tally, Tally, date], Figure]) -> sources.Read:
    def read(subject: int, units: Collection[int], first: date, last: date) -> Mapping[int, Figure]:
        try:
            found = access.one_project_list(SYSTEM, subject)
        except Hidden:
            return dict.fromkeys(units, Figure(numerator=None, reason=GONE))
        book = queries.project_book(found, last)
        address = reverse("registers:project_list", args=[subject])
        return {
            unit: _linked(figure(book.tally, book.within(path), first), address, unit, last)
            for unit, path in _paths(units)
        }

    return read


def _paths(units: Collection[int]) -> Iterable[tuple[int, str]]:
    return visible_units(SYSTEM).filter(pk__in=units).values_list("pk", "path")


def _linked(figure: Figure, address: str, unit: int, day: date) -> Figure:
    return replace(figure, url=f"{address}?unit={unit}&on={day.isoformat()}")


def _registers(actor: Actor) -> list[tuple[int, str]]:
    return list(access.visible_registers(actor).values_list("pk", "name"))


def _project_lists(actor: Actor) -> list[tuple[int, str]]:
    return list(access.visible_project_lists(actor).values_list("pk", "name"))


def _noun_of_register(subject: int) -> str:
    return access.one_register(SYSTEM, subject).noun


def _noun_of_projects(subject: int) -> str:
    return access.one_project_list(SYSTEM, subject).noun


def _percent(subject: int) -> str:
    return "%"


SOURCES = (
    Source(
        code="registers.coverage",
        title=_("Coverage of a register: members that have all that is required"),
        measure=_percent,
        subjects=_registers,
        read=_of_register(_coverage),
    ),
    Source(
        code="registers.count",
        title=_("Number of members of a register"),
        measure=_noun_of_register,
        subjects=_registers,
        read=_of_register(_count),
    ),
    Source(
        code="registers.projects_done",
        title=_("Projects of a list done so far"),
        measure=_noun_of_projects,
        subjects=_project_lists,
        read=_of_projects(_done),
    ),
    Source(
        code="registers.projects_done_in_period",
        title=_("Projects of a list done in the period"),
        measure=_noun_of_projects,
        subjects=_project_lists,
        read=_of_projects(_done_in_period),
    ),
    Source(
        code="registers.projects_share",
        title=_("Share of the projects of a list that are done"),
        measure=_percent,
        subjects=_project_lists,
        read=_of_projects(_share),
    ),
    Source(
        code="registers.effect",
        title=_("Change of what was measured at the projects of a list that are done"),
        measure=_percent,
        subjects=_project_lists,
        read=_of_projects(_effect),
    ),
)
