"""What comes with Chuangwen, taken over into a city: point types, and a system in our own words."""

from __future__ import annotations

from datetime import date

from django.db import transaction
from django.db.models import Max

from chuangwen.cores.errors import BadInput
from chuangwen.kit import audit
from chuangwen.orgs.access import one_unit
from chuangwen.orgs.actors import Actor

from .. import access
from ..exchange import sample
from ..exchange.reading import units_named
from ..exchange.table import types_by_name
from ..models import PointType, System, SystemVersion
from ..queries.trees import types_of
from ..rules.words import Purpose, Sums
from .writing import write_tree


@transaction.atomic
def take_over_types(*, actor: Actor, jurisdiction_id: int) -> int:
    """Add the point types that the city has neither by code nor by name; how many. Raises Hidden, Denied."""
    access.require_editor(actor)
    city = one_unit(actor, jurisdiction_id)
    new = _add_types(city.pk)
    if new:
        audit.record_bulk(actor, "standards.types_taken", new[0], new, n=len(new))
    return len(new)


@transaction.atomic
def take_over_sample(
    *, actor: Actor, jurisdiction_id: int, today: date, name: str = sample.SYSTEM_NAME
) -> SystemVersion:
    """A new system whose draft is the sample, with the point types that it needs.

    Responsible units are those that the city has under the names of the sample. Raises Hidden, Denied;
    BadInput: the city has a system of the name, or another point type under a code of ours.
    """
    access.require_editor(actor)
    city = one_unit(actor, jurisdiction_id)
    if System.objects.filter(jurisdiction=city, name=name).exists():
        raise BadInput("standards.system_exists", name=name)
    _add_types(city.pk)
    system = System.objects.create(jurisdiction=city, name=name, purpose=Purpose.TOTAL)
    draft = SystemVersion.objects.create(system=system, sums=Sums.TOP, total_milli=100_000)
    types = types_by_name([(one.id, one.code, one.name) for one in types_of(city.pk)])
    found = sample.system(types, lambda names: units_named(city, names, today))
    if found.errors:
        raise BadInput("standards.sample_types", text=found.errors[0].params.get("text", ""))
    write_tree(draft, found.nodes, found.items)
    audit.record(actor, "standards.sample_taken", system, nodes=len(found.nodes), items=len(found.items))
    return draft


def _add_types(city_id: int) -> list[PointType]:
    there = PointType.objects.filter(jurisdiction=city_id)
    taken = {text for pair in there.values_list("code", "name") for text in pair}
    last = there.aggregate(last=Max("position"))["last"]
    missing = [one for one in sample.types() if not {one.code, one.name} & taken]
    return PointType.objects.bulk_create(
        PointType(
            jurisdiction_id=city_id,
            code=one.code,
            name=one.name,
            weight_milli=one.weight_milli,
            position=at,
        )
        for at, one in enumerate(missing, 0 if last is None else last + 1)
    )
