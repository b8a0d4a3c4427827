"""The sums of `rollup` and `variance` as one text of SQL: the same whole numbers on DuckDB, PostgreSQL and
Spark.

`SQL` is in DuckDB's dialect; `translated` gives it in another's. It reads eight tables and returns rows of
one form:

    marks      point, item, nano                      nano -1 or NULL: not applicable
    items      item, standard, weight, met, cap       met 0: not critical; cap 0: fails its point
    points     point, type, stratum, weight, visits, expected       expected: weight of what should have been marked
    members    point, grp                             whoever the point's score goes to
    strata     stratum, unit, position, population, visited
    types      type, weight
    paths      standard, node, parent, weight, alive, method        each standard with itself and all nodes above it
    methods    method, share

All are whole numbers (keys as well: `tables` numbers them) but `share`, μ of the method by Σ μ. `alive`: 1
where no node below on the path weighs nothing. What comes back:

    layer      grp     a          b      i1        i2       i3        i4       i5       i6        i7       i8       f1  f2
    1 cell     group   standard   type   Σ W·r     Σ W      points
    2 count    group                     marks     n. a.    drawn     visited  covered  expected  raw top  raw bottom
    3 pool     group                     n         N        m         collapsed                                     Σu  Σu²
    4 point            point             rate      cap      applicable weight           (rate, cap: -1 where there is none)

From cells upward (standards, nodes, methods, totals) a few thousand numbers are left: `scored` takes them
through the same functions as `roll_up`. Sums that could leave 64 bits are summed in 128; a sum that would
not fit raises an error in each of the three engines and never wraps round.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from .rollup import Cell, Counts, Given, GroupScore, Key, Observation, Point, System, score_groups
from .scale import NANO
from .variance import Pool, Spread, Stratum, spread

if TYPE_CHECKING:
    import sqlglot.expressions as sge

SQL = """
WITH worth AS (
  SELECT m.point, i.standard,
    CAST(SUM(i.weight * NULLIF(m.nano, -1)) AS BIGINT) AS top,
    CAST(SUM(CASE WHEN m.nano >= 0 THEN i.weight END) AS BIGINT) AS bottom,
    MIN(CASE WHEN m.nano >= 0 AND m.nano < i.met THEN i.cap END) AS cap,
    COUNT(*) AS marks,
    COUNT(NULLIF(m.nano, -1)) AS given
  FROM marks AS m JOIN items AS i ON i.item = m.item
  GROUP BY m.point, i.standard
),
whole AS (
  SELECT point, CAST(SUM(top) AS BIGINT) AS top, CAST(SUM(bottom) AS BIGINT) AS bottom, MIN(cap) AS cap,
    SUM(marks) AS marks, SUM(given) AS given
  FROM worth GROUP BY point
),
rates AS (
  SELECT w.point, w.standard, p.type, p.stratum, p.weight,
    LEAST((2 * w.top + w.bottom) // (2 * w.bottom), COALESCE(a.cap, 1000000000)) AS rate
  FROM worth AS w JOIN whole AS a ON a.point = w.point JOIN points AS p ON p.point = w.point
  WHERE w.bottom > 0
),
cells AS (
  SELECT g.grp, r.standard, r.type,
    SUM(CAST(r.weight AS HUGEINT) * r.rate) AS top, SUM(r.weight) AS bottom, COUNT(*) AS n
  FROM rates AS r JOIN members AS g ON g.point = r.point
  GROUP BY g.grp, r.standard, r.type
),
typed AS (
  SELECT c.grp, c.standard, c.type, CAST(c.top AS DOUBLE) / CAST(c.bottom AS DOUBLE) AS mean,
    CAST(c.bottom AS DOUBLE) AS bottom,
    CAST(t.weight AS DOUBLE) / SUM(t.weight) OVER (PARTITION BY c.grp, c.standard) AS share
  FROM cells AS c JOIN types AS t ON t.type = c.type
  WHERE t.weight > 0
),
nodes AS (
  SELECT DISTINCT t.grp, p.method, p.node, p.parent, p.weight
  FROM typed AS t JOIN paths AS p ON p.standard = t.standard
  WHERE p.alive = 1
),
shares AS (
  SELECT grp, method, node, CAST(weight AS DOUBLE) / SUM(weight) OVER (PARTITION BY grp, method, parent) AS share
  FROM nodes WHERE weight > 0
),
steps AS (
  SELECT s.grp, p.standard, EXP(SUM(LN(s.share))) AS share, COUNT(*) AS n
  FROM shares AS s JOIN paths AS p ON p.node = s.node AND p.method = s.method
  GROUP BY s.grp, p.standard
),
lengths AS (
  SELECT standard, method, COUNT(*) AS n FROM paths GROUP BY standard, method
),
moved AS (
  SELECT t.grp, t.standard, t.type, t.mean,
    t.share * COALESCE(s.share, 0) * COALESCE(m.share, 0) / t.bottom AS pull
  FROM typed AS t
  JOIN lengths AS l ON l.standard = t.standard
  LEFT JOIN steps AS s ON s.grp = t.grp AND s.standard = t.standard AND s.n = l.n
  LEFT JOIN methods AS m ON m.method = l.method
),
valued AS (
  SELECT g.grp, p.stratum, COUNT(*) AS m
  FROM whole AS w JOIN points AS p ON p.point = w.point JOIN members AS g ON g.point = w.point
  WHERE w.bottom > 0
  GROUP BY g.grp, p.stratum
),
placed AS (
  SELECT v.grp, v.stratum, v.m, s.unit, s.population, s.visited, s.position,
    SUM(CASE WHEN v.m = 1 THEN 1 ELSE 0 END) OVER (PARTITION BY v.grp, s.unit) AS lone,
    COUNT(*) OVER (PARTITION BY v.grp, s.unit) AS strata,
    ROW_NUMBER() OVER (PARTITION BY v.grp, s.unit ORDER BY s.position) AS place,
    COALESCE(LAG(v.m) OVER (PARTITION BY v.grp, s.unit ORDER BY s.position), 0) AS m_before,
    COALESCE(LEAD(v.m) OVER (PARTITION BY v.grp, s.unit ORDER BY s.position), 0) AS m_after
  FROM valued AS v JOIN strata AS s ON s.stratum = v.stratum
  WHERE s.visited < s.population
),
pooled AS (
  SELECT grp, stratum, population, visited, m, unit,
    CASE WHEN (m = 1 AND strata > 1)
      OR (m > 1 AND lone = 1 AND (m_before = 1 OR (m_after = 1 AND place = strata - 1)))
      THEN -1 ELSE stratum END AS pool
  FROM placed
),
terms AS (
  SELECT g.grp, o.unit, o.pool, r.point, r.standard, r.rate, CAST(r.weight AS DOUBLE) * v.pull AS pull, v.mean
  FROM rates AS r
  JOIN members AS g ON g.point = r.point
  JOIN pooled AS o ON o.grp = g.grp AND o.stratum = r.stratum
  JOIN moved AS v ON v.grp = g.grp AND v.standard = r.standard AND v.type = r.type
),
means AS (
  SELECT grp, unit, pool, standard, SUM(pull * rate) / NULLIF(SUM(pull), 0) AS mean
  FROM terms WHERE pool = -1
  GROUP BY grp, unit, pool, standard
),
errors AS (
  SELECT t.grp, t.unit, t.pool, t.point, SUM(t.pull * (t.rate - COALESCE(e.mean, t.mean))) / 1000000000 AS u
  FROM terms AS t
  LEFT JOIN means AS e ON e.grp = t.grp AND e.unit = t.unit AND e.pool = t.pool AND e.standard = t.standard
  GROUP BY t.grp, t.unit, t.pool, t.point
),
spreads AS (
  SELECT grp, unit, pool, SUM(u) AS total, SUM(u * u) AS squares
  FROM errors GROUP BY grp, unit, pool
),
sizes AS (
  SELECT grp, unit, pool, SUM(visited) AS n, SUM(population) AS population, SUM(m) AS m
  FROM pooled GROUP BY grp, unit, pool
)
SELECT 1 AS layer, grp, standard AS a, type AS b, top AS i1, CAST(bottom AS HUGEINT) AS i2, n AS i3,
  0 AS i4, CAST(0 AS HUGEINT) AS i5, CAST(0 AS HUGEINT) AS i6, CAST(0 AS HUGEINT) AS i7, CAST(0 AS HUGEINT) AS i8,
  CAST(0 AS DOUBLE) AS f1, CAST(0 AS DOUBLE) AS f2
FROM cells
UNION ALL
SELECT 2, g.grp, 0, 0, CAST(SUM(COALESCE(w.marks, 0)) AS HUGEINT),
  CAST(SUM(COALESCE(w.marks - w.given, 0)) AS HUGEINT), COUNT(*),
  SUM(CASE WHEN p.visits > 0 THEN 1 ELSE 0 END), SUM(CAST(p.weight AS HUGEINT) * COALESCE(w.bottom, 0)),
  SUM(CAST(p.weight AS HUGEINT) * p.expected), CAST(SUM(COALESCE(w.top, 0)) AS HUGEINT),
  CAST(SUM(COALESCE(w.bottom, 0)) AS HUGEINT), 0, 0
FROM points AS p JOIN members AS g ON g.point = p.point LEFT JOIN whole AS w ON w.point = p.point
GROUP BY g.grp
UNION ALL
SELECT 3, z.grp, 0, 0, CAST(z.n AS HUGEINT), CAST(z.population AS HUGEINT), z.m,
  CASE WHEN z.pool = -1 THEN 1 ELSE 0 END, 0, 0, 0, 0, COALESCE(s.total, 0), COALESCE(s.squares, 0)
FROM sizes AS z LEFT JOIN spreads AS s ON s.grp = z.grp AND s.unit = z.unit AND s.pool = z.pool
UNION ALL
SELECT 3, v.grp, 0, 0, CAST(s.visited AS HUGEINT), CAST(s.population AS HUGEINT), v.m, 0, 0, 0, 0, 0, 0, 0
FROM valued AS v JOIN strata AS s ON s.stratum = v.stratum
WHERE s.visited >= s.population
UNION ALL
SELECT 4, 0, w.point, 0,
  CAST(CASE WHEN w.bottom > 0 THEN LEAST((2 * w.top + w.bottom) // (2 * w.bottom), COALESCE(w.cap, 1000000000))
    ELSE -1 END AS HUGEINT),
  CAST(COALESCE(w.cap, -1) AS HUGEINT), CAST(COALESCE(w.bottom, 0) AS BIGINT), 0, 0, 0, 0, 0, 0, 0
FROM whole AS w
"""
NAMES = ("marks", "items", "points", "members", "strata", "types", "paths", "methods")
COLUMNS: Mapping[str, tuple[str, ...]] = {
    "marks": ("point", "item", "nano"),
    "items": ("item", "standard", "weight", "met", "cap"),
    "points": ("point", "type", "stratum", "weight", "visits", "expected"),
    "members": ("point", "grp"),
    "strata": ("stratum", "unit", "position", "population", "visited"),
    "types": ("type", "weight"),
    "paths": ("standard", "node", "parent", "weight", "alive", "method"),
    "methods": ("method", "share"),
}

Columns = Mapping[str, Any]
Row = Sequence[Any]


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
    data = {
        "items": _columns("items", entries),
        "types": _columns("types", [(types[key], weight) for key, weight in system.type_weights.items()]),
        "paths": _columns("paths", paths),
        "methods": _columns("methods", shares),
    }
    return data, items, nodes, types


def tables(
    system: System, points: Iterable[Point], observations: Iterable[Observation], strata: Iterable[Stratum]
) -> Tables:
    """The eight tables from what `roll_up` takes; every key becomes a number."""
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
        "marks": _columns(
            "marks",
            [
                (numbers[seen.point], items[seen.item], -1 if seen.nano is None else seen.nano)
                for seen in observations
            ],
        ),
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


def _columns(name: str, rows: Sequence[Sequence[Any]]) -> dict[str, Any]:
    import numpy as np

    kinds = {"share": np.float64}
    columns = zip(*rows, strict=True) if rows else ([] for _ in COLUMNS[name])
    return {
        column: np.array(list(values), dtype=kinds.get(column, np.int64))
        for column, values in zip(COLUMNS[name], columns, strict=True)
    }


def translated(dialect: str) -> str:
    """The text in another dialect: "postgres" or "spark"."""
    import sqlglot

    tree = sqlglot.parse_one(SQL, read="duckdb").transform(_plain, dialect)
    return tree.sql(dialect=dialect, pretty=True)


def _plain(node: sge.Expression, dialect: str) -> sge.Expression:
    """128-bit integers are decimals elsewhere; a whole division is written as each engine has it."""
    from sqlglot import expressions as exp

    if isinstance(node, exp.DataType) and node.this == exp.DataType.Type.INT128:
        return exp.DataType.build("DECIMAL(38, 0)", dialect="spark")
    if isinstance(node, exp.IntDiv):
        if dialect == "postgres":
            return exp.Anonymous(this="DIV", expressions=[node.this, node.expression])
        return exp.IntDiv(this=node.this, expression=node.expression)
    return node


def on_duckdb(tables: Tables, *, threads: int | None = None) -> Sums:
    """In this process. Raises duckdb.Error where a sum does not fit."""
    import duckdb

    with duckdb.connect(config={} if threads is None else {"threads": threads}) as connection:
        for name in NAMES:
            source = tables.data[name]
            if isinstance(source, str):
                connection.from_parquet(source).create_view(name)
            else:
                connection.register(name, source)
        return sums(connection.execute(SQL).fetchall(), tables)


def on_postgresql(connection: Any, tables: Tables) -> Sums:
    """On a connection of psycopg, in temporary tables that are dropped with its transaction."""
    with connection.transaction(), connection.cursor() as cursor:
        for name in NAMES:
            columns = COLUMNS[name]
            kinds = ", ".join(
                f"{column} {'double precision' if column == 'share' else 'bigint'}" for column in columns
            )
            cursor.execute(f"CREATE TEMPORARY TABLE {name} ({kinds}) ON COMMIT DROP")
            with cursor.copy(f"COPY {name} FROM STDIN") as copy:
                for row in _rows(tables.data[name], columns):
                    copy.write_row(row)
            cursor.execute(f"ANALYZE {name}")
        return sums(cursor.execute(translated("postgres")).fetchall(), tables)


def on_spark(session: Any, tables: Tables) -> Sums:
    """On a session of pyspark, in temporary views. A sum that does not fit raises (ANSI mode)."""
    session.conf.set("spark.sql.ansi.enabled", "true")
    for name in NAMES:
        columns = COLUMNS[name]
        schema = ", ".join(f"{column} {'double' if column == 'share' else 'bigint'}" for column in columns)
        rows = list(_rows(tables.data[name], columns))
        session.createDataFrame(rows, schema).createOrReplaceTempView(name)
    return sums(session.sql(translated("spark")).collect(), tables)


def _rows(source: Columns, columns: Sequence[str]) -> Iterable[tuple[Any, ...]]:
    lists = [source[column] for column in columns]
    return zip(
        *(values.tolist() if hasattr(values, "tolist") else list(values) for values in lists), strict=True
    )


def sums(rows: Iterable[Row], tables: Tables) -> Sums:
    """Rows of the form above, with the keys put back; numbers stand for themselves where there are no keys."""
    groups, standards = _Keys(tables.groups), _Keys(tables.standards)
    types, points = _Keys(tables.types), _Keys(tables.points)
    found = Sums()
    for layer, group, a, b, i1, i2, i3, i4, i5, i6, i7, i8, f1, f2 in rows:
        if layer == 1:
            cell = Cell(top=int(i1), bottom=int(i2), n=int(i3))
            found.cells[groups[group]][standards[a], types[b]] = cell
        elif layer == 2:
            found.counts[groups[group]] = Counts(
                marks=int(i1),
                not_applicable=int(i2),
                drawn=int(i3),
                visited=int(i4),
                covered=int(i5),
                expected=int(i6),
                raw_top=int(i7),
                raw_bottom=int(i8),
            )
        elif layer == 3:
            pool = Pool(n=int(i1), population=int(i2), m=int(i3), total=f1, squares=f2, collapsed=bool(i4))
            found.pools[groups[group]].append(pool)
        else:
            rate, cap = int(i1), int(i2)
            found.points[points[a]] = (None if rate < 0 else rate, None if cap < 0 else cap, int(i3))
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


__all__ = [
    "NANO",
    "SQL",
    "Scored",
    "Sums",
    "Tables",
    "on_duckdb",
    "on_postgresql",
    "on_spark",
    "scored",
    "sums",
    "tables",
    "translated",
]
