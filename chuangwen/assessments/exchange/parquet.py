"""A round as a folder of Parquet files, and the scores of many such folders in one go."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from chuangwen.cores.errors import BadInput
from chuangwen.cores.scoring import engine

from ..rules.inputs import Inputs
from ..rules.scores import Result, from_sums

KEYS = "round.json"


def write(folder: Path, inputs: Inputs, about: dict[str, Any]) -> list[Path]:
    """The eight tables of `cores.scoring.engine`, and round.json: what their numbers stand for, the system,
    part scores, peer groups. `about`: names of the city, the round and the groups.
    """
    import duckdb

    folder.mkdir(parents=True, exist_ok=True)
    tables = engine.tables(inputs.system, inputs.points, inputs.observations, inputs.strata)
    written = []
    with duckdb.connect() as connection:
        for name in engine.INPUTS:
            path = folder / f"{name}.parquet"
            connection.register("source", tables.data[name])
            connection.sql("SELECT * FROM source").write_parquet(str(path), compression="zstd")
            connection.unregister("source")
            written.append(path)
    data = inputs.data()
    keys = {name: list(getattr(tables, name)) for name in ("points", "groups", "standards", "types")}
    rest = {name: value for name, value in data.items() if name not in {"points", "observations", "strata"}}
    told = {"about": about, "keys": keys, "inputs": rest}
    path = folder / KEYS
    path.write_text(json.dumps(told, ensure_ascii=False, indent=1, sort_keys=True), encoding="utf-8")
    return [*written, path]


def score(folders: Sequence[Path]) -> Iterator[tuple[dict[str, Any], list[Result]]]:
    """Each folder's `about` and scores; marks are read by DuckDB, never by Python.

    Raises BadInput `assessments.not_an_export` with `folder`.
    """
    for folder in folders:
        try:
            told = json.loads((folder / KEYS).read_text(encoding="utf-8"))
            inputs = Inputs.of({**told["inputs"], "points": [], "observations": [], "strata": []})
            paths = {name: str(folder / f"{name}.parquet") for name in engine.INPUTS}
            if not all(Path(path).is_file() for path in paths.values()):
                raise KeyError(folder)
            tables = engine.Tables(data=paths, **told["keys"])
        except (OSError, ValueError, KeyError, TypeError):
            raise BadInput("assessments.not_an_export", folder=folder.name) from None
        yield told["about"], from_sums(inputs, engine.on_duckdb(tables))
