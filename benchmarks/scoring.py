"""Measures `cores.scoring`: 1e5, 1e6 and 1e7 marks from columns to scores with intervals.

`python -m benchmarks.scoring [MARKS …]`. Each engine runs in a process of its own, so that its peak memory
is its own, on the same Arrow columns, and does the same work: rates of points with caps, cells, scores of
units up the tree, counts, and the linearised standard error of each unit and of the city. The others were
written by hand for this system (one method, one level of weights, no stratum of one point): a group-by in
pandas, in Polars and in DuckDB. Last, at 1e5, LibreOffice, a workbook of the same round: marks and SUMIFS
beside them.
"""

import json
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from itertools import pairwise
from pathlib import Path
from typing import Any

import numpy as np

ROOT = Path(__file__).parents[1]
NANO, MICRO = 10**9, 10**6
UNITS, TYPES, STANDARDS, ITEMS = 10, 10, 50, 200  # four items a standard; a mark for each item of a point
AT_MOST = 2.0  # times the fastest, at the most marks
BY_HAND = ("pandas", "polars", "duckdb")

Columns = dict[str, Any]


def columns(marks: int) -> dict[str, Columns]:
    """A round as columns of whole numbers; 3 % of the marks do not apply, one item in twenty is critical."""
    chance = np.random.default_rng(20261130)
    count = marks // ITEMS
    point = np.arange(count)
    unit, kind = point % UNITS, (point // UNITS) % TYPES
    stratum = unit * TYPES + kind
    visited = np.bincount(stratum, minlength=UNITS * TYPES)
    population = visited * 4 + 7
    weight = (population[stratum] * MICRO + visited[stratum] // 2) // visited[stratum]
    nano = chance.choice(np.array([0, NANO // 2, NANO, NANO, NANO, NANO]), marks).astype(np.int64)
    nano[chance.random(marks) < 0.03] = -1
    item = np.arange(ITEMS)
    used = visited > 0
    return {
        "marks": {"point": np.repeat(point, ITEMS), "item": np.tile(item, count), "nano": nano},
        "items": {
            "item": item,
            "standard": item // 4,
            "weight": 1000 + item % 4 * 500,
            "met": np.where(item % 20 == 0, NANO // 4, 0),
            "cap": np.where(item % 20 == 0, 600_000_000, NANO),
        },
        "points": {
            "point": point,
            "type": kind,
            "stratum": stratum,
            "weight": weight,
            "visits": np.ones(count, dtype=np.int64),
            "expected": np.full(count, int((1000 + item % 4 * 500).sum())),
        },
        "members": {
            "point": np.concatenate([point, point]),
            "grp": np.concatenate([unit, np.full(count, UNITS)]),
        },
        "strata": {
            "stratum": np.arange(UNITS * TYPES)[used],
            "unit": (np.arange(UNITS * TYPES) // TYPES)[used],
            "position": (np.arange(UNITS * TYPES) % TYPES)[used],
            "population": population[used],
            "visited": visited[used],
        },
        "types": {"type": np.arange(TYPES), "weight": 500 + 100 * np.arange(TYPES)},
        "paths": {
            "standard": np.arange(STANDARDS),
            "node": np.arange(STANDARDS),
            "parent": np.full(STANDARDS, -1),
            "weight": 100 + np.arange(STANDARDS),
            "alive": np.ones(STANDARDS, dtype=np.int64),
            "method": np.zeros(STANDARDS, dtype=np.int64),
        },
        "methods": {"method": np.zeros(1, dtype=np.int64), "share": np.ones(1)},
    }


Result = dict[int, tuple[int, float]]  # group → total in nano-points, standard error


def ours(tables: dict[str, Any]) -> Result:
    from chuangwen.cores.scoring import engine
    from chuangwen.cores.scoring.rollup import Node, System

    system = System(
        nodes=[Node(key=n, parent=None, weight_milli=100 + n, method="field") for n in range(STANDARDS)],
        items=[],
        type_weights={n: 500 + 100 * n for n in range(TYPES)},
        method_weights={"field": 1000},
    )
    found = engine.scored(system, engine.on_duckdb(engine.Tables(data=tables)))
    return {
        int(key): (score.known_nano or 0, found.spreads[key].se or 0.0) for key, score in found.groups.items()
    }


def totals(grp: Any, standard: Any, kind: Any, top: Any, bottom: Any) -> tuple[dict[int, int], Any]:
    """From cells to totals, and c / D of each cell: small, and the same for all that are written by hand."""
    omega, weights = 500 + 100 * np.asarray(kind), 100 + np.asarray(standard)
    rate = np.array([(2 * int(a) + int(b)) // (2 * int(b)) for a, b in zip(top, bottom, strict=True)])
    place = np.asarray(grp) * STANDARDS + standard
    whole = np.bincount(place, omega, minlength=(UNITS + 1) * STANDARDS)
    sums = np.zeros(len(whole), dtype=object)
    np.add.at(sums, place, (omega * rate).astype(object))
    found, there = {}, whole > 0
    of_group = np.zeros(UNITS + 1)
    for group in range(UNITS + 1):
        inside = [
            (
                100 + s,
                (2 * sums[group * STANDARDS + s] + int(whole[group * STANDARDS + s]))
                // (2 * int(whole[group * STANDARDS + s])),
            )
            for s in range(STANDARDS)
            if there[group * STANDARDS + s]
        ]
        if inside:
            weight = sum(w for w, _ in inside)
            of_group[group] = weight
            found[group] = (2 * sum(w * r for w, r in inside) + weight) // (2 * weight)
    pull = omega / whole[place] * weights / of_group[np.asarray(grp)] / np.asarray(bottom, dtype=float)
    return found, pull


def finished(totals_of: dict[int, int], rows: Any) -> Result:
    """Rows group, n, N, Σu, Σu² → the standard error of each group."""
    grp, n, population, total, squares = (np.asarray(column, dtype=float) for column in rows)
    part = np.where(n < population, (1 - n / population) * n / np.maximum(n - 1, 1), 0) * (
        squares - total**2 / n
    )
    variance = np.bincount(grp.astype(int), part, minlength=UNITS + 1)
    return {group: (nano, float(np.sqrt(variance[group]))) for group, nano in totals_of.items()}


def by_pandas(tables: dict[str, Any]) -> Result:
    frame = {name: table.to_pandas() for name, table in tables.items()}
    marks = frame["marks"].merge(frame["items"], on="item")
    applies = marks["nano"] >= 0
    marks["top"] = (marks["weight"] * marks["nano"]).where(applies, 0)
    marks["bottom"] = marks["weight"].where(applies, 0)
    marks["cap"] = marks["cap"].where(applies & (marks["nano"] < marks["met"]), NANO)
    worth = marks.groupby(["point", "standard"], as_index=False).agg(
        top=("top", "sum"), bottom=("bottom", "sum"), cap=("cap", "min"), marks=("item", "size")
    )
    worth["cap"] = worth.groupby("point")["cap"].transform("min")
    rates = worth[worth["bottom"] > 0].merge(frame["points"], on="point")
    rate = (2 * rates["top"] + rates["bottom"]) // (2 * rates["bottom"])
    rates["rate"] = np.minimum(rate, rates["cap"])
    rates = rates.merge(frame["members"], on="point")
    rates["weighed"] = rates["weight"] * rates["rate"]
    cells = rates.groupby(["grp", "standard", "type"], as_index=False).agg(
        sum=("weighed", "sum"), below=("weight", "sum"), n=("point", "size")
    )
    found, pull = totals(cells["grp"], cells["standard"], cells["type"], cells["sum"], cells["below"])
    cells["pull"], cells["mean"] = pull, cells["sum"] / cells["below"]
    rates = rates.merge(cells[["grp", "standard", "type", "pull", "mean"]], on=["grp", "standard", "type"])
    rates["u"] = rates["pull"] * rates["weight"] * (rates["rate"] - rates["mean"]) / NANO
    errors = rates.groupby(["grp", "stratum", "point"], as_index=False)["u"].sum()
    errors["uu"] = errors["u"] ** 2
    pools = errors.groupby(["grp", "stratum"], as_index=False).agg(total=("u", "sum"), squares=("uu", "sum"))
    pools = pools.merge(frame["strata"], on="stratum")
    whole = (
        frame["members"]
        .merge(frame["points"], on="point")
        .merge(worth.groupby("point", as_index=False)[["top", "bottom", "marks"]].sum(), on="point")
    )
    whole["covered"], whole["asked"] = whole["weight"] * whole["bottom"], whole["weight"] * whole["expected"]
    whole.groupby("grp")[["top", "bottom", "marks", "covered", "asked", "visits"]].sum()
    return finished(found, [pools[name] for name in ("grp", "visited", "population", "total", "squares")])


def by_polars(tables: dict[str, Any]) -> Result:
    import polars as pl

    frame = {name: pl.from_arrow(table).lazy() for name, table in tables.items()}  # type: ignore[union-attr]
    applies = pl.col("nano") >= 0
    worth = (
        frame["marks"]
        .join(frame["items"], on="item")
        .group_by("point", "standard")
        .agg(
            top=(pl.col("weight") * pl.col("nano")).filter(applies).sum(),
            bottom=pl.col("weight").filter(applies).sum(),
            cap=pl.col("cap").filter(applies & (pl.col("nano") < pl.col("met"))).min(),
            marks=pl.len(),
        )
        .collect()
        .lazy()
    )
    whole = worth.group_by("point").agg(
        pl.col("top").sum(), pl.col("bottom").sum(), pl.col("cap").min(), pl.col("marks").sum()
    )
    rate = (2 * pl.col("top") + pl.col("bottom")) // (2 * pl.col("bottom"))
    rates = (
        worth.filter(pl.col("bottom") > 0)
        .drop("cap")
        .join(whole.select("point", "cap"), on="point")
        .join(frame["points"], on="point")
        .with_columns(rate=pl.min_horizontal(rate, pl.col("cap").fill_null(NANO)))
        .join(frame["members"], on="point")
        .select("point", "grp", "standard", "type", "stratum", "weight", "rate")
        .collect()
        .lazy()
    )
    weighed = (pl.col("weight") * pl.col("rate")).sum()
    cells = (
        rates.group_by("grp", "standard", "type")
        .agg(sum=weighed, below=pl.col("weight").sum(), n=pl.len())
        .collect()
    )
    found, pull = totals(*(cells[name].to_numpy() for name in ("grp", "standard", "type", "sum", "below")))
    pulled = cells.with_columns(pull=pl.Series(pull), mean=pl.col("sum") / pl.col("below")).lazy()
    u = pl.col("pull") * pl.col("weight") * (pl.col("rate") - pl.col("mean")) / NANO
    pools = (
        rates.join(pulled.select("grp", "standard", "type", "pull", "mean"), on=["grp", "standard", "type"])
        .group_by("grp", "stratum", "point")
        .agg(u=u.sum())
        .group_by("grp", "stratum")
        .agg(total=pl.col("u").sum(), squares=(pl.col("u") ** 2).sum())
        .join(frame["strata"], on="stratum")
        .collect()
    )
    (
        frame["members"]
        .join(frame["points"], on="point")
        .join(whole, on="point")
        .group_by("grp")
        .agg(
            pl.col("top").sum(),
            pl.col("marks").sum(),
            (pl.col("weight") * pl.col("bottom")).sum(),
            (pl.col("weight") * pl.col("expected")).sum().alias("asked"),
        )
        .collect()
    )
    return finished(
        found, [pools[name].to_numpy() for name in ("grp", "visited", "population", "total", "squares")]
    )


def by_duckdb(tables: dict[str, Any]) -> Result:
    import duckdb

    with duckdb.connect() as base:
        for name, table in tables.items():
            base.register(name, table)
        base.execute(
            """CREATE TABLE worth AS SELECT point, standard,
            SUM(weight * nano) FILTER (nano >= 0)::BIGINT top,
            SUM(weight) FILTER (nano >= 0)::BIGINT bottom, MIN(cap) FILTER (nano >= 0 AND nano < met) cap,
            COUNT(*) marks FROM marks JOIN items USING (item) GROUP BY ALL"""
        )
        base.execute(
            """CREATE TABLE whole AS SELECT point, SUM(top)::BIGINT top, SUM(bottom)::BIGINT bottom,
            MIN(cap) cap, SUM(marks) marks FROM worth GROUP BY point"""
        )
        base.execute(
            """CREATE TABLE rates AS SELECT grp, point, standard, type, stratum, weight,
            LEAST((2 * w.top + w.bottom) // (2 * w.bottom), COALESCE(a.cap, 1000000000)) rate
            FROM worth w JOIN whole a USING (point) JOIN points USING (point) JOIN members USING (point)
            WHERE w.bottom > 0"""
        )
        rows = base.execute(
            """SELECT grp, standard, type, SUM(weight * rate) sum, SUM(weight)::BIGINT below, COUNT(*) n
            FROM rates GROUP BY ALL"""
        ).fetchall()
        grp, standard, kind, top, bottom, _ = (list(column) for column in zip(*rows, strict=True))
        found, pull = totals(grp, np.array(standard), np.array(kind), top, bottom)
        mean = np.array([a / b for a, b in zip(top, bottom, strict=True)])
        base.register(
            "pulled",
            {
                "grp": np.array(grp),
                "standard": np.array(standard),
                "type": np.array(kind),
                "pull": pull,
                "mean": mean,
            },
        )
        pools = base.execute(
            """SELECT grp, any_value(visited), any_value(population), SUM(u), SUM(u * u) FROM (
            SELECT grp, stratum, point, SUM(pull * weight * (rate - mean)) / 1e9 u FROM rates
            JOIN pulled USING (grp, standard, type) GROUP BY ALL)
            JOIN strata USING (stratum) GROUP BY grp, stratum"""
        ).fetchall()
        base.execute(
            """SELECT grp, SUM(marks), SUM(top), SUM(bottom), SUM(weight * bottom),
            SUM(weight * expected), SUM(visits)
            FROM points JOIN members USING (point) JOIN whole USING (point) GROUP BY grp"""
        ).fetchall()
    return finished(found, list(zip(*pools, strict=True)))


ENGINES: dict[str, Callable[[dict[str, Any]], Result]] = {
    "ours": ours,
    "pandas": by_pandas,
    "polars": by_polars,
    "duckdb": by_duckdb,
}


def peak_mb() -> float:
    """Of this process alone: what `getrusage` says begins with the peak of the process that started it."""
    status = Path("/proc/self/status").read_text()
    return int(status.partition("VmHWM:")[2].split()[0]) / 1024


def child(name: str, folder: str, times: int) -> None:
    """Prints seconds, peak memory above what the columns take, and the result."""
    import pyarrow.feather as feather

    tables = {path.stem: feather.read_table(path, memory_map=False) for path in Path(folder).glob("*.arrow")}
    before = peak_mb()
    taken, result = [], {}
    for _ in range(times):
        begun = time.perf_counter()
        result = ENGINES[name](tables)
        taken.append(time.perf_counter() - begun)
    told = {str(key): value for key, value in result.items()}
    print(json.dumps({"seconds": min(taken), "peak": peak_mb() - before, "result": told}))


def in_its_own_process(name: str, folder: str, times: int) -> dict[str, Any]:
    command = [sys.executable, "-m", "benchmarks.scoring", "--child", name, folder, str(times)]
    done = subprocess.run(command, cwd=ROOT, check=True, capture_output=True, text=True)  # noqa: S603
    found: dict[str, Any] = json.loads(done.stdout.splitlines()[-1])
    return found


def verdict(one: dict[str, Any], other: dict[str, Any]) -> str:
    """Whether totals are equal, and errors to 1e-9. Sums of a whole city leave 64 bits."""
    wrong = {
        key
        for key in one.keys() | other.keys()
        if key not in one
        or key not in other
        or one[key][0] != other[key][0]
        or abs(one[key][1] - other[key][1]) > 1e-9
    }
    if wrong == {str(UNITS)}:
        return "same units; WRONG CITY: sums of 64 bits wrapped round"
    return f"DIFFERS in {len(wrong)}" if wrong else "same totals and errors"


def measure(marks: int) -> float:
    """Prints one line for each engine; returns our seconds."""
    import pyarrow as pa
    import pyarrow.feather as feather

    with tempfile.TemporaryDirectory() as folder:
        for name, table in columns(marks).items():
            feather.write_feather(
                pa.table(table), str(Path(folder, f"{name}.arrow")), compression="uncompressed"
            )
        found = {name: in_its_own_process(name, folder, 3 if marks <= 10**6 else 2) for name in ENGINES}
    fastest = min(found[name]["seconds"] for name in BY_HAND)
    for name, row in found.items():
        same = verdict(row["result"], found["ours"]["result"])
        title = "the engine" if name == "ours" else f"{name}, by hand"
        print(
            f"{marks:>11,} marks, {title:16} {row['seconds']:7.2f} s, {row['peak']:6.0f} MB more, {same}",
            flush=True,
        )
    share = float(found["ours"]["seconds"] / fastest)
    word = f" ({'within' if share <= AT_MOST else 'OVER'} {AT_MOST:g})" if marks >= 10**7 else ""
    print(f"{marks:>11,} marks: the engine takes {share:.2f} of the fastest by hand{word}", flush=True)
    return float(found["ours"]["seconds"])


def workbook(marks: int = 10**5) -> None:
    """The same round as a workbook that LibreOffice calculates: rates with SUMIFS, no intervals, no caps."""
    import xlsxwriter

    if shutil.which("soffice") is None:
        print("Left out: the workbook (install libreoffice-calc)")
        return
    tables = columns(marks)
    with tempfile.TemporaryDirectory() as folder:
        source = Path(folder, "round.xlsx")
        with xlsxwriter.Workbook(str(source), {"constant_memory": True}) as book:
            sheet = book.add_worksheet("marks")
            point, item, nano = (tables["marks"][name].tolist() for name in ("point", "item", "nano"))
            unit = (tables["marks"]["point"] % UNITS).tolist()
            standard, weight = (tables["items"][name].tolist() for name in ("standard", "weight"))
            for row, (p, i, value, u) in enumerate(zip(point, item, nano, unit, strict=True)):
                sheet.write_row(row, 0, [p, u, standard[i], weight[i], "" if value < 0 else value / NANO])
                sheet.write_formula(row, 5, f'=IF(E{row + 1}="","",D{row + 1}*E{row + 1})')
                sheet.write_formula(row, 6, f'=IF(E{row + 1}="","",D{row + 1})')
            scores = book.add_worksheet("scores")
            for u in range(UNITS):
                for s in range(STANDARDS):
                    where = f"marks!$B$1:$B${marks},{u},marks!$C$1:$C${marks},{s}"
                    sums = (f"SUMIFS(marks!${column}$1:${column}${marks},{where})" for column in "FG")
                    scores.write_formula(u, s, "=" + "/".join(sums))
        command = ["soffice", f"-env:UserInstallation=file://{folder}/profile", "--headless"]
        command += ["--convert-to", "csv", "--outdir", folder, str(source)]
        begun = time.perf_counter()
        subprocess.run(command, check=True, capture_output=True)  # noqa: S603
        taken = time.perf_counter() - begun
    rates = UNITS * STANDARDS
    print(f"{marks:>11,} marks, LibreOffice, a workbook of {rates} rates without intervals: {taken:.1f} s")


def measure_scoring(sizes: tuple[int, ...] = (10**5, 10**6, 10**7)) -> None:
    print_growth(sizes, [measure(marks) for marks in sizes])
    workbook()


def print_growth(sizes: tuple[int, ...], taken: list[float]) -> None:
    for (fewer, before), (more, after) in pairwise(zip(sizes, taken, strict=True)):
        print(f"{more // fewer}× the marks take {after / before:.1f}× the time", flush=True)


if __name__ == "__main__":
    if sys.argv[1:2] == ["--child"]:
        child(sys.argv[2], sys.argv[3], int(sys.argv[4]))
    else:
        measure_scoring(tuple(int(float(size)) for size in sys.argv[1:]) or (10**5, 10**6, 10**7))
