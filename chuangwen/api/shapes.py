"""What goes in and out in JSON. Values are decimals as strings; None is unknown, never zero."""

from datetime import date, datetime
from decimal import Decimal
from typing import Annotated, Any, Generic, Literal, TypeVar

from ninja import Schema
from pydantic import ConfigDict, Field

LARGEST = 2**63 - 1
One = TypeVar("One")


class Shape(Schema):
    model_config = ConfigDict(extra="forbid")


class Body(Shape):
    """What comes in as JSON."""


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
Version = Annotated[int, Field(ge=1, le=2**31 - 1)]


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


class ProjectListOut(Shape):
    """Today. `planned`, `under_way` and `done` have a name; `unnamed` were announced and have none yet.
    `announced` None: nobody said how many there are.
    """

    id: int
    jurisdiction_id: int
    name: str
    noun: str
    keeper_id: int
    announced: int | None
    planned: int
    under_way: int
    done: int
    unnamed: int


class ProjectOut(Shape):
    """`state` is planned, under_way or done, `late` whether it is past the planned day. `before` and `after`
    None: not measured.
    """

    id: int
    name: str
    unit_id: int
    state: str
    late: bool
    planned_on: date | None
    started_on: date | None
    done_on: date | None
    measure_name: str
    measure_unit: str
    before: Decimal | None
    after: Decimal | None


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


class PointsAsked(Paging):
    """Of one type (its code), in a unit or below it, of which a unit is one of the three owners.

    Without `status` those in use; "all" with the closed ones.
    """

    type: str = Field("", max_length=16, pattern=r"^[^\x00-\x1f\x7f]*$")
    unit: Annotated[int | None, Field(ge=1, le=LARGEST)] = None
    owner: Annotated[int | None, Field(ge=1, le=LARGEST)] = None
    status: Literal["", "open", "suspended", "closed", "all"] = ""


class PointOut(Shape):
    """`longitude` and `latitude` are WGS-84 in degrees as decimals, None while unknown.

    `venue_unit_id` None: the venue is no unit here, and is called `venue`. `hours` are [weekday from 1
    Monday, first minute, end minute]; [] is unknown.
    """

    id: int
    number: str
    type: str
    name: str
    address: str
    longitude: str | None
    latitude: str | None
    unit_id: int
    lead_unit_id: int
    venue_unit_id: int | None
    venue: str
    hours: list[tuple[int, int, int]]
    status: str


Amount = Annotated[str, Field(pattern=r"^-?[0-9]{1,13}(\.[0-9]{1,6})?$")]


def sentence(most: int) -> Any:
    """A sentence without control characters, of at most so many characters."""
    return Field("", max_length=most, pattern=r"^[^\x00-\x08\x0b\x0c\x0e-\x1f\x7f]*$")


class ReportsAsked(Paging):
    """Of one plan, of one unit; without them of all that the seat sees."""

    plan: Annotated[int | None, Field(ge=1, le=LARGEST)] = None
    unit: Annotated[int | None, Field(ge=1, le=LARGEST)] = None


class ReportLineOut(Shape):
    """`period` is what people call it; `version` goes with handing in."""

    id: int
    version: int
    plan_id: int
    unit_id: int
    period: str
    first_day: date
    last_day: date
    due_at: datetime
    lock_at: datetime
    handed_in_at: datetime | None


class LastOut(Shape):
    """What was given for the last period before."""

    last_day: date
    numerator: str | None
    denominator: str | None
    words: str


class EntryOut(Shape):
    """The value of an indicator: of a share both numbers, or its percentage as the numerator alone.

    None is missing, for the reason `missing`. `doubts` are codes of what looks wrong; `why` keeps it.
    """

    indicator: str
    name: str
    unit_of_measure: str
    unit_id: int
    numerator: str | None
    denominator: str | None
    words: str
    missing: str
    as_of: date | None
    evidence_on: date | None
    why: str
    doubts: list[str]
    last: LastOut | None


class RemarkOut(Shape):
    field: str
    words: str


class EvidenceOut(Shape):
    """`sha256` is that of the bytes."""

    id: int
    name: str
    size: int
    media_type: str
    sha256: str
    source: str
    confidentiality: str
    dated_on: date | None
    added_at: datetime


class ItemOut(Shape):
    """A task of a report; `task` None: indicators that stand under no task.

    `locked` is the code of why it cannot be filled in, None while it can; `gaps` name what must still be said
    before it can be handed in; `remarks` say why it was returned.
    """

    id: int
    version: int
    report_id: int
    task: str | None
    part: str
    state: str
    progress: str
    unchanged: bool
    done_words: str
    stuck_words: str
    helper_id: int | None
    next_step: str
    locked: str | None
    gaps: list[str]
    remarks: list[RemarkOut]
    entries: list[EntryOut]
    evidence: list[EvidenceOut]


class ReportOut(ReportLineOut):
    items: list[ItemOut]


class EntryIn(Body):
    """Numbers are decimals in strings; a share has both. Without a number `missing` says why."""

    indicator: Annotated[str, Field(pattern=r"^I[0-9]{1,14}$")]
    numerator: Amount | None = None
    denominator: Amount | None = None
    words: str = sentence(100)
    missing: str = sentence(200)
    as_of: date | None = None
    evidence_on: date | None = None
    why: str = sentence(200)


class ItemIn(Body):
    """All that is said of the task; entries that are left out stay as they are."""

    version: Version
    progress: Literal["not_started", "going", "done", "stuck", "not_due"]
    done_words: str = sentence(1000)
    stuck_words: str = sentence(1000)
    helper_id: Annotated[int | None, Field(ge=1, le=LARGEST)] = None
    next_step: str = sentence(500)
    entries: list[EntryIn] = Field([], max_length=200)


class VersionIn(Body):
    """`version` of what was read before: somebody else's change in the meantime is refused."""

    version: Version
