"""What people type on the pages of plans. Every form carries `version` of the row that it was opened on."""

import re
from datetime import date
from decimal import Decimal
from typing import Any, cast

from django import forms
from django.core.exceptions import ValidationError
from django.core.validators import RegexValidator
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from chuangwen.cores.errors import BadInput
from chuangwen.kit import http
from chuangwen.orgs import queries as orgs

from . import queries
from .actions import AssignmentFields, IndicatorFields, TargetFields, TaskFields, TaskPart
from .models import BeatPeriod, Comparator, PlanVersion, Role, Strength, Subject

_BLANK = ("", "—")
_DEADLINE = RegexValidator(
    r"^\d{4}(-(0[1-9]|1[0-2]))?\Z",
    _("Write a year or a month: 2023 or 2023-06. Leave it empty if there is none."),
)
_BETWEEN_NAMES = re.compile(r"[、,，;；\n]+")
MORE_TARGETS = 2  # empty target lines offered below those there are


class FileForm(forms.Form):
    file = forms.FileField(label=_("File"), error_messages={"required": _("Choose a file first.")})


class ReceiveForm(FileForm):
    plan = forms.IntegerField(required=False, widget=forms.HiddenInput)


class AmendForm(forms.Form):
    reason = forms.CharField(
        label=_("Why the plan is changed"),
        max_length=500,
        error_messages={
            "required": _("Say in a sentence why the plan is changed; it stands in its history.")
        },
    )


class VersionForm(forms.Form):
    version = forms.IntegerField(min_value=1, widget=forms.HiddenInput)


class AnswerForm(VersionForm):
    answer = forms.CharField(label=_("Answer"), max_length=200)


class ConfirmForm(VersionForm):
    reason = forms.CharField(label=_("Reason for the new version"), max_length=500, required=False)

    def __init__(self, *args: Any, needs_reason: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["reason"].required = needs_reason


class MatchForm(VersionForm):
    unit = forms.CharField(label=_("Unit"), max_length=100)

    def unit_id(self, version: PlanVersion, today: date) -> int:
        """The unit that the typed name means. Raises BadInput if there is none or several."""
        return _unit_named(self.cleaned_data["unit"], version, today)


class NewUnitForm(VersionForm):
    name = forms.CharField(label=_("Name of the unit"), max_length=100)
    kind = forms.CharField(label=_("Kind of unit"), max_length=20)


class RowForm(VersionForm):
    """A row under correction."""

    def arguments(self) -> dict[str, Any]:
        """What the correcting action of the subject takes, `version` included."""
        return self.cleaned_data

    def refuse(self, error: BadInput) -> None:
        """Show the action's refusal above the fields; what was typed stays."""
        self.add_error(None, str(http.words_for(error).happened))


class ProgramForm(RowForm):
    number = forms.CharField(label=_("Number"), max_length=20, required=False)
    title = forms.CharField(label=_("Title"), max_length=200)


class TaskForm(RowForm):
    number = forms.CharField(label=_("Number"), max_length=20, required=False)
    title = forms.CharField(label=_("Title"), max_length=300)
    program = forms.TypedChoiceField(label=_("Program"), required=False, coerce=int, empty_value=None)
    deadline = forms.CharField(label=_("Deadline"), required=False, validators=[_DEADLINE])
    leader = forms.CharField(
        label=Role.LEADER.label, required=False, help_text=_("Several: with 、 between.")
    )
    lead = forms.CharField(label=Role.LEAD.label, required=False)
    member = forms.CharField(label=Role.MEMBER.label, required=False, widget=forms.Textarea({"rows": 2}))
    responsible = forms.CharField(label=Role.RESPONSIBLE.label, required=False)
    measures = forms.CharField(
        label=_("Measures"),
        required=False,
        widget=forms.Textarea({"rows": 3}),
        help_text=_("One on each line."),
    )
    text = forms.CharField(label=_("Text"), required=False, widget=forms.Textarea({"rows": 5}))

    def __init__(self, review: queries.Review, today: date, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        programs = [(str(program.pk), program.title) for program in review.program_choices]
        cast(forms.ChoiceField, self.fields["program"]).choices = [_BLANK, *programs]

    def arguments(self) -> dict[str, Any]:
        data = self.cleaned_data
        fields = TaskFields(
            number=data["number"],
            title=data["title"],
            text=data["text"],
            deadline=data["deadline"],
            program_id=data["program"],
            measures=_lines(data["measures"]),
        )
        return {"version": data["version"], "fields": fields, "assignments": self._assignments()}

    def _assignments(self) -> list[AssignmentFields]:
        """The names as typed; what each means is found by the action."""
        return [
            AssignmentFields(role=role, printed=name)
            for role in Role.values
            for name in _names(self.cleaned_data[role])
        ]


class TargetForm(forms.Form):
    comparator = forms.ChoiceField(label=_("Comparator"), choices=Comparator)
    value = forms.DecimalField(label=_("Value"), required=False, max_digits=20, decimal_places=6)
    upper = forms.DecimalField(label=_("Upper end"), required=False, max_digits=20, decimal_places=6)
    deadline = forms.CharField(label=_("Deadline"), required=False, validators=[_DEADLINE])
    unit = forms.CharField(label=_("For the unit"), required=False)


TargetLines = forms.formset_factory(TargetForm, extra=MORE_TARGETS, can_delete=True)


class IndicatorForm(RowForm):
    name = forms.CharField(label=_("Name"), max_length=200)
    unit_of_measure = forms.CharField(label=_("Unit of measure"), max_length=30, required=False)
    strength = forms.ChoiceField(label=_("Strength"), required=False, choices=[_BLANK, *Strength.choices])
    frequency = forms.ChoiceField(
        label=_("Frequency"), required=False, choices=[_BLANK, ("yearly", _("Every year"))]
    )
    scope = forms.CharField(label=_("Scope"), max_length=50, required=False)
    baseline_value = forms.DecimalField(label=_("Baseline"), required=False, max_digits=20, decimal_places=6)
    baseline_year = forms.IntegerField(
        label=_("Baseline year"), required=False, min_value=1949, max_value=2100
    )
    baseline_words = forms.CharField(label=_("Baseline in words"), max_length=100, required=False)
    words = forms.CharField(
        label=_("In words"),
        max_length=200,
        required=False,
        help_text=_("For a target without a number, such as grade B or better."),
    )

    def __init__(
        self, review: queries.Review, today: date, data: QueryDict | None = None, **kwargs: Any
    ) -> None:
        targets = kwargs.pop("targets", [])
        super().__init__(data, **kwargs)
        self.plan_version, self.today = review.version, today
        self.targets = TargetLines(data, initial=targets, prefix="target")

    def is_valid(self) -> bool:
        return all([super().is_valid(), self.targets.is_valid()])

    def arguments(self) -> dict[str, Any]:
        plain = dict(self.cleaned_data)
        return {"version": plain.pop("version"), "fields": IndicatorFields(**plain, targets=self._targets())}

    def _targets(self) -> list[TargetFields]:
        return [
            TargetFields(
                deadline=line["deadline"],
                comparator=line["comparator"],
                value=line["value"],
                upper=line["upper"],
                unit_id=_unit_named(line["unit"], self.plan_version, self.today) if line["unit"] else None,
            )
            for line in self.targets.cleaned_data
            if line and not line.get("DELETE") and (line["value"] is not None or self.cleaned_data["words"])
        ]


class ResultForm(RowForm):
    name = forms.CharField(label=_("Name"), max_length=200)
    comparator = forms.ChoiceField(label=_("Comparator"), choices=Comparator)
    value = forms.DecimalField(label=_("Value"), max_digits=20, decimal_places=6)
    unit_of_measure = forms.CharField(label=_("Unit of measure"), max_length=30, required=False)
    period = forms.CharField(label=_("Period"), required=False, validators=[_DEADLINE])


class GoalForm(RowForm):
    title = forms.CharField(label=_("Goal"), max_length=300)
    strength = forms.ChoiceField(label=_("Strength"), required=False, choices=[_BLANK, *Strength.choices])
    year = forms.IntegerField(label=_("Year"), required=False, min_value=1949, max_value=2100)
    units = forms.CharField(
        label=_("Counties"), required=False, help_text=_("With 、 between; empty means the whole city.")
    )

    def __init__(self, review: queries.Review, today: date, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.plan_version, self.today = review.version, today

    def clean_units(self) -> list[int]:
        try:
            return [
                _unit_named(name, self.plan_version, self.today)
                for name in _names(self.cleaned_data["units"])
            ]
        except BadInput as error:
            raise ValidationError(str(http.words_for(error).happened)) from error

    def arguments(self) -> dict[str, Any]:
        data = dict(self.cleaned_data)
        return {"unit_ids": data.pop("units"), **data}


class StageForm(RowForm):
    title = forms.CharField(label=_("Stage"), max_length=200)
    deadline = forms.CharField(label=_("Deadline"), required=False, validators=[_DEADLINE])
    goals = forms.CharField(
        label=_("Goals"), required=False, widget=forms.Textarea({"rows": 4}), help_text=_("One on each line.")
    )

    def clean_goals(self) -> list[str]:
        return _lines(self.cleaned_data["goals"])


class RhythmForm(RowForm):
    period = forms.ChoiceField(label=_("Rhythm"), choices=BeatPeriod)
    duty = forms.CharField(label=_("What is done"), max_length=50)


class MechanismForm(RowForm):
    name = forms.CharField(label=_("Mechanism"), max_length=200)


class AddForm(forms.Form):
    """A row that the reader missed, from words marked in the document (`start`, `end`) or copied from it."""

    start = forms.IntegerField(required=False, min_value=0, widget=forms.HiddenInput)
    end = forms.IntegerField(required=False, min_value=1, widget=forms.HiddenInput)
    quote = forms.CharField(label=_("Words in the document"), widget=forms.Textarea({"rows": 2}), strip=True)
    subject = forms.ChoiceField(
        label=_("What it is"),
        choices=[
            (Subject.INDICATOR, _("Indicator")),
            (Subject.TASK, _("Task")),
            (Subject.PROGRAM, _("Program")),
            (Subject.GOAL, _("Goal")),
            (Subject.STAGE, _("Stage")),
            (Subject.MECHANISM, _("Mechanism")),
        ],
    )
    name = forms.CharField(label=_("Name or title"), max_length=200)
    task = forms.TypedChoiceField(label=_("Of the task"), required=False, coerce=int, empty_value=None)
    program = forms.TypedChoiceField(label=_("Of the program"), required=False, coerce=int, empty_value=None)
    comparator = forms.ChoiceField(label=_("Comparator"), choices=Comparator, required=False)
    value = forms.DecimalField(label=_("Value"), required=False, max_digits=20, decimal_places=6)
    unit_of_measure = forms.CharField(label=_("Unit of measure"), max_length=30, required=False)
    deadline = forms.CharField(label=_("Deadline"), required=False, validators=[_DEADLINE])

    def __init__(self, review: queries.Review, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.document = review.document
        self._offer(
            "task", [(str(row.pk), f"{row.number} {row.title}".strip()) for row in review.task_choices]
        )
        self._offer("program", [(str(row.pk), row.title) for row in review.program_choices])

    def _offer(self, name: str, choices: list[tuple[str, str]]) -> None:
        cast(forms.ChoiceField, self.fields[name]).choices = [_BLANK, *choices]

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if data.get("subject") == Subject.INDICATOR and data.get("value") is None:
            self.add_error("value", _("An indicator needs a value."))
        if "quote" in data:
            data["start"], data["end"] = self._place(data)
        return data

    def _place(self, data: dict[str, Any]) -> tuple[int, int]:
        text = self.document.text if self.document else ""
        start, end, quote = data.get("start"), data.get("end"), data["quote"]
        if start is None or end is None or text[start:end].split() != quote.split():
            start = text.find(quote)
            end = start + len(quote)
        if start < 0:
            self.add_error("quote", _("These words do not stand in the document. Copy them from the left."))
        return start, end

    def refuse(self, error: BadInput) -> None:
        """Show the action's refusal above the fields; what was typed stays."""
        self.add_error(None, str(http.words_for(error).happened))

    def arguments(self) -> dict[str, Any]:
        """What `add_from_selection` takes."""
        data = self.cleaned_data
        return {
            "subject": data["subject"],
            "start": data["start"],
            "end": data["end"],
            "fields": self._fields(),
        }

    def _fields(self) -> dict[str, Any]:
        """The fields that the chosen kind of row has."""
        data = self.cleaned_data
        title = {"title": data["name"]}
        match data["subject"]:
            case Subject.INDICATOR:
                target = TargetFields(
                    deadline=data["deadline"],
                    comparator=data["comparator"] or Comparator.AT_LEAST,
                    value=data["value"],
                )
                named = {"name": data["name"], "unit_of_measure": data["unit_of_measure"]}
                return {"fields": IndicatorFields(**named, targets=[target]), "task_id": data["task"]}
            case Subject.TASK:
                return {"fields": TaskFields(program_id=data["program"], deadline=data["deadline"], **title)}
            case Subject.STAGE:
                return {"deadline": data["deadline"], "goals": [], **title}
            case Subject.GOAL:
                return {"strength": "", "year": None, "unit_ids": [], **title}
            case Subject.MECHANISM:
                return {"name": data["name"]}
            case _:
                return {"number": "", **title}


class SplitTaskForm(VersionForm):
    """One task into two: the titles and texts of both, and which indicators go with the second."""

    first_title = forms.CharField(label=_("First task"), max_length=300)
    first_text = forms.CharField(label=_("Text"), required=False, widget=forms.Textarea({"rows": 4}))
    second_title = forms.CharField(label=_("Second task"), max_length=300)
    second_text = forms.CharField(label=_("Text"), required=False, widget=forms.Textarea({"rows": 4}))
    indicators = forms.TypedMultipleChoiceField(
        label=_("Indicators of the second task"),
        required=False,
        coerce=int,
        widget=forms.CheckboxSelectMultiple,
    )

    def __init__(self, indicators: list[tuple[int, str]], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.offered = [number for number, _name in indicators]
        cast(forms.ChoiceField, self.fields["indicators"]).choices = [
            (str(number), name) for number, name in indicators
        ]

    def parts(self) -> list[TaskPart]:
        data = self.cleaned_data
        moved = data["indicators"]
        stay = [number for number in self.offered if number not in moved]
        return [
            TaskPart(title=data["first_title"], text=data["first_text"], indicator_ids=stay),
            TaskPart(title=data["second_title"], text=data["second_text"], indicator_ids=moved),
        ]


class SplitIndicatorForm(VersionForm):
    """One indicator into two: names, and which of the targets go with the second."""

    first_name = forms.CharField(label=_("First indicator"), max_length=200)
    second_name = forms.CharField(label=_("Second indicator"), max_length=200)
    targets = forms.TypedMultipleChoiceField(
        label=_("Targets of the second indicator"), coerce=int, widget=forms.CheckboxSelectMultiple
    )

    def __init__(self, item: queries.Item, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.row, self.lines = item.row, item.targets
        cast(forms.ChoiceField, self.fields["targets"]).choices = [
            (str(line.pk), f"{line.get_comparator_display()} {line.value} {line.deadline}")
            for line in item.targets
        ]

    def parts(self) -> list[IndicatorFields]:
        data = self.cleaned_data
        moved = set(data["targets"])
        return [
            self._part(data["first_name"], [line for line in self.lines if line.pk not in moved]),
            self._part(data["second_name"], [line for line in self.lines if line.pk in moved]),
        ]

    def _part(self, name: str, lines: list[Any]) -> IndicatorFields:
        kept = {field: getattr(self.row, field) for field in _KEPT_BY_SPLIT}
        return IndicatorFields(name=name, targets=[_target_fields(line) for line in lines], **kept)


_KEPT_BY_SPLIT = (
    "unit_of_measure",
    "frequency",
    "strength",
    "scope",
    "words",
    "baseline_value",
    "baseline_year",
    "baseline_words",
)

_ROW_FORMS: dict[str, type[RowForm]] = {
    "program": ProgramForm,
    "task": TaskForm,
    "indicator": IndicatorForm,
    "result": ResultForm,
    "goal": GoalForm,
    "stage": StageForm,
    "rhythm": RhythmForm,
    "mechanism": MechanismForm,
}


def row_form(item: queries.Item, review: queries.Review, today: date, data: QueryDict | None) -> RowForm:
    """The form to correct a row with, filled with what stands in it."""
    form = _ROW_FORMS[item.subject]
    extra: dict[str, Any] = {}
    if item.subject == "indicator":
        extra["targets"] = [_target_initial(line) for line in item.targets]
    if form in (TaskForm, IndicatorForm, GoalForm):
        return form(review, today, data, initial=_initial(item), **extra)
    return form(data, initial=_initial(item))


def split_form(
    item: queries.Item, review: queries.Review, data: QueryDict | None
) -> SplitTaskForm | SplitIndicatorForm:
    """Raises BadInput for a kind of row that cannot be split."""
    row: Any = item.row
    if item.subject == "indicator":
        names = {"first_name": row.name, "second_name": row.name, "version": row.version}
        return SplitIndicatorForm(item, data, initial=names)
    if item.subject == "task":
        mine = [
            (other.row.pk, str(other.row))
            for other in review.items
            if other.subject == "indicator" and any(task.pk == row.pk for task in other.tasks)
        ]
        words = {"first_title": row.title, "first_text": row.text, "version": row.version}
        return SplitTaskForm(mine, data, initial=words)
    raise BadInput("plans.split_unlike")


def merge_choice(data: QueryDict) -> tuple[str, list[int], list[int]]:
    """Kind, keys and versions of the rows ticked ("task-12-3"). BadInput unless two or more of one kind."""
    ticked = [
        re.fullmatch(r"(task|indicator)-(\d{1,18})-(\d{1,18})", value) for value in data.getlist("rows")
    ]
    kinds = {found[1] for found in ticked if found}
    if len(ticked) < 2 or len(kinds) != 1 or not all(ticked):
        raise BadInput("plans.merge_unlike")
    rows = [found for found in ticked if found]
    return kinds.pop(), [int(found[2]) for found in rows], [int(found[3]) for found in rows]


def _initial(item: queries.Item) -> dict[str, Any]:
    row: Any = item.row
    initial = {field.name: getattr(row, field.attname) for field in row._meta.concrete_fields}
    if item.subject == "task":
        for role in Role.values:
            initial[role] = "、".join(line.printed for line in item.assignments if line.role == role)
        initial["measures"] = "\n".join(measure.title for measure in item.measures)
    if item.subject == "stage":
        initial["goals"] = "\n".join(row.goals)
    if item.subject == "goal":
        initial["units"] = "、".join(unit.name for unit in row.jurisdictions.all())
    return {name: _plain(value) for name, value in initial.items()}


def _target_initial(line: Any) -> dict[str, Any]:
    fields = ("comparator", "value", "upper", "deadline")
    return {name: _plain(getattr(line, name)) for name in fields} | {
        "unit": line.unit.name if line.unit else ""
    }


def _target_fields(line: Any) -> TargetFields:
    return TargetFields(
        deadline=line.deadline,
        comparator=line.comparator,
        value=line.value,
        upper=line.upper,
        unit_id=line.unit_id,
    )


def _plain(value: Any) -> Any:
    """A decimal as people type it: 38.75, not 38.750000."""
    return format(value.normalize(), "f") if isinstance(value, Decimal) else value


def _names(text: str) -> list[str]:
    return [name.strip() for name in _BETWEEN_NAMES.split(text) if name.strip()]


def _lines(text: str) -> list[str]:
    return [line.strip() for line in text.splitlines() if line.strip()]


def _unit_named(text: str, version: PlanVersion, on: date) -> int:
    """Number of the one unit that `text` (its number or a name of it) means. Raises BadInput."""
    found = orgs.match_name(version.plan.jurisdiction, text, on)
    if found.unit is None:
        raise BadInput("plans.unit_unknown", name=text)
    return found.unit.pk
