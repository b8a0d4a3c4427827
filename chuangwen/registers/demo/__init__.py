"""The lists of the demo city: what villages and communities have, and a list of lanes to be renewed."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING

from django.db import transaction

from chuangwen.orgs.access import visible_units
from chuangwen.orgs.actors import system_actor

from .. import actions
from ..models import Register
from ..rules.cells import day, mark_state
from ..rules.coverage import MarkState

if TYPE_CHECKING:
    from chuangwen.orgs.models import Unit

ACTOR = system_actor("demo")
CITY = "云浦市"
TODAY = date(2022, 3, 31)  # the last day for which anything is said
VILLAGE_BODIES = ["村民议事会", "红白理事会", "道德评议会", "禁毒禁赌会", "村规民约"]
COMMUNITY_BODIES = ["居民议事厅", "新时代文明实践站", "志愿服务队", "物业联席会", "居民公约"]

# Name, where it lies, what it has of the five: 有, 无, － nobody said; each said for the last day.
VILLAGES = """
上坞村 青坞镇 有 有 有 有 有
下坞村 青坞镇 有 有 有 有 有
茶亭村 青坞镇 有 有 有 有 有
石埠村 青坞镇 有 无 有 有 有
竹溪村 竹溪镇 有 有 有 有 有
溪口村 竹溪镇 有 有 有 有 有
梅岭村 竹溪镇 有 有 有 有 有
枫林村 枫林镇 有 有 有 有 有
白桥村 枫林镇 有 有 有 有 有
桐花村 枫林镇 有 有 有 有 有
"""
COMMUNITIES = """
临波社区 望江街道 有 有 有 有 有
渡口社区 望江街道 有 有 有 无 有
柳岸社区 柳荫街道 有 有 有 有 有
书香社区 柳荫街道 有 有 有 － 有
钟楼社区 钟楼街道 有 有 有 有 有
云桥社区 云河街道 － － － － －
"""
# Name, where it lies, planned, started, done; minutes to pass through at rush hour, before and after.
LANES = """
望江一巷 望江街道 2021-12-31 2021-06-10 2021-11-20 14 9
望江三巷 望江街道 2021-12-31 2021-06-21 2021-12-18 11.5 8
渡口弄 望江街道 2022-06-30 2022-02-15 - - -
柳荫后街 柳荫街道 2021-12-31 2021-07-05 2021-12-02 18 12.5
书院巷 柳荫街道 2022-06-30 2022-03-01 - - -
春桥南弄 春桥街道 2022-09-30 - - - -
钟楼背街 钟楼街道 2021-12-31 2021-08-09 2022-01-14 16 13
铁匠巷 钟楼街道 2022-06-30 2022-02-28 - - -
云河横街 云河街道 2022-03-15 2021-11-08 - - -
荷塘小街 荷塘街道 2022-12-31 - - - -
北塘老街 北塘街道 2022-12-31 - - - -
石桥西巷 石桥街道 2022-12-31 - - - -
"""
LANES_ANNOUNCED = 14


@transaction.atomic
def load() -> None:
    """Enter two registers and a project list of 云浦市; what is there already stays."""
    city = visible_units(ACTOR).get(parent=None, name=CITY)
    if Register.objects.filter(jurisdiction=city).exists():
        return
    units = {str(unit): unit for unit in visible_units(ACTOR).filter(path__startswith=city.path)}
    _register(city, units["市农业农村局"], "移风易俗组织名录", "村", VILLAGE_BODIES, VILLAGES, units)
    _register(city, units["市民政局"], "社区五有名录", "社区", COMMUNITY_BODIES, COMMUNITIES, units)
    _lanes(city, units)


def _register(
    city: Unit, keeper: Unit, name: str, noun: str, columns: list[str], lines: str, units: dict[str, Unit]
) -> None:
    register = actions.add_register(
        actor=ACTOR, jurisdiction_id=city.pk, name=name, noun=noun, keeper_id=keeper.pk
    )
    asked = [actions.add_column(actor=ACTOR, register_id=register.pk, name=column) for column in columns]
    for line in lines.strip().splitlines():
        member_name, unit, *states = line.split()
        member = actions.add_member(
            actor=ACTOR, register_id=register.pk, name=member_name, unit_id=units[unit].pk
        )
        for column, word in zip(asked, states, strict=True):
            state = None if word == "－" else mark_state(word)
            if state is not None:
                _mark(member.pk, column.pk, state)


def _mark(member_id: int, column_id: int, state: MarkState) -> None:
    actions.set_mark(
        actor=ACTOR,
        member_id=member_id,
        column_id=column_id,
        version=0,
        state=state,
        as_of=TODAY,
        today=TODAY,
    )


def _lanes(city: Unit, units: dict[str, Unit]) -> None:
    lanes = actions.add_project_list(
        actor=ACTOR,
        jurisdiction_id=city.pk,
        name="背街小巷整治清单",
        noun="小巷",
        keeper_id=units["市城管局"].pk,
        announced=LANES_ANNOUNCED,
    )
    for line in LANES.strip().splitlines():
        name, unit, *told = line.split()
        planned, started, done, before, after = ("" if text == "-" else text for text in told)
        project = actions.add_project(
            actor=ACTOR, list_id=lanes.pk, name=name, unit_id=units[unit].pk, planned_on=day(planned)
        )
        steps = [(actions.start_project, day(started)), (actions.finish_project, day(done))]
        for take, on in steps:
            if on is not None:
                project = take(
                    actor=ACTOR, project_id=project.pk, version=project.version, on=on, today=TODAY
                )
        if before:
            actions.measure_project(
                actor=ACTOR,
                project_id=project.pk,
                version=project.version,
                measure_name="高峰通行时间",
                measure_unit="分钟",
                before=Decimal(before),
                after=Decimal(after),
            )
