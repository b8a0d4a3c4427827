"""The lamp of an indicator today, with the reason as a code and its parameters.

Green: `reached` what is promised at the end, `on_course` with what is due today, `held`, `held_again` (after
a dip), `done`, `done_late`. Yellow or red: `behind` what is due, `due_soon` without a path, `over_pace` of a
ceiling, `dip` below what is to be held, `grew`, `above_range`; past the deadline `breach` (确保),
`not_reached` (力争), `missed` (neither word). Any of the three: `judged`. No light: `not_begun`, `not_due`,
`not_entered`, `no_number`, `base_missing`, `no_data`, `gaps`, `parts_missing`, `not_judged`, `class_unknown`.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from fractions import Fraction

from .course import USUAL, Aim, Course, Reading, Thresholds
from .kinds import Change, Kind, Lamp, Shape
from .legs import aims_of_year
from .paths import aim_on, due_on
from .standing import history, in_order, standing

DONE = "done"
ZERO = Fraction(0)
_MISSED = {"mandatory": "breach", "stretch": "not_reached"}


@dataclass(frozen=True, kw_only=True)
class Light:
    """`due` today and `reached`; `named` are the parts that fall short, the worst first.

    `params`, each only where it applies: `on` the day judged; `as_of` the day of the last report; `by`, `aim`
    the day and value worked towards, or missed; `gap` what is lacking of what is due (or was promised),
    `share` the part of the progress due that is made; `whole` the value beside the worst part; `missing`
    parts without a value; `gaps` days whose reports are lacking; `dips` how often it fell below, and of the
    last time `first` and `last` day, `days`, `lowest`; `asked` and `word` of classes.
    """

    lamp: Lamp
    code: str
    due: Fraction | None = None
    reached: Fraction | None = None
    params: Mapping[str, object] = field(default_factory=dict)
    named: tuple[str, ...] = ()


def light(course: Course, readings: Sequence[Reading], today: date, thresholds: Thresholds = USUAL) -> Light:
    """The light of a course today. Readings come in any order; those after today do not count.

    A stretch goal never burns red. A deadline is missed only once it is past and a report for it is in.
    """
    if today < course.begins:
        return Light(lamp=Lamp.NONE, code="not_begun", params={"on": today})
    kept = in_order(course, readings, today)
    if Kind.JUDGED in course.kinds:
        return _judged(kept)
    if Kind.MILESTONE in course.kinds:
        return _milestone(course, kept, today, thresholds)
    if Kind.ORDERED_CLASS in course.kinds:
        return _classed(course, kept, today, thresholds)
    return _Number(course, kept, today, thresholds).light()


def lacking(number: str, on: date | None, has_file: bool) -> tuple[str, ...]:
    """What a milestone still needs: it is open until number, date and file are in, then done."""
    there = {"number": bool(number.strip()), "date": on is not None, "file": has_file}
    return tuple(name for name, given in there.items() if not given)


def attained(found: Light) -> Fraction | None:
    """How far what is due is attained, from 0 to 1; None where that cannot be said or nothing is due yet.

    What is there counts in full, however much it exceeds. What has no share counts only when it is there.
    """
    if found.lamp is Lamp.NONE or found.code == "due_soon":
        return None
    if found.lamp is Lamp.GO or found.code == "above_range":
        return Fraction(1)
    share = found.params.get("share")
    return min(max(share, ZERO), Fraction(1)) if isinstance(share, Fraction) else ZERO


def _judged(kept: Sequence[Reading]) -> Light:
    for reading in reversed(kept):
        if reading.word in {Lamp.GO, Lamp.NEAR, Lamp.LATE}:
            return Light(lamp=Lamp(reading.word), code="judged", params={"as_of": reading.on})
    return Light(lamp=Lamp.NONE, code="not_judged")


def _milestone(course: Course, kept: Sequence[Reading], today: date, thresholds: Thresholds) -> Light:
    """Open or done, nothing between; done since the first of the reports that say so without a break."""
    by = course.ordered[-1].by if course.aims else course.ends
    done: date | None = None
    for reading in kept:
        if reading.word == DONE:
            done = done or reading.on
        elif reading.word:
            done = None
    if done is None:
        return _open(course, by, today, thresholds, {"by": by}, settled=True)
    code = "done" if done <= by else "done_late"
    return Light(lamp=Lamp.GO, code=code, params={"as_of": done, "by": by})


def _classed(course: Course, kept: Sequence[Reading], today: date, thresholds: Thresholds) -> Light:
    aim = aim_on(course, today)
    if aim is None or aim.word not in course.classes:
        code = "not_entered" if Kind.FROM_ABOVE in course.kinds else "class_unknown"
        return Light(lamp=Lamp.NONE, code=code)
    params: dict[str, object] = {"by": aim.by, "asked": aim.word}
    last = next((reading for reading in reversed(kept) if reading.word), None)
    if last is None:
        return Light(lamp=Lamp.NONE, code="no_data", params=params)
    params |= {"as_of": last.on, "word": last.word}
    if last.word not in course.classes:
        return Light(lamp=Lamp.NONE, code="class_unknown", params=params)
    asked = course.classes.index(aim.word)

    def there(word: str) -> bool:
        return word in course.classes and course.classes.index(word) < asked + (not aim.strict)

    if there(last.word):
        return Light(lamp=Lamp.GO, code="held" if course.held else "reached", params=params)
    if course.held and today <= aim.by:
        return Light(lamp=_late(course), code="dip", params=params)
    final = next((reading.word for reading in kept if reading.word and reading.on >= aim.by), None)
    settled = final is not None and not there(final)
    return _open(course, aim.by, today, thresholds, params, settled=settled)


def _open(
    course: Course,
    by: date,
    today: date,
    thresholds: Thresholds,
    params: Mapping[str, object],
    *,
    settled: bool,
) -> Light:
    """What has no path and is not there yet. `settled`: once its day is past, what is known is final."""
    if today > by:
        return Light(lamp=_late(course), code=_miss(course) if settled else "behind", params=params)
    if (by - today).days <= thresholds.near_days:
        return Light(lamp=Lamp.NEAR, code="due_soon", params=params)
    return Light(lamp=Lamp.NONE, code="not_due", params=params)


def _late(course: Course) -> Lamp:
    return Lamp.NEAR if course.strength == "stretch" else Lamp.LATE


def _miss(course: Course) -> str:
    return _MISSED.get(course.strength, "missed")


def _answered(reading: Reading) -> bool:
    return reading.value is not None or any(value is not None for value in reading.parts.values())


class _Number:
    """The judgement of one number: who reads it needs `light` only."""

    def __init__(self, course: Course, kept: Sequence[Reading], today: date, thresholds: Thresholds) -> None:
        self.course, self.kept, self.today, self.thresholds = course, kept, today, thresholds
        self.nothing_new = Kind.NO_GROWTH in course.kinds
        self.falls = course.sinks
        self.day = self._day()
        self.aim = aim_on(course, self.day)
        self.due = due_on(course, self.day)
        self.stand = stand = standing(course, kept, self.day)
        self.value = ZERO
        self.reached, self.as_of = stand.value, stand.as_of
        self.params: dict[str, object] = {"on": self.day}
        if self.aim is not None:
            self.params |= {"by": self.aim.by, "aim": self.aim.value}
        self.known = {name: value for name, value in stand.parts.items() if value is not None}
        if self.known:
            self.params["whole"] = stand.value
            self.reached = max(self.known.values()) if self.falls else min(self.known.values())
            self.as_of = next(reading.on for reading in reversed(kept) if reading.parts)
        if len(self.known) < len(stand.parts):
            self.params["missing"] = tuple(name for name, value in stand.parts.items() if value is None)
        if self.as_of is not None:
            self.params["as_of"] = self.as_of
        self.gaps = () if self.known else stand.gaps
        if self.gaps:
            self.params["gaps"] = self.gaps

    def light(self) -> Light:
        refused = self._refused()
        if refused is not None or self.reached is None:
            return self._shown(Lamp.NONE, refused or "no_data")
        self.value = self.reached
        found = self._judged()
        if found.lamp is Lamp.GO and "missing" in self.params:
            return replace(found, lamp=Lamp.NONE, code="parts_missing")
        return found

    def _day(self) -> date:
        """The day that is judged: today, or that of the last report where reports may lag."""
        day = self.today
        if self.thresholds.lag_days:
            last = next((reading.on for reading in reversed(self.kept) if _answered(reading)), None)
            if last is not None and (day - last).days <= self.thresholds.lag_days:
                day = last
        return min(day, self.course.close) if self.course.yearly else day

    def _refused(self) -> str | None:
        """Why there is no light."""
        course, kinds = self.course, self.course.kinds
        if self.nothing_new:
            if self.due is None:
                return "base_missing"
        elif self.aim is None:
            return "not_due" if course.aims else "no_number"
        elif self.aim.value is None:
            return "not_entered" if Kind.FROM_ABOVE in kinds else "no_number"
        if Kind.AGAINST_BASE in kinds and self._lacks_base():
            return "base_missing"
        if not self.known and (self.stand.parts or (Kind.PER_AREA in kinds and self.kept)):
            return "parts_missing"
        return "gaps" if self.reached is None and self.gaps else None

    def _lacks_base(self) -> bool:
        course = self.course
        of_last_year = (
            course.change is not Change.NONE and course.yearly and self.day.year > course.begins.year
        )
        return self.stand.base_missing or (course.baseline is None and not of_last_year)

    def _judged(self) -> Light:
        due = self.due
        if self.gaps and (due is None or self._meets(due) is self.falls):  # what is lacking may turn it
            return self._shown(Lamp.NONE, "gaps")
        missed = self._missed()
        if missed is not None and missed.value is not None:
            self.params |= {"by": missed.by, "aim": missed.value}
            return self._short(_late(self.course), _miss(self.course), missed.value)
        if due is not None and (self.course.held or self.nothing_new):
            return self._held(due)
        if due is not None and self.falls and self.course.accrues:
            return self._under_ceiling(due)
        upper = self.course.upper_end(self.aim, self.thresholds.about_pct) if self.aim else None
        if upper is not None and self.value > upper:
            return self._shown(Lamp.NEAR, "above_range")
        if due is not None and not self._meets(due):
            return self._short(None, "behind", due)
        return self._in_time()

    def _missed(self) -> Aim | None:
        """The last aim whose day is past and reported on, if it was missed; a ceiling once it is exceeded.

        What was there at its deadline and fell back since is behind, but was not missed.
        """
        if self.nothing_new or self.as_of is None:
            return None
        aims: Sequence[Aim] = self.course.ordered
        if self.course.yearly:
            aims = aims_of_year(self.course, self.day.year)
        for aim in reversed(aims):
            final = aim.by < self.today and self.as_of >= aim.by
            if aim.value is not None and (final or (self.falls and self.course.accrues)):
                there = self._meets(aim.value, strict=aim.strict) or self._was_there(aim, aim.value)
                return None if there else aim
        return None

    def _was_there(self, aim: Aim, goal: Fraction) -> bool:
        """Whether the first report of the deadline or after it was as good as promised."""
        if self.course.accrues:
            return False
        values = history(self.course, self.kept)
        first = next((value for on, value in values if on >= aim.by), None)
        return first is not None and self._meets(goal, strict=aim.strict, value=first)

    def _held(self, due: Fraction) -> Light:
        """Owed on every day: whether it is there now, and when it was not."""
        dipped = not self.course.accrues and self._dipped()
        if self._meets(due, strict=self.aim is not None and self.aim.strict):
            return self._shown(Lamp.GO, "held_again" if dipped else "held")
        return self._short(None, "grew" if self.nothing_new else "dip", due)

    def _dipped(self) -> bool:
        """Whether it ever fell below; how often, and from when to when the last time."""
        dips: list[list[tuple[date, Fraction]]] = []
        ended: date | None = self.day
        for on, value in history(self.course, self.kept):
            due = due_on(self.course, on)
            if due is None or self._meets(due, value=value):
                ended = ended or on
                continue
            if ended is not None:
                dips.append([])
            dips[-1].append((on, value))
            ended = None
        if not dips:
            return False
        first, last = dips[-1][0][0], ended or self.day
        lowest = (max if self.falls else min)(value for _, value in dips[-1])
        self.params |= {"dips": len(dips), "first": first, "last": last, "days": (last - first).days}
        self.params["lowest"] = lowest
        return True

    def _under_ceiling(self, due: Fraction) -> Light:
        """A ceiling on what adds up: more than its share so far is a warning, for it can still be kept."""
        if not self._meets(due):
            return self._short(Lamp.NEAR, "over_pace", due)
        over = self.aim is not None and self.as_of is not None and self.aim.by <= self.as_of
        return self._shown(Lamp.GO, "reached" if over else "on_course")

    def _in_time(self) -> Light:
        """All that is due today is there. Without a path it is due soon, or not yet."""
        aims: Sequence[Aim] = self.course.ordered
        if self.course.yearly:
            aims = aims_of_year(self.course, self.day.year)
        if aims[-1].value is not None and self._meets(aims[-1].value, strict=aims[-1].strict):
            return self._shown(Lamp.GO, "reached")
        aim = self.aim
        if aim is not None and aim.value is not None and not self._meets(aim.value, strict=aim.strict):
            pathless = self.due is None or self.course.shape is Shape.STEPWISE
            if pathless and 0 <= (aim.by - self.today).days <= self.thresholds.near_days:
                return self._short(Lamp.NEAR, "due_soon", aim.value)
            if self.due is None:
                return self._shown(Lamp.NONE, "not_due")
        return self._shown(Lamp.GO, "on_course")

    def _meets(self, goal: Fraction, *, strict: bool = False, value: Fraction | None = None) -> bool:
        """Whether what is reached, or another value, is as good as a goal."""
        value = self.value if value is None else value
        return self.course.meets(value, goal, strict=strict, about_pct=self.thresholds.about_pct)

    def _share(self, due: Fraction) -> Fraction | None:
        """How much is made of the progress that is due, from the start of the path where it has one.

        Otherwise what is reached of what is due, turned round for what should fall; None where that is none.
        """
        course, reached = self.course, self.value
        start = None
        if course.change is not Change.NONE:
            start = ZERO
        elif course.baseline is not None and not (course.accrues or course.held or self.nothing_new):
            start = course.legs[0].start
        if start is not None and due != start and (due < start) is self.falls:
            return (reached - start) / (due - start)
        part, whole = (due, reached) if self.falls else (reached, due)
        return part / whole if whole > 0 else None

    def _short(self, lamp: Lamp | None, code: str, goal: Fraction) -> Light:
        """What is lacking of a goal, and which parts lack it. Without a lamp, the share attained decides."""
        share = self._share(goal)
        if lamp is None:
            near = share is not None and share * 100 >= self.thresholds.near_pct
            lamp = Lamp.NEAR if near else _late(self.course)
        self.params |= {"gap": abs(goal - self.value), "share": share}
        short = [(value, name) for name, value in self.known.items() if not self._meets(goal, value=value)]
        short.sort(key=lambda part: (-part[0] if self.falls else part[0], part[1]))
        return self._shown(lamp, code, tuple(name for _, name in short))

    def _shown(self, lamp: Lamp, code: str, named: tuple[str, ...] = ()) -> Light:
        return Light(
            lamp=lamp, code=code, due=self.due, reached=self.reached, params=self.params, named=named
        )
