"""Points are entered, changed, closed and merged by those who keep them; each has three owners."""

import dataclasses
from typing import Any

import pytest

from chuangwen.cores.errors import BadInput, Denied, Hidden, NotAllowedNow, Stale
from chuangwen.kit import audit
from chuangwen.orgs.rules import UnitKind
from chuangwen.orgs.testing import Cast, make_unit
from chuangwen.standards.testing import make_types

from .. import actions, queries
from ..actions import Facts
from ..models import ApartPair, Point
from ..queries import Asked
from ..testing import make_point, make_points
from .world import TODAY, jpeg, now, square

pytestmark = pytest.mark.django_db


def facts(cast: Cast, **values: object) -> Facts:
    known = {"type_id": make_types(cast)["JMSC"].pk, "name": "望江农贸市场", "lead_unit_id": cast.urban.pk}
    return Facts(**{**known, "unit_id": cast.east.pk, **values})  # type: ignore[arg-type]


def test_a_point_keeps_its_place_in_wgs84_and_what_was_typed(cast: Cast) -> None:
    point = make_point(cast, lon="116.41024449916938", lat="39.91640428150164", crs="gcj02")
    assert (point.lon_e7, point.lat_e7) == (1_164_040_000, 399_150_000)
    assert (point.lon_text, point.lat_text, point.crs) == ("116.41024449916938", "39.91640428150164", "gcj02")
    assert point.number == "0001"
    assert audit.sentence(audit.history(point)[0]) == "登记点位0001“望江农贸市场”（集贸市场），属地东浦区"


def test_numbers_go_on_and_are_given_once(cast: Cast) -> None:
    make_point(cast, number="0041")
    assert make_point(cast, name="柳荫市场").number == "0042"
    with pytest.raises(BadInput, match=r"points\.number_taken"):
        make_point(cast, number="0041")


def test_the_venue_is_a_unit_or_a_name_or_the_point_itself(cast: Cast) -> None:
    shop = make_unit(cast.east, "望江市场公司", kind=UnitKind.ENTERPRISE)
    assert make_point(cast).venue == "望江农贸市场"
    assert make_point(cast, venue_name="某某物业").venue == "某某物业"
    assert make_point(cast, venue_unit_id=shop.pk).venue == "望江市场公司"
    with pytest.raises(BadInput, match=r"points\.two_venues"):
        make_point(cast, venue_unit_id=shop.pk, venue_name="某某物业")


def test_the_territorial_unit_is_found_by_its_boundary_where_none_is_named(cast: Cast) -> None:
    town = make_unit(cast.east, "望江街道", kind=UnitKind.SUBDISTRICT)
    file = square(("东浦区", 120.0, 31.0, 1.0), ("望江街道", 120.2, 31.2, 0.1))
    actions.bring_in_boundaries(
        actor=cast.office, jurisdiction_id=cast.city.pk, name="a.geojson", data=file, crs="wgs84", today=TODAY
    )

    def unit_of(lon: str, lat: str) -> object:
        values = facts(cast, unit_id=None, lon=lon, lat=lat)
        return actions.add_point(actor=cast.office, jurisdiction_id=cast.city.pk, facts=values).unit

    assert unit_of("120.25", "31.25") == town
    assert unit_of("120.5", "31.5") == cast.east
    with pytest.raises(BadInput, match=r"points\.unit_missing"):
        unit_of("122.5", "31.5")


def test_staff_enter_points_of_their_own_area_and_their_own_trade_alone(cast: Cast) -> None:
    def add(actor: object, **values: object) -> Point:
        return actions.add_point(actor=actor, jurisdiction_id=cast.city.pk, facts=facts(cast, **values))  # type: ignore[arg-type]

    add(cast.east_staff)
    add(cast.urban_staff, unit_id=cast.river.pk)
    for actor in (cast.housing_staff, cast.leader, cast.observer):
        with pytest.raises(Denied):
            add(actor)
    with pytest.raises(Hidden):
        add(cast.stranger)


def test_a_change_is_told_and_a_stale_one_changes_nothing(cast: Cast) -> None:
    point = make_point(cast)
    actions.change_point(
        actor=cast.east_staff, point_id=point.pk, version=1, facts=facts(cast, hours="每天6:00-20:00")
    )
    point.refresh_from_db()
    assert (point.number, point.version, len(point.hours)) == ("0001", 2, 7)
    assert audit.history(point)[0].before == {"hours": ""}
    with pytest.raises(Stale):
        actions.change_point(actor=cast.office, point_id=point.pk, version=1, facts=facts(cast, name="另名"))
    with pytest.raises(Denied):  # given away, out of one's own reach
        actions.change_point(
            actor=cast.east_staff,
            point_id=point.pk,
            version=2,
            facts=facts(cast, unit_id=cast.river.pk),
        )
    point.refresh_from_db()
    assert (point.name, point.unit) == ("望江农贸市场", cast.east)


def test_an_owner_of_another_city_is_hidden(cast: Cast) -> None:
    with pytest.raises(Hidden):
        actions.add_point(
            actor=cast.office,
            jurisdiction_id=cast.city.pk,
            facts=facts(cast, lead_unit_id=cast.other_city.pk),
        )


def test_a_point_is_suspended_opened_and_closed(cast: Cast) -> None:
    point = make_point(cast)
    step: dict[str, Any] = {
        "actor": cast.office,
        "point_id": point.pk,
        "on": TODAY,
        "why": "改造",
        "today": TODAY,
    }
    actions.suspend_point(version=1, **step)
    with pytest.raises(NotAllowedNow):
        actions.suspend_point(version=2, **step)
    actions.resume_point(version=2, **step)
    closed = actions.close_point(version=3, **step)
    assert (closed.status, closed.status_on) == ("closed", TODAY)
    with pytest.raises(BadInput, match=r"points\.day_to_come"):
        actions.reopen_point(version=4, **{**step, "on": TODAY.replace(year=2030)})


def test_two_points_of_one_place_are_merged_by_a_person(cast: Cast) -> None:
    one = make_point(cast, lon="120.5", lat="31.3")
    other = make_point(cast, name="望江路农贸市场", lon="120.5005", lat="31.3")
    actions.add_photo(actor=cast.office, point_id=other.pk, name="a.jpg", data=jpeg(), now=now())
    (pair,) = queries.proposed_pairs(cast.office)
    assert (pair.one, pair.other, pair.metres, pair.may_decide) == (one, other, 48, True)
    actions.merge_points(
        actor=cast.east_staff, kept_id=one.pk, kept_version=1, other_id=other.pk, other_version=1, today=TODAY
    )
    other.refresh_from_db()
    assert (other.status, other.merged_into, one.photos.count()) == ("closed", one, 1)
    assert queries.proposed_pairs(cast.office) == []
    with pytest.raises(NotAllowedNow):
        actions.reopen_point(actor=cast.office, point_id=other.pk, version=2, on=TODAY, why="", today=TODAY)
    with pytest.raises(NotAllowedNow):
        actions.change_point(actor=cast.office, point_id=other.pk, version=2, facts=facts(cast))


def test_what_was_told_apart_is_not_proposed_again(cast: Cast) -> None:
    one, other = make_point(cast), make_point(cast)
    assert len(queries.proposed_pairs(cast.leader)) == 1
    assert not queries.proposed_pairs(cast.leader)[0].may_decide
    with pytest.raises(Denied):
        actions.keep_apart(actor=cast.housing_staff, one_id=one.pk, other_id=other.pk)
    actions.keep_apart(actor=cast.office, one_id=other.pk, other_id=one.pk)
    actions.keep_apart(actor=cast.office, one_id=one.pk, other_id=other.pk)
    assert ApartPair.objects.count() == 1
    assert queries.proposed_pairs(cast.office) == []
    with pytest.raises(BadInput):
        actions.keep_apart(actor=cast.office, one_id=one.pk, other_id=one.pk)


def test_a_frame_holds_open_points_of_units_and_types(cast: Cast) -> None:
    town = make_unit(cast.east, "望江街道", kind=UnitKind.SUBDISTRICT)
    market = make_point(cast, unit=town, venue_name="某物业")
    road = make_point(cast, type_code="ZGD", name="望江路", unit=cast.river)
    make_point(cast, name="旧市场")
    Point.objects.filter(name="旧市场").update(status="closed")

    def frame(**asked: object) -> list[int]:
        return [row.id for row in queries.points_for_frame(cast.office, cast.city.pk, **asked)]  # type: ignore[arg-type]

    assert frame() == [market.pk, road.pk]
    assert frame(unit_ids=[cast.east.pk]) == [market.pk]
    assert frame(type_codes=["ZGD"]) == [road.pk]
    assert frame(unit_ids=[]) == []
    assert queries.points_for_frame(cast.stranger, cast.city.pk) == []
    row = queries.points_for_frame(cast.office, cast.city.pk)[0]
    assert (row.type_code, row.unit_path, row.venue, row.lead_unit_id) == (
        "JMSC",
        town.path,
        "某物业",
        cast.urban.pk,
    )
    with pytest.raises(dataclasses.FrozenInstanceError):
        row.name = "另名"  # type: ignore[misc]


def test_filters_take_each_owner_and_every_word(cast: Cast) -> None:
    make_points(cast, 3)
    river = make_point(
        cast, name="云河公园", unit=cast.river, lead_unit_id=cast.housing.pk, address="云河路1号"
    )

    def found(**asked: object) -> list[str]:
        return [point.name for point in queries.asked_points(cast.leader, Asked(**asked))]  # type: ignore[arg-type]

    assert len(found()) == 4
    assert found(unit=cast.river) == ["云河公园"] == found(owner=cast.housing) == found(text="云河 路1")
    assert len(found(owner=cast.urban)) == 3
    assert len(found(unit=cast.city)) == 4
    assert found(type_code="ZGD") == []
    assert found(text=river.number) == ["云河公园"]
    Point.objects.filter(pk=river.pk).update(status="closed")
    assert (len(found()), found(status="closed"), len(found(status="all"))) == (3, ["云河公园"], 4)


def test_the_map_counts_what_the_list_counts(cast: Cast) -> None:
    make_points(cast, 5)
    make_point(cast, name="不知何处")
    for asked in (Asked(), Asked(type_code="ZGD"), Asked(text="市场3"), Asked(status="all")):
        on_map = queries.map_of(cast.office, asked)
        listed = queries.asked_points(cast.office, asked)
        assert on_map["total"] == listed.count()
        assert len(on_map["points"]) == listed.exclude(lon_e7=None).count()
