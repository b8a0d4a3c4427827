"""Rounds that are marked: one of which only the scores are known, one that is locked, one for replies."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING

from chuangwen.cores.scoring.draw import Design
from chuangwen.cores.scoring.scale import NANO

from .. import actions
from ..models import Mark, Round, Visit
from ..rules.states import VisitState
from .city import ACTOR, PASSPHRASE, City, at
from .found import answer, picture

if TYPE_CHECKING:
    from chuangwen.orgs.actors import Actor

BEFORE, LOCKED, REPLYING = "2021年第四季度模拟测评", "2022年第一季度模拟测评", "2022年第二季度模拟测评"
TYPES = ("ZGD", "BJX", "JMXQ", "JMSC", "GC", "GJZ")
DESIGN = Design(allocation="proportional", size=9, least=1)
# District → per cent of full: material and survey of 2021; of the first and of the second quarter of 2022.
PARTS = {
    "东浦区": ((90.5, 88.2), (92.0, 89.4), (93.5, 90.1)),
    "云河区": ((86.0, 85.1), (88.5, 87.3), (89.0, 88.8)),
    "北塘区": ((84.5, 86.4), (87.0, 86.1), (90.5, 87.0)),
    "青坞县": ((82.0, 84.0), (85.5, 85.8), (86.5, 86.2)),
    "石桥市": ((81.5, 82.6), (84.0, None), (85.0, 84.9)),
}
ASKED, ERROR_PCT = 400, 1.6  # who answered in each district, and the standard error of their answers
PLEAS = (  # what they object, what comes of it, on what grounds
    (
        "巡查时正在更换设施，当日下午已恢复，附照片和更换记录。",
        "uphold",
        "照片和记录与巡查时间相符，改为符合。",
    ),
    ("此处不属本区管理，请核减。", "reject", "点位在本区范围内，权属清单写明由本区管理，维持原判。"),
    ("重新核对现场后无异议。", "withdraw", ""),
)


def year_before(city: City) -> None:
    """Scores of a time before the platform: no points, part scores alone."""
    found = city.planned(BEFORE, date(2021, 11, 15), date(2021, 12, 10), {"material": 400, "survey": 600})
    now = at(date(2021, 12, 13))
    found = actions.begin_round(actor=city.lead, round_id=found.pk, version=found.version, now=now)
    _parts(city, found, 0, now, "2021年第四季度测评成绩汇总表")
    found = actions.complete_round(actor=city.lead, round_id=found.pk, version=found.version, now=now)
    actions.lock_round(actor=city.lead, round_id=found.pk, version=found.version, now=now)


def locked(city: City) -> None:
    """With bonus and penalty, a district whose survey is missing, objections decided, the seed revealed."""
    found = _marked(city, LOCKED, date(2022, 3, 7), date(2022, 3, 25), plus=0, reply_days=5)
    now = at(date(2022, 3, 28))
    _parts(city, found, 1, now, "第一季度群众满意度调查")
    for unit, kind, milli, grounds in [
        ("云河区", "bonus", 500, "承办全省背街小巷整治现场会（市创建办〔2022〕6号）"),
        ("北塘区", "penalty", 800, "荷塘农贸市场问题被市级媒体曝光后逾期未改"),
    ]:
        actions.add_adjustment(
            actor=city.lead,
            round_id=found.pk,
            unit_id=city.units[unit].pk,
            kind=kind,
            points_milli=milli,
            grounds=grounds,
            now=now,
        )
    found = _completed(city, found, now)
    objector = city.who("东浦区")
    for mark, (words, move, grounds) in zip(_lost(found, objector), PLEAS, strict=False):
        _objected(city, objector, mark, words, move, grounds, now + timedelta(days=1))
    for unit in ("东浦区", "市城管局"):
        actions.accept_findings(
            actor=city.who(unit), round_id=found.pk, words="已逐条核对。", now=now + timedelta(days=3)
        )
    over = at(date(2022, 4, 8))
    actions.reject_objection(
        actor=city.lead,
        objection_id=_open_objection(city, found, now + timedelta(days=2)),
        grounds="复核照片，现场情况与评分一致，维持原判。",
        now=now + timedelta(days=4),
    )
    found.refresh_from_db()
    actions.lock_round(actor=city.lead, round_id=found.pk, version=found.version, now=over)
    found.refresh_from_db()
    actions.reveal_seed(
        actor=city.lead, round_id=found.pk, version=found.version, passphrase=PASSPHRASE, now=over
    )


def replying(city: City) -> None:
    """All methods are there; one objection is open, 东浦区 has not replied yet."""
    found = _marked(city, REPLYING, date(2022, 6, 6), date(2022, 6, 24), plus=4, reply_days=10)
    now = at(date(2022, 6, 27))
    _parts(city, found, 2, now, "第二季度群众满意度调查")
    found = _completed(city, found, now)
    _open_objection(city, found, now + timedelta(days=2))


def _marked(city: City, name: str, first_day: date, last_day: date, *, plus: int, reply_days: int) -> Round:
    found = city.planned(
        name,
        first_day,
        last_day,
        {"field": 600, "material": 200, "survey": 200},
        type_codes=TYPES,
        bonus_cap_milli=2000,
        penalty_cap_milli=2000,
        second_pct=10,
        reply_days=reply_days,
    )
    drawn = at(first_day - timedelta(days=3))
    beacon = f"{drawn.year}年{drawn.month}月{drawn.day}日 公开摇号 02 09 14 21 28"
    found = city.opened(found, DESIGN, beacon, drawn)
    gone = Visit.objects.filter(round=found, point__type_code="GC", second=False).last()
    city.mark(found, plus=plus, skip=() if gone is None else (_number(found, gone),))
    if gone is not None:
        actions.cancel_visit(
            actor=city.lead,
            visit_id=gone.pk,
            version=1,
            why="公厕封闭改造，无法进入",
            now=at(last_day),
        )
    return found


def _number(found: Round, visit: Visit) -> int:
    return found.visits.filter(pk__lt=visit.pk).count()


def _parts(city: City, found: Round, which: int, now: datetime, source: str) -> None:
    for unit, quarters in PARTS.items():
        for method, pct in zip(("material", "survey"), quarters[which], strict=True):
            if pct is None:
                continue
            survey = method == "survey"
            actions.set_part(
                actor=city.lead,
                round_id=found.pk,
                unit_id=city.units[unit].pk,
                method=method,
                nano=round(pct * NANO / 100),
                n=ASKED if survey else 10,
                se_nano=round(ERROR_PCT * NANO / 100) if survey else None,
                source=source if survey or which == 0 else "材料审核汇总表",
                now=now,
            )


def _completed(city: City, found: Round, now: datetime) -> Round:
    found.refresh_from_db()
    found = actions.complete_round(actor=city.lead, round_id=found.pk, version=found.version, now=now)
    actions.score_round(actor=city.lead, round_id=found.pk, now=now)
    actions.ask_for_replies(actor=ACTOR, round_id=found.pk, now=now)
    return found


def _lost(found: Round, actor: Actor, **owner: object) -> list[Mark]:
    """Marks of the actor's area below full, from different points."""
    unit = actor.seat.unit if actor.seat else None
    rows = Mark.objects.filter(
        visit__round=found, visit__second=False, visit__state=VisitState.ACCEPTED, nano__lt=NANO
    ).select_related("visit__point")
    own = owner or {"visit__point__stratum_unit": unit}
    seen: dict[int, Mark] = {}
    for mark in rows.filter(**own).order_by("pk"):
        seen.setdefault(mark.visit.point_id, mark)
    return list(seen.values())


def _open_objection(city: City, found: Round, now: datetime) -> int:
    """Of the lead department to a lane in another district."""
    keeper = city.who("市城管局")
    mark = _lost(
        found,
        keeper,
        visit__point__lead_unit=city.units["市城管局"],
        visit__point__stratum_unit=city.units["云河区"],
    )[0]
    made = actions.object_to(
        actor=keeper,
        mark_id=mark.pk,
        words="该处当日由专业公司清洗养护，照片摄于作业期间，请复核。",
        proofs=[("作业记录.png", picture(3, 1))],
        now=now,
    )
    return int(made.pk)


def _objected(
    city: City, objector: Actor, mark: Mark, words: str, move: str, grounds: str, now: datetime
) -> None:
    made = actions.object_to(
        actor=objector, mark_id=mark.pk, words=words, proofs=[("现场照片.png", picture(5, 2))], now=now
    )
    later = now + timedelta(days=2)
    if move == "uphold":
        item = next(one for one in city.tree.items if one.key == mark.item)
        actions.uphold_objection(
            actor=city.lead,
            objection_id=made.pk,
            mark=answer(item.marking, good=True),
            grounds=grounds,
            now=later,
        )
    elif move == "reject":
        actions.reject_objection(actor=city.lead, objection_id=made.pk, grounds=grounds, now=later)
    else:
        actions.withdraw_objection(actor=objector, objection_id=made.pk, now=now)
