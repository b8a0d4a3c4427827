"""A round from its plan to the end of marking, and what it refuses on the way."""

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest

from chuangwen.cores.errors import BadInput, Denied, NotAllowedNow, Stale
from chuangwen.cores.scoring.draw import Design, verify
from chuangwen.kit.models import OutboxRow
from chuangwen.orgs.models import PeerGroup, Unit
from chuangwen.orgs.testing import Cast
from chuangwen.points.testing import make_points
from chuangwen.points.tests.world import jpeg
from chuangwen.standards.models import SystemVersion
from chuangwen.standards.testing import make_system

from .. import actions, queries
from ..actions import Given, Plan, Slot, TeamFacts, UnitLine
from ..models import Draw, Round, TeamMember, Visit
from ..rules.opening import Job, assigned
from ..rules.states import VisitState
from ..rules.teams import TeamKind
from ..testing import (
    CHEAP,
    DESIGN,
    MET,
    NA,
    NOT_MET,
    NOW,
    PASSPHRASE,
    SEED,
    SmallRound,
    make_visits,
)

pytestmark = pytest.mark.django_db
LATER = NOW + timedelta(hours=2)


def _version(cast: Cast) -> int:
    there = SystemVersion.objects.filter(system__name="体系").first()
    return (there or make_system(cast, name="体系").version).pk


def plan_of(cast: Cast, **values: Any) -> Plan:
    assert cast.office.seat
    return Plan(
        system_version_id=_version(cast),
        lead_seat_id=cast.office.seat.pk,
        **{
            "name": "5月测评",
            "first_day": date(2022, 4, 11),
            "last_day": date(2022, 4, 22),
            "method_weights": {"field": 1000},
            **values,
        },
    )


def draw(small: SmallRound, **values: Any) -> Draw:
    return actions.draw_points(
        actor=small.lead,
        round_id=small.round.pk,
        **{
            "version": 1,
            "design": DESIGN,
            "passphrase": PASSPHRASE,
            "now": NOW,
            "seed": SEED,
            "cost": CHEAP,
            **values,
        },
    )


def opened(small: SmallRound, version: int = 2, **values: Any) -> actions.Opened:
    given = {"version": version, "passphrase": PASSPHRASE, "now": NOW, **values}
    return actions.open_points(actor=small.lead, round_id=small.round.pk, **given)


def answers(visit: Visit, **marks: Any) -> dict[str, Given]:
    photo = [("a.jpg", jpeg())]
    keys = ["i1", "i2", "i3" if visit.point.type_code == "JMSC" else "i4"]
    return {key: Given(marks.get(key, MET), photos=photo if key == "i1" else []) for key in keys}


def mark(small: SmallRound, visit: Visit, **values: Any) -> Visit:
    actor = small.marker if visit.team_id == small.team.pk else small.second_marker
    given = {"version": visit.version, "visited_at": NOW, "marks": answers(visit), "now": LATER, **values}
    return actions.mark_visit(visit_id=visit.pk, **{"actor": actor, **given})


def test_a_round_is_planned_with_its_units_and_teams(cast: Cast) -> None:
    cast.east.peer_group = PeerGroup.objects.create(jurisdiction=cast.city, name="城区")
    cast.east.save()
    found = actions.plan_round(actor=cast.office, plan=plan_of(cast), now=NOW)
    lines = [UnitLine(cast.east.pk, 2), UnitLine(cast.river.pk)]
    actions.set_units(actor=cast.office, round_id=found.pk, version=1, units=lines, now=NOW)
    PeerGroup.objects.update(name="改了名")
    assert [(str(row.unit), row.peer_group, row.points_least) for row in found.units.all()] == [
        ("东浦区", "城区", 2),
        ("云河区", "", 0),
    ]
    assert cast.urban_staff.seat
    team = actions.add_team(
        actor=cast.office,
        round_id=found.pk,
        version=2,
        facts=TeamFacts(name="一组", kind=TeamKind.AGENCY, seat_ids=[cast.urban_staff.seat.pk]),
        now=NOW,
    )
    assert TeamMember.objects.get(team=team).seat == cast.urban_staff.seat
    actions.change_team(
        actor=cast.office,
        team_id=team.pk,
        version=3,
        facts=TeamFacts(name="甲组", kind=TeamKind.OWN),
        now=NOW,
    )
    assert not team.members.exists()
    with pytest.raises(Stale):
        actions.remove_team(actor=cast.office, team_id=team.pk, version=3, now=NOW)
    with pytest.raises(Denied):
        actions.plan_round(actor=cast.urban_staff, plan=plan_of(cast), now=NOW)


@pytest.mark.parametrize(
    ("values", "code"),
    [
        ({"method_weights": {"field": 600, "survey": 300}}, "weights"),
        ({"method_weights": {"field": 600, "guess": 400}}, "weights"),
        ({"last_day": date(2022, 4, 10)}, "days"),
        ({"name": " "}, "name_missing"),
        ({"type_codes": ["XXX"]}, "type_unknown"),
        ({"covert_until": NOW}, "covert_past"),
        ({"second_pct": 101}, "numbers"),
        ({"lead_seat_id": 10**9}, "no_such_seat"),
    ],
)
def test_a_plan_that_cannot_be_is_refused(cast: Cast, values: dict[str, Any], code: str) -> None:
    plan = replace(plan_of(cast), **values)
    with pytest.raises(BadInput, match=f"assessments.{code}"):
        actions.plan_round(actor=cast.office, plan=plan, now=NOW)
    assert not Round.objects.filter(name="5月测评").exists()


def test_a_draw_is_committed_and_not_stored(small: SmallRound) -> None:
    made = draw(small)
    assert (small.round.frame.count(), Visit.objects.count()) == (12, 0)
    assert SEED not in str(vars(made)) and made.seed == ""
    frame, sealed = queries.public_files(made)
    with pytest.raises(BadInput, match="draw_sealed"):
        verify(frame, sealed)
    with pytest.raises(NotAllowedNow):
        draw(small, version=2)
    with pytest.raises(NotAllowedNow, match="drawn_already"):
        actions.set_units(actor=small.lead, round_id=small.round.pk, version=2, units=[], now=NOW)


def test_the_lead_alone_draws_and_opens(cast: Cast, small: SmallRound) -> None:
    with pytest.raises(Denied):
        actions.draw_points(
            actor=cast.office,
            round_id=small.round.pk,
            version=1,
            design=DESIGN,
            passphrase=PASSPHRASE,
            now=NOW,
        )
    draw(small)
    with pytest.raises(Denied):
        actions.open_points(
            actor=cast.office, round_id=small.round.pk, version=2, passphrase=PASSPHRASE, now=NOW
        )
    with pytest.raises(BadInput, match="passphrase_wrong"):
        opened(small, passphrase="猜一个口令猜一个口令")
    assert not Visit.objects.exists()


def test_a_design_that_cannot_be_is_refused(small: SmallRound) -> None:
    refused: list[tuple[dict[str, Any], str]] = [
        ({"passphrase": "短"}, "passphrase_short"),
        ({"certain": ["9999"]}, "certain_absent"),
        ({"design": Design(allocation="fixed", size=0, least=0)}, "nothing_drawn"),
    ]
    for values, code in refused:
        with pytest.raises(BadInput, match=code):
            draw(small, **values)
    assert not small.round.frame.exists()


def test_opened_points_go_to_teams_by_load_in_time_slots(small: SmallRound) -> None:
    Round.objects.update(visits_per_point=2, second_pct=25)
    draw(small)
    slots = [Slot(NOW, LATER), Slot(LATER, LATER + timedelta(hours=1))]
    first = opened(small, slots=slots, most=3)
    assert (first.points, first.left) == (3, 5)
    rest = opened(
        small, 3, slots=slots, unit_ids=[small.units["东浦区"].unit_id, small.units["云河区"].unit_id]
    )
    assert (rest.points, rest.left) == (5, 0)
    visits = list(Visit.objects.select_related("point"))
    assert sum(one.second for one in visits) == 2
    assert {(one.turn, one.slot_from) for one in visits if not one.second} == {(1, NOW), (2, LATER)}
    for one in visits:
        same = [other for other in visits if other.point_id == one.point_id and not other.second]
        assert len({other.team_id for other in same}) == 1
        if one.second:
            assert one.team_id not in {other.team_id for other in same}
    assert {small.team.pk, small.second_team.pk} == {one.team_id for one in visits}
    with pytest.raises(NotAllowedNow, match="all_open"):
        opened(small, 4)


def test_no_team_gets_a_point_of_its_own_unit(cast: Cast, small: SmallRound) -> None:
    TeamMember.objects.filter(team=small.second_team).update(seat=cast.east_staff.seat)
    draw(small)
    opened(small)
    assert not Visit.objects.filter(team=small.second_team, point__unit=cast.east).exists()
    assert Visit.objects.filter(team=small.second_team, point__unit=cast.river).exists()
    TeamMember.objects.filter(team=small.team).update(seat=cast.urban_staff.seat)
    Visit.objects.all().delete()
    with pytest.raises(BadInput, match="no_free_team") as refused:
        opened(small, 3)
    assert refused.value.params["units"] == "东浦区"


def test_who_has_an_interest_cannot_mark_even_as_a_member(cast: Cast, small: SmallRound) -> None:
    visit = make_visits(small, state=VisitState.ASSIGNED)[0]
    assert cast.urban_staff.seat
    TeamMember.objects.create(team=small.team, seat=cast.urban_staff.seat)
    for actor in (cast.urban_staff, small.lead):
        with pytest.raises(Denied):
            mark(small, visit, actor=actor)


def test_a_visit_is_marked_item_by_item_and_looked_at(cast: Cast, small: SmallRound) -> None:
    visits = make_visits(small, state=VisitState.ASSIGNED)
    road = next(one for one in visits if one.point.type_code == "ZGD")
    done = mark(small, road, marks=answers(road, i2=NOT_MET, i4=NA))
    assert [(one.item, one.nano, one.reason) for one in done.marks.all()] == [
        ("i1", 10**9, ""),
        ("i2", 0, ""),
        ("i4", None, NA["na"]),
    ]
    assert done.marks.get(item="i1").photos.count() == 1
    back = actions.return_visit(actor=small.lead, visit_id=road.pk, version=2, words="照片不清", now=LATER)
    assert (back.state, back.remark) == ("returned", "照片不清")
    again = {key: replace(given, photos=[]) for key, given in answers(road).items()}
    mark(small, back, marks=again)
    assert Visit.objects.get(pk=road.pk).marks.get(item="i1").photos.count() == 1
    actions.accept_visit(actor=cast.office, visit_id=road.pk, version=4, now=LATER)
    with pytest.raises(NotAllowedNow):
        mark(small, Visit.objects.get(pk=road.pk))


def test_marks_are_taken_whole_or_not_at_all(small: SmallRound) -> None:
    visit = next(one for one in make_visits(small, state=VisitState.ASSIGNED) if one.point.type_code == "ZGD")
    good = answers(visit)
    refused: list[tuple[dict[str, Given], dict[str, str]]] = [
        ({**good, "i9": Given(MET)}, {"i9": "assessments.no_such_item"}),
        ({"i1": good["i1"], "i2": good["i2"]}, {"i4": "assessments.mark_missing"}),
        ({**good, "i1": Given(MET)}, {"i1": "assessments.photos_missing"}),
        ({**good, "i2": Given({"na": ""})}, {"i2": "scoring.mark_not_a_text"}),
        ({**good, "i2": Given({"met": "是"})}, {"i2": "scoring.mark_not_yes_or_no"}),
        ({**good, "i1": Given(MET, photos=[("a.jpg", b"no photo")])}, {"i1": "photos.kind"}),
    ]
    for marks, codes in refused:
        with pytest.raises(BadInput, match="marks_wrong") as error:
            mark(small, visit, marks=marks)
        wrong = error.value.params["errors"]
        assert {one.item: one.error.code for one in wrong} == codes  # type: ignore[attr-defined]
    with pytest.raises(BadInput, match="visited_when"):
        mark(small, visit, visited_at=LATER + timedelta(days=1))
    assert not visit.marks.exists()


def test_a_draft_keeps_what_can_be_kept(small: SmallRound) -> None:
    visit = next(one for one in make_visits(small, state=VisitState.ASSIGNED) if one.point.type_code == "ZGD")
    marks = {**answers(visit), "i2": Given({"met": "是"})}
    kept, wrong = actions.draft_marks(actor=small.marker, visit_id=visit.pk, version=1, marks=marks, now=NOW)
    assert [one.item for one in wrong] == ["i2"] and kept.state == "assigned"
    assert set(kept.marks.values_list("item", flat=True)) == {"i1", "i4"}


def test_a_visit_outside_its_slot_needs_a_remark(small: SmallRound) -> None:
    visit = make_visits(small, state=VisitState.ASSIGNED)[0]
    Visit.objects.update(slot_from=NOW + timedelta(hours=1))
    with pytest.raises(BadInput, match="outside_slot"):
        mark(small, visit)
    assert mark(small, visit, remark="道路封闭，提前到达").state == "marked"


def test_nobody_accepts_his_own_marks(cast: Cast, small: SmallRound) -> None:
    visit = make_visits(small, state=VisitState.MARKED)[0]
    Visit.objects.update(marked_by=small.lead.person)
    with pytest.raises(Denied):
        actions.accept_visit(actor=small.lead, visit_id=visit.pk, version=1, now=NOW)
    with pytest.raises(Denied):
        actions.accept_visit(actor=small.marker, visit_id=visit.pk, version=1, now=NOW)
    count = actions.accept_visits(
        actor=cast.office,
        round_id=small.round.pk,
        visit_ids=Visit.objects.values_list("pk", flat=True),
        now=NOW,
    )
    assert count == 8


def test_a_full_area_round_is_not_complete_while_a_unit_lacks_points(cast: Cast, small: SmallRound) -> None:
    visits = make_visits(small)
    small.units["东浦区"].points_least = 5
    small.units["东浦区"].save()
    Round.objects.update(full_area=True)
    give: dict[str, Any] = {"actor": small.lead, "round_id": small.round.pk, "version": 1, "now": NOW}
    with pytest.raises(NotAllowedNow, match="units_short") as refused:
        actions.complete_round(**give)
    assert refused.value.params["units"] == "东浦区（4/5）"
    Visit.objects.filter(pk=visits[0].pk).update(state="marked")
    with pytest.raises(NotAllowedNow, match="visits_open"):
        actions.complete_round(**give)
    Visit.objects.update(state="accepted")
    small.units["东浦区"].points_least = 4
    small.units["东浦区"].save()
    done = actions.complete_round(**give)
    assert done.state == "replying"
    assert done.replies_until and done.replies_until.isoformat() == "2022-04-14T17:30:00+08:00"
    assert OutboxRow.objects.get(topic=actions.COMPLETED).values == {"round_id": small.round.pk}


def test_the_seed_is_revealed_after_marking_and_anybody_draws_again(small: SmallRound) -> None:
    draw(small)
    opened(small)
    give: dict[str, Any] = {
        "actor": small.lead,
        "round_id": small.round.pk,
        "passphrase": PASSPHRASE,
        "now": NOW,
    }
    with pytest.raises(NotAllowedNow, match="reveal_later"):
        actions.reveal_seed(version=3, **give)
    Round.objects.update(state="replying")
    made = actions.reveal_seed(version=3, **give)
    frame, public = queries.public_files(made)
    listed = {one.number for one in verify(frame, public).points}
    assert listed == set(Visit.objects.values_list("point__number", flat=True))
    with pytest.raises(BadInput, match="frame_tampered"):
        verify(frame.replace("东浦区,JMSC", "云河区,JMSC", 1), public)
    with pytest.raises(NotAllowedNow, match="revealed_already"):
        actions.reveal_seed(version=4, **give)


def test_a_unit_that_is_renamed_leaves_the_frame_as_it_was(cast: Cast, small: SmallRound) -> None:
    draw(small)
    Unit.objects.filter(pk=cast.east.pk).update(name="新东浦区", short_name="")
    assert opened(small).points == 8


def test_points_of_nested_units_are_drawn_in_the_lowest(cast: Cast, small: SmallRound) -> None:
    from chuangwen.orgs.testing import make_unit

    street = make_unit(cast.east, "望江街道")
    make_points(cast, 3, unit=street)
    lines = [UnitLine(one.pk) for one in (cast.east, street)]
    actions.set_units(actor=small.lead, round_id=small.round.pk, version=1, units=lines, now=NOW)
    draw(small, version=2)
    assert set(small.round.frame.values_list("stratum_name", "unit__name")) == {
        ("东浦区", "东浦区"),
        ("望江街道", "望江街道"),
    }


def test_a_round_without_field_visits_begins_without_a_draw(small: SmallRound) -> None:
    with pytest.raises(NotAllowedNow, match="draw_first"):
        actions.begin_round(actor=small.lead, round_id=small.round.pk, version=1, now=NOW)
    Round.objects.update(method_weights={"material": 1000})
    with pytest.raises(NotAllowedNow, match="no_field"):
        draw(small)
    assert (
        actions.begin_round(actor=small.lead, round_id=small.round.pk, version=1, now=NOW).state == "marking"
    )
    with pytest.raises(BadInput, match="why_missing"):
        actions.cancel_round(actor=small.lead, round_id=small.round.pk, version=2, why=" ", now=NOW)
    actions.cancel_round(actor=small.lead, round_id=small.round.pk, version=2, why="改期", now=NOW)


def test_agreement_of_two_markers_is_as_computed_by_hand(small: SmallRound) -> None:
    """Of 8 pairs 6 are the same; by chance (6·6 + 2·2) / 64 = 0.625; κ = (0.75 − 0.625) / 0.375 = 1/3."""
    numbers = sorted(one.point.number for one in make_visits(small, state=VisitState.ASSIGNED))
    Visit.objects.all().delete()
    first, second = {numbers[0], numbers[1]}, {numbers[0], numbers[2]}
    make_visits(small, lambda point, item: NOT_MET if point.number in first else MET)
    make_visits(small, lambda point, item: NOT_MET if point.number in second else MET, second=True)
    lines, whole = queries.agreement_lines(small.round)
    line = next(one for one in lines if one.number == "1")
    assert (line.found.n, line.found.same, line.same_pct, line.kappa) == (8, 6, 75, "0.333")
    assert whole.n == sum(one.found.n for one in lines) == 24
    Visit.objects.filter(second=True).update(state="returned")
    assert queries.agreement_lines(small.round)[0] == []


def test_jobs_go_to_the_free_team_with_the_least_to_do() -> None:
    jobs = [
        Job("a", 1, False, [1, 2]),
        Job("b", 1, False, [1, 2]),
        Job("c", 1, False, [2]),
        Job("a", 1, True, [1, 2]),
    ]
    given = assigned([*jobs, Job("d", 1, False, [])], {2: 1}, {})
    assert given.teams == {("a", 1, False): 1, ("b", 1, False): 1, ("c", 1, False): 2, ("a", 1, True): 2}
    assert given.without == ("d",)
