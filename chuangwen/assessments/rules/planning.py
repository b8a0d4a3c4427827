"""What a plan of a round must hold."""

from __future__ import annotations

from collections.abc import Collection, Mapping

from chuangwen.cores.errors import BadInput

METHODS = ("field", "material", "survey", "online")
MILLI = 1000


def checked_weights(weights: Mapping[str, int]) -> dict[str, int]:
    """Methods that weigh something, in their usual order. Raises BadInput unless they add up to 1000."""
    if any(weight < 0 for weight in weights.values()) or weights.keys() - set(METHODS):
        raise BadInput("assessments.weights", total=0)
    total = sum(weights.values())
    if total != MILLI:
        raise BadInput("assessments.weights", total=f"{total / 10:g}")
    return {method: weights[method] for method in METHODS if weights.get(method)}


def checked_types(codes: Collection[str], known: Collection[str]) -> list[str]:
    """Point types of the round; [] is all. Raises BadInput for one that the system does not have."""
    wrong = sorted(set(codes) - set(known))
    if wrong:
        raise BadInput("assessments.type_unknown", codes="、".join(wrong))
    return [code for code in known if code in set(codes)]


def stratum_of(path: str, units: Mapping[str, int]) -> int | None:
    """The lowest appraised unit (`units`: path → id) that is the unit at `path` or stands above it."""
    above = [one for one in units if path.startswith(one)]
    return units[max(above, key=len)] if above else None


def names_of_strata(units: Collection[tuple[int, str, str]]) -> dict[int, str]:
    """What the published frame calls each unit: (id, short name, full name) → a name that no other has.

    Neither `|` nor a control character stands in it.
    """
    plain = [(key, _plain(short), _plain(full)) for key, short, full in units]
    shorts = [short for _key, short, _full in plain]
    fulls = [full for _key, _short, full in plain]
    return {
        key: short if shorts.count(short) == 1 else full if fulls.count(full) == 1 else f"{full}#{key}"
        for key, short, full in plain
    }


def _plain(name: str) -> str:
    return " ".join("".join(sign if sign.isprintable() else " " for sign in name.replace("|", "/")).split())
