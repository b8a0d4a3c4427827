"""The demo city's plan: read, reviewed and confirmed; its re-issue lies open for review."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from django.db import transaction

from chuangwen.cores.reading import files, read_text
from chuangwen.orgs.access import visible_units
from chuangwen.orgs.actors import system_actor

from .. import actions
from ..models import CampaignCycle, Document, Plan, PlanVersion
from ..rules.from_reading import SAME_TARGET

if TYPE_CHECKING:
    from chuangwen.orgs.models import Unit

ACTOR = system_actor("demo")
CITY = "云浦市"
FIRST = datetime(2021, 4, 20, 1, tzinfo=UTC)
SECOND = datetime(2022, 3, 21, 1, tzinfo=UTC)
FOLDER = Path(__file__).parent
CHECKED = "已与原件核对"


@transaction.atomic
def load() -> None:
    """Enter the plan of 云浦市 as version 1, and its document of a year later as a draft.

    What is there already stays: a city that has a plan gets none.
    """
    city = visible_units(ACTOR).get(parent=None, name=CITY)
    if Plan.objects.filter(jurisdiction=city).exists():
        return
    CampaignCycle.objects.get_or_create(
        name="2021—2023年周期",
        defaults={"first_year": 2021, "last_year": 2023, "honour": "全国文明典范城市"},
    )
    document = _document(city, "yunpu_plan.txt", "云浦市三年行动计划.txt", FIRST)
    reading = read_text(document.text)
    draft = actions.draft_from_reading(actor=ACTOR, document=document, reading=reading, now=FIRST)
    _review(draft)
    draft.refresh_from_db()
    actions.confirm(actor=ACTOR, version_id=draft.pk, version=draft.version, now=FIRST)
    again = _document(city, "yunpu_plan_2022.txt", "云浦市三年行动计划（修订）.txt", SECOND)
    reading = read_text(again.text)
    actions.reissue(actor=ACTOR, plan_id=draft.plan_id, document=again, reading=reading, now=SECOND)


def _document(city: Unit, file: str, name: str, now: datetime) -> Document:
    data = (FOLDER / file).read_bytes()
    return actions.keep_document(city, name, data, files.decode(name, data), now)


def _review(draft: PlanVersion) -> None:
    """Answer every doubt, the same target under two tasks as one indicator, and check every row."""
    for doubt in draft.doubts.all():
        offered = "merge" if doubt.code == SAME_TARGET else next(iter(doubt.options), CHECKED)
        actions.answer_doubt(actor=ACTOR, doubt_id=doubt.pk, version=doubt.version, answer=offered, now=FIRST)
    draft.refresh_from_db()
    actions.accept_rest(actor=ACTOR, version_id=draft.pk, version=draft.version)
