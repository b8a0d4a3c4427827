"""Method × URL × role × relation. The URLconf gives the list; what is expected stands here by hand."""

import pytest
from django.test import Client
from django.urls import reverse

from chuangwen.kit import files
from chuangwen.orgs.testing import Cast, sign_in
from chuangwen.plans import actions
from chuangwen.plans.models import PlanVersion
from chuangwen.plans.urls import urlpatterns

from .world import LATER, NOW, TEXT

WHO = ["office", "administrator", "leader", "urban_staff", "observer", "stranger", "seatless", "anonymous"]

# 302 for the anonymous is the way to the sign-in page; the stranger is the campaign office of another city.
# An empty form is 422 for who may send it. A draft is hidden from everybody but its campaign office.
TABLE = """
view             method  office administrator leader urban_staff observer stranger seatless anonymous
list             GET     200    200           200    200         200      200      200      302
list             POST    405    405           405    405         405      405      405      302
my_letter        GET     302    200           302    302         302      200      200      302
my_letter        POST    405    405           405    405         405      405      405      302
receive          GET     405    405           405    405         405      405      405      302
receive          POST    422    403           403    403         403      422      403      302
bring_in_json    GET     405    405           405    405         405      405      405      302
bring_in_json    POST    422    403           403    403         403      422      403      302
intake           GET     200    404           404    404         404      404      404      302
intake           POST    405    405           405    405         405      405      405      302
review           GET     200    404           404    404         404      404      404      302
review           POST    405    405           405    405         405      405      405      302
accept_rest      GET     405    405           405    405         405      405      405      302
accept_rest      POST    422    404           404    404         404      404      404      302
merge            GET     405    405           405    405         405      405      405      302
merge            POST    422    404           404    404         404      404      404      302
add              GET     200    404           404    404         404      404      404      302
add              POST    422    404           404    404         404      404      404      302
confirm          GET     200    404           404    404         404      404      404      302
confirm          POST    422    404           404    404         404      404      404      302
submit           GET     405    405           405    405         405      405      405      302
submit           POST    422    404           404    404         404      404      404      302
send_back        GET     405    405           405    405         405      405      405      302
send_back        POST    403    404           404    404         404      404      404      302
acknowledge      GET     405    405           405    405         405      405      405      302
acknowledge      POST    409    404           409    302         403      404      404      302
discard          GET     405    405           405    405         405      405      405      302
discard          POST    422    404           404    404         404      404      404      302
answer_doubt     GET     405    405           405    405         405      405      405      302
answer_doubt     POST    422    404           404    404         404      404      404      302
decide_change    GET     405    405           405    405         405      405      405      302
decide_change    POST    422    404           404    404         404      404      404      302
match_assignment GET     405    405           405    405         405      405      405      302
match_assignment POST    422    404           404    404         404      404      404      302
create_unit      GET     405    405           405    405         405      405      405      302
create_unit      POST    422    404           404    404         404      404      404      302
row              GET     302    404           404    404         404      404      404      302
row              POST    405    405           405    405         405      405      405      302
accept_row       GET     405    405           405    405         405      405      405      302
accept_row       POST    422    404           404    404         404      404      404      302
drop_row         GET     405    405           405    405         405      405      405      302
drop_row         POST    422    404           404    404         404      404      404      302
restore_row      GET     405    405           405    405         405      405      405      302
restore_row      POST    422    404           404    404         404      404      404      302
correct          GET     200    404           404    404         404      404      404      302
correct          POST    422    404           404    404         404      404      404      302
split            GET     200    404           404    404         404      404      404      302
split            POST    422    404           404    404         404      404      404      302
attach_baseline  GET     405    405           405    405         405      405      405      302
attach_baseline  POST    422    404           404    404         404      404      404      302
overview         GET     200    404           200    200         200      404      404      302
overview         POST    405    405           405    405         405      405      405      302
program          GET     200    404           200    200         200      404      404      302
program          POST    405    405           405    405         405      405      405      302
task             GET     200    404           200    200         200      404      404      302
task             POST    405    405           405    405         405      405      405      302
indicator        GET     200    404           200    200         200      404      404      302
indicator        POST    405    405           405    405         405      405      405      302
unit_letter      GET     200    404           200    200         200      404      404      302
unit_letter      POST    405    405           405    405         405      405      405      302
leader           GET     200    404           200    200         200      404      404      302
leader           POST    405    405           405    405         405      405      405      302
calendar         GET     200    404           200    200         200      404      404      302
calendar         POST    405    405           405    405         405      405      405      302
timeline         GET     200    404           200    200         200      404      404      302
timeline         POST    405    405           405    405         405      405      405      302
goals            GET     200    404           200    200         200      404      404      302
goals            POST    405    405           405    405         405      405      405      302
find             GET     200    404           200    200         200      404      404      302
find             POST    405    405           405    405         405      405      405      302
document         GET     200    404           200    200         200      404      404      302
document         POST    405    405           405    405         405      405      405      302
original         GET     200    404           200    200         200      404      404      302
original         POST    405    405           405    405         405      405      405      302
versions         GET     200    404           200    200         200      404      404      302
versions         POST    405    405           405    405         405      405      405      302
amend            GET     405    405           405    405         405      405      405      302
amend            POST    422    404           403    403         403      404      404      302
table_out        GET     200    404           200    200         200      404      404      302
table_out        POST    405    405           405    405         405      405      405      302
bring_in_table   GET     200    404           403    403         403      404      404      302
bring_in_table   POST    422    404           403    403         403      404      404      302
json_out         GET     200    404           200    200         200      404      404      302
json_out         POST    405    405           405    405         405      405      405      302
"""
HEAD, *ROWS = [line.split() for line in TABLE.strip().splitlines()]


@pytest.fixture
def amended(cast: Cast, plan: PlanVersion) -> PlanVersion:
    """A draft beside the plan in force."""
    return actions.amend(actor=cast.office, plan_id=plan.plan_id, reason="年度调整", now=LATER)


def test_the_table_holds_every_address_of_the_room() -> None:
    assert {row[0] for row in ROWS} == {pattern.name for pattern in urlpatterns}
    assert HEAD[2:] == WHO


@pytest.mark.parametrize("who", WHO)
def test_each_role_gets_what_the_table_says(
    cast: Cast, client: Client, plan: PlanVersion, amended: PlanVersion, who: str
) -> None:
    if who in cast.by_name():
        sign_in(client, cast.by_name()[who])
    places = addresses(cast, plan, amended)
    found = {(row[0], row[1]): client.generic(row[1], places[row[0]]).status_code for row in ROWS}
    column = HEAD.index(who)
    assert found == {(row[0], row[1]): int(row[column]) for row in ROWS}


def addresses(cast: Cast, plan: PlanVersion, draft: PlanVersion) -> dict[str, str]:
    row = draft.taskversion_rows.get(task__key="T1")
    files.put(TEXT.encode())
    intake = actions.receive(actor=cast.office, name="more.txt", data="一、强化管理。".encode(), now=NOW)
    more: dict[str, dict[str, object]] = {
        "answer_doubt": {"doubt_id": 1},
        "decide_change": {"change_id": 1},
        "match_assignment": {"assignment_id": row.assignments.all()[0].pk},
        "create_unit": {"assignment_id": row.assignments.all()[0].pk},
        "program": {"key": "P1"},
        "task": {"key": "T1"},
        "indicator": {"key": "I1"},
        "unit_letter": {"unit_id": cast.urban.pk},
    }
    at: dict[str, object] = {
        "version_id": draft.pk,
        "plan_id": plan.plan_id,
        "intake_id": intake.pk,
        "subject": "task",
        "row_id": row.pk,
    }
    return {
        str(pattern.name): reverse(
            f"plans:{pattern.name}",
            kwargs={
                name: more.get(str(pattern.name), {}).get(name, at.get(name))
                for name in pattern.pattern.converters
            },
        )
        for pattern in urlpatterns
    }
