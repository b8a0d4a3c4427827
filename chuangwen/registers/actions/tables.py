"""Tables brought in: what was shown in the preview is done, all of it or nothing."""

from __future__ import annotations

from datetime import date

from django.db import IntegrityError, transaction

from chuangwen.cores.errors import Stale
from chuangwen.cores.roundtrip import Table
from chuangwen.kit import audit
from chuangwen.kit.locking import save_if_current
from chuangwen.orgs.actors import Actor

from .. import access
from ..exchange import members, projects
from ..exchange.members import MemberChanges
from ..exchange.merging import Merged, digest
from ..figures import OF_PROJECTS, OF_REGISTERS, tell
from ..models import MemberMark, Project, Register, RegisterMember
from ..rules.coverage import Statement

AT_ONCE = 500


@transaction.atomic
def bring_in_members(
    *, actor: Actor, register_id: int, name: str, table: Table, as_of: date, seen: str, today: date
) -> MemberChanges:
    """Do what the table changes, said for the day `as_of`; `seen` is the digest of what the preview showed.

    Raises Hidden, Denied; Stale where it changes something else by now; BadInput as `exchange.members.merge`.
    """
    register = access.register_for_change(actor, register_id)
    changes = members.merge(actor, register, table, as_of, today)
    if digest(changes.merged.lines) != seen:
        raise Stale
    try:
        with transaction.atomic():
            touched = _write_members(register, changes)
            marks = _write_marks(changes, touched, as_of)
    except IntegrityError:
        raise Stale from None
    entry = audit.record_bulk(
        actor,
        "registers.members_brought_in",
        register,
        touched.values(),
        name=name,
        added=len(changes.added),
        changed=len(changes.changed),
        marks=marks,
        as_of=as_of,
    )
    tell(OF_REGISTERS, register.pk, entry.pk)
    return changes


def _write_members(register: Register, changes: MemberChanges) -> dict[str | int, RegisterMember]:
    """Members that are new, changed or said something of: by row the new ones, by key the others."""
    new = {row: RegisterMember(register=register, **values) for row, values in changes.added.items()}
    RegisterMember.objects.bulk_create(new.values(), batch_size=AT_ONCE)
    keys = changes.changed.keys() | {key for key in changes.said if isinstance(key, str)}
    known = RegisterMember.objects.filter(register=register).in_bulk([int(key) for key in keys])
    for key, values in changes.changed.items():
        member = known[int(key)]
        for name, value in values.items():
            setattr(member, name, value)
        save_if_current(member, member.version, fields=values)
    touched: dict[str | int, RegisterMember] = dict(new.items())
    return touched | {str(number): member for number, member in known.items()}


def _write_marks(changes: MemberChanges, touched: dict[str | int, RegisterMember], as_of: date) -> int:
    """How many marks were set."""
    said = [
        (touched[key], column, statement)
        for key, columns in changes.said.items()
        for column, statement in columns.items()
    ]
    for_the_day = MemberMark.objects.filter(member__in=touched.values(), as_of=as_of)
    there = {(mark.member_id, mark.column_id): mark for mark in for_the_day}
    new = []
    for member, column, statement in said:
        mark = there.get((member.pk, column))
        if mark is None:
            new.append(_mark(member, column, statement))
        else:
            mark.state, mark.since = statement.state, statement.since
            save_if_current(mark, mark.version, fields=["state", "since"])
    MemberMark.objects.bulk_create(new, batch_size=AT_ONCE)
    return len(said)


def _mark(member: RegisterMember, column: int, said: Statement) -> MemberMark:
    return MemberMark(member=member, column_id=column, as_of=said.as_of, state=said.state, since=said.since)


@transaction.atomic
def bring_in_projects(
    *, actor: Actor, list_id: int, name: str, table: Table, seen: str, today: date
) -> Merged:
    """Do what the table changes; `seen` is the digest of what the preview showed.

    Raises Hidden, Denied; Stale where it changes something else by now; BadInput as
    `exchange.projects.merge`.
    """
    found = access.project_list_for_change(actor, list_id)
    merged = projects.merge(actor, found, table, today)
    if digest(merged.lines) != seen:
        raise Stale
    try:
        with transaction.atomic():
            new = [Project(list=found, **values) for _row, values in merged.added]
            Project.objects.bulk_create(new, batch_size=AT_ONCE)
            known = found.projects.in_bulk([int(key) for key in merged.changed])
            for key, values in merged.changed.items():
                project = known[int(key)]
                for field, value in values.items():
                    setattr(project, field, value)
                save_if_current(project, project.version, fields=values)
    except IntegrityError:
        raise Stale from None
    touched = [*new, *known.values()]
    entry = audit.record_bulk(
        actor,
        "registers.projects_brought_in",
        found,
        touched,
        name=name,
        added=len(new),
        changed=len(known),
    )
    tell(OF_PROJECTS, found.pk, entry.pk)
    return merged
