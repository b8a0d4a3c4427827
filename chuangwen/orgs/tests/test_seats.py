"""Who gives and ends seats, what one person may not hold together, and deputies."""

from datetime import date, timedelta

import pytest
from django.test import Client

from chuangwen.cores.errors import BadInput, ChuangwenError, Denied, Hidden
from chuangwen.kit import clock
from chuangwen.orgs import actions, queries
from chuangwen.orgs.actors import Actor
from chuangwen.orgs.models import Person, Seat, Unit
from chuangwen.orgs.rules import ADMINISTRATORS, Role
from chuangwen.orgs.testing import SYSTEM, Cast, make_unit, seat, sign_in

DAY = date(2026, 3, 2)
# Who may give the role in the own unit 市城管局, in one below it, in 市住建局, in the other city.
GIVEN = """
who            role                   own     below   peer    foreign
office         unit_staff             yes     yes     yes     Hidden
office         leader                 yes     yes     yes     Hidden
office         campaign_office        yes     yes     yes     Hidden
office         security_administrator Denied  Denied  Denied  Hidden
manager        unit_staff             yes     yes     Denied  Hidden
manager        community              yes     yes     Denied  Hidden
manager        manager                Denied  yes     Denied  Hidden
manager        inspector              Denied  Denied  Denied  Hidden
manager        system_administrator   Denied  Denied  Denied  Hidden
security       unit_staff             yes     yes     yes     Hidden
security       audit_administrator    yes     yes     yes     Hidden
security       firm                   Denied  Denied  Denied  Hidden
administrator  unit_staff             Denied  Denied  Denied  Hidden
administrator  security_administrator Denied  Denied  Denied  Hidden
audit          unit_staff             Denied  Denied  Denied  Hidden
leader         unit_staff             Denied  Denied  Denied  Hidden
urban_staff    unit_staff             Denied  Denied  Denied  Hidden
seatless       unit_staff             Hidden  Hidden  Hidden  Hidden
"""
HEAD, *ROWS = [line.split() for line in GIVEN.strip().splitlines()]


@pytest.fixture
def actors(cast: Cast) -> dict[str, Actor]:
    return cast.by_name() | {
        "manager": seat("s-manager", "管局", cast.urban, Role.MANAGER),
        "security": seat("s-security", "安全", cast.city, Role.SECURITY_ADMINISTRATOR),
        "audit": seat("s-audit", "审计", cast.city, Role.AUDIT_ADMINISTRATOR),
    }


@pytest.mark.parametrize("row", ROWS, ids=lambda row: f"{row[0]}-{row[1]}")
def test_each_gives_the_seats_that_the_table_says(
    cast: Cast, actors: dict[str, Actor], row: list[str]
) -> None:
    below = make_unit(cast.urban, "市政设施管理处")
    places = [cast.urban, below, cast.housing, cast.other_city]
    found = [given(actors[row[0]], Role(row[1]), unit) for unit in places]
    assert found == row[2:]


def given(actor: Actor, role: Role, unit: Unit) -> str:
    person = new_person(f"new-{unit.pk}")
    try:
        actions.seat_person(actor=actor, person=person, unit_id=unit.pk, role=role)
    except ChuangwenError as error:
        return type(error).__name__
    return "yes"


def new_person(username: str) -> Person:
    return actions.add_person(
        actor=SYSTEM, username=username, name="新来", password=None, must_change_password=False
    )


@pytest.mark.parametrize("first", sorted(ADMINISTRATORS))
@pytest.mark.parametrize("second", [*sorted(ADMINISTRATORS), Role.LEADER, Role.OBSERVER])
def test_an_administrators_seat_stands_alone(cast: Cast, first: Role, second: Role) -> None:
    person = new_person("one")
    actions.seat_person(actor=SYSTEM, person=person, unit_id=cast.city.pk, role=first)
    with pytest.raises(BadInput) as error:
        actions.seat_person(actor=SYSTEM, person=person, unit_id=cast.city.pk, role=second)
    assert error.value.code == ("orgs.seat_held" if first == second else "orgs.seats_apart")


def test_a_business_seat_bars_an_administrators_seat_until_it_ends(cast: Cast) -> None:
    assert cast.leader.person is not None and cast.leader.seat is not None
    role, unit, person = Role.AUDIT_ADMINISTRATOR, cast.city.pk, cast.leader.person
    with pytest.raises(BadInput):
        actions.seat_person(actor=SYSTEM, person=person, unit_id=unit, role=role, starts_on=DAY)
    actions.end_seat(actor=SYSTEM, seat_id=cast.leader.seat.pk, on=DAY)
    actions.seat_person(actor=SYSTEM, person=person, unit_id=unit, role=role, starts_on=DAY)
    assert [seat.role for seat in queries.seats_of(person, DAY)] == [role]


def test_several_business_seats_go_together_and_one_is_not_given_twice(cast: Cast) -> None:
    assert cast.urban_staff.person is not None
    person = cast.urban_staff.person
    actions.seat_person(actor=SYSTEM, person=person, unit_id=cast.housing.pk, role=Role.MANAGER)
    assert len(queries.seats_of(person, DAY)) == 2
    with pytest.raises(BadInput, match="seat_held"):
        actions.seat_person(actor=SYSTEM, person=person, unit_id=cast.housing.pk, role=Role.MANAGER)
    with pytest.raises(BadInput, match="period_empty"):
        actions.seat_person(
            actor=SYSTEM,
            person=person,
            unit_id=cast.east.pk,
            role=Role.MANAGER,
            starts_on=DAY,
            ends_on=DAY,
        )


def test_a_seat_ends_before_its_day_and_only_once(cast: Cast, actors: dict[str, Actor]) -> None:
    assert cast.urban_staff.seat is not None and cast.urban_staff.person is not None
    ended = actions.end_seat(actor=actors["manager"], seat_id=cast.urban_staff.seat.pk, on=DAY)
    assert ended.ends_on == DAY
    assert queries.seats_of(cast.urban_staff.person, DAY) == []
    assert len(queries.seats_of(cast.urban_staff.person, DAY - timedelta(days=1))) == 1
    with pytest.raises(BadInput, match="seat_over"):
        actions.end_seat(actor=actors["manager"], seat_id=ended.pk, on=DAY)


def test_nobody_ends_the_seat_of_another_unit_or_city(cast: Cast, actors: dict[str, Actor]) -> None:
    assert cast.housing_staff.seat is not None
    for who, refused in [("manager", Hidden), ("stranger", Hidden), ("leader", Hidden), ("audit", Hidden)]:
        with pytest.raises(refused):
            actions.end_seat(actor=actors[who], seat_id=cast.housing_staff.seat.pk, on=DAY)
    with pytest.raises(Denied):
        actions.end_seat(actor=cast.administrator, seat_id=cast.housing_staff.seat.pk, on=DAY)


def test_a_deputy_acts_from_the_seat_in_the_period_and_the_audit_says_so(cast: Cast) -> None:
    deputy = named(cast.urban_staff, cast.housing_staff)
    mine = queries.seats_of(deputy, DAY)
    assert [seat.unit for seat in mine] == [cast.housing, cast.urban]
    assert len(queries.seats_of(deputy, DAY + timedelta(days=7))) == 1
    assert len(queries.seats_of(deputy, DAY - timedelta(days=1))) == 1
    assert Actor(person=deputy, seat=mine[1]).seat_name == "云浦市城市管理局·unit_staff·deputy"
    assert Actor(person=deputy, seat=mine[0]).seat_name == "云浦市住房和城乡建设局·unit_staff"


def named(holder: Actor, deputy: Actor, actor: Actor | None = None) -> Person:
    assert holder.seat is not None and deputy.person is not None
    actions.name_deputy(
        actor=actor or holder,
        seat_id=holder.seat.pk,
        person=deputy.person,
        starts_on=DAY,
        ends_on=DAY + timedelta(days=7),
    )
    return deputy.person


def test_the_holder_and_who_gives_the_seat_name_a_deputy_and_nobody_else(
    cast: Cast, actors: dict[str, Actor]
) -> None:
    named(cast.urban_staff, cast.housing_staff, actors["office"])
    for who in ["leader", "housing_staff", "stranger", "audit", "seatless"]:
        with pytest.raises(Hidden):
            named(cast.urban_staff, cast.housing_staff, actors[who])
    with pytest.raises(Denied):
        named(cast.urban_staff, cast.housing_staff, actors["administrator"])


def test_standing_in_does_not_join_what_one_person_may_not_hold(cast: Cast, actors: dict[str, Actor]) -> None:
    with pytest.raises(BadInput, match="seats_apart"):
        named(actors["audit"], cast.urban_staff)
    with pytest.raises(BadInput, match="seats_apart"):
        named(cast.urban_staff, actors["audit"])
    with pytest.raises(BadInput, match="own_deputy"):
        named(cast.urban_staff, cast.urban_staff)
    person = named(cast.urban_staff, cast.seatless)
    with pytest.raises(BadInput, match="seats_apart"):
        actions.seat_person(actor=SYSTEM, person=person, unit_id=cast.city.pk, role=Role.AUDIT_ADMINISTRATOR)


def test_a_deputy_chooses_the_seat_on_every_page_and_loses_it_with_the_period(
    cast: Cast, client: Client
) -> None:
    today = clock.today()
    assert cast.office.seat is not None and cast.urban_staff.person is not None
    actions.name_deputy(
        actor=cast.office,
        seat_id=cast.office.seat.pk,
        person=cast.urban_staff.person,
        starts_on=today,
        ends_on=today + timedelta(days=1),
    )
    sign_in(client, cast.urban_staff)
    address = f"/units/{cast.urban.pk}/add-name"
    assert client.get(address).status_code == 403
    client.post("/choose-seat/", {"seat": cast.office.seat.pk})
    assert client.get(address).status_code == 200
    cast.office.seat.deputies.update(ends_on=today)
    assert client.get(address).status_code == 403


def test_an_account_is_closed_by_who_keeps_it_and_its_log_ins_end(cast: Cast, client: Client) -> None:
    assert cast.urban_staff.person is not None
    sign_in(client, cast.urban_staff)
    assert client.get("/units/").status_code == 200
    actions.close_account(actor=cast.office, person_id=cast.urban_staff.person.pk)
    assert client.get("/units/").status_code == 302
    actions.reopen_account(actor=cast.office, person_id=cast.urban_staff.person.pk)
    assert Person.objects.get(pk=cast.urban_staff.person.pk).is_active


def test_a_manager_closes_no_account_of_one_who_sits_elsewhere_too(
    cast: Cast, actors: dict[str, Actor]
) -> None:
    assert cast.urban_staff.person is not None
    number = cast.urban_staff.person.pk
    Seat.objects.create(person=cast.urban_staff.person, unit=cast.housing, role=Role.UNIT_STAFF)
    with pytest.raises(Denied):
        actions.close_account(actor=actors["manager"], person_id=number)
    with pytest.raises(Denied):
        actions.close_account(actor=actors["security"], person_id=number)
    with pytest.raises(Hidden):
        actions.close_account(actor=cast.stranger, person_id=number)
    actions.close_account(actor=cast.administrator, person_id=number)


def test_the_campaign_office_closes_no_account_of_an_administrator(cast: Cast) -> None:
    assert cast.administrator.person is not None
    with pytest.raises(Denied):
        actions.close_account(actor=cast.office, person_id=cast.administrator.person.pk)
