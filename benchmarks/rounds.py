"""Measures the scoring of a round in a database: 1e5, 1e6 and 1e7 marks from their rows to stored scores.

`python -m benchmarks.rounds [MARKS …]` takes the database of CHUANGWEN_DATABASE, else SQLite in a temporary
directory. It fills a database of its own with the round of `benchmarks.scoring`, and scores it by the action
behind the button "score", in a process of its own, so that its peak memory is its own. What is stored must
be what the engine makes of the same columns.
"""

import json
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from datetime import UTC, date, datetime
from itertools import repeat
from typing import Any

from benchmarks.scoring import (
    ITEMS,
    NANO,
    ROOT,
    STANDARDS,
    TYPES,
    UNITS,
    Columns,
    columns,
    ours,
    peak_mb,
    print_growth,
    verdict,
)

SIZES = (10**5, 10**6, 10**7)
NOW = datetime(2026, 11, 30, 1, tzinfo=UTC)
ROWS_AT_ONCE = 2000
GRADES = {NANO: "A", NANO // 2: "B", 0: "C"}
RULE = {
    "grades": [
        {"key": key, "title": key, "weight_milli": nano * 1000 // NANO} for nano, key in GRADES.items()
    ],
    "met_from_milli": 250,
}
INTO = "INSERT INTO assessments_mark (visit_id, item, data, nano, reason, note, before) VALUES "
COPY = "COPY assessments_mark (visit_id, item, data, nano, reason, note, before) FROM STDIN"


def measure_rounds(sizes: tuple[int, ...] = SIZES) -> None:
    print_growth(sizes, [measure(marks) for marks in sizes])


def measure(marks: int) -> float:
    """Prints one line; returns seconds from rows to stored scores."""
    with tempfile.TemporaryDirectory() as folder:
        done = _python("--whole", str(marks), env={"CHUANGWEN_DATA": folder})
    print(
        f"{marks:>11,} marks, {done['vendor']:10} {done['seconds']:7.2f} s from rows to stored scores, "
        f"{done['peak']:6.0f} MB more, {done['same']} (filled in {done['filled']:.0f} s)",
        flush=True,
    )
    return float(done["seconds"])


def _python(*arguments: str, env: dict[str, str]) -> dict[str, Any]:
    command = [sys.executable, "-m", "benchmarks.rounds", *arguments]
    done = subprocess.run(command, cwd=ROOT, env=os.environ | env, check=True, stdout=subprocess.PIPE)  # noqa: S603
    found: dict[str, Any] = json.loads(done.stdout.splitlines()[-1])
    return found


def _set_up() -> None:
    os.environ["DJANGO_SETTINGS_MODULE"] = "chuangwen.site.settings"
    import django

    django.setup()


def whole(marks: int) -> None:
    """A database, a round in it, and its scores, compared with those of the columns."""
    _set_up()
    from django.db import connection

    name = str(connection.settings_dict["NAME"])
    if connection.vendor == "sqlite":
        connection.settings_dict["TEST"]["NAME"] = name
    connection.creation.create_test_db(verbosity=0, autoclobber=True)
    made = str(connection.settings_dict["NAME"])
    try:
        begun = time.perf_counter()
        tables = columns(marks)
        number, units = fill(tables)
        filled = time.perf_counter() - begun
        connection.close()
        place = os.environ.get("CHUANGWEN_DATABASE", "").replace(f"/{name}", f"/{made}")
        done = _python("--score", str(number), env={"CHUANGWEN_DATABASE": place})
        stored = {str(units.index(int(unit))): value for unit, value in done.pop("result").items()}
        same = verdict(stored, {str(key): list(value) for key, value in ours(tables).items()})
        print(json.dumps({**done, "filled": filled, "same": same, "vendor": connection.vendor}))
    finally:
        connection.close()
        connection.creation.destroy_test_db(name, verbosity=0)


def score(round_id: int) -> None:
    """Prints seconds, peak memory above what Django takes, and the totals and errors that were stored."""
    _set_up()
    from chuangwen.assessments.actions import score_round
    from chuangwen.assessments.models import UnitScore
    from chuangwen.orgs.actors import system_actor

    UnitScore.objects.exists()
    before = peak_mb()
    begun = time.perf_counter()
    score_round(actor=system_actor("bench"), round_id=round_id, now=NOW)
    seconds = time.perf_counter() - begun
    peak = peak_mb() - before
    rows = UnitScore.objects.filter(role="unit").values_list("unit", "known_nano", "se")
    result = {unit: (nano, error) for unit, nano, error in rows}
    print(json.dumps({"seconds": seconds, "peak": peak, "result": result}))


def fill(tables: dict[str, Columns]) -> tuple[int, list[int]]:
    """The round; its units in the order of the columns, the city last."""
    from chuangwen.assessments.models import Draw, FramePoint, Round, RoundUnit, Team, Visit
    from chuangwen.cores.scoring.draw import Design
    from chuangwen.orgs.rules import Role, UnitKind
    from chuangwen.orgs.testing import make_cast, make_unit, seat
    from chuangwen.points.models import Point

    cast = make_cast()
    units = [make_unit(cast.city, f"第{n}区", kind=UnitKind.DISTRICT) for n in range(UNITS)]
    version, types = _system(cast.city)
    lead: Any = seat("bench", "测", cast.office_unit, Role.CAMPAIGN_OFFICE).seat
    found = Round.objects.create(
        jurisdiction=cast.city,
        system_version=version,
        lead=lead,
        name="测评",
        first_day=date(2026, 11, 1),
        last_day=date(2026, 11, 30),
        state="marking",
        method_weights={"field": 1000},
    )
    RoundUnit.objects.bulk_create(RoundUnit(round=found, unit=unit) for unit in units)
    weights = tables["points"]["weight"].tolist()
    places = [(n % UNITS, n // UNITS % TYPES) for n in range(len(weights))]
    strata = tables["strata"]
    for at, population, visited in zip(
        *(strata[name].tolist() for name in ("stratum", "population", "visited")), strict=True
    ):
        places += repeat(divmod(at, TYPES), population - visited)
    points = Point.objects.bulk_create(
        [
            Point(
                jurisdiction=cast.city,
                number=f"{n:07}",
                name=f"点位{n}",
                type=types[kind],
                unit=units[unit],
                lead_unit=cast.urban,
            )
            for n, (unit, kind) in enumerate(places)
        ],
        batch_size=ROWS_AT_ONCE,
    )
    frame = FramePoint.objects.bulk_create(
        [
            FramePoint(
                round=found,
                point=one,
                number=one.number,
                name=one.name,
                type_code=one.type.code,
                unit=one.unit,
                stratum_unit=one.unit,
                stratum_name=one.unit.name,
            )
            for one in points
        ],
        batch_size=ROWS_AT_ONCE,
    )
    design = Design(allocation="proportional", size=len(weights), least=2)
    Draw.objects.create(
        round=found, design=design.data(), frame_sha256="0" * 64, seed_sha256="0" * 64, drawn_at=NOW
    )
    team = Team.objects.create(round=found, name="一组", kind="agency")
    visits = Visit.objects.bulk_create(
        [
            Visit(round=found, point=one, team=team, weight_micro=weight, state="accepted")
            for one, weight in zip(frame, weights, strict=False)
        ],
        batch_size=ROWS_AT_ONCE,
    )
    _write_marks(_marks([one.pk for one in visits], tables["marks"]["nano"]))
    return found.pk, [*(one.pk for one in units), cast.city.pk]


def _system(city: Any) -> tuple[Any, list[Any]]:
    from chuangwen.standards.models import Item, Node, PointType, System, SystemVersion

    types = [
        PointType.objects.create(
            jurisdiction=city, code=f"T{n}", name=f"类型{n}", weight_milli=500 + 100 * n, position=n
        )
        for n in range(TYPES)
    ]
    system = System.objects.create(jurisdiction=city, name="测评体系")
    version = SystemVersion.objects.create(
        system=system,
        number=1,
        published_at=NOW,
        digest="0" * 64,
        types=[[one.pk, one.code, one.name, one.weight_milli] for one in types],
    )
    nodes = [
        Node.objects.create(
            system_version=version,
            key=f"s{n}",
            level="standard",
            title=f"标准{n}",
            weight_milli=100 + n,
            position=n,
            method="field",
        )
        for n in range(STANDARDS)
    ]
    for n in range(ITEMS):
        critical = n % 20 == 0
        item = Item.objects.create(
            system_version=version,
            key=f"i{n}",
            node=nodes[n // 4],
            title=f"项目{n}",
            kind="grades",
            rule=RULE,
            weight_milli=1000 + n % 4 * 500,
            position=n,
            critical="cap" if critical else "",
            cap_nano=600_000_000 if critical else None,
        )
        item.point_types.set(types)
    return version, types


Row = tuple[int, str, str, int | None, str, str, None]


def _marks(visits: list[int], nano: Any) -> Iterator[Row]:
    items = [f"i{n}" for n in range(ITEMS)]
    data = {value: json.dumps({"grade": key}) for value, key in GRADES.items()}
    absent = json.dumps({"na": "无此项"})
    for at, visit in enumerate(visits):
        values = nano[at * ITEMS : (at + 1) * ITEMS].tolist()
        for item, value in zip(items, values, strict=True):
            if value < 0:
                yield visit, item, absent, None, "无此项", "", None
            else:
                yield visit, item, data[value], value, "", "", None


def _write_marks(rows: Any) -> None:
    from django.db import connection, transaction

    with transaction.atomic(), connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            cursor.executemany(f"{INTO} (%s, %s, %s, %s, %s, %s, %s)", rows)
            return
        with cursor.copy(COPY) as copy:
            for row in rows:
                copy.write_row(row)
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")


if __name__ == "__main__":
    if sys.argv[1:2] == ["--whole"]:
        whole(int(sys.argv[2]))
    elif sys.argv[1:2] == ["--score"]:
        score(int(sys.argv[2]))
    else:
        measure_rounds(tuple(int(float(size)) for size in sys.argv[1:]) or SIZES)
