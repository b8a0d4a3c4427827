"""What a light and a forecast say, in one sentence: every code of `cores.series` is worded here alone.

Numbers are exact until they are printed. They get the decimals of what was promised and reported, at most
two; more only where two numbers would else print the same although one falls short of the other.
"""

from __future__ import annotations

from datetime import date, timedelta
from fractions import Fraction
from typing import TYPE_CHECKING, cast

from django.utils.functional import Promise
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _

from chuangwen.cores.series.forecasts import Forecast, NoForecast
from chuangwen.cores.series.kinds import Kind, Lamp
from chuangwen.kit import formats

from .rules.amounts import decimal

if TYPE_CHECKING:
    from chuangwen.cores.series.course import Aim

    from .queries.judging import Judged
    from .rules.seen import Tally

LAMPS = {
    Lamp.GO: _("on course"),
    Lamp.NEAR: _("near"),
    Lamp.LATE: _("behind"),
    Lamp.NONE: _("no data"),
}
# The word beside the lamp where it says more than the lamp's own.
WORDS = {
    "reached": _("target reached"),
    "done": _("completed"),
    "done_late": _("done late"),
    "breach": _("breach"),
    "not_reached": _("not reached"),
    "missed": _("missed"),
    "not_begun": _("not begun"),
    "not_due": _("not due yet"),
    "not_entered": _("not issued yet"),
    "no_number": _("no number set"),
    "base_missing": _("base missing"),
    "gaps": _("reports lacking"),
    "parts_missing": _("incomplete"),
    "not_judged": _("not judged yet"),
    "class_unknown": _("to be checked"),
}
# By code and by what kind of target it is: "sinks" (less is better), "class", "milestone", "equal" (just what
# must be exceeded), "partly" (some units are lacking), "bare" (numbers of the usual sentence are not there).
SAID: dict[tuple[str, str], Promise] = {
    ("reached", ""): _("%(aim)s asked by %(by)s, %(reached)s reached"),
    ("reached", "sinks"): _("no more than %(aim)s asked by %(by)s, %(reached)s now"),
    ("reached", "class"): _("%(asked)s asked by %(by)s, %(word)s now"),
    ("on_course", ""): _("%(due)s due %(when)s, %(reached)s reached"),
    ("on_course", "sinks"): _("no more than %(due)s due %(when)s, %(reached)s now"),
    ("on_course", "bare"): _("%(aim)s asked by %(by)s, %(reached)s reached"),
    ("held", ""): _("%(due)s to be kept, %(reached)s now"),
    ("held", "sinks"): _("no more than %(due)s allowed, %(reached)s now"),
    ("held", "class"): _("%(asked)s to be kept, %(word)s now"),
    ("held_again", ""): _(
        "%(due)s to be kept, %(reached)s now; below it %(dips)s times, the last time for %(days)s days "
        "from %(first)s, down to %(lowest)s"
    ),
    ("held_again", "sinks"): _(
        "no more than %(due)s allowed, %(reached)s now; above it %(dips)s times, the last time for "
        "%(days)s days from %(first)s, up to %(lowest)s"
    ),
    ("done", ""): _("done by %(as_of)s, due by %(by)s"),
    ("done_late", ""): _("done by %(as_of)s, %(late)s days after it was due (%(by)s)"),
    ("behind", ""): _("%(due)s due %(when)s, %(reached)s reached, %(gap)s behind"),
    ("behind", "sinks"): _("no more than %(due)s due %(when)s, %(reached)s now, %(gap)s too much"),
    ("behind", "class"): _("%(asked)s asked by %(by)s, %(word)s in the last report"),
    ("due_soon", ""): _("%(aim)s due by %(by)s, %(reached)s reached, %(gap)s to go"),
    ("due_soon", "sinks"): _("no more than %(aim)s due by %(by)s, %(reached)s now, %(gap)s too much"),
    ("due_soon", "equal"): _("more than %(aim)s due by %(by)s, %(reached)s reached"),
    ("due_soon", "equal sinks"): _("less than %(aim)s due by %(by)s, %(reached)s now"),
    ("due_soon", "class"): _("%(asked)s due by %(by)s, %(word)s now"),
    ("due_soon", "milestone"): _("due by %(by)s, not done yet"),
    ("over_pace", ""): _(
        "at most %(aim)s by %(by)s; in step with that are %(due)s %(when)s, and there are %(reached)s, "
        "%(gap)s too many"
    ),
    ("dip", ""): _("%(due)s to be kept, %(reached)s now, %(gap)s short"),
    ("dip", "sinks"): _("no more than %(due)s allowed, %(reached)s now, %(gap)s too much"),
    ("dip", "class"): _("%(asked)s to be kept, %(word)s now"),
    ("dip", "equal"): _("more than %(due)s to be kept, %(reached)s now"),
    ("dip", "equal sinks"): _("less than %(due)s to be kept, %(reached)s now"),
    ("grew", ""): _("no more than %(due)s allowed, %(reached)s now, %(gap)s too much"),
    ("above_range", ""): _("%(aim)s to %(upper)s asked, %(reached)s reached, above the range"),
    ("breach", ""): _("%(aim)s assured by %(by)s, %(reached)s reached, %(gap)s short: a breach"),
    ("breach", "sinks"): _(
        "no more than %(aim)s assured by %(by)s, %(reached)s reached, %(gap)s too much: a breach"
    ),
    ("breach", "class"): _("%(asked)s assured by %(by)s, %(word)s reached: a breach"),
    ("breach", "milestone"): _("assured by %(by)s, not done yet: a breach"),
    ("breach", "equal"): _("more than %(aim)s assured by %(by)s, %(reached)s reached: a breach"),
    ("breach", "equal sinks"): _("less than %(aim)s assured by %(by)s, %(reached)s reached: a breach"),
    ("not_reached", ""): _("%(aim)s striven for by %(by)s, %(reached)s reached, %(gap)s short: not reached"),
    ("not_reached", "sinks"): _(
        "no more than %(aim)s striven for by %(by)s, %(reached)s reached, %(gap)s too much: not reached"
    ),
    ("not_reached", "class"): _("%(asked)s striven for by %(by)s, %(word)s reached: not reached"),
    ("not_reached", "milestone"): _("striven for by %(by)s, not done yet: not reached"),
    ("not_reached", "equal"): _("more than %(aim)s striven for by %(by)s, %(reached)s reached: not reached"),
    ("not_reached", "equal sinks"): _(
        "less than %(aim)s striven for by %(by)s, %(reached)s reached: not reached"
    ),
    ("missed", ""): _("%(aim)s due by %(by)s, %(reached)s reached, %(gap)s short"),
    ("missed", "sinks"): _("no more than %(aim)s due by %(by)s, %(reached)s reached, %(gap)s too much"),
    ("missed", "class"): _("%(asked)s due by %(by)s, %(word)s reached"),
    ("missed", "milestone"): _("due by %(by)s, past that day and not done yet"),
    ("missed", "equal"): _("more than %(aim)s due by %(by)s, %(reached)s reached"),
    ("missed", "equal sinks"): _("less than %(aim)s due by %(by)s, %(reached)s reached"),
    ("judged", ""): _("judged by a person on %(as_of)s: %(lamp)s"),
    ("not_begun", ""): _("the plan begins on %(begins)s"),
    ("not_due", ""): _("nothing is due before %(by)s; %(reached)s reached"),
    ("not_due", "bare"): _("nothing is due before %(by)s"),
    ("not_due", "milestone"): _("due by %(by)s, not done yet"),
    ("not_due", "class"): _("%(asked)s due by %(by)s, %(word)s now"),
    ("not_due", "ended"): _("nothing is due this year"),
    ("not_entered", ""): _("the number is issued from above and has not been entered yet"),
    ("no_number", ""): _("no number was set, so nothing is judged"),
    ("base_missing", ""): _("the base is missing, so the change cannot be told"),
    ("no_data", ""): _("%(due)s due %(when)s, nothing reported; that does not count as zero"),
    ("no_data", "partly"): _(
        "%(due)s due %(when)s; only %(have)s of %(expected)s units have given a number, so the whole "
        "cannot be told"
    ),
    ("no_data", "partly bare"): _(
        "only %(have)s of %(expected)s units have given a number, so the whole cannot be told"
    ),
    ("no_data", "bare"): _("nothing reported yet; that does not count as zero"),
    ("gaps", ""): _("%(gaps)s reports are lacking, so the total cannot be told; %(reached)s at least"),
    ("gaps", "bare"): _("%(gaps)s reports are lacking, so the total cannot be told"),
    ("parts_missing", ""): _("%(missing)s units have given no number"),
    ("parts_missing", "bare"): _("no unit has given a number"),
    ("not_judged", ""): _("nobody has judged it yet"),
    ("class_unknown", ""): _("the class asked for is not known here"),
    ("class_unknown", "class"): _("“%(word)s” is no class that is known here"),
}
CHANCES = {
    "likely": _("likely to be reached"),
    "at_risk": _("at risk"),
    "unlikely": _("unlikely to be reached"),
}
OUTLOOKS = CHANCES | {"unknown": _("cannot be foreseen")}
NO_FORECAST = {
    "not_begun": _("no forecast before the plan begins"),
    "past_deadline": _("no forecast: the deadline is past"),
    "no_number": _("no forecast: nothing is promised in numbers"),
    "not_entered": _("no forecast before the number from above is entered"),
    "base_missing": _("no forecast without the base"),
    "gaps": _("no forecast while reports are lacking"),
    "parts_missing": _("no forecast while a unit has given no number"),
    "too_few_points": _("no forecast: %(points)s reports of the %(needed)s that it takes"),
}
METHODS = {
    "theil_sen_count": _("robust trend (Theil–Sen) of the running total, from what is counted"),
    "theil_sen_level": _("robust trend (Theil–Sen) of what was there on each day"),
}
SETTLED = {"reached", "done", "done_late", "breach", "not_reached", "missed", "not_begun"}
POINTS = {"%": _("percentage points"), "％": _("percentage points"), "‰": _("per mille points")}
SIGNS = {">=": "≥", "<=": "≤", "=": "=", ">": ">", "<": "<"}
MOST_PLACES = 6
FRESH = timedelta(days=31)  # of what is older it is said of which day it is


def word(judged: Judged) -> str:
    """The word beside the lamp."""
    code = "parts_missing" if _partly(judged) else judged.light.code
    return str(WORDS.get(code) or LAMPS[judged.light.lamp])


def unit_word(judged: Judged) -> str:
    """The word beside the lamp of a single unit, to which nothing may have been allotted."""
    if judged.light.code == "no_number":
        return gettext("no target of its own")
    return word(judged)


def plan_words(found: Tally) -> str:
    """How a plan stands today, and what it will come to."""
    if not found.judged:
        return gettext("Of %(total)s indicators none can be judged today.") % {"total": found.total}
    now = gettext(
        "Of %(total)s indicators %(judged)s can be judged today: %(go)s on course, %(near)s near, "
        "%(late)s behind."
    )
    then = gettext(
        "As things go, %(from)s will be reached in time, %(unlikely)s are unlikely, and of %(unknown)s "
        "nothing can be foreseen."
    )
    sure, perhaps = found.likely, found.perhaps
    counts = {
        "total": found.total,
        "judged": found.judged,
        "go": found.go,
        "near": found.near,
        "late": found.late,
        "from": f"{sure}–{perhaps}" if perhaps > sure else str(sure),
        "unlikely": found.unlikely,
        "unknown": found.unknown,
    }
    return gettext("%(now)s %(then)s") % {"now": now % counts, "then": then % counts}


def sentence(judged: Judged, *, names: bool = False, today: date | None = None) -> str:
    """How it stands and what will be, in one sentence. `names` says which units fall short, else how many.

    `today` is the reader's, where it was judged as of another day.
    """
    said = light_words(judged, names=names, today=today)
    forecast = judged.forecast
    foreseen = isinstance(forecast, Forecast) or forecast.code == "too_few_points"
    if not foreseen or judged.light.code in SETTLED or judged.light.lamp is Lamp.NONE:
        return gettext("%(said)s.") % {"said": _capital(said)}
    return gettext("%(said)s; %(foreseen)s.") % {"said": _capital(said), "foreseen": forecast_words(judged)}


def light_words(judged: Judged, *, names: bool = False, today: date | None = None) -> str:
    """Why the lamp is as it is, without a full stop."""
    light = judged.light
    params = _params(judged, today or judged.today)
    variant = _variant(judged)
    fitting = (SAID.get((light.code, one)) for one in (variant, variant.rpartition(" ")[2], ""))
    wanted = next(one for one in fitting if one is not None)
    clauses = [str(wanted) % params, *_more(judged, names)]
    return gettext("; ").join(clause for clause in clauses if clause)


def forecast_words(judged: Judged) -> str:
    """What will be at the deadline, or why that cannot be said; without a full stop."""
    found = judged.forecast
    if isinstance(found, NoForecast):
        return str(NO_FORECAST[found.code]) % found.params
    verb = (
        gettext("at the pace of the last %(points)s reports about %(amount)s by %(by)s, %(chance)s")
        if judged.course.accrues
        else gettext("by the trend of the last %(points)s reports about %(amount)s by %(by)s, %(chance)s")
    )
    said = verb % {
        "points": found.points,
        "amount": interval(judged),
        "by": by(found.by),
        "chance": str(CHANCES[found.chance]),
    }
    if found.months_late and found.reaches_on:
        late = ngettext(
            ", reached in %(month)s, %(n)s month late",
            ", reached in %(month)s, %(n)s months late",
            found.months_late,
        )
        said += late % {"month": formats.month(found.reaches_on), "n": found.months_late}
    return said


def interval(judged: Judged) -> str:
    """The forecast with its interval and unit: 67 (48–84) 条; "" where there is none."""
    found = judged.forecast
    if isinstance(found, NoForecast):
        return ""
    digits = places(judged)
    value, low, high = (formats.number(decimal(one, digits)) for one in (found.value, found.low, found.high))
    unit = judged.promise.row.unit_of_measure
    if low == high:
        return amount(judged, found.value)
    said = gettext("%(value)s (%(low)s–%(high)s) %(unit)s")
    return (said % {"value": value, "low": low, "high": high, "unit": unit}).strip()


def amount(judged: Judged, value: Fraction | None) -> str:
    """A number of this indicator with its unit, rounded once."""
    return formats.quantity(decimal(value, places(judged)), judged.promise.row.unit_of_measure)


def aim(judged: Judged) -> str:
    """What is promised at the end: ≥ 120 条, 2–3 家, or the words of it; a dash where nothing is."""
    if not judged.course.ordered:
        return formats.MISSING
    last = judged.course.ordered[-1]
    if last.value is None:
        return judged.promise.row.words or formats.MISSING
    if last.upper is not None:
        return f"{formats.number(decimal(last.value))}–{amount(judged, last.upper)}"
    return f"{SIGNS[last.comparator]} {amount(judged, last.value)}"


def by(day: date) -> str:
    """A deadline: 2023 年底, 2023 年 6 月底, or the day itself."""
    if (day.month, day.day) == (12, 31):
        return formats.deadline(f"{day.year}")
    if (date.fromordinal(day.toordinal() + 1)).day == 1:
        return formats.deadline(f"{day:%Y-%m}")
    return formats.day(day)


def _variant(judged: Judged) -> str:
    """Which of the sentences of the code fits."""
    light, course = judged.light, judged.course
    params = light.params
    if Kind.MILESTONE in course.kinds:
        return "milestone"
    if Kind.ORDERED_CLASS in course.kinds:
        return "class" if "word" in params else "bare"
    if light.code == "parts_missing":
        return "" if params.get("missing") else "bare"
    if light.code == "not_due" and "by" not in params:
        return "ended"
    if light.code in {"not_due", "gaps"} and light.reached is None:
        return "bare"
    if _partly(judged):
        return "partly" if light.due is not None else "partly bare"
    if light.code in {"on_course", "no_data"} and light.due is None:
        return "bare"
    equal = "equal" if params.get("gap") == 0 else ""
    sinks = "sinks" if course.sinks else ""
    return " ".join(filter(None, [equal, sinks]))


def _partly(judged: Judged) -> bool:
    """Whether only some of the units that make up the city's value have given one."""
    last = judged.last
    return bool(judged.light.code == "no_data" and last and last.have and last.have != last.expected)


def _params(judged: Judged, today: date) -> dict[str, str]:
    light, course = judged.light, judged.course
    params = light.params
    on = cast(date, params.get("on", judged.today))
    as_of, deadline = cast(date | None, params.get("as_of")), cast(date | None, params.get("by"))
    found = {
        "due": amount(judged, light.due),
        "reached": _reached(judged),
        "aim": amount(judged, cast(Fraction | None, params.get("aim"))),
        "gap": _gap(judged),
        "lowest": amount(judged, cast(Fraction | None, params.get("lowest"))),
        "by": by(deadline) if deadline else formats.MISSING,
        "as_of": formats.day(as_of),
        "first": formats.day(cast(date | None, params.get("first"))),
        "begins": formats.day(course.begins),
        "when": gettext("today") if on == today else gettext("on %(day)s") % {"day": formats.day(on)},
        "asked": str(params.get("asked", "")),
        "word": str(params.get("word", "")),
        "lamp": str(LAMPS[light.lamp]),
        "dips": str(params.get("dips", "")),
        "days": str(params.get("days", "")),
        "gaps": str(len(cast(tuple[date, ...], params.get("gaps", ())))),
        "missing": str(len(cast(tuple[str, ...], params.get("missing", ())))),
    }
    if as_of and deadline:
        found["late"] = str((as_of - deadline).days)
    last = judged.last
    if last and last.expected:
        found |= {"have": str(last.have), "expected": str(last.expected)}
    aim = _aim(judged, deadline)
    upper = course.upper_end(aim, judged.thresholds.about_pct) if aim else None
    return found | {"upper": amount(judged, upper)}


def _aim(judged: Judged, deadline: date | None) -> Aim | None:
    return next((aim for aim in judged.course.ordered if aim.by == deadline), None)


def _reached(judged: Judged) -> str:
    """What is reached; of several units that of the one that is furthest behind."""
    said = amount(judged, judged.light.reached)
    if "whole" not in judged.light.params:
        return said
    worst = gettext("%(amount)s (the highest)") if judged.course.sinks else gettext("%(amount)s (the lowest)")
    return worst % {"amount": said}


def _gap(judged: Judged) -> str:
    unit = judged.promise.row.unit_of_measure
    value = decimal(cast(Fraction | None, judged.light.params.get("gap")), places(judged))
    return formats.quantity(value, str(POINTS.get(unit, unit)))


def _more(judged: Judged, names: bool) -> list[str]:
    """What else must be known: since when, who falls short, who gave nothing, how old the number is."""
    light, params = judged.light, judged.light.params
    said = []
    if light.code == "dip" and "first" in params:
        since = gettext("for %(days)s days, since %(first)s")
        said.append(since % {"days": params["days"], "first": formats.day(cast(date, params["first"]))})
    if light.named:
        said.append(
            gettext("short of it: %(names)s") % {"names": "、".join(light.named)}
            if names
            else ngettext("%(n)s unit short of it", "%(n)s units short of it", len(light.named))
            % {"n": len(light.named)}
        )
    missing = cast(tuple[str, ...], params.get("missing", ()))
    if missing and names:
        said.append(gettext("no number from %(names)s") % {"names": "、".join(missing)})
    elif missing and light.code != "parts_missing":
        said.append(
            ngettext("no number from %(n)s unit", "no number from %(n)s units", len(missing))
            % {"n": len(missing)}
        )
    gaps = cast(tuple[date, ...], params.get("gaps", ()))
    if gaps and light.code != "gaps":
        said.append(
            ngettext("%(n)s report is lacking", "%(n)s reports are lacking", len(gaps)) % {"n": len(gaps)}
        )
    last = judged.last
    if last and last.expected and last.have != last.expected and not _partly(judged):
        partly = gettext("in the last period %(have)s of %(expected)s units have given a number")
        said.append(partly % {"have": last.have, "expected": last.expected})
    whole = cast(Fraction | None, params.get("whole"))
    if whole is not None:
        said.append(gettext("%(whole)s on the whole") % {"whole": amount(judged, whole)})
    as_of = cast(date | None, params.get("as_of"))
    until = min(cast(date, params.get(name, date.max)) for name in ("on", "by"))
    if as_of and light.reached is not None and as_of + FRESH < until < date.max:
        said.append(gettext("data as of %(day)s") % {"day": formats.day(as_of)})
    return said


def places(judged: Judged) -> int:
    """Decimals of what was promised and reported, at most two; more where a gap would print as none."""
    light, course = judged.light, judged.course
    stated = [aim.value for aim in course.aims] + [aim.upper for aim in course.aims]
    stated += [course.baseline, light.reached, cast(Fraction | None, light.params.get("whole"))]
    places = max((_needed(value) for value in stated if value is not None), default=0)
    gap = light.params.get("gap")
    if not isinstance(gap, Fraction) or gap == 0 or light.reached is None:
        return places
    goal = cast(Fraction, light.params.get("aim")) if light.code in SETTLED | {"due_soon"} else light.due
    while places < MOST_PLACES and decimal(goal, places) == decimal(light.reached, places):
        places += 1
    return places


def _needed(value: Fraction) -> int:
    return next((places for places in (0, 1) if (value * 10**places).denominator == 1), 2)


def _capital(said: str) -> str:
    return said[:1].upper() + said[1:]
