"""The progress ledger (进度台账): every indicator and every task as it stands on a day."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction

from django.utils.translation import gettext

from chuangwen.cores.series.forecasts import Forecast
from chuangwen.kit import formats
from chuangwen.plans.rules.content import TaskRow
from chuangwen.plans.words import strength_words

from .. import light_words
from ..models.reports import ITEM_STATES, PROGRESS
from ..queries import Judged, Overview, ProgramLine, TaskLine
from ..queries.overview import leads_in
from ..rules.amounts import decimal
from ..rules.seen import outlook
from ..rules.states import ItemState, Progress
from .book import Cell, Column, Sheet, workbook


def ledger(found: Overview, *, names: bool) -> bytes:
    """As the actor of the overview may see it; `names` says which units fall short in the sentences."""
    title = found.following.plan_version.title or found.following.plan.title
    about = gettext("As of %(day)s, version %(number)s") % {
        "day": formats.day(found.today),
        "number": found.following.plan_version.number,
    }
    return workbook(
        [
            Sheet(
                name=gettext("Indicators"),
                title=gettext("%(plan)s: progress ledger") % {"plan": title},
                subtitle=about,
                columns=_indicator_columns(),
                rows=_indicator_rows(found, names),
                frozen=4,
            ),
            Sheet(
                name=gettext("Tasks"),
                title=gettext("%(plan)s: progress of the tasks") % {"plan": title},
                subtitle=about,
                columns=_task_columns(),
                rows=[_task_cells(program, task) for program in found.programs for task in program.tasks],
                frozen=3,
            ),
        ]
    )


def _indicator_columns() -> list[Column]:
    return [
        Column(gettext("Program"), 12),
        Column(gettext("Task"), 18),
        Column(gettext("Lead units"), 12),
        Column(gettext("Indicator"), 18),
        Column(gettext("Strength"), 6),
        Column(gettext("Unit of measure"), 7),
        Column(gettext("Target"), 10),
        Column(gettext("Deadline"), 11),
        Column(gettext("Due today"), 9, number=True),
        Column(gettext("Reached"), 9, number=True),
        Column(gettext("Data as of"), 11),
        Column(gettext("Coverage"), 8),
        Column(gettext("State"), 8),
        Column(gettext("Reason in words"), 40),
        Column(gettext("Forecast"), 9, number=True),
        Column(gettext("Forecast, low"), 9, number=True),
        Column(gettext("Forecast, high"), 9, number=True),
        Column(gettext("Outlook"), 10),
    ]


def _indicator_rows(found: Overview, names: bool) -> list[list[Cell]]:
    """In the order of the plan; an indicator under several tasks stands once, with all of them."""
    programs = {row.key: row.title for row in found.judge.promises.programs}
    tasks = {task.id: task.row for task in found.judge.promises.tasks}
    return [
        _indicator_cells(judged, [tasks[id_] for id_ in judged.promise.tasks], programs, names)
        for judged in found.judged
    ]


def _indicator_cells(
    judged: Judged, tasks: Sequence[TaskRow], programs: dict[str, str], names: bool
) -> list[Cell]:
    row, light, forecast = judged.promise.row, judged.light, judged.forecast
    values = [forecast.value, forecast.low, forecast.high] if isinstance(forecast, Forecast) else [None] * 3
    aims = judged.course.ordered
    last = judged.last
    return [
        "、".join(dict.fromkeys(programs[task.program] for task in tasks if task.program)),
        "、".join(f"{task.number} {task.title}".strip() for task in tasks),
        "、".join(leads_in(tasks)),
        row.name,
        strength_words(row.strength),
        row.unit_of_measure,
        light_words.aim(judged),
        light_words.by(aims[-1].by) if aims else "",
        _number(judged, light.due),
        _number(judged, light.reached),
        formats.day(last.as_of) if last and last.as_of else "",
        f"{last.have}/{last.expected}" if last and last.expected is not None else "",
        light_words.word(judged),
        light_words.sentence(judged, names=names),
        *(_number(judged, one) for one in values),
        str(light_words.OUTLOOKS[outlook(light, forecast)]),
    ]


def _number(judged: Judged, value: Fraction | None) -> Cell:
    return decimal(value, light_words.places(judged))


def _task_columns() -> list[Column]:
    return [
        Column(gettext("Program"), 14),
        Column(gettext("No."), 6),
        Column(gettext("Task"), 24),
        Column(gettext("Lead units"), 16),
        Column(gettext("Indicators"), 7, number=True),
        Column(gettext("Judged"), 7, number=True),
        Column(gettext("Attained of what is due, %"), 10, number=True),
        Column(gettext("State"), 8),
        Column(gettext("As reported"), 10),
        Column(gettext("State of the report"), 12),
        Column(gettext("What is stuck"), 30),
    ]


def _task_cells(program: ProgramLine, task: TaskLine) -> list[Cell]:
    item, share = task.item, task.share.value
    return [
        program.row.title if program.row else "",
        task.promise.row.number,
        task.promise.row.title,
        "、".join(leads_in([task.promise.row])),
        task.tally.total,
        task.tally.judged,
        None if share is None else decimal(share * 100, 1),
        str(light_words.LAMPS[task.tally.worst]) if task.judged else "",
        str(PROGRESS[Progress(item.progress)]) if item and item.progress else "",
        str(ITEM_STATES[ItemState(item.state)]) if item else "",
        item.stuck_words if item else "",
    ]
