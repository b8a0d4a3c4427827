"""Wordings of the supervision rhythm and the beats in them."""

from __future__ import annotations

import pytest

from chuangwen.cores.reading.layout import Part
from chuangwen.cores.reading.rhythm import read_rhythm
from chuangwen.cores.reading.view import view_of

BEATS = {
    "建立日巡查、周小结、月排名、季测评、年总评机制。": "day巡查 week小结 month排名 quarter测评 year总评",
    "做到一日一巡查、一周一调度、一季一点评、一年一总评。": "day巡查 week调度 quarter点评 year总评",
    "完善“周研判、月讲评、季公布、年考评”机制。": "week研判 month讲评 quarter公布 year考评",
    "实行一周一督查、一月一公示、年底算总账。": "week督查 month公示 year算总账",
    "实行“一日一巡、一周一报、一月一考”。": "day巡 week报 month考",
    "坚持每日巡查、每周调度、每月考核、每季通报。": "day巡查 week调度 month考核 quarter通报",
    "实行月点评、季度通报、半年观摩、年终总评。": "month点评 quarter通报 half_year观摩 year总评",
    "推行周擂台、月会诊、季亮牌。": "week擂台 month会诊 quarter亮牌",
    "考核结果按月通报、按季排名、按年评定等次。": "month通报 quarter排名 year评定",
    "实行周检查、双周调度、月评比。": "week检查 month评比",
    "严格考核。每月测评一次。": "month测评",
    "改造三年内完成，每年改造二十条背街小巷。": "",
    "按照一年打基础、两年上台阶、三年成典范的思路推进。": "",
    "打造“十分钟”便民圈，实现日产日清。": "",
}


@pytest.mark.parametrize(("text", "beats"), BEATS.items())
def test_beats(text: str, beats: str) -> None:
    found = read_rhythm([Part(view_of(text))])
    assert " ".join(f"{beat.period}{beat.duty}" for beat in found) == beats


def test_a_beat_is_told_once() -> None:
    text = "实行周通报、月测评。坚持周通报、月测评、年考核。"
    assert [beat.duty for beat in read_rhythm([Part(view_of(text))])] == ["通报", "测评", "考核"]


def test_the_place_of_a_beat_is_its_words() -> None:
    text = "建立 日督查、周 通报 机制。"
    first, second = read_rhythm([Part(view_of(text))])
    assert [text[b.span.start : b.span.end] for b in (first, second)] == ["日督查", "周 通报"]


def test_past_work_has_no_rhythm() -> None:
    assert read_rhythm([Part(view_of("实行周通报、月测评。"), reports=True)]) == []
