"""What goes in and out in JSON. Values are decimals as strings; None is unknown, never zero."""

from datetime import date
from typing import Annotated, Generic, TypeVar

from ninja import Schema
from pydantic import ConfigDict, Field

LARGEST = 2**63 - 1
One = TypeVar("One")


class Shape(Schema):
    model_config = ConfigDict(extra="forbid")


class Paging(Shape):
    """`cursor` is the `next` of the page before; 0 is the first page."""

    cursor: int = Field(0, ge=0, le=LARGEST)
    limit: int = Field(50, ge=1, le=200)


class Page(Shape, Generic[One]):
    """`next` is the cursor of the next page, None on the last one."""

    items: list[One]
    next: int | None


class FieldOut(Shape):
    name: str
    said: str


class ProblemOut(Shape):
    """`code` is stable; `happened` and `next` are for people, in the language of the token's person."""

    status: int
    code: str
    happened: str
    next: str
    fields: list[FieldOut]


class UnitsAsked(Paging):
    """`text`: words of a name, alias, old name or the beginning of a code."""

    text: str = Field("", max_length=100, pattern=r"^[^\x00-\x1f\x7f]*$")


class UnitOut(Shape):
    id: int
    parent_id: int | None
    kind: str
    name: str
    short_name: str
    code: str
    division_code: str
    opened_on: date | None
    closed_on: date | None


class GroupOut(Shape):
    """A rule: all open units of `kinds`, and some by name; who that is today: …/members."""

    id: int
    name: str
    other_names: list[str]
    kinds: list[str]


class SeatOut(Shape):
    id: int
    person: str
    role: str
    starts_on: date | None
    ends_on: date | None


Number = Annotated[int | None, Field(ge=1, le=2**31 - 1)]


class VersionAsked(Shape):
    """`version` is the number of a confirmed version; without it the one in force."""

    version: Number = None


class RowsAsked(Paging):
    """As Paging, of the version `version`; without it of the one in force."""

    version: Number = None


class PlanOut(Shape):
    """`version` is the number of the version in force, None where there is none yet."""

    id: int
    jurisdiction_id: int
    title: str
    version: int | None
    tasks: int
    indicators: int


class VersionOut(Shape):
    """`number` is None for a draft, which only the campaign office sees."""

    id: int
    number: int | None
    state: str
    title: str
    reason: str
    issued_on: date | None
    first_year: int | None
    last_year: int | None
    tasks: int
    indicators: int


class AssignmentOut(Shape):
    """`units` are those bound: the frozen members of a group. All of it empty where the name is unmatched."""

    id: int
    task: str
    role: str
    printed: str
    unit_id: int | None
    group_id: int | None
    post: str | None
    units: list[int]


class TaskOut(Shape):
    """`program` and `indicators` are keys; `deadline` is YYYY, YYYY-MM or "" where none is named."""

    key: str
    number: str
    title: str
    text: str
    deadline: str
    program: str | None
    measures: list[str]
    indicators: list[str]
    assignments: list[AssignmentOut]


class TargetOut(Shape):
    """`unit_id` None: for the city as a whole; `value` None: stated in the indicator's `words`."""

    unit_id: int | None
    deadline: str
    comparator: str
    value: str | None
    upper: str | None


class IndicatorOut(Shape):
    key: str
    name: str
    unit_of_measure: str
    strength: str
    scope: str
    words: str
    traits: list[str]
    accrual: str
    roll_up: str
    baseline_value: str | None
    baseline_year: int | None
    baseline_words: str
    tasks: list[str]
    targets: list[TargetOut]


class RegisterOut(Shape):
    """Today. Each member is one of `covered` (has all that is required), `lacking` and `unknown`.

    `covered` is None while nothing can be counted; `announced` None: nobody said how many there are.
    """

    id: int
    jurisdiction_id: int
    name: str
    noun: str
    keeper_id: int
    announced: int | None
    members: int
    covered: int | None
    lacking: int
    unknown: int
    as_of: date | None


class MarkOut(Shape):
    """`state` is yes, no or unknown; `as_of` is the day for which that was said, None: never."""

    column: str
    required: bool
    state: str
    since: date | None
    as_of: date | None


class MemberOut(Shape):
    id: int
    name: str
    unit_id: int
    code: str
    opened_on: date | None
    closed_on: date | None
    covered: bool
    marks: list[MarkOut]
