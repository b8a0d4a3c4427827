import pytest
from django.test import Client

from chuangwen.orgs.testing import Cast, make_unit
from chuangwen.plans.actions import amend
from chuangwen.plans.models import PlanVersion
from chuangwen.plans.tests.world import LATER
from chuangwen.registers.tests.world import make_lanes, make_register

from .conftest import Program, token_of


def test_units_are_those_of_the_city(cast: Cast, program: Program) -> None:
    names = {unit["name"] for unit in program.read("/units")["items"]}
    assert {"云浦市", "东浦区", "云河区"} <= names
    assert "岚州市" not in names
    assert program.read(f"/units/{cast.east.pk}")["name"] == "东浦区"
    assert program.get(f"/units/{cast.other_city.pk}").status_code == 404


def test_a_unit_is_found_by_words_of_its_name(program: Program) -> None:
    assert [unit["name"] for unit in program.read("/units", text="东浦")["items"]] == ["东浦区"]


def test_children_groups_members_and_seats(cast: Cast, program: Program) -> None:
    children = {unit["id"] for unit in program.read(f"/units/{cast.city.pk}/children")["items"]}
    assert children == {
        unit.pk for unit in (cast.office_unit, cast.urban, cast.housing, cast.east, cast.river)
    }
    assert cast.districts.pk in {group["id"] for group in program.read("/groups")["items"]}
    members = program.read(f"/groups/{cast.districts.pk}/members")["items"]
    assert [unit["id"] for unit in members] == [cast.east.pk, cast.river.pk]
    assert [(seat["person"], seat["role"]) for seat in program.read("/seats")["items"]] == [
        ("程管", "unit_staff")
    ]


@pytest.mark.parametrize("limit", [1, 2, 5, 200])
def test_pages_hold_each_row_once(cast: Cast, program: Program, limit: int) -> None:
    for number in range(7):
        make_unit(cast.east, f"第{number}社区")
    found, cursor = [], 0
    while cursor is not None:
        page = program.read("/units", limit=limit, cursor=cursor)
        assert len(page["items"]) <= limit
        found += [unit["id"] for unit in page["items"]]
        cursor = page["next"]
    assert len(found) == len(set(found)) == 13


def test_a_plan_with_its_versions_tasks_indicators_and_assignments(
    cast: Cast, plan: PlanVersion, program: Program
) -> None:
    path = f"/plans/{plan.plan_id}"
    assert program.read("/plans")["items"] == [program.read(path)]
    assert (program.read(path)["version"], program.read(path)["tasks"]) == (1, 3)
    assert [version["number"] for version in program.read(f"{path}/versions")["items"]] == [1]
    tasks = program.read(f"{path}/tasks")["items"]
    assert [task["key"] for task in tasks] == ["T1", "T2", "T3"]
    assert tasks[0] == program.read(f"{path}/tasks/T1", version=1)
    bound = {one["printed"]: one["units"] for one in tasks[0]["assignments"]}
    assert bound["各区政府"] == [cast.east.pk, cast.river.pk]
    every = program.read(f"{path}/assignments")["items"]
    assert [one for one in every if one["task"] == "T1"] == tasks[0]["assignments"]


def test_values_are_decimals_as_strings_and_what_is_missing_is_null(
    plan: PlanVersion, program: Program
) -> None:
    found = program.read(f"/plans/{plan.plan_id}/indicators")["items"]
    by_name = {one["name"]: one for one in found}
    assert by_name["满意率"]["targets"][0]["value"] == "90"
    assert (by_name["满意率"]["baseline_value"], by_name["整修小路"]["baseline_value"]) == ("80", None)
    assert [target["value"] for target in by_name["整修小路"]["targets"]] == ["20", "40"]
    assert program.read(f"/plans/{plan.plan_id}/indicators/{found[0]['key']}") == found[0]


def test_what_the_seat_does_not_see_is_hidden(cast: Cast, plan: PlanVersion, program: Program) -> None:
    amend(actor=cast.office, plan_id=plan.plan_id, reason="年度调整", now=LATER)
    path = f"/plans/{plan.plan_id}"
    office, stranger = Program(token_of(cast.office)), Program(token_of(cast.stranger))
    administrator = Program(token_of(cast.administrator))
    assert len(office.read(f"{path}/versions")["items"]) == 2
    assert len(program.read(f"{path}/versions")["items"]) == 1
    for other in (stranger, administrator):
        assert other.read("/plans")["items"] == []
        for below in (
            "",
            "/versions",
            "/tasks",
            "/tasks/T1",
            "/indicators",
            "/indicators/I1",
            "/assignments",
        ):
            assert other.get(path + below).status_code == 404


@pytest.mark.parametrize(
    ("path", "status", "field"),
    [
        ("/units/0", 422, "unit_id"),
        ("/units/9223372036854775808", 422, "unit_id"),
        ("/units/x", 422, "unit_id"),
        ("/units/9223372036854775807", 404, None),
        ("/units?limit=0", 422, "limit"),
        ("/units?limit=201", 422, "limit"),
        ("/units?limit=1&limit=2", 422, "limit"),
        ("/units?cursor=-1", 422, "cursor"),
        ("/units?page=2", 422, "page"),
        ("/units?text=%00", 422, "text"),
        ("/units/1?text=x", 422, "text"),
        ("/plans/1/tasks/X1", 422, "key"),
        ("/plans/1/tasks?version=0", 422, "version"),
        ("/nothing", 404, None),
        ("/", 404, None),
        ("/units/", 404, None),
    ],
)
def test_what_cannot_be_asked_is_refused_as_json(
    program: Program, path: str, status: int, field: str | None
) -> None:
    answer = program.get(path)
    assert (answer.status_code, answer.json()["status"]) == (status, status)
    assert [one["name"] for one in answer.json()["fields"]] == ([field] if field else [])
    assert answer.json()["happened"]


def test_other_methods_are_405_with_allow(program: Program) -> None:
    client = Client(enforce_csrf_checks=True, headers={"Authorization": f"Bearer {program.token}"})
    answer = client.post("/api/v1/units", {})
    assert (answer.status_code, answer.json()["code"], answer.headers["Allow"]) == (405, "not_allowed", "GET")


def test_the_description_is_open_and_there_is_no_page_of_other_hosts(client: Client) -> None:
    assert client.get("/api/v1/openapi.json").json()["info"]["title"] == "Chuangwen"
    assert client.get("/api/v1/docs").status_code == 404


@pytest.mark.parametrize("rows", [1, 30])
def test_a_list_costs_the_same_for_any_number_of_rows(
    cast: Cast, program: Program, rows: int, django_assert_num_queries: object
) -> None:
    for number in range(rows):
        make_unit(cast.east, f"第{number}社区")
    program.read("/units")  # writes the last use
    # the token and its seats, a slot in the cache (6), the units
    with django_assert_num_queries(9):  # type: ignore[operator]
        program.read("/units")


def test_registers_with_their_coverage_and_members_with_what_each_has(cast: Cast, program: Program) -> None:
    register = make_register(cast, villages=2)
    (found,) = program.read("/registers")["items"]
    counts = {
        name: found[name] for name in ("members", "covered", "lacking", "unknown", "announced", "as_of")
    }
    assert counts == {
        "members": 2,
        "covered": 1,
        "lacking": 1,
        "unknown": 0,
        "announced": None,
        "as_of": "2021-12-31",
    }
    first, second = program.read(f"/registers/{register.pk}/members")["items"]
    assert [(one["name"], one["covered"]) for one in (first, second)] == [("第1村", False), ("第2村", True)]
    assert first["marks"][1] == {
        "column": "红白理事会",
        "required": True,
        "state": "no",
        "since": None,
        "as_of": "2021-12-31",
    }
    assert Program(token_of(cast.stranger)).get(f"/registers/{register.pk}/members").status_code == 404
    assert Program(token_of(cast.office, "plans:read")).get("/registers").status_code == 403


def test_project_lists_with_what_is_done_and_their_projects(cast: Cast, program: Program) -> None:
    lanes = make_lanes(cast, lanes=3, announced=5)
    (found,) = program.read("/project-lists")["items"]
    assert {name: found[name] for name in ("planned", "under_way", "done", "unnamed", "announced")} == {
        "planned": 3,
        "under_way": 0,
        "done": 0,
        "unnamed": 2,
        "announced": 5,
    }
    first, *rest = program.read(f"/project-lists/{lanes.pk}/projects")["items"]
    assert len(rest) == 2
    assert (first["state"], first["done_on"], first["before"]) == ("planned", None, None)
    assert Program(token_of(cast.stranger)).get(f"/project-lists/{lanes.pk}/projects").status_code == 404
