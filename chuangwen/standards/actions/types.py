"""Point types of a city."""

from __future__ import annotations

from django.db import transaction
from django.db.models import Max, ProtectedError

from chuangwen.cores.errors import BadInput, NotAllowedNow
from chuangwen.kit import audit
from chuangwen.kit.locking import check_current, save_if_current
from chuangwen.orgs.access import one_unit
from chuangwen.orgs.actors import Actor

from .. import access
from ..models import Item, PointType
from ..rules.drafting import MOST_WEIGHT_MILLI


@transaction.atomic
def add_type(
    *, actor: Actor, jurisdiction_id: int, code: str, name: str, weight_milli: int = 1000
) -> PointType:
    """One more kind of place. Raises Hidden, Denied; BadInput: the code or the name is taken."""
    access.require_editor(actor)
    city = one_unit(actor, jurisdiction_id)
    last = PointType.objects.filter(jurisdiction=city).aggregate(last=Max("position"))["last"]
    found = PointType(jurisdiction=city, position=0 if last is None else last + 1)
    found.code, found.name, found.weight_milli = code.strip(), name.strip(), weight_milli
    _check(found)
    found.save(force_insert=True)
    audit.record(
        actor, "standards.type_added", found, code=found.code, name=found.name, weight_milli=weight_milli
    )
    return found


@transaction.atomic
def change_type(
    *, actor: Actor, type_id: int, version: int, code: str, name: str, weight_milli: int
) -> PointType:
    """Published versions keep what it was called and weighed. Raises Hidden, Denied, Stale, BadInput."""
    found = access.type_for_change(actor, type_id)
    check_current(found, version)
    before = {"code": found.code, "name": found.name, "weight_milli": found.weight_milli}
    found.code, found.name, found.weight_milli = code.strip(), name.strip(), weight_milli
    _check(found)
    save_if_current(found, version, fields=["code", "name", "weight_milli"])
    audit.record(
        actor,
        "standards.type_changed",
        found,
        before=before,
        code=found.code,
        name=found.name,
        weight_milli=weight_milli,
    )
    return found


@transaction.atomic
def remove_type(*, actor: Actor, type_id: int, version: int) -> None:
    """One that nothing refers to. Raises Hidden, Denied, Stale; NotAllowedNow: items or points are of it."""
    found = access.type_for_change(actor, type_id)
    check_current(found, version)
    if Item.point_types.through.objects.filter(pointtype=found).exists():
        raise NotAllowedNow("standards.type_used")
    audit.record(actor, "standards.type_removed", found, code=found.code, name=found.name)
    try:
        with transaction.atomic():
            found.delete()
    except ProtectedError:
        raise NotAllowedNow("standards.type_used") from None


def _check(found: PointType) -> None:
    if not found.code or not found.name:
        raise BadInput("standards.title_missing")
    if not 0 <= found.weight_milli <= MOST_WEIGHT_MILLI:
        raise BadInput("standards.weight_too_big")
    others = PointType.objects.filter(jurisdiction=found.jurisdiction).exclude(pk=found.pk)
    if others.filter(code=found.code).exists():
        raise BadInput("standards.type_exists", name=found.code)
    if others.filter(name=found.name).exists():
        raise BadInput("standards.type_exists", name=found.name)
