"""The systems of the demo city: the sample published, that of minors, and a short negative list."""

from __future__ import annotations

from datetime import UTC, date, datetime

from django.db import transaction

from chuangwen.orgs.access import visible_units
from chuangwen.orgs.actors import system_actor

from . import actions
from .actions import NegativeValues
from .models import System
from .queries import tree
from .rules.words import NegativeLevel, Purpose

ACTOR = system_actor("demo")
CITY = "云浦市"
PUBLISHED = datetime(2022, 5, 10, 1, tzinfo=UTC)
SYSTEMS = [
    ("云浦市文明城市测评体系", Purpose.TOTAL),
    ("云浦市未成年人思想道德建设测评体系", Purpose.MINORS),
]
# What must not happen, its effect, who reports on it each month, what it deducts in thousandths.
NEGATIVE = [
    ("发生有全国影响的重大食品药品安全事件", NegativeLevel.VETO, "市市场监管局", None),
    ("发生有全国影响的重大环境污染事件", NegativeLevel.SUSPEND, "市生态环境局", None),
    ("城市管理执法引发重大负面舆情", NegativeLevel.DEDUCT, "市城管局", 2000),
]


@transaction.atomic
def load() -> None:
    """Enter systems and the negative list of 云浦市; what is there already stays."""
    city = visible_units(ACTOR).get(parent=None, name=CITY)
    if System.objects.filter(jurisdiction=city).exists():
        return
    for name, purpose in SYSTEMS:
        draft = actions.take_over_sample(
            actor=ACTOR, jurisdiction_id=city.pk, today=PUBLISHED.date(), name=name, purpose=purpose
        )
        seen = tree(draft.pk).digest()
        actions.publish(actor=ACTOR, version_id=draft.pk, seen=seen, now=PUBLISHED)
    units = {str(unit): unit.pk for unit in visible_units(ACTOR).filter(parent=city)}
    for number, (title, level, owner, deduct) in enumerate(NEGATIVE, 1):
        values = NegativeValues(
            number=str(number),
            title=title,
            level=level,
            owner_id=units[owner],
            starts_on=date(2021, 1, 1),
            deduct_milli=deduct,
        )
        item = actions.add_negative(actor=ACTOR, jurisdiction_id=city.pk, values=values)
    actions.tell_occurrence(
        actor=ACTOR,
        item_id=item.pk,
        happened_on=date(2022, 2, 18),
        facts="执法人员在临波市集与摊主发生争执，视频在网上传播，当日已由市城管局说明情况并道歉。",
        now=PUBLISHED,
    )
