"""What a firm sees and answers that came by a link: what is asked of it, and nothing else."""

from datetime import timedelta

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from chuangwen.cores.errors import Denied, Hidden, NotAllowedNow
from chuangwen.desk import access, actions, queries
from chuangwen.desk.models import Todo
from chuangwen.desk.rules import Delay, TodoState
from chuangwen.kit import audit, clock
from chuangwen.orgs import actions as orgs
from chuangwen.orgs.actors import Actor
from chuangwen.orgs.models import Unit
from chuangwen.orgs.rules import Role, UnitKind
from chuangwen.orgs.testing import Cast, make_unit, seat

from .world import NOW, ask


@pytest.fixture
def shop(cast: Cast) -> Unit:
    return make_unit(cast.urban, "市政养护公司", kind=UnitKind.ENTERPRISE)


@pytest.fixture
def token(cast: Cast, shop: Unit) -> str:
    end = clock.now() + timedelta(days=30)
    return orgs.make_firm_link(
        actor=cast.office,
        unit_id=shop.pk,
        label="值班室",
        expires_at=end,
        now=clock.now(),
        today=clock.today(),
    )[1]


@pytest.fixture
def firm(token: str) -> Actor:
    link = orgs.open_firm_link(token=token, now=clock.now(), today=clock.today())
    return orgs.use_firm_link(link_id=link.pk, address="", now=clock.now(), today=clock.today())


@pytest.fixture
def phone(client: Client, token: str) -> Client:
    client.get(f"/firm/{token}/")
    return client


def test_the_page_tells_what_is_asked_until_when_by_whom_and_it_is_done_there(
    cast: Cast, shop: Unit, phone: Client
) -> None:
    todo = ask(cast, unit_id=shop.pk)
    page = phone.get("/firm/").content.decode()
    for words in ("清理楼道", "第1号", "逾期", "2021 年 9 月 30 日", "指挥部办公室交办"):
        assert words in page, words
    assert "林办" not in page
    done = phone.post(f"/desk/firm/{todo.pk}/done/", {"version": 1}, follow=True).content.decode()
    assert "已办结，谢谢" in done and "清理楼道" not in done
    todo.refresh_from_db()
    assert todo.state == TodoState.DONE
    entry = audit.history(todo)[0]
    assert (entry.action, entry.person_id, entry.seat) == ("desk.finished", None, "市政养护公司·firm")
    assert audit.by(entry).startswith("值班室 #")


def test_not_ours_goes_back_with_a_reason_and_what_was_typed_is_kept(
    cast: Cast, shop: Unit, phone: Client
) -> None:
    todo = ask(cast, unit_id=shop.pk)
    address = f"/desk/firm/{todo.pk}/return/"
    page = phone.post(address, {"version": 1, "reason": "长" * 501})
    assert page.status_code == 422
    assert "长" * 501 in page.content.decode() and 'class="rail"' not in page.content.decode()
    page = phone.post(address, {"version": 1, "reason": "属物业公司"}, follow=True)
    assert "已连同理由退回" in page.content.decode()
    todo.refresh_from_db()
    assert (todo.state, todo.reason) == (TodoState.RETURNED, "属物业公司")
    assert phone.post(address, {"version": 1, "reason": "再退"}).status_code == 409


def test_what_is_done_by_doing_is_not_marked_as_done(cast: Cast, shop: Unit, phone: Client) -> None:
    todo = ask(cast, unit_id=shop.pk, kind="test.by_doing")
    assert "由交办单位核实后办结" in phone.get("/firm/").content.decode()
    assert phone.post(f"/desk/firm/{todo.pk}/done/", {"version": 1}).status_code == 409


def test_a_firm_sees_what_is_asked_of_that_very_unit_without_seat_and_role(
    cast: Cast, shop: Unit, firm: Actor, phone: Client
) -> None:
    inside = seat("inside", "养护", shop, Role.UNIT_STAFF)
    neighbour = make_unit(cast.urban, "绿化公司", kind=UnitKind.ENTERPRISE)
    below = make_unit(shop, "养护一队")
    todo = ask(cast, unit_id=shop.pk)
    others = [
        ask(cast, unit_id=shop.pk, seat=inside.seat),
        ask(cast, unit_id=shop.pk, role=Role.UNIT_STAFF),
        ask(cast, unit_id=shop.pk, role=Role.FIRM),
        *(ask(cast, unit_id=unit.pk) for unit in (cast.urban, neighbour, below)),
        ask(cast, by=inside),  # what the firm's own staff has asked of others
    ]
    held = ask(cast, unit_id=shop.pk, subject_id=2)
    Todo.objects.filter(pk=held.pk).update(state=TodoState.HELD)
    assert list(access.visible_todos(firm)) == [todo]
    assert not [other for other in others if access.may_do(firm, other)]
    for other in [*others, held]:
        assert phone.post(f"/desk/firm/{other.pk}/done/", {"version": 1}).status_code == 404
        assert phone.post(f"/desk/firm/{other.pk}/return/", {"version": 1}).status_code == 404


def test_a_firm_takes_no_other_step(cast: Cast, shop: Unit, firm: Actor) -> None:
    todo = ask(cast, unit_id=shop.pk)
    step = {"actor": firm, "todo_id": todo.pk, "version": 1, "now": NOW}
    with pytest.raises(Denied):
        actions.ask_for_delay(kind=Delay.PAUSE, reason="雨", until=None, **step)  # type: ignore[arg-type]
    with pytest.raises(Denied):
        actions.withdraw(**step)  # type: ignore[arg-type]
    with pytest.raises(Denied):
        access.todo_to_hand_on(firm, todo.pk)
    with pytest.raises(Hidden):
        ask(cast, by=firm)
    with pytest.raises(Denied):
        actions.make_feed(actor=firm, now=NOW)
    assert not access.sees_desk(firm) and not access.keeps_desk(firm)
    actions.draft_slips(actor=cast.office, now=NOW + timedelta(days=30))
    slip = access.visible_slips(cast.office).get()
    actions.issue_slip(actor=cast.office, slip_id=slip.pk, version=1, now=NOW + timedelta(days=30))
    assert not access.visible_slips(firm).exists()
    assert [queries.part(firm, name).count() for name in queries.PARTS] == [0, 0, 0, 0]


def test_a_link_that_is_revoked_answers_no_more(cast: Cast, shop: Unit, firm: Actor, phone: Client) -> None:
    todo = ask(cast, unit_id=shop.pk)
    assert firm.link is not None
    orgs.revoke_firm_link(actor=cast.office, link_id=firm.link.pk, now=clock.now())
    assert phone.post(f"/desk/firm/{todo.pk}/done/", {"version": 1}).status_code == 409
    assert Todo.objects.get(pk=todo.pk).state == TodoState.OPEN
    with pytest.raises(NotAllowedNow, match=r"orgs\.link_over"):
        orgs.use_firm_link(link_id=firm.link.pk, address="", now=clock.now(), today=clock.today())


@pytest.mark.parametrize("rows", [1, 30])
def test_the_page_costs_the_same_for_any_number_of_rows(
    cast: Cast, shop: Unit, phone: Client, rows: int, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    for number in range(rows):
        ask(cast, unit_id=shop.pk, subject_id=10 + number)
    phone.get("/firm/")
    with django_assert_num_queries(4):
        page = phone.get("/firm/").content.decode()
    assert page.count("清理楼道") == min(rows, 20)
