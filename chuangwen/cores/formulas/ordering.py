"""In which order formulas that read each other are computed."""

from __future__ import annotations

from collections.abc import Mapping
from graphlib import CycleError, TopologicalSorter

from chuangwen.cores.formulas.model import BadFormula, Expression, Period, references


def order(formulas: Mapping[str, Expression]) -> list[str]:
    """The keys of `formulas`, each after those that it reads; the same for the same formulas.

    A value of an earlier period is none of these: I1 may read 上期(I1). Raises BadFormula formulas.cycle with
    the path "I1 → I4 → I1", each reading the next.
    """
    graph: TopologicalSorter[str] = TopologicalSorter()
    for key in sorted(formulas, key=_natural):
        read = {found.name for found in references(formulas[key]) if found.period is Period.THIS}
        graph.add(key, *sorted(read & formulas.keys(), key=_natural))
    try:
        return list(graph.static_order())
    except CycleError as error:
        cycle = error.args[1][:0:-1]
        first = cycle.index(min(cycle, key=_natural))
        path = [*cycle[first:], *cycle[: first + 1]]
        raise BadFormula("formulas.cycle", path=" → ".join(path)) from None


def _natural(key: str) -> tuple[int, str]:
    return len(key), key
