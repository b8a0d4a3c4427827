"""The organisation of 云浦市, a city that does not exist; nor do the people in it."""

import secrets
from dataclasses import dataclass
from datetime import date

from django.db import transaction

from . import actions
from .actors import system_actor
from .models import Unit
from .rules import NameKind, Role, UnitKind

SYSTEM = system_actor("demo")
CITY = "云浦市"
REFORM = date(2019, 3, 1)  # the day of the city's reform of departments
TERM = date(2021, 1, 20)

# Full name, short name; below the city, in the order in which documents name them.
DEPARTMENTS = """
中共云浦市委办公室 市委办
云浦市人民政府办公室 市政府办
中共云浦市委宣传部 市委宣传部
中共云浦市委政法委员会 市委政法委
中共云浦市委党校 市委党校
中共云浦市直属机关工作委员会 市直机关工委
云浦市精神文明建设指导委员会办公室 市文明办
云浦市创建全国文明城市工作指挥部办公室 市创建办
云浦市发展和改革委员会 市发改委
云浦市教育局 市教育局
云浦市工业和信息化局 市工信局
云浦市公安局 市公安局
云浦市民政局 市民政局
云浦市财政局 市财政局
云浦市自然资源和规划局 市资规局
云浦市生态环境局 市生态环境局
云浦市住房和城乡建设局 市住建局
云浦市城市管理局 市城管局
云浦市园林绿化局 市园林局
云浦市交通运输局 市交通局
云浦市水务局 市水务局
云浦市农业农村局 市农业农村局
云浦市商务局 市商务局
云浦市文化广电和旅游局 市文广旅局
云浦市卫生健康委员会 市卫健委
云浦市市场监督管理局 市市场监管局
云浦市体育局 市体育局
云浦市医疗保障局 市医保局
云浦市行政审批局 市行政审批局
云浦市机关事务管理中心 市机关事务中心
云浦市融媒体中心 市融媒体中心
云浦市总工会 市总工会
共青团云浦市委员会 团市委
云浦市妇女联合会 市妇联
云浦市残疾人联合会 市残联
云浦市文学艺术界联合会 市文联
云浦市红十字会 市红十字会
云浦市消防救援支队 市消防救援支队
"""
COMPANIES = """
云浦市城市建设投资集团有限公司 市城投集团
云浦市公共交通集团有限公司 市公交集团
国网云浦供电公司 云浦供电公司
"""
AREAS = {
    "东浦区": (UnitKind.DISTRICT, ["望江街道", "柳荫街道", "春桥街道"]),
    "云河区": (UnitKind.DISTRICT, ["云河街道", "钟楼街道"]),
    "北塘区": (UnitKind.DISTRICT, ["北塘街道", "荷塘街道"]),
    "青坞县": (UnitKind.COUNTY, ["青坞镇", "竹溪镇"]),
    "石桥市": (UnitKind.COUNTY_CITY, ["石桥街道", "枫林镇"]),
}
COMMUNITIES = {"望江街道": ["临波社区", "渡口社区"], "柳荫街道": ["柳岸社区", "书香社区"]}
OTHER_NAMES = [
    ("市文广旅局", NameKind.OLD, "云浦市文化广电新闻出版局", REFORM),
    ("市文广旅局", NameKind.OLD, "云浦市旅游局", REFORM),
    ("市卫健委", NameKind.OLD, "云浦市卫生和计划生育委员会", REFORM),
    ("市生态环境局", NameKind.OLD, "云浦市环境保护局", REFORM),
    ("市城管局", NameKind.ALIAS, "市综合执法局", None),
    ("市资规局", NameKind.ALIAS, "市自规局", None),
    ("市机关事务中心", NameKind.OLD, "云浦市机关事务管理局", REFORM),
    ("市创建办", NameKind.ALIAS, "市创文办", None),
]
MEMBERS = [
    "市委宣传部",
    "市文明办",
    "市教育局",
    "市公安局",
    "市民政局",
    "市住建局",
    "市城管局",
    "市交通局",
    "市卫健委",
]
PEERS = {"城区组": ["东浦区", "云河区", "北塘区"], "县市组": ["青坞县", "石桥市"]}
POSTS = [
    ("常务副市长", "沈望舒"),
    ("市委常委、宣传部部长", "宋怀瑾"),
    ("市委常委、政法委书记", "岳明川"),
    ("副市长、市公安局局长", "霍景行"),
    ("分管城建工作副市长", "顾言蹊"),
    ("分管教育工作副市长", "叶知秋"),
    ("分管卫生健康工作副市长", "叶知秋"),
    ("分管文化工作副市长", "叶知秋"),
    ("分管商贸工作副市长", "陆闻笙"),
    ("分管生态环境工作副市长", "陆闻笙"),
    ("分管农业农村工作副市长", "秦牧野"),
]
# Unit, account, name, role, what the list of accounts says of it.
PEOPLE = [
    ("市创建办", "chuangjian", "林知远", Role.CAMPAIGN_OFFICE, "市创建办"),
    ("市政府办", "lingdao", "顾言蹊", Role.LEADER, "分管城建工作副市长"),
    ("市城管局", "chengguan", "程既白", Role.UNIT_STAFF, "市城管局联络员"),
    ("市住建局", "zhujian", "祝清和", Role.UNIT_STAFF, "市住建局联络员"),
    ("东浦区", "dongpu", "浦云舟", Role.UNIT_STAFF, "东浦区联络员"),
    ("市政府办", "guancha", "观止言", Role.OBSERVER, "观察员"),
    ("市政府办", "guanli", "管仲恒", Role.SYSTEM_ADMINISTRATOR, "系统管理员"),
    ("市政府办", "anquan", "安守则", Role.SECURITY_ADMINISTRATOR, "安全管理员"),
    ("市政府办", "shenji", "申明察", Role.AUDIT_ADMINISTRATOR, "审计管理员"),
    ("市委办", "shuji", "舒以宁", Role.SECRETARY, "市委书记"),
    ("市创建办", "zhuanban", "庄同舟", Role.WORK_GROUP, "市容环境工作组"),
    ("东浦区", "guanliyuan", "管思远", Role.MANAGER, "东浦区管理员"),
    ("临波社区", "shequ", "佘晓区", Role.COMMUNITY, "临波社区工作者"),
    ("市创建办", "xuncha", "荀知行", Role.INSPECTOR, "巡查员"),
    ("市创建办", "shenhe", "沈复核", Role.REVIEWER, "审核员"),
    ("市总工会", "jiandu", "简督行", Role.EXTERNAL_SUPERVISOR, "市人大代表"),
]


@dataclass(frozen=True)
class Account:
    """`role` says in words for whom the account is."""

    role: str
    username: str
    password: str


@transaction.atomic
def load() -> list[Account]:
    """Enter the city with its accounts, whose passwords nobody else knows; [] if it is there already."""
    if Unit.objects.filter(parent=None, name=CITY).exists():
        return []
    city = actions.found_jurisdiction(actor=SYSTEM, kind=UnitKind.CITY, name=CITY)
    units = _departments(city) | _areas(city)
    for unit, kind, name, ends_on in OTHER_NAMES:
        actions.add_name(actor=SYSTEM, unit_id=units[unit].pk, kind=kind, name=name, ends_on=ends_on)
    actions.add_group(
        actor=SYSTEM,
        jurisdiction_id=city.pk,
        name="各成员单位",
        other_names=["市文明委各成员单位"],
        members=[units[member] for member in MEMBERS],
    )
    for name, peers in PEERS.items():
        actions.add_peer_group(
            actor=SYSTEM,
            jurisdiction_id=city.pk,
            name=name,
            units=[units[peer] for peer in peers],
            today=TERM,
        )
    for title, holder in POSTS:
        actions.add_post(actor=SYSTEM, unit_id=city.pk, title=title, holder_name=holder, starts_on=TERM)
    return [_account(units[unit], who, name, role, label) for unit, who, name, role, label in PEOPLE]


def _departments(city: Unit) -> dict[str, Unit]:
    units = {}
    for kind, lines in [(UnitKind.DEPARTMENT, DEPARTMENTS), (UnitKind.ENTERPRISE, COMPANIES)]:
        for line in lines.strip().splitlines():
            name, short = line.split()
            units[short] = actions.add_unit(
                actor=SYSTEM, parent_id=city.pk, kind=kind, name=name, short_name=short
            )
    return units


def _areas(city: Unit) -> dict[str, Unit]:
    areas = {}
    for name, (kind, parts) in AREAS.items():
        areas[name] = actions.add_unit(actor=SYSTEM, parent_id=city.pk, kind=kind, name=name)
        for part in parts:
            part_kind = UnitKind.TOWN if part.endswith("镇") else UnitKind.SUBDISTRICT
            below = actions.add_unit(actor=SYSTEM, parent_id=areas[name].pk, kind=part_kind, name=part)
            for community in COMMUNITIES.get(part, []):
                areas[community] = actions.add_unit(
                    actor=SYSTEM, parent_id=below.pk, kind=UnitKind.COMMUNITY, name=community
                )
    return areas


def _account(unit: Unit, username: str, name: str, role: Role, label: str) -> Account:
    password = "-".join(secrets.token_hex(2) for _ in range(4))
    person = actions.add_person(
        actor=SYSTEM, username=username, name=name, password=password, must_change_password=False
    )
    actions.seat_person(actor=SYSTEM, person=person, unit_id=unit.pk, role=role)
    return Account(label, username, password)
