"""Lists themselves, and what the members of a register must have."""

from __future__ import annotations

from datetime import date
from typing import Any, TypeVar

from django.db import transaction
from django.db.models import QuerySet

from chuangwen.cores.errors import BadInput, Denied, NotAllowedNow
from chuangwen.kit import audit
from chuangwen.kit.locking import check_current, save_if_current
from chuangwen.orgs.access import one_unit
from chuangwen.orgs.actors import Actor

from .. import access
from ..figures import OF_PROJECTS, OF_REGISTERS, tell
from ..models import KeptList, ProjectList, Register, RegisterColumn

Kept = TypeVar("Kept", Register, ProjectList)


@transaction.atomic
def add_register(
    *, actor: Actor, jurisdiction_id: int, name: str, noun: str, keeper_id: int, announced: int | None = None
) -> Register:
    """Begin a register. Raises Hidden, Denied; BadInput if the city has one of the name."""
    access.require_beginner(actor)
    values = {"name": name, "noun": noun, "announced": announced}
    return _add(actor, Register, "registers.register_added", jurisdiction_id, keeper_id, values)


@transaction.atomic
def add_project_list(
    *, actor: Actor, jurisdiction_id: int, name: str, noun: str, keeper_id: int, announced: int | None = None
) -> ProjectList:
    """Begin a project list. Raises Hidden, Denied; BadInput if the city has one of the name."""
    access.require_beginner(actor)
    values = {"name": name, "noun": noun, "announced": announced}
    return _add(actor, ProjectList, "registers.project_list_added", jurisdiction_id, keeper_id, values)


@transaction.atomic
def change_register(
    *,
    actor: Actor,
    register_id: int,
    version: int,
    name: str,
    noun: str,
    keeper_id: int,
    announced: int | None,
) -> Register:
    """Another name, noun, keeper or announced number. Raises Hidden, Denied, Stale, BadInput.

    The keeper is named by who begins lists.
    """
    register = access.register_for_change(actor, register_id)
    values = {"name": name, "noun": noun, "announced": announced}
    change = _change(actor, register, version, "registers.register_changed", keeper_id, values)
    tell(OF_REGISTERS, register.pk, change)
    return register


@transaction.atomic
def change_project_list(
    *, actor: Actor, list_id: int, version: int, name: str, noun: str, keeper_id: int, announced: int | None
) -> ProjectList:
    """Another name, noun, keeper or announced number. Raises Hidden, Denied, Stale, BadInput."""
    found = access.project_list_for_change(actor, list_id)
    values = {"name": name, "noun": noun, "announced": announced}
    change = _change(actor, found, version, "registers.project_list_changed", keeper_id, values)
    tell(OF_PROJECTS, found.pk, change)
    return found


@transaction.atomic
def remove_register(*, actor: Actor, register_id: int, version: int) -> None:
    """Take back what was begun by mistake, with what it asks for.

    Raises Hidden, Denied, Stale; NotAllowedNow once it has a member.
    """
    register = access.register_for_change(actor, register_id)
    columns = register.columns.all()
    _remove(actor, register, version, "registers.register_removed", register.members.count(), columns)


@transaction.atomic
def remove_project_list(*, actor: Actor, list_id: int, version: int) -> None:
    """Take back what was begun by mistake.

    Raises Hidden, Denied, Stale; NotAllowedNow once it has a project.
    """
    found = access.project_list_for_change(actor, list_id)
    _remove(actor, found, version, "registers.project_list_removed", found.projects.count())


@transaction.atomic
def add_column(
    *,
    actor: Actor,
    register_id: int,
    name: str,
    dated: bool = False,
    required: bool = True,
    starts_on: date | None = None,
    ends_on: date | None = None,
) -> RegisterColumn:
    """One more thing that members have or lack. Raises Hidden, Denied; BadInput: the name, the days."""
    register = access.register_for_change(actor, register_id)
    column = RegisterColumn(
        register=register,
        name=name,
        dated=dated,
        required=required,
        starts_on=starts_on,
        ends_on=ends_on,
        position=register.columns.count(),
    )
    _check_column(column)
    column.save(force_insert=True)
    entry = audit.record(
        actor, "registers.column_added", register, name=name, column=column.pk, **_column(column)
    )
    tell(OF_REGISTERS[:1], register.pk, entry.pk)
    return column


@transaction.atomic
def change_column(
    *,
    actor: Actor,
    column_id: int,
    version: int,
    name: str,
    dated: bool,
    required: bool,
    starts_on: date | None,
    ends_on: date | None,
) -> RegisterColumn:
    """Raises Hidden, Denied, Stale; BadInput: the name, the days."""
    column = access.column_for_change(actor, column_id)
    check_current(column, version)
    before = {"name": column.name, **_column(column)}
    column.name, column.dated, column.required = name, dated, required
    column.starts_on, column.ends_on = starts_on, ends_on
    _check_column(column)
    save_if_current(column, version, fields=["name", "dated", "required", "starts_on", "ends_on"])
    entry = audit.record(
        actor,
        "registers.column_changed",
        column.register,
        before=before,
        name=name,
        column=column.pk,
        **_column(column),
    )
    tell(OF_REGISTERS[:1], column.register_id, entry.pk)
    return column


def _add(
    actor: Actor, model: type[Kept], code: str, jurisdiction_id: int, keeper_id: int, values: dict[str, Any]
) -> Kept:
    city, keeper = one_unit(actor, jurisdiction_id), one_unit(actor, keeper_id)
    kept = model(jurisdiction=city, keeper=keeper, **values)
    _check_list(kept)
    kept.save(force_insert=True)
    audit.record(actor, code, kept, **values, keeper=str(keeper))
    return kept


def _change(
    actor: Actor, kept: KeptList, version: int, code: str, keeper_id: int, values: dict[str, Any]
) -> int:
    """The number of the audit row."""
    check_current(kept, version)
    if keeper_id != kept.keeper_id and not access.begins_lists(actor):
        raise Denied
    before = {name: getattr(kept, name) for name in values} | {"keeper": str(kept.keeper)}
    kept.keeper = one_unit(actor, keeper_id)
    for name, value in values.items():
        setattr(kept, name, value)
    _check_list(kept)
    save_if_current(kept, version, fields=[*values, "keeper"])
    return audit.record(actor, code, kept, before=before, **values, keeper=str(kept.keeper)).pk


def _remove(
    actor: Actor,
    kept: KeptList,
    version: int,
    code: str,
    held: int,
    columns: QuerySet[RegisterColumn] | None = None,
) -> None:
    check_current(kept, version)
    if held:
        raise NotAllowedNow("registers.list_not_empty", name=kept.name, held=held)
    save_if_current(kept, version, fields=[])
    audit.record(actor, code, kept, name=kept.name)
    if columns is not None:
        columns.delete()
    kept.delete()


def _check_list(kept: KeptList) -> None:
    if not kept.keeper.path.startswith(kept.jurisdiction.path):
        raise BadInput("registers.unit_elsewhere", unit=str(kept.keeper))
    same = type(kept)._default_manager.filter(jurisdiction=kept.jurisdiction, name=kept.name)
    if same.exclude(pk=kept.pk).exists():
        raise BadInput("registers.list_exists", name=kept.name)


def _check_column(column: RegisterColumn) -> None:
    if (
        RegisterColumn.objects.filter(register=column.register, name=column.name)
        .exclude(pk=column.pk)
        .exists()
    ):
        raise BadInput("registers.column_exists", name=column.name)
    if column.starts_on and column.ends_on and column.ends_on < column.starts_on:
        raise BadInput("registers.days_out_of_order")


def _column(column: RegisterColumn) -> dict[str, Any]:
    return {
        "dated": column.dated,
        "required": column.required,
        "starts_on": column.starts_on,
        "ends_on": column.ends_on,
    }
