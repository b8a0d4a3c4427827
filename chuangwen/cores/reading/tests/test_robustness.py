"""Whatever text comes: nothing raises, every place is exact, the same text gives the same reading."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from chuangwen.cores.reading import read_text, reading_json

MARKS = [
    *"，。；：、！？（）《》“”【】[]()—-~%‰\n\t　 ",
    *("一、", "（一）", "1.", "1．", "①", "第一条", "一是", "——", "■", "\ufffd", "??", "_", "|"),
    *("\n\n", "\r", "1 2"),
]
_WORDS = """
工作目标 保障措施 督查考核 三年行动计划 云浦市 青溪县 牵头单位： 责任单位： 成员单位： 牵头领导： 市城管局
各区政府 完成时限 2021年底前 到2023年 2021-2023年 每年 三年内 年底前 年， 从年到年 分别达到 不低于 控制在
以内 提高到 下降 由 力争 确保 累计 新增 覆盖率 满意率 绿地率 40% 15平方米 3万个 百个 七成 一番 全覆盖 两千
1,200 0.5‰ 个百分点 公里 日督查、周通报 一月一测评 约谈 红黑榜 负面清单 十大工程 32项具体任务 抓好五项工作：
创成全国文明城市 蝉联 “三连冠” 提名资格 第一阶段（2021年1月—6月） 一年强基础、两年创一流 来源： 编辑：
幸运娱乐_官网注册_下载 http://a.example/ <p> </td> &nbsp; 〇 三 十 百 千 万 亿 半 多 余 近 ％ １２
"""
WORDS = _WORDS.split()
stitched = st.lists(st.sampled_from(MARKS + WORDS), max_size=120).map("".join)
texts = st.one_of(st.text(max_size=400), stitched)
relaxed = settings(
    deadline=None, max_examples=120, derandomize=True, suppress_health_check=[HealthCheck.too_slow]
)


def places(node: Any) -> Iterator[tuple[int, int, str]]:
    """Every quote in a reading with its offsets."""
    if isinstance(node, dict):
        if "quote" in node:
            yield node["start"], node["end"], node["quote"]
        for child in node.values():
            yield from places(child)
    elif isinstance(node, list):
        for child in node:
            yield from places(child)


@relaxed
@given(texts)
def test_any_text_is_read_and_every_quote_is_exact(text: str) -> None:
    told = reading_json(read_text(text))
    assert json.loads(json.dumps(told)) == told
    for start, end, quote in places({key: value for key, value in told.items() if key != "left_out"}):
        assert 0 <= start < end <= len(text)
        assert text[start:end] == quote
    for kind in ("goals", "stages", "rhythm", "mechanisms", "announced", "doubts", "indicators"):
        for item in told[kind]:
            assert len(item["quote"]) <= 160, kind


@relaxed
@given(texts)
def test_reading_is_deterministic(text: str) -> None:
    assert reading_json(read_text(text)) == reading_json(read_text(text))


PREFIX = "云浦市文明城市三年行动计划（2021-2023年）\n\n为了做好工作，制定本计划。\n\n"


@relaxed
@given(
    st.lists(
        st.sampled_from(["巩固成果。\n\n", "深化创建，完善机制。\n\n", "持续用力，久久为功。\n\n"]),
        max_size=8,
    )
)
def test_ordinary_lines_before_it_only_shift_a_target(lines: list[str]) -> None:
    body = "一、主要任务\n\n1.扩绿增园。到2022年，建成区绿地率达到40%，新建口袋公园60个。\n"
    added = "".join(lines)
    plain = reading_json(read_text(PREFIX + body))["indicators"]
    shifted = reading_json(read_text(PREFIX + added + body))["indicators"]
    assert [(i["value"], i["unit"], i["deadline"]) for i in plain] == [(40, "%", "2022"), (60, "个", "2022")]
    assert [(i["start"] + len(added), i["quote"], i["value"]) for i in plain] == [
        (i["start"], i["quote"], i["value"]) for i in shifted
    ]
