"""What differs between what a plan said and what comes in, as single changes for a person to decide."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from .content import IndicatorRow, Place, Row, TargetLine, TaskRow
from .measuring import plain
from .plain import to_plain

ROLES = ("leader", "lead", "member", "responsible")
BASELINE = ("baseline_value", "baseline_year", "baseline_words")
INDICATOR_FIELDS = ("name", "unit_of_measure", "frequency", "strength", "scope", "words")


@dataclass(slots=True, kw_only=True)
class Change:
    """One difference. `key` is the row's in the draft, "" for one that is added.

    `index` is the place of a row without key in its list. `payload` is what taking over applies; `place`
    the new words. `conflict` is True where the draft says something else than what the change was made from.
    """

    action: str
    subject: str
    key: str = ""
    index: int | None = None
    field: str = ""
    before: str = ""
    after: str = ""
    payload: dict[str, Any] = dataclasses.field(default_factory=dict)
    place: Place | None = None
    conflict: bool = False


_SIGNS = {">=": "≥", "<=": "≤"}


def target_words(target: TargetLine | dict[str, Any], unit: str) -> str:
    """“≥ 120 条（2023）”, for a change's before and after."""
    data = to_plain(target) if isinstance(target, TargetLine) else target
    value = data["value"] or ""
    amount = f"{value}—{data['upper']}" if data["upper"] else value
    deadline = f"（{data['deadline']}）" if data["deadline"] else ""
    return f"{_SIGNS.get(data['comparator'], data['comparator'])} {amount} {unit}".strip() + deadline


def row_words(row: Any) -> str:
    """What a row says in one line, for one that is added or removed."""
    if isinstance(row, IndicatorRow):
        targets = "；".join(target_words(target, row.unit_of_measure) for target in row.targets)
        return f"{row.name} {row.words or targets}".strip()
    if hasattr(row, "value"):
        return f"{row.name} {row.comparator} {plain(row.value)} {row.unit_of_measure}".strip()
    if hasattr(row, "duty"):
        return f"{row.period} {row.duty}"
    number = getattr(row, "number", "")
    return f"{number} {row.title if hasattr(row, 'title') else row.name}".strip()


def task_changes(
    base: TaskRow, now: TaskRow, new: TaskRow, names: Iterable[str] = ("title", "deadline")
) -> list[Change]:
    """Changes from `base` to `new`, to be made on `now`, the draft's task. Its text is not compared."""
    changes = _plain_changes("task", base, now, new, names)
    for role in ROLES:
        was, comes, is_now = _names(base, role), _names(new, role), _names(now, role)
        removed = [name for name in was if name not in comes]
        added = [name for name in comes if name not in was]
        removed, gone = [name for name in removed if name in is_now], len(removed)
        added = [name for name in added if name not in is_now]
        if removed or added:
            changes.append(
                Change(
                    action="change",
                    subject="task",
                    key=now.key,
                    field=role,
                    before="、".join(removed),
                    after="、".join(added),
                    payload={"role": role, "removed": removed, "added": added},
                    conflict=len(removed) < gone,
                )
            )
    was, comes, is_now = _measures(base), _measures(new), _measures(now)
    if comes not in (was, is_now):
        changes.append(
            Change(
                action="change",
                subject="task",
                key=now.key,
                field="measures",
                before="；".join(title for title in is_now if title not in comes),
                after="；".join(title for title in comes if title not in is_now),
                payload={"value": comes},
                conflict=is_now != was,
            )
        )
    return _at(changes, new)


def indicator_changes(base: IndicatorRow, now: IndicatorRow, new: IndicatorRow) -> list[Change]:
    """Changes from `base` to `new`, to be made on `now`. The tasks it stands under are not compared."""
    changes = _plain_changes("indicator", base, now, new, INDICATOR_FIELDS)
    was, comes, is_now = ([to_plain(getattr(row, name)) for name in BASELINE] for row in (base, new, now))
    if comes not in (was, is_now):
        changes.append(
            Change(
                action="change",
                subject="indicator",
                key=now.key,
                field="baseline",
                before=_joined(is_now),
                after=_joined(comes),
                payload={"value": comes},
                conflict=is_now != was,
            )
        )
    return _at(changes + _target_changes(base, now, new), new)


def plain_row_changes(
    subject: str, index: int, base: Any, now: Any, new: Any, names: Iterable[str]
) -> list[Change]:
    """Changes of a row without key: a goal, a stage, a result."""
    changes = _plain_changes(subject, base, now, new, names)
    for change in changes:
        change.index = index
    return _at(changes, new)


def _plain_changes(subject: str, base: Any, now: Any, new: Any, names: Iterable[str]) -> list[Change]:
    found = []
    for name in names:
        was, comes, is_now = (to_plain(getattr(row, name)) for row in (base, new, now))
        if comes not in (was, is_now):
            found.append(
                Change(
                    action="change",
                    subject=subject,
                    key=getattr(now, "key", ""),
                    field=name,
                    before=_shown(is_now),
                    after=_shown(comes),
                    payload={"value": comes},
                    conflict=is_now != was,
                )
            )
    return found


def _target_changes(base: IndicatorRow, now: IndicatorRow, new: IndicatorRow) -> list[Change]:
    """Targets for the same deadlines are compared one by one, other lists as a whole."""
    was, comes, is_now = _by_deadline(base), _by_deadline(new), _by_deadline(now)
    if was and comes and is_now and set(was) == set(comes) == set(is_now):
        return [
            _target_change(now, new, [was[when]], [is_now[when]], [comes[when]], when)
            for when in comes
            if comes[when] not in (was[when], is_now[when])
        ]
    old, new_list, current = ([_bare(target) for target in row.targets] for row in (base, new, now))
    if new_list in (old, current):
        return []
    return [_target_change(now, new, old, current, new_list, None)]


def _target_change(
    now: IndicatorRow,
    new: IndicatorRow,
    was: list[dict[str, Any]],
    is_now: list[dict[str, Any]],
    comes: list[dict[str, Any]],
    at: str | None,
) -> Change:
    named = {
        name for one, other in zip(is_now, comes, strict=False) for name in one if one[name] != other[name]
    }
    one_thing = named.pop() if len(named) == 1 and len(is_now) == len(comes) == 1 else "targets"
    payload: dict[str, Any] = {"at": at, "target": comes[0]} if at is not None else {"targets": comes}
    return Change(
        action="change",
        subject="indicator",
        key=now.key,
        field=one_thing,
        before="；".join(target_words(target, now.unit_of_measure) for target in is_now),
        after="；".join(target_words(target, new.unit_of_measure) for target in comes),
        payload=payload,
        conflict=is_now != was,
    )


def _by_deadline(row: IndicatorRow) -> dict[str, dict[str, Any]] | None:
    """Targets by deadline; None where two are for one deadline."""
    targets = {target.deadline: _bare(target) for target in row.targets}
    return targets if len(targets) == len(row.targets) else None


def _bare(target: TargetLine) -> dict[str, Any]:
    data: dict[str, Any] = to_plain(target)
    del data["places"]
    return data


def _at(changes: list[Change], new: Row) -> list[Change]:
    for change in changes:
        change.place = new.places[0] if new.places else None
    return changes


def _names(row: TaskRow, role: str) -> list[str]:
    return [line.printed for line in row.assignments if line.role == role]


def _measures(row: TaskRow) -> list[str]:
    return [measure.title for measure in row.measures]


def _shown(value: Any) -> str:
    return "；".join(map(str, value)) if isinstance(value, list) else str("" if value is None else value)


def _joined(values: list[Any]) -> str:
    return " ".join(str(value) for value in values if value not in {None, ""})
