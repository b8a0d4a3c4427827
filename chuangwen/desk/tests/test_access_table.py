"""Who may do what with a to-do, a hand-over, a feed: the giver, the taker, their colleagues.

The table of the house (`tests/contracts`) knows own, peer and foreign things; here both sides are asked.
"""

from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse

from chuangwen.desk import actions
from chuangwen.desk.models import Slip, Todo
from chuangwen.desk.rules import Delay
from chuangwen.desk.urls import urlpatterns
from chuangwen.kit import clock
from chuangwen.orgs.testing import SYSTEM, Cast, sign_in

from .world import ask, free, offered

WHO = [
    "office",
    "urban_staff",
    "housing_staff",
    "leader",
    "observer",
    "administrator",
    "stranger",
    "seatless",
    "anonymous",
]

# urban_staff is asked by the office; housing_staff is a peer; the stranger is the office of another city.
# approve, refuse: held, of housing_staff by urban_staff. Hand-over: offered by urban_staff to housing_staff.
TABLE = """
view          method  office urban_staff housing_staff leader observer administrator stranger seatless anonymous
desk          GET     200    200         200           200    200      403           200      403      302
count         GET     200    200         200           200    200      200           200      200      302
batch         POST    422    422         422           422    422      403           422      403      302
make_feed     POST    302    302         302           302    302      403           302      403      302
feed          GET     200    200         200           200    200      200           200      200      200
calendar      GET     200    403         403           403    403      403           200      403      302
calendar      POST    422    403         403           403    403      403           422      403      302
set_hours     POST    422    403         403           403    403      403           422      403      302
remove_day    POST    302    403         403           403    403      403           404      403      302
notices       GET     200    200         200           200    200      200           200      200      302
notice_count  GET     200    200         200           200    200      200           200      200      302
mark_read     POST    302    302         302           302    302      302           302      302      302
notice_settings GET   200    200         200           200    200      200           200      200      302
notice_settings POST  422    422         422           422    422      422           422      422      302
slips         GET     200    200         200           200    200      200           200      200      302
slip          GET     200    404         404           404    404      404           404      404      302
issue_slip    POST    422    404         404           404    404      404           404      404      302
discard_slip  POST    422    404         404           404    404      404           404      404      302
firm_done     POST    409    409         409           409    409      409           409      409      409
firm_return   POST    409    409         409           409    409      409           409      409      409
todo          GET     200    200         404           404    404      404           404      404      302
done          POST    403    422         404           404    404      404           404      404      302
return        POST    403    422         404           404    404      404           404      404      302
withdraw      POST    422    403         404           404    404      404           404      404      302
delay         POST    403    422         404           404    404      404           404      404      302
decide_delay  POST    422    403         404           404    404      404           404      404      302
resume        POST    422    403         404           404    404      404           404      404      302
hand_on       POST    403    422         404           404    404      404           404      404      302
burden        GET     200    200         200           200    200      403           200      403      302
held_count    GET     200    200         200           200    200      200           200      200      302
approve       POST    422    403         404           403    404      404           404      404      302
refuse        POST    422    403         404           403    404      404           404      404      302
caps          GET     200    200         200           200    200      403           200      403      302
caps          POST    422    403         403           403    403      403           422      403      302
duties        GET     200    200         200           200    200      403           200      403      302
duties        POST    422    403         403           403    403      403           422      403      302
ask           GET     200    403         403           200    403      403           200      403      302
ask           POST    422    403         403           422    403      403           422      403      302
free_ask      GET     200    200         404           404    404      404           404      404      302
hand_overs    GET     200    200         200           200    200      200           200      200      302
hand_over     GET     200    200         200           200    404      404           404      404      302
hand_over_seat     GET  200  200         404           404    404      403           404      404      302
hand_over_seat     POST 422  422         404           404    404      403           404      404      302
change_hand_over   GET  409  409         403           403    404      404           404      404      302
change_hand_over   POST 409  409         403           403    404      404           404      404      302
offer_hand_over    POST 422  422         403           403    404      404           404      404      302
withdraw_hand_over POST 422  422         403           403    404      404           404      404      302
accept_hand_over   POST 403  403         422           403    404      404           404      404      302
"""
HEAD, *ROWS = [line.split() for line in TABLE.strip().splitlines()]


def test_the_table_holds_every_address_of_the_room() -> None:
    assert {row[0] for row in ROWS} == {pattern.name for pattern in urlpatterns}
    assert HEAD[2:] == WHO


@pytest.mark.parametrize("who", WHO)
def test_each_role_gets_what_the_table_says(cast: Cast, client: Client, who: str) -> None:
    now = clock.now()
    todo = ask(cast, now=now - timedelta(days=30))
    delay = actions.ask_for_delay(
        actor=cast.urban_staff, todo_id=todo.pk, version=1, kind=Delay.PAUSE, reason="雨", until=None, now=now
    )
    day = actions.set_city_day(actor=cast.office, day=now.date(), is_worked=False, words="台风")
    actions.draft_slips(actor=SYSTEM, now=now)
    token = actions.make_feed(actor=cast.urban_staff, now=now)
    of = {"remove_day": day.pk, "decide_delay": delay.pk, "feed": token}
    of |= dict.fromkeys(["slip", "issue_slip", "discard_slip"], Slip.objects.get().pk)
    todos = ["todo", "done", "return", "withdraw", "delay", "resume", "hand_on", "firm_done", "firm_return"]
    of |= dict.fromkeys(todos, todo.pk)
    held = ask(cast, by=cast.urban_staff, unit_id=cast.housing.pk, now=now)
    Todo.objects.filter(pk=held.pk).update(state="held")
    of |= {"approve": held.pk, "refuse": held.pk, "free_ask": free(cast, [cast.urban]).pk}
    assert cast.urban_staff.seat
    row = offered(cast.urban_staff, cast.housing_staff)
    views = ["hand_over", "change_hand_over", "offer_hand_over", "withdraw_hand_over", "accept_hand_over"]
    of |= {"hand_over_seat": cast.urban_staff.seat.pk} | dict.fromkeys(views, row.pk)
    if who in cast.by_name():
        sign_in(client, cast.by_name()[who])
    found = {}
    for view, method, *_ in sorted(ROWS, key=lambda row: row[0] == "make_feed"):
        address = reverse(f"desk:{view}", args=[of[view]] if view in of else [])
        found[view, method] = client.generic(method, address).status_code
    column = HEAD.index(who)
    assert found == {(row[0], row[1]): int(row[column]) for row in ROWS}


def test_what_one_does_by_posting_is_not_done_by_looking(cast: Cast, client: Client) -> None:
    sign_in(client, cast.office)
    posts = {row[0] for row in ROWS if row[1] == "POST"} - {row[0] for row in ROWS if row[1] == "GET"}
    for pattern in urlpatterns:
        if pattern.name in posts:
            args = [1] if "<" in str(pattern.pattern) else []
            assert client.get(reverse(f"desk:{pattern.name}", args=args)).status_code == 405
