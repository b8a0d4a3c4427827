"""A unit's own code, and its division code, of which former ones stay with their periods."""

from datetime import date
from typing import Any

from django.db import transaction

from chuangwen.cores.errors import BadInput
from chuangwen.kit import audit
from chuangwen.kit.locking import check_current, save_if_current

from .. import access
from ..actors import Actor
from ..models import Unit, UnitName
from ..rules import NameKind
from ..rules.divisions import plain_code
from ..rules.initials import initials
from .units import lock_tree, require_not_ended


@transaction.atomic
def change_codes(
    *,
    actor: Actor,
    unit_id: int,
    version: int,
    code: str,
    division_code: str,
    since: date | None,
    today: date,
) -> Unit:
    """The codes, "" for none; `since` is the day since when the division code holds, None where not known.

    Raises Hidden, Denied, Stale; BadInput for what is no division code, a code that another unit has, and a
    day on which the former division code had not begun; NotAllowedNow for a unit that has ended.
    """
    lock_tree(access.unit_for_change(actor, unit_id))
    unit = access.unit_for_change(actor, unit_id)
    check_current(unit, version)
    require_not_ended(unit, today)
    digits = plain_code(division_code)
    if digits is None:
        raise BadInput("orgs.no_division_code")
    _require_free(unit, code, digits, today)
    before = _codes(unit)
    if digits != unit.division_code:
        _keep_former(unit, since)
    unit.code, unit.division_code = code, digits
    unit.division_code_from, unit.division_code_until = (since if digits else None), None
    save_if_current(
        unit, version, fields=["code", "division_code", "division_code_from", "division_code_until"]
    )
    audit.record(actor, "orgs.codes_changed", unit, before=before, **_codes(unit))
    return unit


def _codes(unit: Unit) -> dict[str, Any]:
    """Those that the unit has."""
    codes = {"code": unit.code, "division_code": unit.division_code, "since": unit.division_code_from}
    return {name: value for name, value in codes.items() if value}


def _require_free(unit: Unit, code: str, digits: str, today: date) -> None:
    if code and Unit.objects.filter(code=code).exclude(pk=unit.pk).exists():
        raise BadInput("orgs.code_taken", code=code)
    others = Unit.objects.below(unit.jurisdiction_path).open_on(today).exclude(pk=unit.pk)
    taken = others.filter(division_code=digits).first() if digits else None
    if taken is not None:
        raise BadInput("orgs.division_code_taken", name=str(taken), code=digits)


def _keep_former(unit: Unit, since: date | None) -> None:
    """A code that the unit had twice is kept once, from its first day on."""
    if not unit.division_code:
        return
    begun = unit.division_code_from
    if since is not None and begun is not None and since <= begun:
        raise BadInput("orgs.period_empty")
    ended = {"kind": NameKind.CODE, "ends_on": since}
    UnitName.objects.update_or_create(
        unit=unit,
        name=unit.division_code,
        defaults=ended,
        create_defaults={**ended, "starts_on": begun, "initials": initials(unit.division_code)},
    )
