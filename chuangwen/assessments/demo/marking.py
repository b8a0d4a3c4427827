"""The round that is under way: half marked, its material asked for, some of it filed."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from typing import TYPE_CHECKING, Any

from chuangwen.cores.scoring.draw import Design

from .. import actions
from ..models import Filing, Round
from ..rules.states import FilingState
from .city import City, at
from .found import answer

if TYPE_CHECKING:
    from chuangwen.orgs.actors import Actor

NAME = "2022年7月模拟测评"
BEACON = "2022年6月24日 公开摇号 03 11 17 22 29"
FIRST_DAY, LAST_DAY = date(2022, 6, 27), date(2022, 7, 15)
OPENED = datetime(2022, 6, 24, 8, tzinfo=UTC)
MARKED_OF = 3  # two of three visits are marked
# Standard, conclusion, statement, what comes of it.
FILED = [
    (
        "生活垃圾分类推进有力",
        "达标。",
        "全区 214 个居民小区均设分类投放点 1 处以上，配桶站长 231 名；2022 年上半年入户宣传 4.6 万户次，"
        "居民参与率 87%。",
        FilingState.ACCEPTED,
    ),
    (
        "文体活动丰富",
        "达标。",
        "上半年办“望江大舞台”等群众文化活动 36 场，参加 1.8 万人次；开放学校体育场馆 22 处。",
        FilingState.FILED,
    ),
    (
        "政务服务提速增效",
        "基本达标。",
        "我区高度重视政务服务工作，下一步将进一步加强窗口建设。",
        FilingState.RETURNED,
    ),
]
BACK = "写的是工作总结，没有事实和数据。请写明事项数、承诺时限压缩的比例和办件量，附窗口照片。"


def half_marked(city: City) -> None:
    found = city.planned(
        NAME, FIRST_DAY, LAST_DAY, {"field": 600, "material": 200, "survey": 200}, second_pct=15
    )
    city.opened(found, Design(allocation="proportional", size=7, least=1), BEACON, OPENED)
    number = found.visits.count()
    city.mark(
        found,
        plus=3,
        skip=range(MARKED_OF - 1, number, MARKED_OF),
        wait=range(0, number, 4),
    )
    _filings(city, found)


def _filings(city: City, found: Round) -> None:
    now = at(FIRST_DAY)
    actions.ask_for_filings(actor=city.lead, round_id=found.pk, now=now, due_at=at(date(2022, 7, 12), hour=9))
    east = city.who("东浦区")
    keys = {one.title: one.key for one in city.tree.standards}
    for title, conclusion, statement, state in FILED:
        filing = Filing.objects.get(round=found, node=keys[title], unit=east.unit_id)
        _file(city, east, filing, conclusion, statement, state, now + timedelta(days=2))


def _file(
    city: City,
    east: Actor,
    filing: Filing,
    conclusion: str,
    statement: str,
    state: FilingState,
    now: datetime,
) -> None:
    filing = actions.file_material(
        actor=east,
        filing_id=filing.pk,
        version=filing.version,
        conclusion=conclusion,
        statement=statement,
        now=now,
    )
    done: dict[str, Any] = {"actor": city.lead, "filing_id": filing.pk, "version": filing.version}
    later = now + timedelta(days=1)
    if state == FilingState.RETURNED:
        actions.return_filing(**done, verdict=BACK, now=later)
    elif state == FilingState.ACCEPTED:
        standard = next(one for one in city.tree.standards if one.key == filing.node)
        items = city.tree.items_in.get(standard.id, [])
        marks = {one.key: answer(one.marking, good=at > 0 or len(items) == 1) for at, one in enumerate(items)}
        actions.accept_filing(**done, marks=marks, verdict="材料真实，数据与台账一致。", now=later)
