"""Who leads and who helps, however it is printed."""

from __future__ import annotations

import pytest

from chuangwen.cores.reading.responsibility import read_cell, read_duties, settled
from chuangwen.cores.reading.view import view_of


def _read(text: str) -> dict[str, list[str]]:
    duties = read_duties(view_of(text))
    found: dict[str, list[str]] = {}
    for each in settled([assignment for duty in duties for assignment in duty.assignments]):
        found.setdefault(each.role, []).append(each.name)
    return found


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "美化街巷。（牵头领导：某某；牵头单位：市城管局、市住建局；成员单位：市公安局、水务集团，各区政府）",
            {
                "leader": ["某某"],
                "lead": ["市城管局", "市住建局"],
                "member": ["市公安局", "水务集团", "各区政府"],
            },
        ),
        (
            "新建公园。[市园林局牵头，市财政局、各区配合]",
            {"lead": ["市园林局"], "member": ["市财政局", "各区"]},
        ),
        ("新建公园。【责任单位：市园林局、各区】", {"lead": ["市园林局", "各区"]}),
        (
            "牵头单位：市教育局\n责任单位：市文旅局、团市委",
            {"lead": ["市教育局"], "member": ["市文旅局", "团市委"]},
        ),
        ("责任部门：市商务局，各县（市、区）", {"lead": ["市商务局", "各县（市、区）"]}),
        (
            "治理噪声。由市生态环境局负责，市公安局、市城管局配合。",
            {"lead": ["市生态环境局"], "member": ["市公安局", "市城管局"]},
        ),
        (
            "（市发展改革委牵头负责，市科技局、市税务局按职责分工负责）",
            {"lead": ["市发展改革委", "市科技局", "市税务局"]},
        ),
        (
            "治理噪声。市环保局会同市公安局、各区负责。",
            {"lead": ["市环保局"], "member": ["市公安局", "各区"]},
        ),
        ("主办单位：市文旅局；协办单位：市体育局", {"lead": ["市文旅局"], "member": ["市体育局"]}),
        ("(配合单位:市财政局;牵头部门:市民政局)", {"member": ["市财政局"], "lead": ["市民政局"]}),
        (
            "责任领导：某某、某某某；责任单位：市供销社",
            {"leader": ["某某", "某某某"], "member": ["市供销社"]},
        ),
        (
            "（牵头单位：市住房和城乡建设局、自然资源和规划局）",
            {"lead": ["市住房和城乡建设局", "自然资源和规划局"]},
        ),
        (
            "（责任单位：市民政局、各区民政部门和相关社会组织等）",
            {"lead": ["市民政局", "各区民政部门和相关社会组织"]},
        ),
        (
            "完成改造。牵头单位：市城管局。责任单位：市住建局。",
            {"lead": ["市城管局"], "member": ["市住建局"]},
        ),
        ("（牵头单位：市 城\n管局）", {"lead": ["市城管局"]}),
        ("（牵头单位：市民政局；完成时限：2024年6月）", {"lead": ["市民政局"]}),
        ("提升道路。[市交通局牵头，各区配合", {"lead": ["市交通局"], "member": ["各区"]}),
        (
            "責任單位：市城管局，這是為了國家與社會發展，實業總會。",
            {"lead": ["市城管局", "這是為了國家與社會發展", "實業總會"]},
        ),
    ],
)
def test_a_statement_gives_roles_and_names_as_printed(text: str, expected: dict[str, list[str]]) -> None:
    assert _read(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "建设新时代文明实践中心（所、站）三百个。",
        "公安、城管、交通等部门要密切配合。",
        "实施“四个一”行动（一套广告、一个母婴室、一米线、一个柜台），提升服务。",
        "压实属地责任，落实部门监管责任，形成齐抓共管格局。",
        "建成区绿地率达到40%（其中老城区35%）。",
        "各级党委要牵头抓总，主要负责同志要亲自部署。",
        "对履职不力的单位和责任人：一律通报。"[:18],
        "",
    ],
)
def test_an_ordinary_sentence_names_nobody(text: str) -> None:
    assert _read(text) == {}


def test_each_name_has_its_place() -> None:
    text = "整治市容。（牵头单位：市城管局；责任单位：市 住建局）"
    names = [each for duty in read_duties(view_of(text)) for each in duty.assignments]
    assert [text[each.span.start : each.span.end] for each in names] == ["市城管局", "市 住建局"]


def test_text_behind_a_statement_is_not_part_of_it() -> None:
    view = view_of("整治市容。（牵头单位：市城管局）到2024年全部完成。")
    duty = read_duties(view)[0]
    assert (view.text[: duty.start], view.text[duty.end :]) == ("整治市容。", "到2024年全部完成。")


@pytest.mark.parametrize(
    ("text", "due"),
    [
        ("完成时限：2023年6月底前", "2023年6月底前"),
        ("（责任单位：市城管局；完成时限：2024年底）", "2024年底"),
        ("责任单位：市城管局。完成时限：长期坚持。", "长期坚持"),
        ("责任单位：市城管局", None),
    ],
)
def test_a_time_limit_beside_the_duty_is_told(text: str, due: str | None) -> None:
    found = [duty.due.text for duty in read_duties(view_of(text)) if duty.due is not None]
    assert found == ([due] if due else [])


def test_a_cell_gives_its_column_s_role() -> None:
    cell = view_of("市城管局、市住建局，\n各区")
    assert [(each.role, each.name) for each in read_cell(cell, "lead")] == [
        ("lead", "市城管局"),
        ("lead", "市住建局"),
        ("lead", "各区"),
    ]


def test_a_cell_may_name_roles_itself() -> None:
    cell = view_of("牵头单位：市城管局；配合单位：各区")
    assert [(each.role, each.name) for each in settled(read_cell(cell, "lead"))] == [
        ("lead", "市城管局"),
        ("member", "各区"),
    ]


def test_names_repeated_are_named_once() -> None:
    assert _read("（牵头单位：市妇联）牵头单位：市妇联") == {"lead": ["市妇联"]}
