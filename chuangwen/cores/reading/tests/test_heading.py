"""Title, city, kind, day and period."""

from __future__ import annotations

import pytest

from chuangwen.cores.reading.furniture import left_out
from chuangwen.cores.reading.heading import read_heading
from chuangwen.cores.reading.layout import paragraphs
from chuangwen.cores.reading.model import Heading

_BODY = "为提升城市文明程度，云浦市决定开展环境整治，各区要压实责任、细化措施，确保按期完成各项任务。"
_NUMBERED = "\n".join(f"{n}、整治第{n}类问题\n全面排查，限期整改到位。" for n in "一二三四五六")


def _read(text: str) -> Heading:
    heading = read_heading(paragraphs(text, [piece.span for piece in left_out(text)]))
    if heading.title_span is not None:
        assert text[heading.title_span.start : heading.title_span.end].startswith(heading.title[:2])
    return heading


@pytest.mark.parametrize(
    ("text", "title"),
    [
        (f"云浦市环境整治三年行动方案\n{_BODY}", "云浦市环境整治三年行动方案"),
        (
            f"当前位置：首页 > 要闻\n\n关于深化文明创建的实施意见\n\n2021-03-04 来源：云浦日报\n{_BODY}",
            "关于深化文明创建的实施意见",
        ),
        (
            f"云浦市文明城市创建行动计划\n（2021—2023年）\n{_BODY}",
            "云浦市文明城市创建行动计划（2021—2023年）",
        ),
        (
            f"中共云浦市委办公室\n云浦市人民政府办公室\n关于深化文明创建\n提升城市品质的实施意见\n{_BODY}",
            "关于深化文明创建提升城市品质的实施意见",
        ),
        (f"关于印发《云浦市环境整治实施方案》的通知\n各区：\n{_BODY}", "云浦市环境整治实施方案"),
        (f"云浦市关于印发云浦市环境整治实施方案的通知\n{_BODY}", "云浦市环境整治实施方案"),
        (
            f"重磅！云浦出台三年计划\n会上公布了《云浦市环境整治三年行动计划》\n{_BODY}\n{_NUMBERED}",
            "云浦市环境整治三年行动计划",
        ),
        (f"云浦：文明之花处处开\n{_BODY}", "云浦：文明之花处处开"),
        (
            f"云浦未来三年这么干\n日前，我市印发《云浦市环境整治计划》\n一起来看\n{_BODY}",
            "云浦未来三年这么干",
        ),
        (f"{_BODY}\n{_BODY}", ""),
        (f"二、2020年工作任务\n{_BODY}", ""),
        (f"各位代表：\n{_BODY}", ""),
        ("", ""),
    ],
)
def test_the_title_is_the_document_s_own(text: str, title: str) -> None:
    assert _read(text).title == title


@pytest.mark.parametrize(
    ("text", "city"),
    [
        (f"云浦市环境整治行动方案\n{_BODY}", "云浦"),
        ("环境整治行动方案\n中共云浦市委办公室\n推进整治。江岚市、青岚市参照执行。", "云浦"),
        ("环境整治行动方案\n动员云浦市上下共同参与，让云浦更美。", "云浦"),
        ("近年来，南通好人不断涌现，南通志愿者四处奔忙，南通市民交口称赞。江岚市荣获称号。", "南通"),
        ("渚城市文明创建测评办法\n本办法自印发之日起施行。", "渚城"),
        ("青岚县环境整治行动方案\n推进整治。", "青岚县"),
        (
            "政府工作报告\n（2023年12月28日在云东县第十八届人民代表大会第四次会议上）\n江岚市委高度重视。",
            "云东县",
        ),
        ("全市上下要以城市更新为抓手，规范农贸市场管理，提升市民素质。", None),
        ("打造文明城市，建设美丽城市。", None),
    ],
)
def test_the_city_is_the_one_that_the_text_shows(text: str, city: str | None) -> None:
    assert _read(text).city == city


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        (f"云浦市环境整治行动方案\n{_BODY}", "action_plan"),
        (f"关于深化文明创建的实施意见\n{_BODY}", "implementation_opinions"),
        (f"云浦市2022年文明创建工作总结\n{_BODY}", "work_report"),
        (f"在文明创建推进会上的讲话\n{_BODY}", "work_report"),
        (f"各位代表：\n现在，我代表市人民政府报告工作。\n{_BODY}", "work_report"),
        (f"云浦启动文明创建三年行动\n{_BODY}", "news_report"),
        (f"《云浦市环境整治行动方案》解读\n{_BODY}\n{_NUMBERED}", "news_report"),
        ("近日，云浦市印发《云浦市环境整治行动方案》，明确30条举措，推动创建工作提质增效。", "news_report"),
        (f"云浦出台三年行动计划\n{_BODY}\n{_NUMBERED}", "action_plan"),
        ("近年来，我市持续用力。一是健全机制。定期调度。二是惠民利民。改造小区。", "work_report"),
    ],
)
def test_the_kind_follows_from_title_and_shape(text: str, kind: str) -> None:
    assert _read(text).kind == kind


@pytest.mark.parametrize(
    ("text", "issued"),
    [
        (f"环境整治方案\n2021-03-04 09:10 来源：云浦日报\n{_BODY}", "2021-03-04"),
        (f"环境整治方案\n发布时间：2021/3/4　浏览次数：12\n{_BODY}", "2021-03-04"),
        (
            f"环境整治方案\n2021-03-04 来源：云浦日报\n{_BODY}\n云浦市人民政府\n2021年3月1日\n{_BODY}",
            "2021-03-01",
        ),
        (f"环境整治方案\n{_BODY}\n云浦市人民政府\n二〇二一年三月一日", "2021-03-01"),
        (f"环境整治方案\n{_BODY}\n{_BODY}\n云浦市人民政府　2021年3月1日", "2021-03-01"),
        (f"在推进会上的讲话\n（２０２１年３月１日，根据录音整理）\n{_BODY}", "2021-03-01"),
        (f"环境整治方案\n（云浦市文明办2021年3月1日印发）\n{_BODY}", "2021-03-01"),
        (f"云浦文明网\n今天是 2023年1月5日 星期四\n环境整治方案\n{_BODY}", None),
        ("文明创建推进会召开\n3月1日，全市推进会召开，部署下一步工作。", None),
        (f"环境整治方案\n2021年12月底前完成\n{_BODY}", None),
        (_BODY, None),
    ],
)
def test_the_day_is_that_of_signing_else_of_publication(text: str, issued: str | None) -> None:
    assert _read(text).issued == issued


@pytest.mark.parametrize(
    ("text", "period"),
    [
        (f"云浦市环境整治三年行动计划（2021-2023年）\n{_BODY}", (2021, 2023)),
        (f"云浦市环境整治计划\n自2022年6月起至2025年12月止。\n{_BODY}", (2022, 2025)),
        (f"云浦市“十四五”文明创建方案\n{_BODY}", (2021, 2025)),
        (f"2022年全市文明创建工作要点\n{_BODY}", (2022, 2022)),
        ("各位代表：\n一、2021年工作回顾\n成绩显著。\n二、2022年工作安排\n再接再厉。", (2022, 2022)),
        (
            "环境整治方案\n用三年时间整治。2020年完成小区，2020年完成市场。\n云浦市人民政府\n2018年6月9日",
            (2018, 2020),
        ),
        (
            "环境整治方案\n用3年时间整治。2020年完成小区，2020年完成市场。\n云浦市人民政府\n2018年6月9日",
            (2018, 2020),
        ),
        ("环境整治方案\n用三年时间整治。\n云浦市人民政府\n2018年6月9日", None),
        (f"文明创建发布\n年到年我市开展创建。\n{_BODY}", None),
    ],
)
def test_the_period_is_the_printed_range_or_follows_from_what_is_printed(
    text: str, period: tuple[int, int] | None
) -> None:
    assert _read(text).period == period
