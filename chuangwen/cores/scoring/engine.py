"""The sums of `rollup` and `variance` as one text of SQL: the same integers on each of three engines.

`SQL` is in DuckDB's dialect; `translated` gives it in another's. It reads eight tables:

    marks     point, item, nano                     nano: -1 or NULL where not applicable
    items     item, standard, weight, met, cap      met: 0 where not critical; cap: 0 where it fails its point
    points    point, type, stratum, weight, visits, expected    expected: weight of all that is to be marked
    members   point, grp                            whoever the point's score goes to
    strata    stratum, unit, position, population, visited
    types     type, weight
    paths     standard, node, parent, weight, alive, method     each standard with itself and all nodes above
    methods   method, share

All are whole numbers (keys too: `tables` numbers them) but `share`, μ of the method by Σ μ. `alive` is 1
where no node further down the path weighs nothing. It makes one temporary table after the other, so that
each engine knows how large each is before it plans the next (as one statement with the same parts, DuckDB
took twenty times as long). Four of them are the result:

    cells     grp, standard, type, top, bottom, n               Σ W·r, Σ W, points
    counts    grp, marks, absent, drawn, visited, covered, expected, raw_top, raw_bottom
    pools     grp, n, population, m, collapsed, total, squares  Σu, Σu²
    scores    point, rate, cap, applicable                      rate and cap: NULL where there is none

From cells upward (standards, nodes, methods, totals) a few thousand numbers are left: `scored` takes them
through the same functions as `roll_up`. Sums that could leave 64 bits are summed in 128; a sum that would
not fit raises an error in each of the three engines and never wraps round.
"""

from __future__ import annotations

import re
from array import array
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, NamedTuple

from .rollup import Cell, Counts, Given, GroupScore, Key, Observation, Point, System, score_groups
from .variance import Pool, Spread, Stratum, spread

if TYPE_CHECKING:
    import sqlglot.expressions as sge

SQL = """
CREATE TEMPORARY TABLE worth AS
SELECT m.point, i.standard,
  CAST(SUM(i.weight * NULLIF(m.nano, -1)) AS BIGINT) AS top,
  CAST(SUM(CASE WHEN m.nano >= 0 THEN i.weight END) AS BIGINT) AS bottom,
  MIN(CASE WHEN m.nano >= 0 AND m.nano < i.met THEN i.cap END) AS cap,
  COUNT(*) AS marks,
  COUNT(NULLIF(m.nano, -1)) AS given
FROM marks AS m JOIN items AS i ON i.item = m.item
GROUP BY m.point, i.standard;
CREATE TEMPORARY TABLE whole AS
SELECT point, CAST(SUM(top) AS BIGINT) AS top, CAST(SUM(bottom) AS BIGINT) AS bottom, MIN(cap) AS cap,
  SUM(marks) AS marks, SUM(given) AS given
FROM worth GROUP BY point;
CREATE TEMPORARY TABLE rates AS
SELECT w.point, w.standard, p.type, p.stratum, p.weight,
  LEAST((2 * w.top + w.bottom) // (2 * w.bottom), COALESCE(a.cap, 1000000000)) AS rate
FROM worth AS w JOIN whole AS a ON a.point = w.point JOIN points AS p ON p.point = w.point
WHERE w.bottom > 0;
CREATE TEMPORARY TABLE cells AS
SELECT g.grp, r.standard, r.type,
  SUM(CAST(r.weight AS HUGEINT) * r.rate) AS top, SUM(r.weight) AS bottom, COUNT(*) AS n
FROM rates AS r JOIN members AS g ON g.point = r.point
GROUP BY g.grp, r.standard, r.type;
CREATE TEMPORARY TABLE typed AS
SELECT c.grp, c.standard, c.type, CAST(c.top AS DOUBLE) / CAST(c.bottom AS DOUBLE) AS mean,
  CAST(c.bottom AS DOUBLE) AS bottom,
  CAST(t.weight AS DOUBLE) / SUM(t.weight) OVER (PARTITION BY c.grp, c.standard) AS share
FROM cells AS c JOIN types AS t ON t.type = c.type
WHERE t.weight > 0;
CREATE TEMPORARY TABLE nodes AS
SELECT DISTINCT t.grp, p.method, p.node, p.parent, p.weight
FROM typed AS t JOIN paths AS p ON p.standard = t.standard
WHERE p.alive = 1;
CREATE TEMPORARY TABLE shares AS
SELECT grp, method, node,
  CAST(weight AS DOUBLE) / SUM(weight) OVER (PARTITION BY grp, method, parent) AS share
FROM nodes WHERE weight > 0;
CREATE TEMPORARY TABLE steps AS
SELECT s.grp, p.standard, EXP(SUM(LN(s.share))) AS share, COUNT(*) AS n
FROM shares AS s JOIN paths AS p ON p.node = s.node AND p.method = s.method
GROUP BY s.grp, p.standard;
CREATE TEMPORARY TABLE lengths AS
SELECT standard, method, COUNT(*) AS n FROM paths GROUP BY standard, method;
CREATE TEMPORARY TABLE moved AS
SELECT t.grp, t.standard, t.type, t.mean,
  t.share * COALESCE(s.share, 0) * COALESCE(m.share, 0) / t.bottom AS pull
FROM typed AS t
JOIN lengths AS l ON l.standard = t.standard
LEFT JOIN steps AS s ON s.grp = t.grp AND s.standard = t.standard AND s.n = l.n
LEFT JOIN methods AS m ON m.method = l.method;
CREATE TEMPORARY TABLE valued AS
SELECT g.grp, p.stratum, COUNT(*) AS m
FROM whole AS w JOIN points AS p ON p.point = w.point JOIN members AS g ON g.point = w.point
WHERE w.bottom > 0
GROUP BY g.grp, p.stratum;
CREATE TEMPORARY TABLE placed AS
SELECT v.grp, v.stratum, v.m, s.unit, s.population, s.visited, s.position,
  SUM(CASE WHEN v.m = 1 THEN 1 ELSE 0 END) OVER (PARTITION BY v.grp, s.unit) AS lone,
  COUNT(*) OVER (PARTITION BY v.grp, s.unit) AS strata,
  ROW_NUMBER() OVER (PARTITION BY v.grp, s.unit ORDER BY s.position) AS place,
  COALESCE(LAG(v.m) OVER (PARTITION BY v.grp, s.unit ORDER BY s.position), 0) AS m_before,
  COALESCE(LEAD(v.m) OVER (PARTITION BY v.grp, s.unit ORDER BY s.position), 0) AS m_after
FROM valued AS v JOIN strata AS s ON s.stratum = v.stratum
WHERE s.visited < s.population;
CREATE TEMPORARY TABLE pooled AS
SELECT grp, stratum, population, visited, m, unit,
  CASE WHEN (m = 1 AND strata > 1)
    OR (m > 1 AND lone = 1 AND (m_before = 1 OR (m_after = 1 AND place = strata - 1)))
    THEN -1 ELSE stratum END AS pool
FROM placed;
CREATE TEMPORARY TABLE means AS
SELECT o.grp, o.unit, r.standard, SUM(r.weight * v.pull * r.rate) / NULLIF(SUM(r.weight * v.pull), 0) AS mean
FROM rates AS r
JOIN members AS g ON g.point = r.point
JOIN pooled AS o ON o.grp = g.grp AND o.stratum = r.stratum
JOIN moved AS v ON v.grp = g.grp AND v.standard = r.standard AND v.type = r.type
WHERE o.pool = -1
GROUP BY o.grp, o.unit, r.standard;
CREATE TEMPORARY TABLE errors AS
SELECT o.grp, o.unit, o.pool, r.point,
  SUM(r.weight * v.pull * (r.rate - COALESCE(e.mean, v.mean))) / 1000000000 AS u
FROM rates AS r
JOIN members AS g ON g.point = r.point
JOIN pooled AS o ON o.grp = g.grp AND o.stratum = r.stratum
JOIN moved AS v ON v.grp = g.grp AND v.standard = r.standard AND v.type = r.type
LEFT JOIN means AS e ON o.pool = -1 AND e.grp = o.grp AND e.unit = o.unit AND e.standard = r.standard
GROUP BY o.grp, o.unit, o.pool, r.point;
CREATE TEMPORARY TABLE spreads AS
SELECT grp, unit, pool, SUM(u) AS total, SUM(u * u) AS squares
FROM errors GROUP BY grp, unit, pool;
CREATE TEMPORARY TABLE sizes AS
SELECT grp, unit, pool, SUM(visited) AS n, SUM(population) AS population, SUM(m) AS m
FROM pooled GROUP BY grp, unit, pool;
CREATE TEMPORARY TABLE counts AS
SELECT g.grp, SUM(COALESCE(w.marks, 0)) AS marks, SUM(COALESCE(w.marks - w.given, 0)) AS absent,
  COUNT(*) AS drawn,
  SUM(CASE WHEN p.visits > 0 THEN 1 ELSE 0 END) AS visited,
  SUM(CAST(p.weight AS HUGEINT) * COALESCE(w.bottom, 0)) AS covered,
  SUM(CAST(p.weight AS HUGEINT) * p.expected) AS expected,
  SUM(COALESCE(w.top, 0)) AS raw_top, SUM(COALESCE(w.bottom, 0)) AS raw_bottom
FROM points AS p JOIN members AS g ON g.point = p.point LEFT JOIN whole AS w ON w.point = p.point
GROUP BY g.grp;
CREATE TEMPORARY TABLE pools AS
SELECT z.grp, z.n, z.population, z.m, CASE WHEN z.pool = -1 THEN 1 ELSE 0 END AS collapsed,
  COALESCE(s.total, 0) AS total, COALESCE(s.squares, 0) AS squares
FROM sizes AS z LEFT JOIN spreads AS s ON s.grp = z.grp AND s.unit = z.unit AND s.pool = z.pool
UNION ALL
SELECT v.grp, s.visited, s.population, v.m, 0, 0, 0
FROM valued AS v JOIN strata AS s ON s.stratum = v.stratum
WHERE s.visited >= s.population;
CREATE TEMPORARY TABLE scores AS
SELECT point,
  CASE WHEN bottom > 0 THEN LEAST((2 * top + bottom) // (2 * bottom), COALESCE(cap, 1000000000)) END AS rate,
  cap, COALESCE(bottom, 0) AS applicable
FROM whole;
"""
INPUTS: Mapping[str, tuple[str, ...]] = {
    "marks": ("point", "item", "nano"),
    "items": ("item", "standard", "weight", "met", "cap"),
    "points": ("point", "type", "stratum", "weight", "visits", "expected"),
    "members": ("point", "grp"),
    "strata": ("stratum", "unit", "position", "population", "visited"),
    "types": ("type", "weight"),
    "paths": ("standard", "node", "parent", "weight", "alive", "method"),
    "methods": ("method", "share"),
}
RESULTS: Mapping[str, str] = {
    "cells": "SELECT grp, standard, type, top, bottom, n FROM cells",
    "counts": "SELECT grp, marks, absent, drawn, visited, covered, expected, raw_top, raw_bottom FROM counts",
    "pools": "SELECT grp, n, population, m, collapsed, total, squares FROM pools",
    "scores": "SELECT point, rate, cap, applicable FROM scores",
}

Columns = Mapping[str, Any]
Row = Sequence[Any]


class Seen(NamedTuple):
    """What the sums take of an observation: enough where millions go by and none is named again."""

    point: Key
    item: Key
    nano: int | None


@dataclass(frozen=True, kw_only=True)
class Tables:
    """The eight tables, each a mapping of names to columns (lists or numpy arrays), an Arrow table, or
    (DuckDB

    alone) the path of a Parquet file; and what the numbers of keys stand for: the place in the list.
    """

    data: Mapping[str, Any]
    points: Sequence[Key] = ()
    groups: Sequence[Key] = ()
    standards: Sequence[Key] = ()
    types: Sequence[Key] = ()


@dataclass(kw_only=True)
class Sums:
    """What the SQL gives, with the keys put back. `points`: rate (None: none), cap (None: none), weight."""

    cells: dict[Key, dict[tuple[Key, Key], Cell]] = field(default_factory=lambda: defaultdict(dict))
    counts: dict[Key, Counts] = field(default_factory=dict)
    pools: dict[Key, list[Pool]] = field(default_factory=lambda: defaultdict(list))
    points: dict[Key, tuple[int | None, int | None, int]] = field(default_factory=dict)


@dataclass(frozen=True, kw_only=True)
class Scored:
    groups: Mapping[Key, GroupScore]
    spreads: Mapping[Key, Spread]


def tree_tables(system: System) -> tuple[dict[str, Columns], dict[Key, int], dict[Key, int], dict[Key, int]]:
    """Items, types, paths and methods of a system; the numbers of items, standards and types."""
    nodes = {node.key: number for number, node in enumerate(system.nodes)}
    items = {entry.key: number for number, entry in enumerate(system.items)}
    types = {key: number for number, key in enumerate(system.type_weights)}
    methods = {name: number for number, name in enumerate(system.method_weights)}
    paths = []
    for standard, path in system.paths.items():
        method = methods.setdefault(system.node[standard].method, len(methods))
        alive = True
        for key in path:
            node = system.node[key]
            parent = -1 if node.parent is None else nodes[node.parent]
            paths.append((nodes[standard], nodes[key], parent, node.weight_milli, int(alive), method))
            alive = alive and node.weight_milli > 0
    whole = sum(system.method_weights.values()) or 1
    shares = [(number, system.method_weights.get(name, 0) / whole) for name, number in methods.items()]
    entries = [
        (
            items[entry.key],
            nodes[entry.standard],
            entry.weight_milli,
            entry.met_nano if entry.critical else 0,
            entry.cap,
        )
        for entry in system.items
    ]
    data: dict[str, Columns] = {
        "items": _columns("items", entries),
        "types": _columns("types", [(types[key], weight) for key, weight in system.type_weights.items()]),
        "paths": _columns("paths", paths),
        "methods": _columns("methods", shares),
    }
    return data, items, nodes, types


def tables(
    system: System,
    points: Iterable[Point],
    observations: Iterable[Observation | Seen],
    strata: Iterable[Stratum],
) -> Tables:
    """The eight tables from what `roll_up` takes; every key becomes a number. Observations may stream by."""
    data, items, nodes, types = tree_tables(system)
    drawn = list(points)
    numbers = {point.key: number for number, point in enumerate(drawn)}
    groups: dict[Key, int] = {}
    members = []
    for point in drawn:
        for group in point.groups:
            members.append((numbers[point.key], groups.setdefault(group, len(groups))))
    units: dict[Key, int] = {}
    strata = list(strata)
    places = {one.key: number for number, one in enumerate(strata)}
    data |= {
        "marks": _marks(observations, numbers, items),
        "points": _columns(
            "points",
            [
                (
                    numbers[point.key],
                    types[point.type],
                    places[point.stratum],
                    point.weight_micro,
                    point.visits,
                    system.expected[point.type] * max(point.visits, 1),
                )
                for point in drawn
            ],
        ),
        "members": _columns("members", members),
        "strata": _columns(
            "strata",
            [
                (
                    places[one.key],
                    units.setdefault(one.unit, len(units)),
                    one.position,
                    one.population,
                    one.visited,
                )
                for one in strata
            ],
        ),
    }
    return Tables(
        data=data, points=list(numbers), groups=list(groups), standards=list(nodes), types=list(types)
    )


def _marks(
    observations: Iterable[Observation | Seen], points: Mapping[Key, int], items: Mapping[Key, int]
) -> dict[str, Any]:
    import numpy as np

    point, item, nano = array("q"), array("q"), array("q")
    for seen in observations:
        point.append(points[seen.point])
        item.append(items[seen.item])
        nano.append(-1 if seen.nano is None else seen.nano)
    return dict(zip(INPUTS["marks"], map(np.asarray, (point, item, nano)), strict=True))


def _columns(name: str, rows: Sequence[Sequence[Any]]) -> dict[str, Any]:
    import numpy as np

    kinds = {"share": np.float64}
    columns = zip(*rows, strict=True) if rows else ([] for _ in INPUTS[name])
    return {
        column: np.array(list(values), dtype=kinds.get(column, np.int64))
        for column, values in zip(INPUTS[name], columns, strict=True)
    }


def translated(dialect: str) -> list[str]:
    """The statements in another dialect: "duckdb", "postgres" or "spark"."""
    import sqlglot

    trees = [tree for tree in sqlglot.parse(SQL, read="duckdb") if tree is not None]
    return [tree.transform(_plain, dialect).sql(dialect=dialect) for tree in trees]


def _plain(node: sge.Expression, dialect: str) -> sge.Expression:
    """128-bit integers are decimals elsewhere; a whole division is written as each engine has it."""
    from sqlglot import expressions as exp

    if dialect != "duckdb" and isinstance(node, exp.DataType) and node.this == exp.DataType.Type.INT128:
        return exp.DataType.build("DECIMAL(38, 0)", dialect="spark")
    if dialect == "postgres" and isinstance(node, exp.IntDiv):
        return exp.Anonymous(this="DIV", expressions=[node.this, node.expression])
    return node


def on_duckdb(tables: Tables, *, threads: int | None = None) -> Sums:
    """In this process. Raises duckdb.Error where a sum does not fit."""
    import duckdb

    with duckdb.connect(config={} if threads is None else {"threads": threads}) as connection:
        for name in INPUTS:
            source = tables.data[name]
            if isinstance(source, str):
                connection.from_parquet(source).create_view(name)
            else:
                connection.register(name, source)
        connection.execute(SQL)
        return _sums(lambda query: connection.execute(query).fetchall(), tables)


def on_postgresql(connection: Any, tables: Tables) -> Sums:
    """On a connection of psycopg, in temporary tables that are dropped when it is done."""
    with connection.transaction(force_rollback=True), connection.cursor() as cursor:
        for name, columns in INPUTS.items():
            kinds = ", ".join(
                f"{column} {'double precision' if column == 'share' else 'bigint'}" for column in columns
            )
            cursor.execute(f"CREATE TEMPORARY TABLE {name} ({kinds})")
            with cursor.copy(f"COPY {name} FROM STDIN") as copy:
                for row in _rows(tables.data[name], columns):
                    copy.write_row(row)
            cursor.execute(f"ANALYZE {name}")
        for statement in translated("postgres"):
            cursor.execute(statement)
            cursor.execute("ANALYZE " + _made(statement)[0])
        return _sums(lambda query: cursor.execute(query).fetchall(), tables)


def on_spark(session: Any, tables: Tables) -> Sums:
    """On a session of pyspark, in temporary views. A sum that does not fit raises (ANSI mode)."""
    session.conf.set("spark.sql.ansi.enabled", "true")
    for name, columns in INPUTS.items():
        schema = ", ".join(f"{column} {'double' if column == 'share' else 'bigint'}" for column in columns)
        rows = list(_rows(tables.data[name], columns))
        session.createDataFrame(rows, schema).createOrReplaceTempView(name)
    for statement in translated("spark"):
        name, query = _made(statement)
        session.sql(query).localCheckpoint().createOrReplaceTempView(name)
    return _sums(lambda query: session.sql(query).collect(), tables)


def _made(statement: str) -> tuple[str, str]:
    """The name of the table that a statement makes, and the query that fills it."""
    found = re.match(r"CREATE TEMPORARY (?:TABLE|VIEW) (\w+)(?: USING \w+)? AS (.+)", statement, re.DOTALL)
    if found is None:
        raise ValueError(statement)
    return found[1], found[2]


def _rows(source: Columns, columns: Sequence[str]) -> Iterable[tuple[Any, ...]]:
    lists = [source[column] for column in columns]
    return zip(
        *(values.tolist() if hasattr(values, "tolist") else list(values) for values in lists), strict=True
    )


def _sums(ask: Callable[[str], Iterable[Row]], tables: Tables) -> Sums:
    """The four results with the keys put back; numbers stand for themselves where there are no keys."""
    groups, standards = _Keys(tables.groups), _Keys(tables.standards)
    types, points = _Keys(tables.types), _Keys(tables.points)
    found = Sums()
    for grp, standard, kind, top, bottom, n in ask(RESULTS["cells"]):
        cell = Cell(top=int(top), bottom=int(bottom), n=int(n))
        found.cells[groups[grp]][standards[standard], types[kind]] = cell
    for grp, *row in ask(RESULTS["counts"]):
        found.counts[groups[grp]] = Counts(*map(int, row))
    for grp, n, population, m, collapsed, total, squares in ask(RESULTS["pools"]):
        pool = Pool(
            n=int(n),
            population=int(population),
            m=int(m),
            total=float(total),
            squares=float(squares),
            collapsed=bool(collapsed),
        )
        found.pools[groups[grp]].append(pool)
    for point, rate, cap, applicable in ask(RESULTS["scores"]):
        found.points[points[point]] = (
            None if rate is None else int(rate),
            None if cap is None else int(cap),
            int(applicable),
        )
    return found


class _Keys:
    def __init__(self, keys: Sequence[Key]) -> None:
        self.keys = keys

    def __getitem__(self, number: int) -> Key:
        return self.keys[number] if self.keys else int(number)


def scored(system: System, sums: Sums, given: Iterable[Given] = (), *, threshold_milli: int = 600) -> Scored:
    """Scores of groups and standard errors of their totals, from the sums.

    Part scores may be given of methods that are not marked on points, whole or by standard. Where a method is
    missing, the error is that of the total over the methods that have a value.
    """
    groups = score_groups(system, sums.cells, sums.counts, given, threshold_milli)
    every = sum(system.method_weights.values())
    spreads = {}
    for key, score in groups.items():
        found = spread(sums.pools.get(key, ()))
        known = sum(system.method_weights.get(name, 0) for name in score.methods)
        if found.se and known and known != every:
            found = Spread(
                se=found.se * every / known,
                df=found.df,
                n=found.n,
                code=found.code,
                collapsed=found.collapsed,
            )
        spreads[key] = found
    return Scored(groups=groups, spreads=spreads)
