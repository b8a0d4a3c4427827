"""A project list through its pages: named, begun, done, measured, and what is left without a name."""

from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from chuangwen.cores.errors import BadInput, Denied, NotAllowedNow
from chuangwen.kit import audit
from chuangwen.kit.models import OutboxRow
from chuangwen.orgs.testing import Cast, make_unit, sign_in

from .. import actions
from ..models import Project, ProjectList, Register
from .world import TODAY, make_lanes, make_register, make_town

pytestmark = pytest.mark.django_db


def text(client: Client, address: str) -> str:
    response = client.get(address)
    assert response.status_code == 200
    return response.content.decode()


def test_a_lane_is_named_begun_done_and_measured(cast: Cast, client: Client) -> None:
    sign_in(client, cast.office)
    make_town(cast)
    head = {"name": "背街小巷整治清单", "noun": "小巷", "keeper": "市城管局", "announced": "14"}
    client.post("/registers/projects/add/", head)
    lanes = ProjectList.objects.get()
    assert "公布 14 个，列名 0 个，另有 14 个未列名。还没有列入项目。" in text(
        client, f"/registers/projects/{lanes.pk}/"
    )
    sign_in(client, cast.urban_staff)
    typed = {"name": "望江一巷", "unit": "望江街道", "planned_on": "2021-12-31"}
    client.post(f"/registers/projects/{lanes.pk}/add-project/", typed)
    lane = Project.objects.get()
    sign_in(client, cast.east_staff)  # it lies in their district
    for version, (step, on) in enumerate([("start", "2021-06-10"), ("finish", "2021-11-20")], 1):
        taken = client.post(f"/registers/project/{lane.pk}/{step}/", {"version": version, "on": on})
        assert taken["Location"] == f"/registers/project/{lane.pk}/"
    measured = {"measure_name": "高峰通行时间", "measure_unit": "分钟", "before": "14", "after": "9.5"}
    client.post(f"/registers/project/{lane.pk}/measure/", {"version": 3, **measured})
    page = text(client, f"/registers/projects/{lanes.pk}/")
    assert (
        "公布 14 个，列名 1 个，另有 13 个未列名。已完成 1 个（7.14\u202f%），在建 0 个，未开工 0 个。"
        in page
    )
    assert "其中 1 个有治理前后的数据，高峰通行时间下降 32.14\u202f%。" in page
    assert "14\xa0分钟" in page and "9.5\xa0分钟" in page
    before = text(client, f"/registers/projects/{lanes.pk}/?on=2021-07-01")
    assert "已完成 0 个（0\u202f%），在建 1 个" in before
    lane.refresh_from_db()
    assert (lane.before, lane.after) == (Decimal(14), Decimal("9.5"))
    said = [audit.sentence(entry) for entry in audit.history(lane)]
    assert said[0] == "填报“望江一巷”的成效：高峰通行时间（分钟），治理前 14，治理后 9.5"
    assert said[-1] == "添加项目“望江一巷”（望江街道）"


def test_what_is_past_its_planned_day_is_told_on_top(cast: Cast, client: Client) -> None:
    lanes = make_lanes(cast, lanes=3, announced=None)
    sign_in(client, cast.observer)
    assert "列名 3 个，已完成 0 个（0\u202f%），在建 0 个，未开工 3 个，3 个已过计划完成日期。" in text(
        client, f"/registers/projects/{lanes.pk}/"
    )
    assert "已过计划" not in text(client, f"/registers/projects/{lanes.pk}/?on=2021-12-31")
    assert "没有处于该状态的项目" in text(client, f"/registers/projects/{lanes.pk}/?state=done")


def test_a_step_that_is_refused_keeps_the_page_and_says_why(cast: Cast, client: Client) -> None:
    lane = make_lanes(cast, lanes=1).projects.get()
    sign_in(client, cast.office)
    wrong = client.post(f"/registers/project/{lane.pk}/start/", {"version": 1, "on": "2099-01-01"})
    assert (wrong.status_code, "日期晚于今天" in wrong.content.decode()) == (422, True)
    without = client.post(f"/registers/project/{lane.pk}/measure/", {"version": 1, "before": "3"})
    assert (without.status_code, "还须填写成效指标名称" in without.content.decode()) == (422, True)
    assert client.post(f"/registers/project/{lane.pk}/reopen/", {"version": 1}).status_code == 409
    lane.refresh_from_db()
    assert (lane.state, lane.version) == ("planned", 1)


def test_the_last_step_is_taken_back_and_only_what_was_not_begun_is_removed(cast: Cast) -> None:
    lane = make_lanes(cast, lanes=1).projects.get()
    who: dict[str, Any] = {"actor": cast.urban_staff, "project_id": lane.pk}
    actions.start_project(**who, version=1, on=date(2021, 6, 1), today=TODAY)
    with pytest.raises(NotAllowedNow):
        actions.remove_project(**who, version=2)
    actions.finish_project(**who, version=2, on=date(2021, 7, 1), today=TODAY)
    with pytest.raises(BadInput):
        actions.finish_project(
            **who | {"project_id": _lane(cast).pk}, version=1, on=date(2099, 1, 1), today=TODAY
        )
    for version, state in [(3, "under_way"), (4, "planned")]:
        lane = actions.reopen_project(**who, version=version, today=TODAY)
        assert lane.state == state
    assert (lane.started_on, lane.done_on) == (None, None)
    actions.remove_project(**who, version=5)
    assert audit.sentence(audit.history(lane.list)[0]) == "删除项目“第1巷”"


def _lane(cast: Cast) -> Project:
    found = ProjectList.objects.get()
    return actions.add_project(actor=cast.office, list_id=found.pk, name="新巷", unit_id=cast.east.pk)


def test_another_district_reads_and_does_not_write(cast: Cast) -> None:
    lanes = make_lanes(cast, lanes=1)
    lane = lanes.projects.get()
    river = make_unit(cast.river, "云河街道")
    for actor in (cast.housing_staff, cast.leader, cast.observer):
        with pytest.raises(Denied):
            actions.start_project(actor=actor, project_id=lane.pk, version=1, on=TODAY, today=TODAY)
    with pytest.raises(Denied):
        actions.add_project(actor=cast.east_staff, list_id=lanes.pk, name="x", unit_id=river.pk)


def test_a_change_is_told_of_every_source_over_the_list(cast: Cast) -> None:
    lane = make_lanes(cast, lanes=1).projects.get()
    told = OutboxRow.objects.filter(topic="sources.changed")
    told.delete()
    actions.start_project(actor=cast.office, project_id=lane.pk, version=1, on=TODAY, today=TODAY)
    assert {(row.values["source"], row.values["subject"]) for row in told} == {
        ("registers.projects_done", lane.list_id),
        ("registers.projects_done_in_period", lane.list_id),
        ("registers.projects_share", lane.list_id),
        ("registers.effect", lane.list_id),
    }


@pytest.mark.parametrize("rows", [1, 30])
@pytest.mark.parametrize(
    ("page", "queries"), [("/registers/projects/{}/", 7), ("/registers/projects/{}/table/", 5)]
)
def test_a_project_list_costs_the_same_for_any_number_of_projects(
    cast: Cast,
    client: Client,
    page: str,
    queries: int,
    rows: int,
    django_assert_num_queries: DjangoAssertNumQueries,
) -> None:
    lanes = make_lanes(cast, lanes=rows)
    sign_in(client, cast.office)
    with django_assert_num_queries(queries):
        assert client.get(page.format(lanes.pk)).status_code == 200


def test_a_list_begun_by_mistake_goes_away_while_it_is_empty(cast: Cast, client: Client) -> None:
    sign_in(client, cast.office)
    make_town(cast)
    for begin, model in (("", Register), ("projects/", ProjectList)):
        head = {"name": "误建", "noun": "村", "keeper": "市城管局", "announced": ""}
        at = client.post(f"/registers/{begin}add/", head)["Location"]
        if model is Register:
            client.post(f"{at}add-column/", {"name": "村规民约", "required": "on"})
        assert f"{at}remove/" in text(client, at)
        assert client.post(f"{at}remove/", {"version": "9"}).status_code == 409
        assert client.post(f"{at}remove/", {"version": "1"})["Location"] == "/registers/"
        assert not model.objects.exists()
        assert client.get(at).status_code == 404


def test_a_list_that_holds_something_stays(cast: Cast, client: Client) -> None:
    lanes, register = make_lanes(cast, lanes=1), make_register(cast, villages=1)
    sign_in(client, cast.office)
    for at, kept in ((f"/registers/projects/{lanes.pk}/", lanes), (f"/registers/{register.pk}/", register)):
        assert f"{at}remove/" not in text(client, at)
        refused = client.post(f"{at}remove/", {"version": kept.version})
        assert refused.status_code == 409 and "已有" in refused.content.decode()
        assert type(kept)._default_manager.filter(pk=kept.pk).exists()
