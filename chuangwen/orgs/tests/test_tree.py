from datetime import date
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from chuangwen.cores.errors import BadInput, Hidden, NotAllowedNow, Stale
from chuangwen.orgs import actions, queries
from chuangwen.orgs.models import Seat, Unit, UnitMove
from chuangwen.orgs.rules import UnitKind
from chuangwen.orgs.rules.initials import initials
from chuangwen.orgs.testing import SYSTEM, Cast, make_unit

DAY = date(2021, 4, 16)


def move(cast: Cast, unit: Unit, to: Unit, version: int = 1) -> Unit:
    return actions.move_unit(actor=cast.office, unit_id=unit.pk, version=version, to_id=to.pk, on=DAY)


def test_a_unit_moves_with_all_below_it_and_keeps_where_it_stood(cast: Cast) -> None:
    street = make_unit(cast.east, "望江街道", kind=UnitKind.SUBDISTRICT)
    community = make_unit(street, "渡口社区", kind=UnitKind.COMMUNITY)
    move(cast, street, cast.river)
    community.refresh_from_db()
    street.refresh_from_db()
    assert queries.ancestors(community) == [cast.city, cast.river, street]
    assert list(Unit.objects.below(cast.east.path)) == [cast.east]
    kept = UnitMove.objects.get()
    assert (kept.unit, kept.from_parent, kept.to_parent, kept.on) == (street, cast.east, cast.river, DAY)


def test_a_unit_does_not_move_below_itself_to_another_city_or_beside_its_name(cast: Cast) -> None:
    street = make_unit(cast.east, "望江街道", kind=UnitKind.SUBDISTRICT)
    make_unit(cast.river, "望江街道", kind=UnitKind.SUBDISTRICT)
    with pytest.raises(BadInput, match=r"orgs\.below_itself"):
        move(cast, cast.east, street)
    with pytest.raises(BadInput, match=r"orgs\.unit_exists"):
        move(cast, street, cast.river)
    with pytest.raises(Hidden):
        move(cast, street, cast.other_city)
    with pytest.raises(BadInput, match=r"orgs\.other_city"):
        actions.move_unit(actor=SYSTEM, unit_id=street.pk, version=1, to_id=cast.other_city.pk, on=DAY)
    with pytest.raises(NotAllowedNow, match=r"orgs\.city_stays"):
        actions.merge_units(actor=SYSTEM, unit_id=street.pk, version=1, others=[(cast.city.pk, 1)], on=DAY)


def test_the_second_of_two_people_who_move_a_unit_is_told(cast: Cast) -> None:
    move(cast, cast.urban, cast.east)
    with pytest.raises(Stale):
        move(cast, cast.urban, cast.river)


def test_merged_units_end_and_leave_names_seats_and_units_to_the_one(cast: Cast) -> None:
    team = make_unit(cast.urban, "监察支队")
    actions.merge_units(
        actor=cast.office, unit_id=cast.housing.pk, version=1, others=[(cast.urban.pk, 1)], on=DAY
    )
    cast.urban.refresh_from_db()
    team.refresh_from_db()
    assert (cast.urban.closed_on, cast.urban.merged_into) == (DAY, cast.housing)
    assert team.parent == cast.housing
    assert queries.ancestors(team) == [cast.city, cast.housing]
    assert queries.match_name(cast.city, "市城管局", DAY).unit == cast.housing
    assert Seat.objects.get(person__username="urban").unit == cast.housing
    assert Unit.objects.get(pk=cast.housing.pk).version == 2


def test_a_temporary_group_is_open_until_its_day(cast: Cast) -> None:
    group = actions.add_unit(
        actor=SYSTEM, parent_id=cast.city.pk, kind=UnitKind.WORK_GROUP, name="专班", closed_on=DAY
    )
    assert group.is_open_on(date(2021, 4, 15))
    assert not group.is_open_on(DAY)


@pytest.mark.parametrize(
    ("names", "letters"),
    [(("东浦区",), "dpq"), (("云浦市城市管理局", "市城管局"), "ypscsglj scgj"), (("",), "")],
)
def test_initials_are_those_of_the_pinyin(names: tuple[str, ...], letters: str) -> None:
    assert initials(*names) == letters


def folder(path: Path, streets: str) -> Path:
    for name, rows in {
        "provinces.csv": "98,海东省",
        "cities.csv": "9801,云浦市",
        "areas.csv": "980102,东浦区",
        "streets.csv": streets,
    }.items():
        (path / name).write_text(f"code,name\n{rows}\n", encoding="utf-8")
    return path


@pytest.mark.django_db
def test_divisions_stand_under_the_code_that_begins_their_own(tmp_path: Path) -> None:
    out = StringIO()
    call_command("import_divisions", folder(tmp_path, "980102001,望江街道\n980102100,渡口镇"), stdout=out)
    street = Unit.objects.get(division_code="980102001")
    assert (street.kind, street.initials) == (UnitKind.SUBDISTRICT, "wjjd")
    assert [unit.name for unit in queries.ancestors(street)] == ["海东省", "云浦市", "东浦区"]
    with pytest.raises(CommandError):
        call_command("import_divisions", tmp_path)


@pytest.mark.django_db
def test_a_wrong_row_is_named_and_nothing_is_stored(tmp_path: Path) -> None:
    with pytest.raises(CommandError, match=r"streets\.csv:3"):
        call_command("import_divisions", folder(tmp_path, "980102001,望江街道\n990102001,渡口镇"))
    assert not Unit.objects.exists()
