"""Measures the progress of a plan: 2,000 units × 120 indicators × 36 months on PostgreSQL, a tenth on SQLite.

`python -m benchmarks.progress` takes the database of CHUANGWEN_DATABASE, else SQLite in a temporary
directory: how long opening a period takes, the full recomputation of the city's values (reads and writes
in the database) beside the same roll-up in pandas, which reads and writes the same tables, the forecasts,
and what the office's overview and the page of a unit cost compared with a page that has nothing on it.
"""

import gc
import os
import tempfile
import time
from collections.abc import Callable, Iterator
from datetime import date, datetime, timedelta
from functools import partial
from pathlib import Path
from statistics import median, quantiles
from typing import Any

INDICATORS, MONTHS = 120, 36
UNITS = {"postgresql": 2000, "sqlite": 200}
FIRST_YEAR = 2021
TODAY = date(2023, 12, 15)
TIMES = 40
P95_AT_MOST = 0.2
ROWS_AT_ONCE = 20_000


def main() -> None:
    with tempfile.TemporaryDirectory() as folder:
        os.environ["CHUANGWEN_DATA"] = folder
        os.environ["CHUANGWEN_TODAY"] = TODAY.isoformat()
        os.environ["DJANGO_SETTINGS_MODULE"] = "chuangwen.site.settings"
        import django

        django.setup()
        from django.db import connection

        if connection.vendor == "sqlite":
            connection.settings_dict["TEST"]["NAME"] = str(Path(folder) / "bench.sqlite3")
        connection.creation.create_test_db(verbosity=0, autoclobber=True)
        try:
            measure(UNITS[connection.vendor])
        finally:
            connection.close()
            connection.creation.destroy_test_db(str(connection.settings_dict["NAME"]), verbosity=0)


def measure(units: int) -> None:
    from django.db import connection

    from chuangwen.kit import clock
    from chuangwen.orgs.rules import Role
    from chuangwen.orgs.testing import seat
    from chuangwen.progress import actions
    from chuangwen.progress.models import Beat, Following
    from chuangwen.progress.rules.rhythm import Every

    print(f"{connection.vendor}: {units:,} units × {INDICATORS} indicators × {MONTHS} months")
    following, areas = city_with_plan(units)
    office = seat("bench", "测", following.plan.jurisdiction, Role.CAMPAIGN_OFFICE)
    rows = _timed("  writing the values to begin with", lambda: write_values(following, areas))
    print(f"  {rows:,} values")
    beat = Beat.objects.get(following=following, every=Every.MONTH)
    _timed(
        "  opening a period",
        lambda: actions.open_period(actor=office, beat_id=beat.pk, day=date(2023, 11, 1), now=clock.now()),
    )
    ours = _seconds(lambda: actions.recompute(Following.objects.get(pk=following.pk), now=clock.now()))
    theirs = _seconds(lambda: roll_up_in_pandas(following))
    share = f"{ours / theirs:.2f} of it (aim ≤ 1)"
    print(f"  full recomputation: {ours:.1f} s; the same in pandas {theirs:.1f} s: {share}")
    made = _timed("  forecasts of a hundred units", lambda: forecasts(following, areas))
    print(f"  {made:,} forecasts")
    compare(office, following, areas)


def city_with_plan(units: int) -> tuple[Any, list[Any]]:
    """A city with so many towns, and a plan of 120 indicators that each of them reports on."""
    from chuangwen.orgs.actions import found_jurisdiction
    from chuangwen.orgs.models import Unit
    from chuangwen.orgs.rules import UnitKind, path_of
    from chuangwen.orgs.testing import SYSTEM, make_unit
    from chuangwen.plans.models import (
        AssignedUnit,
        Assignment,
        Indicator,
        IndicatorVersion,
        Plan,
        PlanVersion,
        Target,
        Task,
        TaskVersion,
    )
    from chuangwen.progress import actions
    from chuangwen.progress.models import Course, Following

    city = found_jurisdiction(actor=SYSTEM, kind=UnitKind.CITY, name="云浦市")
    lead = make_unit(city, "云浦市城市管理局", "市城管局")
    Unit.objects.bulk_create(
        [
            Unit(kind=UnitKind.TOWN, parent=city, name=f"第{number}镇", path=f"new{number}")
            for number in range(units)
        ],
        batch_size=1000,
    )
    areas = list(Unit.objects.filter(kind=UnitKind.TOWN))
    for unit in areas:
        unit.path = path_of(city.path, unit.pk)
    Unit.objects.bulk_update(areas, ["path"], batch_size=500)
    now = datetime(FIRST_YEAR, 1, 4, 9).astimezone()
    plan = Plan.objects.create(jurisdiction=city, title="三年行动计划")
    version = PlanVersion.objects.create(
        plan=plan,
        state="confirmed",
        number=1,
        title="三年行动计划",
        first_year=FIRST_YEAR,
        last_year=FIRST_YEAR + 2,
        created_at=now,
        confirmed_at=now,
    )
    for number in range(1, 31):
        task = Task.objects.create(plan=plan, key=f"T{number}")
        row = TaskVersion.objects.create(
            plan_version=version, task=task, title=f"任务{number}", position=number
        )
        row.state = "accepted"
        row.save()
        led = Assignment.objects.create(
            task_version=row, position=0, role="lead", printed="市城管局", unit=lead
        )
        AssignedUnit.objects.create(assignment=led, unit=lead)
        helped = Assignment.objects.create(task_version=row, position=1, role="member", printed="各镇")
        if number == 1:
            AssignedUnit.objects.bulk_create([AssignedUnit(assignment=helped, unit=unit) for unit in areas])
        for nth in range(4):
            key = f"I{(number - 1) * 4 + nth + 1}"
            indicator = Indicator.objects.create(plan=plan, key=key)
            shown = IndicatorVersion.objects.create(
                plan_version=version,
                indicator=indicator,
                name=f"指标{key}",
                unit_of_measure="%" if nth == 3 else "座",
                accrual="level" if nth == 3 else "plan_to_date",
                roll_up="ratio_of_sums" if nth == 3 else "sum",
                position=int(key[1:]),
                state="accepted",
            )
            shown.tasks.add(row)
            value = 90 if nth == 3 else 40 * units
            Target.objects.create(
                indicator_version=shown,
                position=0,
                deadline=str(FIRST_YEAR + 2),
                comparator=">=",
                value=value,
            )
    following = actions.follow(actor=SYSTEM, version_id=version.pk, now=now)
    beat = following.beats.get(asks="all")
    beat.every = "month"
    beat.save()
    courses = list(Course.objects.filter(following=following))
    Course.objects.filter(following=following).update(mode="areas")
    through = Course.areas.through
    links = (through(course_id=course.pk, unit_id=unit.pk) for course in courses for unit in areas)
    through.objects.bulk_create(links, batch_size=ROWS_AT_ONCE)
    return Following.objects.select_related("plan__jurisdiction", "plan_version").get(pk=following.pk), areas


def months() -> Iterator[tuple[date, date]]:
    for number in range(MONTHS):
        first = date(FIRST_YEAR + number // 12, number % 12 + 1, 1)
        after = date(first.year + first.month // 12, first.month % 12 + 1, 1)
        yield first, after - timedelta(days=1)


def value_rows(kinds: dict[int, str], at: datetime, areas: list[Any]) -> Iterator[tuple[Any, ...]]:
    """One value in fifty is missing. Reads nothing: a COPY holds the connection meanwhile."""
    for place, (first, last) in enumerate(months(), 1):
        for indicator, measure in kinds.items():
            for unit in areas:
                seed = (indicator * 7 + unit.pk * 13 + place * 3) % 50
                if seed == 0:
                    numerator, denominator = None, None
                elif measure == "%":
                    numerator, denominator = (60 + seed % 30 + place // 3) * 10**6, 110 * 10**6
                else:
                    numerator, denominator = (place * (1 + seed % 2)) * 10**6, None
                yield indicator, unit.pk, first, last, numerator, denominator, at


COLUMNS = (
    "indicator_id, unit_id, first_day, last_day, revision, current, numerator, denominator, words, missing, "
    "as_of, origin, reason, made_at"
)


def write_values(following: Any, areas: list[Any]) -> int:
    """Straight into the table: what came over three years is not what is measured."""
    from django.db import connection

    from chuangwen.progress.models import Value

    kinds = {
        row.indicator_id: row.unit_of_measure for row in following.plan_version.indicatorversion_rows.all()
    }
    at = following.plan_version.confirmed_at
    rows = (
        (
            indicator,
            unit,
            first,
            last,
            1,
            True,
            number,
            of,
            "",
            "" if number else "未报",
            last,
            "reported",
            "",
            at,
        )
        for indicator, unit, first, last, number, of, at in value_rows(kinds, at, areas)
    )
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            with cursor.copy(f"COPY progress_value ({COLUMNS}) FROM STDIN") as copy:
                for row in rows:
                    copy.write_row(row)
            cursor.execute("ANALYZE")
        else:
            marks = ", ".join(["?"] * len(COLUMNS.split(",")))
            connection.connection.executemany(
                f"INSERT INTO progress_value ({COLUMNS}) VALUES ({marks})",  # noqa: S608
                (tuple(str(one) if isinstance(one, date) else one for one in row) for row in rows),
            )
            cursor.execute("ANALYZE")
    return Value.objects.count()


def roll_up_in_pandas(following: Any) -> None:
    """Read the values, add them up, write the city's: what `recompute` does without leaving the database."""
    import pandas
    from django.db import connection

    from chuangwen.progress.models import Rollup

    query = (
        "SELECT v.indicator_id, v.first_day, v.last_day, v.numerator, v.denominator, v.as_of "
        "FROM progress_value v "
        "JOIN progress_course c ON c.indicator_id = v.indicator_id "
        "JOIN progress_course_areas a ON a.course_id = c.id AND a.unit_id = v.unit_id WHERE v.current"
    )
    with connection.cursor() as cursor:
        cursor.execute(query)
        names = [column[0] for column in cursor.description]
        frame = pandas.DataFrame(cursor.fetchall(), columns=names)
    ratio = set(
        following.plan_version.indicatorversion_rows.filter(roll_up="ratio_of_sums").values_list(
            "indicator", flat=True
        )
    )
    expected = following.courses.first().areas.count()
    frame["numerator"] = frame["numerator"].astype("Int64")
    frame["denominator"] = frame["denominator"].astype("Int64")
    found = frame.groupby(["indicator_id", "first_day", "last_day"], as_index=False).agg(
        numerator=("numerator", "sum"),
        denominator=("denominator", "sum"),
        have=("numerator", "count"),
        as_of=("as_of", "min"),
    )
    Rollup.objects.all().delete()
    Rollup.objects.bulk_create(
        [
            Rollup(
                indicator_id=row.indicator_id,
                first_day=row.first_day,
                last_day=row.last_day,
                numerator=int(row.numerator),
                denominator=int(row.denominator) if row.indicator_id in ratio else None,
                have=int(row.have),
                expected=expected,
                as_of=row.as_of,
            )
            for row in found.itertuples()
        ],
        batch_size=1000,
    )


def forecasts(following: Any, areas: list[Any]) -> int:
    """Forecasts of every indicator in a hundred units; how many."""
    from chuangwen.progress.queries.judging import Judge

    judge = Judge(following, TODAY)
    keys = [(indicator, unit.pk) for unit in areas[:100] for indicator in judge.by_id]
    return sum(judged.forecast is not None for judged in judge.units(keys).values())


def compare(office: Any, following: Any, areas: list[Any]) -> None:
    from django.test import Client
    from django.test.utils import override_settings

    from chuangwen.orgs.testing import sign_in

    client = Client()
    sign_in(client, office)
    plan = following.plan_id
    pages = {
        "empty page": "/registers/",
        "office overview": f"/progress/{plan}/",
        "unit page": f"/progress/{plan}/units/{areas[0].pk}/",
    }
    with override_settings(ALLOWED_HOSTS=["testserver"]):
        taken = _in_turn(client, pages)
    empty = median(taken["empty page"])
    print(f"  empty page: {empty * 1000:.1f} ms")
    for name in list(pages)[1:]:
        p95 = quantiles(taken[name], n=20)[-1]
        verdict = "within" if p95 <= P95_AT_MOST else "OVER"
        print(
            f"  {name}: median {median(taken[name]) * 1000:.0f} ms, p95 {p95 * 1000:.0f} ms "
            f"({verdict} 200 ms), {median(taken[name]) / empty:.1f} of an empty page"
        )


def _in_turn(client: Any, pages: dict[str, str]) -> dict[str, list[float]]:
    """Seconds of each page, asked for in turn, so that other load on the machine meets all alike."""
    for address in pages.values():
        client.get(address)
    gc.collect()
    gc.freeze()  # as the server does, chuangwen/site/wsgi.py
    rounds = [
        {name: _seconds(partial(client.get, address)) for name, address in pages.items()}
        for _ in range(TIMES)
    ]
    return {name: [one[name] for one in rounds] for name in pages}


def _seconds(work: Callable[[], object]) -> float:
    begun = time.perf_counter()
    work()
    return time.perf_counter() - begun


def _timed(name: str, work: Callable[[], Any]) -> Any:
    begun = time.perf_counter()
    result = work()
    print(f"{name}: {time.perf_counter() - begun:.1f} s")
    return result


if __name__ == "__main__":
    main()
