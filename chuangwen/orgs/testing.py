"""The fixed cast of tests: two fictional cities, some units, and a person in each role."""

from dataclasses import dataclass

from django.test import Client

from .actions import add_person, add_unit, found_jurisdiction, seat_person
from .actors import Actor, system_actor
from .models import Unit, UnitGroup
from .rules import Role, UnitKind

SYSTEM = system_actor("demo")


@dataclass(frozen=True)
class Cast:
    """云浦市 with its campaign office, departments and districts; 岚州市 is the home of `stranger` alone."""

    city: Unit
    office_unit: Unit
    urban: Unit  # 市城管局
    housing: Unit  # 市住建局
    east: Unit  # 东浦区
    river: Unit  # 云河区
    districts: UnitGroup  # 各区政府
    other_city: Unit
    office: Actor
    leader: Actor
    urban_staff: Actor
    housing_staff: Actor
    east_staff: Actor
    observer: Actor
    administrator: Actor
    stranger: Actor  # campaign office of the other city
    seatless: Actor

    def by_name(self) -> dict[str, Actor]:
        return {name: value for name, value in vars(self).items() if isinstance(value, Actor)}


def make_cast() -> Cast:
    city = found_jurisdiction(actor=SYSTEM, kind=UnitKind.CITY, name="云浦市")
    other_city = found_jurisdiction(actor=SYSTEM, kind=UnitKind.CITY, name="岚州市")
    office_unit = make_unit(city, "云浦市创建全国文明城市工作指挥部办公室", "市创建办")
    urban = make_unit(city, "云浦市城市管理局", "市城管局")
    housing = make_unit(city, "云浦市住房和城乡建设局", "市住建局")
    east = make_unit(city, "东浦区", kind=UnitKind.DISTRICT)
    river = make_unit(city, "云河区", kind=UnitKind.DISTRICT)
    foreign_office = make_unit(other_city, "岚州市创建全国文明城市工作指挥部办公室", "市创建办")
    districts = UnitGroup.objects.get(jurisdiction=city, name="各区政府")
    return Cast(
        city=city,
        office_unit=office_unit,
        urban=urban,
        housing=housing,
        east=east,
        river=river,
        districts=districts,
        other_city=other_city,
        office=seat("office", "林办", office_unit, Role.CAMPAIGN_OFFICE),
        leader=seat("leader", "高市", city, Role.LEADER),
        urban_staff=seat("urban", "程管", urban, Role.UNIT_STAFF),
        housing_staff=seat("housing", "朱建", housing, Role.UNIT_STAFF),
        east_staff=seat("east", "董浦", east, Role.UNIT_STAFF),
        observer=seat("observer", "关察", city, Role.OBSERVER),
        administrator=seat("administrator", "管理", city, Role.SYSTEM_ADMINISTRATOR),
        stranger=seat("stranger", "岚同", foreign_office, Role.CAMPAIGN_OFFICE),
        seatless=seat("seatless", "吴席"),
    )


def sign_in(client: Client, actor: Actor) -> None:
    if actor.person is None:
        raise ValueError("A system has no session.")
    client.force_login(actor.person)


def make_unit(parent: Unit, name: str, short_name: str = "", kind: UnitKind = UnitKind.DEPARTMENT) -> Unit:
    return add_unit(actor=SYSTEM, parent_id=parent.pk, kind=kind, name=name, short_name=short_name)


def seat(username: str, name: str, unit: Unit | None = None, role: Role = Role.UNIT_STAFF) -> Actor:
    """A new person who acts from a seat in `unit`, or from none; opens pages by `sign_in`."""
    person = add_person(actor=SYSTEM, username=username, name=name, password=None, must_change_password=False)
    taken = seat_person(actor=SYSTEM, person=person, unit_id=unit.pk, role=role) if unit else None
    return Actor(person=person, seat=taken)
