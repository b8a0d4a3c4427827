"""Members of a register, and what is said of them."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.db import IntegrityError, transaction

from chuangwen.cores.errors import BadInput, Hidden, Stale
from chuangwen.kit import audit
from chuangwen.kit.locking import check_current, save_if_current
from chuangwen.orgs.access import one_unit
from chuangwen.orgs.actors import Actor

from .. import access
from ..figures import OF_REGISTERS, tell
from ..models import MARK_STATES, MemberMark, RegisterMember
from ..rules.coverage import MarkState, checked_statement

FIELDS = ("name", "unit", "code", "opened_on", "closed_on")


@transaction.atomic
def add_member(
    *,
    actor: Actor,
    register_id: int,
    name: str,
    unit_id: int,
    code: str = "",
    opened_on: date | None = None,
    closed_on: date | None = None,
) -> RegisterMember:
    """One more in the register; nothing is known of it yet.

    Raises Hidden, Denied; BadInput: name, code, days.
    """
    register = access.register_for_change(actor, register_id)
    unit = one_unit(actor, unit_id)
    member = RegisterMember(
        register=register, name=name, unit=unit, code=code, opened_on=opened_on, closed_on=closed_on
    )
    check_member(member)
    member.save(force_insert=True)
    entry = audit.record_bulk(actor, "registers.member_added", register, [member], **as_told(member))
    tell(OF_REGISTERS, register.pk, entry.pk)
    return member


@transaction.atomic
def change_member(
    *,
    actor: Actor,
    member_id: int,
    version: int,
    name: str,
    unit_id: int,
    code: str,
    opened_on: date | None,
    closed_on: date | None,
) -> RegisterMember:
    """Rename it, move it, close it or open it again.

    Raises Hidden, Denied, Stale; BadInput: name, code, days.
    """
    member = access.member_for_change(actor, member_id)
    check_current(member, version)
    before = as_told(member)
    member.name, member.unit, member.code = name, one_unit(actor, unit_id), code
    member.opened_on, member.closed_on = opened_on, closed_on
    check_member(member)
    save_if_current(member, version, fields=FIELDS)
    after = as_told(member)
    closed = closed_on is not None and before["closed_on"] != closed_on
    code_of_action = "registers.member_closed" if closed else "registers.member_changed"
    changed = {key: value for key, value in before.items() if after[key] != value}
    entry = audit.record_bulk(actor, code_of_action, member.register, [member], **after, was=changed)
    tell(OF_REGISTERS, member.register_id, entry.pk)
    return member


@transaction.atomic
def set_mark(
    *,
    actor: Actor,
    member_id: int,
    column_id: int,
    version: int,
    state: MarkState,
    as_of: date,
    today: date,
    since: date | None = None,
    note: str = "",
) -> MemberMark:
    """Say how it stood on the day `as_of`; said again for the same day, it replaces what was said.

    `version` counts everything that was said of the member and the column (`queries.Cell`). Raises Hidden,
    Denied, Stale; BadInput: a day to come, a beginning after `as_of`.
    """
    member = access.member_to_mark(actor, member_id)
    column = access.one_column(actor, column_id)
    if column.register_id != member.register_id:
        raise Hidden
    statement = checked_statement(state, since, as_of, today)
    marks = list(MemberMark.objects.filter(member=member, column=column))
    if version != sum(mark.version for mark in marks):
        raise Stale
    mark = next((one for one in marks if one.as_of == as_of), None)
    before = {"state": mark.state, "since": mark.since, "note": mark.note} if mark else {}
    if mark is None:
        mark = MemberMark(member=member, column=column, as_of=as_of)
    mark.state, mark.since, mark.note = statement.state, statement.since, note
    _store(mark)
    entry = audit.record(
        actor,
        "registers.mark_set",
        member,
        before=before,
        column=column.name,
        state=mark.state,
        said=str(MARK_STATES[statement.state]),
        as_of=as_of,
        since=mark.since,
        note=note,
    )
    tell(OF_REGISTERS[:1], member.register_id, entry.pk)
    return mark


def _store(mark: MemberMark) -> None:
    """Raises Stale where somebody said something for the same day at the same moment."""
    if mark.pk is not None:
        save_if_current(mark, mark.version, fields=["state", "since", "note"])
        return
    try:
        with transaction.atomic():
            mark.save(force_insert=True)
    except IntegrityError:
        raise Stale from None


def check_member(member: RegisterMember) -> None:
    """Raises BadInput: a unit of another city, a name or a code that the register has, days out of order."""
    if not member.unit.path.startswith(member.register.jurisdiction.path):
        raise BadInput("registers.unit_elsewhere", unit=str(member.unit))
    others = RegisterMember.objects.filter(register=member.register).exclude(pk=member.pk)
    if others.filter(unit=member.unit, name=member.name).exists():
        raise BadInput("registers.member_exists", name=member.name, unit=str(member.unit))
    if member.code and others.filter(code=member.code).exists():
        raise BadInput("registers.code_taken", code=member.code)
    if member.opened_on and member.closed_on and member.closed_on < member.opened_on:
        raise BadInput("registers.days_out_of_order")


def as_told(member: RegisterMember) -> dict[str, Any]:
    """What the audit says of a member."""
    return {
        "name": member.name,
        "unit": str(member.unit),
        "code": member.code,
        "opened_on": member.opened_on,
        "closed_on": member.closed_on,
    }
