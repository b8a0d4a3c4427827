"""The projects of a list as a table, and what an edited table changes."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

from django.utils.translation import gettext

from chuangwen.cores import roundtrip
from chuangwen.cores.errors import BadInput
from chuangwen.cores.roundtrip import KEY, Stamp, Table
from chuangwen.cores.sheets import Cells, Column
from chuangwen.kit import formats
from chuangwen.orgs.actors import Actor

from .. import queries
from ..models import Project, ProjectList
from ..rules.cells import PROJECT_WORDS, day, folded, plain_name, project_state, value
from ..rules.projects import ProjectState, Work, checked_days
from .merging import Merge, Merged, Units, Values, shown

STATE_WORDS = tuple(words[0] for words in PROJECT_WORDS.values())
FIELDS = (
    "name",
    "unit",
    "planned_on",
    "started_on",
    "done_on",
    "measure_name",
    "measure_unit",
    "before",
    "after",
    "note",
)


def table_out(found: ProjectList, today: date) -> bytes:
    """All projects by name, as they stand."""
    rows = [cells_of(project) for project in queries.projects_of(found)]
    subtitle = gettext("As of %(day)s") % {"day": formats.day(today)}
    return roundtrip.write(found.name, subtitle, columns_of(found), rows, stamp_of(found))


def stamp_of(found: ProjectList) -> Stamp:
    return Stamp("projects", found.pk)


def columns_of(found: ProjectList) -> list[Column]:
    return [
        Column("name", "名称", 22, ("项目名称", found.noun, f"{found.noun}名称"), required=True),
        Column("unit", "所在单位", 22, ("所在镇街", "所属镇街", "镇街", "镇", "责任单位")),
        Column("state", "状态", 8, ("进展",), choices=STATE_WORDS),
        Column("planned_on", "计划完成", 11, ("计划完成日期", "完成时限")),
        Column("started_on", "开工日期", 11, ("开工时间",)),
        Column("done_on", "完成日期", 11, ("完成时间", "完工日期")),
        Column("measure_name", "成效指标", 14),
        Column("measure_unit", "计量单位", 8),
        Column("before", "治理前", 9, ("实施前",)),
        Column("after", "治理后", 9, ("实施后",)),
        Column("note", "备注", 18),
    ]


def cells_of(project: Project) -> Cells:
    return {name: shown(found) for name, found in _now(project).items()} | {KEY: str(project.pk)}


def _now(project: Project) -> Values:
    return {"state": ProjectState(project.state)} | {name: getattr(project, name) for name in FIELDS}


def read(name: str, data: bytes, found: ProjectList) -> Table:
    """Raises BadInput as `cores.sheets.read` does."""
    return roundtrip.read(name, data, columns_of(found))


def merge(actor: Actor, found: ProjectList, table: Table, today: date) -> Merged:
    """What the table changes. Raises BadInput: registers.table_foreign, registers.table_errors."""
    names = {cells.get("unit", "") for _row, cells in table.rows}
    names |= {cells.get("unit", "") for cells in table.base.values()}
    return _ProjectMerge(found, table, Units(actor, found.jurisdiction, names, today), today).run()


class _ProjectMerge(Merge):
    def __init__(self, found: ProjectList, table: Table, units: Units, today: date) -> None:
        self.today = today
        parsers: dict[str, Callable[[str], Any]] = {
            "name": plain_name,
            "unit": units,
            "state": project_state,
            "planned_on": day,
            "started_on": day,
            "done_on": day,
            "measure_name": str.strip,
            "measure_unit": folded,
            "before": value,
            "after": value,
            "note": str.strip,
        }
        now = {str(one.pk): _now(one) for one in queries.projects_of(found)}
        super().__init__(table, stamp_of(found), columns_of(found), parsers, now)

    def check(self) -> None:
        """The days tell the state: a word that says something else needs its day."""
        for row, values in self.found.added:
            values["state"] = self.checked(row, values, values.get("state"))
        for key, changed in self.found.changed.items():
            after = self.now[key] | changed
            state = self.checked(self.found.row_of[key], after, changed.get("state"))
            changed["state"] = state

    def checked(self, row: int, values: Values, word: ProjectState | None) -> ProjectState:
        started_on, done_on = values.get("started_on"), values.get("done_on")
        try:
            checked_days(started_on, done_on, self.today)
        except BadInput as error:
            self.fault(row, "done_on" if done_on else "started_on", error)
        state = Work(name="", started_on=started_on, done_on=done_on).state_on(self.today)
        if word is not None and word != state:
            self.fault(row, "state", BadInput("registers.cell_state_and_days"))
        measured = values.get("before") is not None or values.get("after") is not None
        if measured and not values.get("measure_name"):
            self.fault(row, "measure_name", BadInput("registers.measure_missing"))
        return state
