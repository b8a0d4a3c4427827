"""The cycle of the demo city: three years, official results of the first, and what they took."""

from __future__ import annotations

from datetime import date, timedelta

from chuangwen.cores.scoring.scale import NANO

from .. import actions
from ..models import OfficialResult
from .city import City, at

CYCLE, FIRST_YEAR = "2021—2023年创建周期", 2021
YEARS, QUARTERS = (150, 250, 600), (200, 200, 200, 400)
ISSUED = at(date(2022, 2, 21))
ISSUER, PAPER = "省文明办", "关于2021年度全省城市文明程度指数测评结果的通报"
OFFICIAL = {"东浦区": "87.62", "云河区": "85.94", "北塘区": "84.18", "青坞县": "83.75", "石桥市": "81.06"}
RANKS = {"东浦区": "全省第 11 位（共 62 个区）", "石桥市": "全省第 24 位（共 31 个县级市）"}
SHARES = {"field": 60, "material": 20, "survey": 20}
# District, method, what was lost, points, whose; then what the unit and the office say of it.
LOST = [
    ("东浦区", "field", "望江路农贸市场：摊位外溢、通道被占", "0.85", "东浦区", "subjective", "subjective"),
    ("东浦区", "field", "柳荫路：人行道盲道被占用", "0.60", "市城管局", "objective", ""),
    ("东浦区", "material", "生活垃圾分类：居民参与率缺数据来源", "0.40", "市住建局", "", ""),
    ("石桥市", "field", "石桥广场：公共设施破损未修", "0.75", "", "", ""),
]
REPLIES = {
    "subjective": "早市管理不到位，已增派管理人员并划定摊位线。",
    "objective": "盲道由地铁施工临时占用，已有占道许可，工期至2022年5月。",
}


def cycle(city: City) -> None:
    made = actions.add_cycle(
        actor=city.lead,
        jurisdiction_id=city.unit.pk,
        name=CYCLE,
        first_year=FIRST_YEAR,
        weights_milli=YEARS,
        quarters_milli=QUARTERS,
    )
    results: dict[str, OfficialResult] = {}
    for unit, score in OFFICIAL.items():
        nano = _nano(score)
        results[unit] = actions.record_official(
            actor=city.lead,
            cycle_id=made.pk,
            unit_id=city.units[unit].pk,
            year=FIRST_YEAR,
            issued_by=ISSUER,
            score_nano=nano,
            rank_words=RANKS.get(unit, ""),
            document=PAPER,
            parts={method: (nano * share // 100, share * NANO) for method, share in SHARES.items()},
            now=ISSUED,
        )
    for unit, method, words, points, whose, said, decided in LOST:
        lost = actions.add_lost_point(
            actor=city.lead,
            result_id=results[unit].pk,
            method=method,
            item_words=words,
            points_nano=_nano(points),
            unit_id=city.units[whose].pk if whose else None,
            now=ISSUED,
        )
        if said:
            lost = actions.reply_to_lost(
                actor=city.who(whose),
                lost_id=lost.pk,
                version=lost.version,
                cause=said,
                reply=REPLIES[said],
                now=ISSUED + timedelta(days=2),
            )
        if decided:
            actions.decide_lost(
                actor=city.lead,
                lost_id=lost.pk,
                version=lost.version,
                cause=decided,
                decision="属市场日常管理责任，认定为主观失分。",
                now=ISSUED + timedelta(days=4),
            )


def _nano(points: str) -> int:
    whole, _, part = points.partition(".")
    return int(whole) * NANO + int(part.ljust(9, "0"))
