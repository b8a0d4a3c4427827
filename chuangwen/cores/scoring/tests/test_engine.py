"""The SQL gives the whole numbers of the plain roll-up and of the oracle, and intervals equal to 1e-9."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from chuangwen.cores.scoring import engine
from chuangwen.cores.scoring.rollup import Given, Observation, Point, Scores, System, roll_up
from chuangwen.cores.scoring.variance import Stratum, group_spread, interval, strata_of

from . import big, world
from .oracle import oracle

World = tuple[System, list[Point], list[Observation], list[Stratum], list[Given]]


def small() -> World:
    population: dict[int | str, tuple[int | str, int, int]] = {
        "east/road": ("east", 1, 4),
        "east/market": ("east", 2, 2),
        "east/park": ("east", 3, 3),
        "west/road": ("west", 1, 6),
        "west/market": ("west", 2, 1),
        "west/park": ("west", 3, 2),
    }
    strata = strata_of(world.POINTS, population)
    return world.SYSTEM, world.POINTS, world.OBSERVATIONS, strata, world.GIVEN


def large() -> World:
    points, marks, strata = big.build()
    return big.SYSTEM, points, marks, strata, []


def same(found: engine.Sums, given: World) -> None:
    """Cells, counts, points: equal. Totals equal; errors and intervals to 1e-9."""
    system, points, marks, strata, parts = given
    plain: Scores = roll_up(system, points, marks, parts)
    assert found.counts == {key: score.counts for key, score in plain.groups.items()}
    for key, point in found.points.items():
        assert point == (plain.points[key].nano, plain.points[key].cap, plain.points[key].applicable_milli)
    scored = engine.scored(system, found, parts)
    for key, score in plain.groups.items():
        assert found.cells.get(key, {}) == score.cells
        assert scored.groups[key].nodes == score.nodes
        assert scored.groups[key].methods == score.methods
        assert scored.groups[key].total_nano == score.total_nano
        assert scored.groups[key].withheld == score.withheld
        inside = [point for point in points if key in point.groups]
        spread = group_spread(system, score, inside, plain.points, strata)
        other = scored.spreads[key]
        assert (other.df, other.n, other.code, other.collapsed) == (
            spread.df,
            spread.n,
            spread.code,
            spread.collapsed,
        )
        assert other.se == (None if spread.se is None else pytest.approx(spread.se, abs=1e-9))
        if score.known_nano is not None:
            one, two = interval(score.known_nano / 1e9, spread), interval(score.known_nano / 1e9, other)
            assert (one is None) == (two is None)
            if one and two:
                assert (one.low, one.high) == pytest.approx((two.low, two.high), abs=1e-9)


@pytest.mark.parametrize("given", [small(), large()], ids=["worked example", "larger round"])
def test_duckdb_is_the_plain_roll_up(given: World) -> None:
    system, points, marks, strata, _ = given
    same(engine.on_duckdb(engine.tables(system, points, marks, strata)), given)


@pytest.mark.parametrize("given", [small(), large()], ids=["worked example", "larger round"])
def test_the_plain_roll_up_is_the_oracle(given: World) -> None:
    system, points, marks, strata, _ = given
    plain = roll_up(system, points, marks)
    for key, score in plain.groups.items():
        cells, total, error = oracle(system, points, marks, strata, key)
        assert {place: (cell.top, cell.bottom) for place, cell in score.cells.items()} == cells
        assert score.known_nano == total
        inside = [point for point in points if key in point.groups]
        spread = group_spread(system, score, inside, plain.points, strata)
        assert spread.se == (None if error is None else pytest.approx(error, abs=1e-9))


def test_the_larger_round_holds_what_it_should() -> None:
    system, points, marks, strata, _ = large()
    plain = roll_up(system, points, marks)
    codes = {
        key: group_spread(
            system, score, [point for point in points if key in point.groups], plain.points, strata
        )
        for key, score in plain.groups.items()
    }
    assert {point.cap for point in plain.points.values()} == {None, 0, 600_000_000}
    assert any(spread.collapsed for spread in codes.values())
    assert all(spread.se for key, spread in codes.items() if key in {"甲", "市"})
    assert any(point.visits > 1 for point in points)
    assert any(point.visits == 0 for point in points)


@pytest.mark.parametrize(
    "change",
    [
        lambda point: replace(point, visits=0) if point.stratum == "甲/road" else point,
        lambda point: replace(point, groups=("市",)),
        lambda point: replace(point, weight_micro=9_999_999_999_999),
    ],
    ids=["a stratum not visited", "one group", "weights beyond 64 bits"],
)
def test_and_so_it_is_for_other_rounds(change: Any) -> None:
    system, points, marks, strata, given = large()
    points = [change(point) for point in points]
    marks = [one for one in marks if next(p for p in points if p.key == one.point).visits]
    strata = [
        replace(one, visited=sum(point.visits > 0 for point in points if point.stratum == one.key))
        for one in strata
    ]
    same(
        engine.on_duckdb(engine.tables(system, points, marks, strata)), (system, points, marks, strata, given)
    )


def test_a_sum_that_does_not_fit_is_an_error_and_never_wraps_round() -> None:
    import duckdb

    system, points, marks, strata, _ = small()
    heavy = system.weighing(items={"clean": 9 * 10**9, "bins": 9 * 10**9})
    with pytest.raises(duckdb.Error):
        engine.on_duckdb(engine.tables(heavy, points, marks, strata))


def test_columns_may_come_from_parquet(tmp_path: Path) -> None:
    import pyarrow as pa
    import pyarrow.parquet as pq

    system, points, marks, strata, given = large()
    tables = engine.tables(system, points, marks, strata)
    files = {}
    for name, columns in tables.data.items():
        files[name] = str(tmp_path / f"{name}.parquet")
        pq.write_table(pa.table(dict(columns)), files[name])
    same(engine.on_duckdb(replace(tables, data=files)), (system, points, marks, strata, given))


@pytest.mark.parametrize("dialect", ["postgres", "spark"])
def test_the_text_is_translated_whole(dialect: str) -> None:
    text = engine.translated(dialect)
    assert "HUGEINT" not in text
    assert "INT128" not in text
    assert "//" not in text


@pytest.fixture(scope="module")
def spark() -> Iterator[Any]:
    from pyspark.sql import SparkSession

    session = (
        SparkSession.builder.master("local[2]")
        .config("spark.ui.enabled", "false")
        .config("spark.sql.shuffle.partitions", "2")
        .getOrCreate()
    )
    yield session
    session.stop()


@pytest.mark.spark
@pytest.mark.parametrize("given", [small(), large()], ids=["worked example", "larger round"])
def test_spark_is_the_plain_roll_up(given: World, spark: Any) -> None:
    system, points, marks, strata, _ = given
    same(engine.on_spark(spark, engine.tables(system, points, marks, strata)), given)
