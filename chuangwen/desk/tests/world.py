"""Two kinds of to-dos for tests, and asks of them."""

from collections.abc import Collection, Mapping
from datetime import datetime, timedelta
from typing import Any
from uuid import uuid4

from chuangwen.cores.worktime import ZONE
from chuangwen.desk import actions
from chuangwen.desk.models import Todo
from chuangwen.desk.registry import Kind
from chuangwen.kit import clock
from chuangwen.orgs.actors import Actor
from chuangwen.orgs.rules import UnitKind
from chuangwen.orgs.testing import Cast, make_unit

NOW = datetime(2021, 9, 27, 10, 0, tzinfo=ZONE)  # a Monday


def titles(actor: Actor, ids: Collection[int]) -> Mapping[int, str]:
    """Subject 9 is secret."""
    return {number: f"第{number}号" for number in ids if number != 9}


BY_HAND = Kind(
    code="test.by_hand",
    words="清理楼道",
    titles=titles,
    url=lambda number: f"/kit/?subject={number}",
    by_hand=True,
    allowance=3,
    minutes=20,
)
BY_DOING = Kind(code="test.by_doing", words="签收", titles=titles, url=lambda number: "/kit/")


def ask(cast: Cast, *, by: Actor | None = None, **values: Any) -> Todo:
    """Asked by the campaign office of 市城管局, unless said otherwise."""
    values = {"kind": "test.by_hand", "subject_id": 1, "unit_id": cast.urban.pk, "now": NOW, **values}
    return actions.ask(actor=by or cast.office, **values)


def community(cast: Cast, name: str = "临波社区") -> Any:
    """A community of 东浦区: capped as shipped at three asks and 120 minutes a week."""
    return make_unit(cast.east, name, kind=UnitKind.COMMUNITY)


def free(cast: Cast, units: Collection[Any], *, by: Actor | None = None, **values: Any) -> Any:
    """A request in a sentence, by the campaign office unless said otherwise."""
    values = {
        "text": "请清理楼道堆物",
        "unit_ids": [unit.pk for unit in units],
        "allowance": 3,
        "minutes": 20,
        "photos": 0,
        "photos_why": "",
        "duty": "",
        "despite_duties": False,
        "token": uuid4(),
        "now": NOW,
        "today": NOW.date(),
        **values,
    }
    return actions.ask_freely(actor=by or cast.office, **values)


def offered(giver: Actor, to: Actor) -> Any:
    """The giver's seat, offered to another today."""
    assert giver.seat
    assert to.person
    now, today = clock.now(), clock.today()
    row = actions.draft_hand_over(
        actor=giver, seat_id=giver.seat.pk, successor=to.person, on=today, note="", now=now, today=today
    )
    return actions.offer_hand_over(actor=giver, hand_over_id=row.pk, version=1, now=now, today=today)


def busy_weeks(cast: Cast) -> Any:
    """Thirteen weeks of asks until now, two of them held, a duty list and an offered hand-over."""
    now = clock.now()
    places = [community(cast, name) for name in ("临波社区", "渡口社区", "柳岸社区")]
    actions.set_duties(
        actor=cast.office,
        unit_kind="community",
        version=0,
        kinds=["test.by_hand"],
        duties=["网格日常巡查", "居民议事协商"],
    )
    for number in range(13):
        at = now - timedelta(days=7 * (12 - number))
        for place in places[: 1 + number % 3]:
            for subject in range(1 + number % 4):
                ask(cast, by=cast.housing_staff, unit_id=place.pk, subject_id=subject, now=at)
        ask(cast, by=cast.urban_staff, unit_id=cast.housing.pk, now=at)
    both = free(
        cast,
        places[:2],
        by=cast.leader,
        text="请报送背街小巷整治台账",
        minutes=60,
        photos=2,
        photos_why="核对整改前后",
        despite_duties=True,
        now=now,
    )
    for _ in range(3):
        free(cast, [places[0]], text="请清理楼道堆物并反馈", duty="网格日常巡查", now=now)
    assert cast.urban_staff.seat
    for number in range(3):
        ask(cast, unit_id=cast.urban.pk, seat=cast.urban_staff.seat, subject_id=number, now=now)
    ask(cast, subject_id=7, now=now)
    cast.urban.contacts.create(kind="focal_expert", name="程管")
    return both, offered(cast.urban_staff, cast.seatless)
