"""Groups with an end date, and seats in units that have ended."""

from datetime import date, timedelta

import pytest
from django.test import Client

from chuangwen.cores.errors import BadInput, Denied, NotAllowedNow, Stale
from chuangwen.kit import clock
from chuangwen.orgs import actions, queries
from chuangwen.orgs.models import Unit
from chuangwen.orgs.rules import Role, UnitKind
from chuangwen.orgs.testing import SYSTEM, Cast, make_unit, seat, sign_in

DAY = date(2021, 4, 16)
LATER = date(2021, 10, 1)


def group_until(cast: Cast, day: date) -> Unit:
    return actions.add_unit(
        actor=SYSTEM, parent_id=cast.city.pk, kind=UnitKind.WORK_GROUP, name="迎检专班", closed_on=day
    )


def move_end(cast: Cast, unit: Unit, until: date, today: date = DAY, version: int = 1) -> Unit:
    return actions.set_end_date(actor=cast.office, unit_id=unit.pk, version=version, until=until, today=today)


def test_the_office_gives_a_group_its_end_date_and_moves_it_on_the_page(cast: Cast, client: Client) -> None:
    sign_in(client, cast.office)
    end = clock.today() + timedelta(days=30)
    values = {"kind": "work_group", "name": "迎检专班", "closed_on": end.isoformat()}
    page = client.post(f"/units/{cast.city.pk}/add-unit", values, follow=True).content.decode()
    assert f"到期日 {end.year} 年 {end.month} 月 {end.day} 日" in page
    unit = Unit.objects.get(name="迎检专班")
    later = end + timedelta(days=30)
    address = f"/units/{unit.pk}/set-end-date"
    page = client.post(address, {"version": 1, "until": later.isoformat()}, follow=True).content.decode()
    assert f"到期日 {later.year} 年 {later.month} 月 {later.day} 日" in page
    assert f"设定到期日为 {later}" in page
    assert client.post(address, {"version": 1, "until": later.isoformat()}).status_code == 409


def test_an_end_before_the_beginning_is_refused_in_the_form(cast: Cast, client: Client) -> None:
    sign_in(client, cast.office)
    values = {"kind": "work_group", "name": "专班", "opened_on": "2021-04-16", "closed_on": "2021-04-16"}
    page = client.post(f"/units/{cast.city.pk}/add-unit", values)
    assert page.status_code == 422
    assert "此日早于起始日期" in page.content.decode()


def test_an_end_date_moves_only_until_it_is_reached(cast: Cast) -> None:
    unit = group_until(cast, LATER)
    with pytest.raises(BadInput, match=r"orgs\.day_past"):
        move_end(cast, unit, DAY - timedelta(days=1))
    with pytest.raises(Stale):
        move_end(cast, unit, DAY, version=2)
    with pytest.raises(NotAllowedNow, match=r"orgs\.unit_is_closed"):
        move_end(cast, unit, LATER, today=LATER)
    with pytest.raises(NotAllowedNow, match=r"orgs\.city_stays"):
        move_end(cast, cast.city, LATER)
    with pytest.raises(Denied):
        actions.set_end_date(actor=cast.leader, unit_id=unit.pk, version=1, until=LATER, today=DAY)
    assert move_end(cast, unit, DAY).has_ended_on(DAY)


def test_nothing_below_a_group_outlives_it(cast: Cast) -> None:
    unit = group_until(cast, LATER)
    team = make_unit(unit, "综合组")
    short = actions.add_unit(
        actor=SYSTEM, parent_id=unit.pk, kind=UnitKind.WORK_GROUP, name="督导组", closed_on=DAY
    )
    assert team.closed_on == LATER
    until = LATER + timedelta(days=31)
    move_end(cast, unit, until)
    team.refresh_from_db()
    short.refresh_from_db()
    assert (team.closed_on, short.closed_on) == (until, DAY)
    move_end(cast, unit, DAY + timedelta(days=1), version=2)
    team.refresh_from_db()
    assert team.closed_on == DAY + timedelta(days=1)


def test_a_group_that_still_runs_has_its_name_changed_and_keeps_its_parent_open(cast: Cast) -> None:
    unit = group_until(cast, LATER)
    actions.rename_unit(
        actor=cast.office,
        unit_id=unit.pk,
        version=1,
        name="复查专班",
        short_name="",
        on=None,
        today=DAY,
    )
    actions.move_unit(actor=cast.office, unit_id=unit.pk, version=2, to_id=cast.east.pk, on=DAY)
    with pytest.raises(NotAllowedNow, match=r"orgs\.units_below_are_open"):
        actions.close_unit(actor=cast.office, unit_id=cast.east.pk, version=1, on=DAY)
    assert actions.close_unit(actor=cast.office, unit_id=cast.east.pk, version=1, on=LATER).closed_on == LATER


def test_a_seat_in_a_unit_that_has_ended_opens_nothing(cast: Cast, client: Client) -> None:
    today = clock.today()
    unit = group_until(cast, today + timedelta(days=1))
    member = seat("member", "庄班", unit, Role.WORK_GROUP)
    assert member.person is not None and member.seat is not None
    assert queries.seats_of(member.person, today) == [member.seat]
    assert queries.seats_of(member.person, today + timedelta(days=1)) == []
    sign_in(client, member)
    assert client.get(f"/units/{unit.pk}/").status_code == 200
    move_end(cast, unit, today, today=today)
    assert client.get(f"/units/{unit.pk}/").status_code == 404
    assert client.get("/desk/").status_code == 403
    assert not queries.seats_asked(unit=unit, seat_id=None, role="", day=today)
