"""Ten villages with five bodies each, and a list of lanes."""

from datetime import date
from typing import Any

from chuangwen.orgs.models import Unit
from chuangwen.orgs.rules import UnitKind
from chuangwen.orgs.testing import SYSTEM, Cast, make_unit

from .. import actions
from ..models import MemberMark, Project, ProjectList, Register, RegisterColumn, RegisterMember
from ..rules.coverage import MarkState

BODIES = ["村民议事会", "红白理事会", "道德评议会", "禁毒禁赌会", "村规民约"]
TODAY = date(2022, 3, 31)
EARLIER = date(2021, 12, 31)
LANES_ANNOUNCED = 14


def make_town(cast: Cast, name: str = "望江街道") -> Unit:
    """A subdistrict of 东浦区."""
    found = cast.east.children.filter(name=name).first()
    return found or make_unit(cast.east, name, kind=UnitKind.SUBDISTRICT)


def make_register(cast: Cast, *, villages: int = 0, **values: Any) -> Register:
    """Kept by 市城管局; in 望江街道 lie `villages`, the first without its 红白理事会, the others complete."""
    values = {"name": "移风易俗组织名录", "noun": "村", "keeper_id": cast.urban.pk, **values}
    register = actions.add_register(actor=cast.office, jurisdiction_id=cast.city.pk, **values)
    columns = [
        actions.add_column(actor=cast.office, register_id=register.pk, name=name, dated=name == "村规民约")
        for name in BODIES
    ]
    town = make_town(cast)
    members = RegisterMember.objects.bulk_create(
        RegisterMember(register=register, name=f"第{number}村", unit=town)
        for number in range(1, villages + 1)
    )
    MemberMark.objects.bulk_create(
        MemberMark(member=member, column=column, state=_state(member, column), as_of=EARLIER)
        for member in members
        for column in columns
    )
    return register


def _state(member: RegisterMember, column: RegisterColumn) -> MarkState:
    lacks = member.name == "第1村" and column.name == "红白理事会"
    return MarkState.NO if lacks else MarkState.YES


def mark(register: Register, village: str, body: str, state: MarkState, **values: Any) -> MemberMark:
    """Said by a system, for the last day unless `as_of` says otherwise."""
    member, column = register.members.get(name=village), register.columns.get(name=body)
    marks = MemberMark.objects.filter(member=member, column=column)
    values = {"version": sum(one.version for one in marks), "as_of": TODAY, "today": TODAY, **values}
    return actions.set_mark(actor=SYSTEM, member_id=member.pk, column_id=column.pk, state=state, **values)


def make_lanes(cast: Cast, *, lanes: int = 0, **values: Any) -> ProjectList:
    """Kept by 市城管局; `lanes` of them named, in 望江街道."""
    values = {
        "name": "背街小巷整治清单",
        "noun": "小巷",
        "keeper_id": cast.urban.pk,
        "announced": LANES_ANNOUNCED,
        **values,
    }
    found = actions.add_project_list(actor=cast.office, jurisdiction_id=cast.city.pk, **values)
    town = make_town(cast)
    Project.objects.bulk_create(
        Project(list=found, name=f"第{number}巷", unit=town, planned_on=EARLIER)
        for number in range(1, lanes + 1)
    )
    return found
