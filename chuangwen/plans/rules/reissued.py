"""A document issued again: what it changes in a reviewed plan, and what simply moves along.

The new reading is compared with today's reading of the old document, not with the reviewed plan: what the
reviewer corrected in the old one is not asked again.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from .content import Content, DoubtLine, IndicatorRow, Place, Row, TaskRow
from .differences import Change, indicator_changes, plain_row_changes, row_words, task_changes
from .from_reading import SAME_TARGET
from .likeness import normal
from .moved import Moved
from .pairing import pair_exactly, pair_indicators, pair_titles
from .plain import to_plain

TITLED: dict[str, tuple[str, ...]] = {
    "goals": ("title", "strength", "year"),
    "stages": ("title", "deadline", "goals"),
}
REPEATING = {"title", "measures", "goals"}  # fields that may repeat a figure
SUBJECTS = {"goals": "goal", "stages": "stage", "rhythm": "rhythm", "mechanisms": "mechanism"}


@dataclass(slots=True)
class Reissue:
    """`draft` is the reviewed content with words, numbers and doubts moved to the new document."""

    draft: Content
    changes: list[Change] = field(default_factory=list)


class Text(NamedTuple):
    """A document's number in the database and its text."""

    document: int
    text: str


def reissue(reviewed: Content, old: Content, new: Content, was: Text, comes: Text) -> Reissue:
    """Compare `new`, the reading of the text that comes, with `old`, that of the text before.

    `reviewed` becomes the draft; says what the new document changes in it.
    """
    return _Comparison(reviewed, old, new, was, comes).result()


class _Comparison:
    def __init__(self, reviewed: Content, old: Content, new: Content, was: Text, comes: Text) -> None:
        self.reviewed, self.old, self.new = reviewed, old, new
        self.was, self.comes = was, comes
        self.moved = Moved(was.text, comes.text)
        self.changes: list[Change] = []
        self.programs = pair_titles(old.programs, new.programs)
        self.tasks = pair_titles(old.tasks, new.tasks)
        self.homes: dict[str, list[Any]] = {}  # new tasks that are added -> their indicators

    def result(self) -> Reissue:
        self.compare_programs()
        self.compare_tasks()
        self.compare_indicators()
        self.compare_results()
        for name in ("goals", "stages"):
            self.compare_titled(name)
        for name in ("rhythm", "mechanisms"):
            self.compare_said(name)
        self.changes = folded(self.changes)
        self.move_citations()
        draft = self.reviewed
        for name in (
            "title",
            "city",
            "kind",
            "issued_on",
            "first_year",
            "last_year",
            "announced",
            "left_out",
        ):
            setattr(draft, name, getattr(self.new, name))
        draft.doubts = self.doubts()
        return Reissue(draft, self.changes)

    def compare_programs(self) -> None:
        old, new = self.old.programs, self.new.programs
        for i, j in self.programs.items():
            now = self.reviewed_row(self.reviewed.programs, old[i])
            if now is None:
                continue
            now.number = new[j].number
            self.take_over_places(plain_row_changes("program", 0, old[i], now, new[j], ("title",)), new[j])
        self.added_and_removed("program", self.programs, old, new, self.reviewed.programs)

    def compare_tasks(self) -> None:
        old, new = self.old.tasks, self.new.tasks
        for i, j in self.tasks.items():
            now = self.reviewed_row(self.reviewed.tasks, old[i])
            if now is None:
                continue
            now.number = new[j].number
            changes = task_changes(old[i], now, new[j])
            if self.wording(self.old, old[i], self.was.text) == self.wording(
                self.new, new[j], self.comes.text
            ):
                now.text = new[j].text
            elif new[j].text != now.text:
                changes.append(
                    Change(
                        action="change",
                        subject="task",
                        key=now.key,
                        field="text",
                        before=now.text,
                        after=new[j].text,
                        payload={"value": new[j].text},
                        place=new[j].places[0] if new[j].places else None,
                        conflict=now.text != old[i].text,
                    )
                )
            self.take_over_places(changes, new[j])
        added = set(range(len(new))) - set(self.tasks.values())
        self.homes = {new[j].key: [] for j in added}
        self.added_and_removed("task", self.tasks, old, new, self.reviewed.tasks)

    def compare_indicators(self) -> None:
        old, new = self.old.indicators, self.new.indicators
        tasks = {self.old.tasks[i].key: self.new.tasks[j].key for i, j in self.tasks.items()}
        pairs = pair_indicators(self.old, self.new, tasks, _quote(self.was), _quote(self.comes))
        for i, j in pairs.items():
            now = self.reviewed_row(self.reviewed.indicators, old[i])
            if now is not None:
                changes = indicator_changes(old[i], now, new[j])
                if {tasks.get(key) for key in old[i].tasks} != set(new[j].tasks):
                    changes.append(self.moved_to_task(now, new[j]))
                self.take_over_places(changes, new[j])
        gone = {row.key for row in self.old.tasks if row.key not in tasks}
        paired = set(pairs.values())
        for j, row in enumerate(new):
            if j not in paired and row.tasks and row.tasks[0] in self.homes:
                self.homes[row.tasks[0]].append(to_plain(row))
                paired.add(j)
        with_task = {i: -1 for i, row in enumerate(old) if row.tasks and set(row.tasks) <= gone}
        self.added_and_removed("indicator", with_task | pairs, old, new, self.reviewed.indicators, paired)
        self.changes = _once(self.changes)

    def moved_to_task(self, now: IndicatorRow, new: IndicatorRow) -> Change:
        keys = [key for key in map(self.draft_task, new.tasks) if key]
        titles = {row.key: row.title for row in self.reviewed.tasks}
        return Change(
            action="change",
            subject="indicator",
            key=now.key,
            field="tasks",
            before="；".join(titles[key] for key in now.tasks),
            after="；".join(row.title for row in self.new.tasks if row.key in new.tasks),
            payload={"value": keys},
            place=new.places[0] if new.places else None,
        )

    def compare_results(self) -> None:
        old, new, now = self.old.results, self.new.results, self.reviewed.results
        pairs = pair_exactly(old, new, lambda row: (normal(row.name), row.unit_of_measure))
        for i, j in pairs.items():
            row = self.reviewed_row(now, old[i])
            if row is not None:
                names = ("comparator", "value", "period")
                changes = plain_row_changes("result", now.index(row), old[i], row, new[j], names)
                self.take_over_places(changes, new[j])
        self.added_and_removed("result", pairs, old, new, now)

    def compare_titled(self, name: str) -> None:
        old, new, now = getattr(self.old, name), getattr(self.new, name), getattr(self.reviewed, name)
        pairs = pair_titles(old, new)
        for i, j in pairs.items():
            row = self.reviewed_row(now, old[i])
            if row is not None:
                index = now.index(row)
                self.take_over_places(
                    plain_row_changes(SUBJECTS[name], index, old[i], row, new[j], TITLED[name]), new[j]
                )
        self.added_and_removed(SUBJECTS[name], pairs, old, new, now)

    def compare_said(self, name: str) -> None:
        """Beats and mechanisms are there or not."""
        old, new, now = getattr(self.old, name), getattr(self.new, name), getattr(self.reviewed, name)
        pairs = pair_exactly(old, new, lambda row: normal(row_words(row)))
        self.added_and_removed(SUBJECTS[name], pairs, old, new, now)

    def added_and_removed(
        self,
        subject: str,
        pairs: dict[int, int],
        old: list[Any],
        new: list[Any],
        reviewed: list[Any],
        paired: set[int] | None = None,
    ) -> None:
        taken = set(pairs.values()) | (paired or set())
        for i, row in enumerate(old):
            if i not in pairs and (now := self.reviewed_row(reviewed, row)) is not None:
                self.changes.append(
                    Change(
                        action="remove",
                        subject=subject,
                        key=getattr(now, "key", ""),
                        index=reviewed.index(now),
                        before=row_words(now),
                    )
                )
        partners = {j: i for i, j in pairs.items()}
        after = ""
        for j, row in enumerate(new):
            if j in partners:
                now = self.reviewed_row(reviewed, old[partners[j]])
                after = getattr(now, "key", after)
            elif j not in taken:
                payload = {"row": to_plain(row), "after": after}
                if subject == "task":
                    payload["indicators"] = self.homes[row.key]
                self.changes.append(
                    Change(
                        action="add",
                        subject=subject,
                        after=row_words(row),
                        payload=self.localised(subject, payload),
                        place=row.places[0] if row.places else None,
                    )
                )

    def localised(self, subject: str, payload: dict[str, Any]) -> dict[str, Any]:
        """An added row's program or task, named by the key that it has in the draft."""
        row = payload["row"]
        if subject == "task" and row["program"]:
            row["program"] = self.draft_program(row["program"])
        if subject == "result":
            row["task"], row["indicator"] = self.draft_task(row["task"] or ""), None
        if subject == "indicator":
            row["tasks"] = [key for key in map(self.draft_task, row["tasks"]) if key]
        return payload

    def draft_program(self, new_key: str) -> str | None:
        for i, j in self.programs.items():
            if self.new.programs[j].key == new_key:
                row = self.reviewed_row(self.reviewed.programs, self.old.programs[i])
                return row.key if row else None
        return None

    def draft_task(self, new_key: str) -> str | None:
        for i, j in self.tasks.items():
            if self.new.tasks[j].key == new_key:
                row = self.reviewed_row(self.reviewed.tasks, self.old.tasks[i])
                return row.key if row else None
        return None

    def reviewed_row(self, rows: list[Any], old: Any) -> Any | None:
        """The reviewed row with the words of a row of the old reading; None if the review left it out."""
        best, most = None, (0, False)
        for row in rows:
            shared = sum(_shared(one, other) for one in row.places for other in old.places)
            score = (shared, shared > 0 and row_words(row) == row_words(old))
            if score > most:
                best, most = row, score
        return best

    def take_over_places(self, changes: list[Change], new: Any) -> None:
        """With a change that is taken over, the row cites the new document."""
        for change in changes:
            change.payload["places"] = to_plain(new.places)
            if isinstance(new, IndicatorRow):
                change.payload["target_places"] = {t.deadline: to_plain(t.places) for t in new.targets}
        self.changes += changes

    def wording(self, content: Content, task: TaskRow, text: str) -> str:
        """The words of a task without figures, units' names and what its indicators say."""
        inside = [place for row in content.indicators if task.key in row.tasks for place in row.places]
        inside += [place for line in task.assignments for place in line.places]
        inside += [Place(0, int(piece["start"]), int(piece["end"])) for piece in content.left_out]
        kept, at = [], task.places[0].start if task.places else 0
        stop = task.places[0].end if task.places else 0
        for place in sorted(inside, key=lambda place: place.start):
            if at <= place.start < stop:
                kept.append(text[at : place.start])
            at = max(at, place.end) if place.start < stop else at
        kept.append(text[at:stop])
        words = normal("".join(kept)).replace(normal(task.title), "", 1)
        return "".join(char for char in words if not char.isdigit())

    def move_citations(self) -> None:
        """Rows that nothing changes cite the new document where their words stand there."""
        changed = {change.key for change in self.changes if change.key}
        changed |= {also["key"] for change in self.changes for also in change.payload.get("also", ())}
        lists = (self.reviewed.programs, self.reviewed.tasks, self.reviewed.indicators, self.reviewed.results)
        others = (self.reviewed.goals, self.reviewed.stages, self.reviewed.rhythm, self.reviewed.mechanisms)
        for rows in (*lists, *others):
            for row in rows:
                if getattr(row, "key", "-") not in changed:
                    self.move(row)
                for line in (*getattr(row, "measures", ()), *getattr(row, "assignments", ())):
                    self.move(line)
                if getattr(row, "key", "-") not in changed:
                    for target in getattr(row, "targets", ()):
                        self.move(target)

    def move(self, row: Any) -> None:
        row.places = [self.place(place) for place in row.places]

    def place(self, place: Place) -> Place:
        found = self.moved.place(place.start, place.end) if place.document == self.was.document else None
        return Place(self.comes.document, *found) if found else place

    def doubts(self) -> list[DoubtLine]:
        """Doubts about the new document; what was answered about the same words before is not asked again."""
        answers = {_about(doubt, self.was.text): doubt.answer for doubt in self.reviewed.doubts}
        found = [doubt for doubt in self.new.doubts if doubt.code != SAME_TARGET]
        for doubt in found:
            doubt.answer = answers.get(_about(doubt, self.comes.text), "")
        return found


def _about(doubt: DoubtLine, text: str) -> tuple[str, str]:
    return doubt.code, text[doubt.start : doubt.end]


def _shared(one: Place, other: Place) -> int:
    if one.document != other.document:
        return 0
    return max(min(one.end, other.end) - max(one.start, other.start), 0)


def _quote(source: Text) -> Callable[[Row], str]:
    return lambda row: "".join(source.text[place.start : place.end] for place in row.places[:1])


def folded(changes: list[Change]) -> list[Change]:
    """One figure of the document that several rows speak of is one difference, decided for all at once.

    These are indicators that share the figure, and a title, measure or stage goal that repeats it.
    """
    kept: list[Change] = []
    for change in sorted(changes, key=lambda change: change.field in REPEATING):
        lead = next((one for one in kept if _same_figure(one, change) or _repeats(one, change)), None)
        if lead is None:
            kept.append(change)
        else:
            lead.payload.setdefault("also", []).append(
                {
                    "subject": change.subject,
                    "key": change.key,
                    "index": change.index,
                    "field": change.field,
                    "payload": change.payload,
                }
            )
    for change in kept:
        shared = [also for also in change.payload.get("also", ()) if also["subject"] == "indicator"]
        if shared:
            change.after += f"（共{len(shared) + 1}项指标）"
    order = {id(change): n for n, change in enumerate(changes)}
    return sorted(kept, key=lambda change: order[id(change)])


def _same_figure(one: Change, other: Change) -> bool:
    """Whether both change indicators to the same value, at the same place of the new document."""
    places = one.payload.get("target_places")
    return (
        one.subject == other.subject == "indicator"
        and one.action == other.action == "change"
        and one.key != other.key
        and bool(places)
        and (one.field, one.after) == (other.field, other.after)
        and places == other.payload.get("target_places")
    )


def _repeats(one: Change, other: Change) -> bool:
    """Whether `other` changes no words but figures, in the words that `one` changes an indicator in."""
    if one.subject != "indicator" or one.action != other.action or other.field not in REPEATING:
        return False
    if one.place is None or other.place is None:
        return False
    if other.subject == "stage":  # cited by its heading alone
        near = any(figure in other.after for figure in re.findall(r"\d+(?:\.\d+)?", one.after)[:1])
    else:
        near = _shared(one.place, other.place) > 0
    return near and _without_figures(other.before) == _without_figures(other.after)


def _without_figures(text: str) -> str:
    return "".join(char for char in normal(text) if not char.isdigit() and char not in "%‰")


def _once(changes: list[Change]) -> list[Change]:
    """A change that two indicators bring which the review made one is kept once."""
    seen: set[tuple[str, ...]] = set()
    kept = []
    for change in changes:
        mark = (change.action, change.subject, change.key, change.field, change.after)
        if not change.key or mark not in seen:
            kept.append(change)
        seen.add(mark)
    return kept
