"""A table of people: accounts that are opened and seats that are given, checked row by row.

One person may stand in several rows with one account: the first opens it, each gives a seat. An account that
is there already gets the seat and stays otherwise as it is; nothing of a person is changed by a table.
"""

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from chuangwen.cores.sheets import Column, Row

from .imports import Line, code_in, day_of, name_in, require_length, require_order
from .naming import plain
from .personal import plain_phone
from .roles import SEATED, Role, go_together

# The first word is the one that pages show; the others are written too.
ROLE_WORDS = {
    Role.SYSTEM_ADMINISTRATOR: ("系统管理员",),
    Role.SECURITY_ADMINISTRATOR: ("安全管理员",),
    Role.AUDIT_ADMINISTRATOR: ("审计管理员",),
    Role.CAMPAIGN_OFFICE: ("创建办人员", "创建办", "创文办", "创文办人员", "创建办工作人员"),
    Role.LEADER: ("领导", "市领导", "分管领导"),
    Role.SECRETARY: ("书记",),
    Role.WORK_GROUP: ("工作专班", "专班", "专班人员", "工作专班人员"),
    Role.MANAGER: ("单位管理员", "管理员"),
    Role.UNIT_STAFF: ("单位联络员", "联络员", "单位工作人员"),
    Role.COMMUNITY: ("社区工作人员", "社区人员", "社区工作者"),
    Role.INSPECTOR: ("督查员", "督查人员"),
    Role.REVIEWER: ("复核员", "复核人员"),
    Role.EXTERNAL_SUPERVISOR: ("社会监督员", "监督员"),
    Role.OBSERVER: ("观察员",),
}
_ROLES = {plain(word): role for role, words in ROLE_WORDS.items() for word in words}

COLUMNS = (
    Column("name", "姓名", 12, also=("人员姓名",), required=True),
    Column("username", "账号", 16, also=("帐号", "账户", "用户名", "登录名", "登录账号"), required=True),
    Column("unit", "单位", 24, also=("单位名称", "所在单位", "工作单位"), required=True),
    Column("role", "角色", 14, choices=tuple(ROLE_WORDS[role][0] for role in SEATED)),
    Column("phone", "手机", 15, also=("手机号", "手机号码", "联系电话", "电话")),
    Column("email", "邮箱", 22, also=("电子邮箱", "电子邮件")),
    Column("starts_on", "起始日期", 12, also=("开始日期",)),
    Column("ends_on", "截止日期", 12, also=("结束日期",)),
)
OF_SEATS = ("role", "starts_on", "ends_on")
_EMAIL = re.compile(r"[\w.+%-]+@[\w-]+(?:\.[\w-]+)+", re.ASCII)


@dataclass(frozen=True)
class HeldSeat:
    """From which somebody acts already, as holder or as deputy; `words` name it."""

    unit_id: int
    role: Role
    starts_on: date | None
    ends_on: date | None
    words: str = ""
    own: bool = True


@dataclass(frozen=True)
class KnownAccount:
    id: int
    name: str
    phone: str
    email: str
    held: tuple[HeldSeat, ...] = ()


@dataclass(frozen=True)
class Reach:
    """What the person who imports knows and may do.

    `units` has for each text of the column the units that it means; `within` those in reach. `accounts` has
    the visible ones by their folded name, `taken` the folded names of others. `gives` is asked with a role
    and a unit in reach; None gives no seats at all.
    """

    units: Mapping[str, tuple[int, ...]]
    within: frozenset[int]
    accounts: Mapping[str, KnownAccount]
    taken: frozenset[str]
    opens: bool
    gives: Callable[[Role, int], bool] | None


@dataclass
class PersonLine(Line):
    """`account` is the folded name of the account; `opens` says that the row opens it; `seats` that a seat is
    given. `person` is who has the account already.
    """

    name: str = ""
    username: str = ""
    role: Role | None = None
    phone: str = ""
    email: str = ""
    starts_on: date | None = None
    ends_on: date | None = None
    unit: int | None = None
    person: int | None = None
    opens: bool = False
    seats: bool = False

    @property
    def account(self) -> str:
        return self.username.casefold()


def plan_people(rows: Iterable[Row], reach: Reach) -> list[PersonLine]:
    lines = [_understood(row) for row in rows]
    first: dict[str, PersonLine] = {}
    held: dict[str, list[HeldSeat]] = {account: list(known.held) for account, known in reach.accounts.items()}
    for line in lines:
        _find_unit(line, reach)
        if line.username:
            _find_account(line, first.setdefault(line.account, line), reach)
        if reach.gives is None:
            for column in OF_SEATS:
                if line.cells[column]:
                    line.wrong(column, "no_seats")
        else:
            _find_seat(line, held.setdefault(line.account, []), reach)
        line.new = line.opens or line.seats
    return lines


def _understood(row: Row) -> PersonLine:
    """What the cells of a row say by themselves."""
    line = PersonLine(row.number, row.cells)
    cells = row.cells
    line.name, line.username = name_in(cells["name"]), code_in(cells["username"])
    line.role = _ROLES.get(plain(cells["role"]))
    line.email = code_in(cells["email"])
    line.phone = plain_phone(cells["phone"]) or ""
    line.starts_on, line.ends_on = day_of(line, "starts_on"), day_of(line, "ends_on")
    require_order(line, line.starts_on, line.ends_on, "ends_on")
    for column, text, missing in [
        ("name", line.name, "person_missing"),
        ("username", line.username, "account_missing"),
        ("unit", cells["unit"], "unit_missing"),
    ]:
        if not text:
            line.wrong(column, missing)
    require_length(line, "name", line.name, 64)
    require_length(line, "username", line.username, 64)
    if cells["role"] and line.role is None:
        line.wrong("role", "role_unknown", text=cells["role"])
    if cells["phone"] and not line.phone:
        line.wrong("phone", "bad_phone")
    if line.email and not (_EMAIL.fullmatch(line.email) and len(line.email) <= 254):
        line.wrong("email", "bad_email")
    return line


def _find_unit(line: PersonLine, reach: Reach) -> None:
    text = line.cells["unit"]
    if not text:
        return
    meant = reach.units.get(text, ())
    if len(meant) != 1:
        line.wrong("unit", "unit_several" if meant else "unit_unknown", text=text)
    elif meant[0] not in reach.within:
        line.wrong("unit", "unit_out_of_reach", text=text)
    else:
        line.unit = meant[0]


def _find_account(line: PersonLine, first: PersonLine, reach: Reach) -> None:
    """The account is there, or this row opens it, or an earlier row does."""
    known = reach.accounts.get(line.account)
    if known is None and line.account in reach.taken:
        line.wrong("username", "account_taken", text=line.username)
    elif known is not None:
        line.person = known.id
        if plain(line.name) != plain(known.name) and line.name:
            line.wrong("name", "account_of_other", text=line.username, name=known.name)
        _require_same(line, "phone", known.phone, "kept_by_person")
        _require_same(line, "email", known.email, "kept_by_person")
    elif not reach.opens:
        line.wrong("username", "opens_no_accounts", text=line.username)
    elif line is first:
        line.opens = True
    else:
        if plain(line.name) != plain(first.name) and line.name:
            line.wrong("name", "name_of_other_row", text=line.username, row=first.number)
        _require_same(line, "phone", first.phone, "other_row_differs", row=first.number)
        _require_same(line, "email", first.email, "other_row_differs", row=first.number)


def _require_same(line: PersonLine, column: str, known: str, code: str, **params: str | int) -> None:
    said = getattr(line, column)
    if said and said != known:
        line.wrong(column, code, **params)


def _find_seat(line: PersonLine, held: list[HeldSeat], reach: Reach) -> None:
    """The seat that the row gives, unless the person has it; those of earlier rows count as held."""
    if not line.cells["role"]:
        line.wrong("role", "role_missing")
    if line.role is None or line.unit is None or reach.gives is None:
        return
    if not reach.gives(line.role, line.unit):
        line.wrong("role", "role_not_given", text=line.cells["role"])
        return
    met = [seat for seat in held if _meet(seat, line)]
    for seat in met:
        if not go_together(seat.role, line.role):
            line.wrong("role", "seats_apart", seat=seat.words)
            return
    same = [seat for seat in met if seat.own and (seat.unit_id, seat.role) == (line.unit, line.role)]
    if not same:
        line.seats = True
        words = f"{line.cells['unit']} · {ROLE_WORDS[line.role][0]}"
        held.append(HeldSeat(line.unit, line.role, line.starts_on, line.ends_on, words))
    elif not _is_said(same[0], line):
        line.wrong("role", "seat_held", seat=same[0].words)


def _meet(seat: HeldSeat, line: PersonLine) -> bool:
    """Whether there is a day of both periods; None is open."""
    begins = seat.starts_on is None or line.ends_on is None or seat.starts_on < line.ends_on
    return begins and (seat.ends_on is None or line.starts_on is None or line.starts_on < seat.ends_on)


def _is_said(seat: HeldSeat, line: PersonLine) -> bool:
    """Whether the row says nothing else about the seat than it is: an empty cell says nothing."""
    return line.starts_on in (None, seat.starts_on) and line.ends_on in (None, seat.ends_on)
