"""What is no part of the document, and what is and must stay."""

from __future__ import annotations

import pytest

from chuangwen.cores.reading.furniture import left_out

_BODY = "为提升城市品质，云浦市决定开展环境整治，各区、各部门要压实责任、细化措施，确保按期完成各项任务。"


def _kept(text: str) -> str:
    """The text without what is left out, white space aside."""
    kept, at = [], 0
    for piece in left_out(text):
        kept.append(text[at : piece.span.start])
        at = piece.span.end
    return "".join("".join([*kept, text[at:]]).split())


@pytest.mark.parametrize(
    "line",
    [
        "当前位置：首页 > 政务公开 > 通知公告",
        "云浦文明网 > 县区快讯",
        "首页 | 要闻 | 公告 | 互动",
        "首页 新闻中心 政务公开 互动交流",
        "云浦文明网",
        "来源：云浦日报　编辑：某某",
        "【字体：大 中 小】",
        "责任编辑：某某",
        "◎本报记者 某某",
        "（记者 某某 通讯员 某某某）",
        "摄影：某某",
        "登录 | 注册",
        "下载客户端",
        "扫一扫，关注微信公众号",
        "点赞(12) 收藏 转发",
        "评论(3)",
        "+1",
        "↓↓↓",
        "云浦Logo",
        "http://news.yunpu.example/2023/1.html",
        "索引号：0001-2023　主题分类：城乡建设",
    ],
)
def test_furniture_above_the_text_is_left_out(line: str) -> None:
    assert _kept(f"{line}\n{_BODY}\n{_BODY}") == 2 * _BODY


@pytest.mark.parametrize(
    "line",
    [
        "上一篇：关于开展创卫工作的通知",
        "下一条：没有了",
        "相关链接",
        "分享到：",
        "阅读原文",
        "原标题：《云浦：一座城的变化》",
        "© 2019-2023 云浦报业集团",
        "Copyright 2023 All Rights Reserved",
        "云ICP备12345678号-1",
        "云公网安备 44010002000000号",
        "互联网新闻信息服务许可证：4412023001",
        "声明：转载此文是出于传递信息之目的，如有侵权请与本网联系删除。",
        "本文为作者在本平台上传并发布，仅代表作者观点，不代表本平台立场。",
        "主办：云浦市人民政府办公室　承办：云浦市大数据中心",
        "联系电话：0000-1234567",
        "- 12 -",
        "第 3 页 共 8 页",
        "云政办发〔2023〕1号　第 2 页",
        "免费赠阅",
        "友情链接：文明网 | 志愿网",
        "附件下载：工作要点.doc",
    ],
)
def test_furniture_below_the_text_is_left_out(line: str) -> None:
    assert _kept(f"{_BODY}\n{_BODY}\n{line}") == 2 * _BODY


@pytest.mark.parametrize(
    "line",
    [
        "一、工作目标",
        "责任单位：市城管局、市住建局",
        "完成时限：2023年6月底前",
        "加强组织领导",
        "2023年3月1日",
        "云浦市人民政府办公室",
        "1.规范转载行为，加强版权保护。",
        "查处无证经营行为",
        "推进扫码缴费、二维码门牌全覆盖，方便群众办事。",
        "（责任编辑岗位由市融媒体中心统筹设置，做到全天候值守、全流程审核。）",
        "各单位要将落实情况及时报市文明办，联系人和电话另行通知。",
    ],
)
def test_lines_of_the_document_stay(line: str) -> None:
    assert _kept(f"{_BODY}\n{line}\n{_BODY}") == "".join(f"{_BODY}{line}{_BODY}".split())


def test_the_date_on_a_line_of_credits_stays() -> None:
    assert _kept(f"2023-05-06 09:10 来源：云浦发布 编辑：某某\n{_BODY}").startswith("2023-05-06")


def test_running_heads_and_page_numbers_between_the_lines_are_left_out() -> None:
    head = "云浦市创建文明城市行动方案汇编"
    text = "\n".join(f"{head}\n{_BODY}{i}。\n— {i} —" for i in range(1, 4))
    assert _kept(text) == "".join(f"{_BODY}{i}。" for i in range(1, 4))


def test_a_short_heading_that_returns_in_every_section_stays() -> None:
    text = "\n".join(f"工作目标\n{_BODY}{i}。" for i in range(1, 5))
    assert _kept(text).count("工作目标") == 4


def test_what_stands_below_a_list_of_further_pages_is_left_out() -> None:
    assert _kept(f"{_BODY}\n热门推荐\n· 云浦新桥今日通车\n· 这样喝茶才健康？") == _BODY


@pytest.mark.parametrize("leader", ["……3", "......3", ""])
def test_a_table_of_contents_is_left_out(leader: str) -> None:
    text = f"目 录\n一、工作目标{leader}\n二、重点任务{leader}\n一、工作目标\n{_BODY}\n二、重点任务\n{_BODY}"
    assert _kept(text) == f"一、工作目标{_BODY}二、重点任务{_BODY}"


def test_markup_inside_the_text_is_left_out() -> None:
    assert _kept("<p>新建公园&nbsp;<b>20</b>个。</p>") == "新建公园20个。"


def test_traditional_furniture_is_known() -> None:
    body = "為進一步建設文明城區，開展環境整治，責任單位要與實業公司聯動，確保積極總結經驗、動員發動群眾。"
    assert _kept(f"當前位置：首頁 > 要聞\n{body}\n相關閱讀\n責任編輯：某某") == body


def test_places_are_sorted_and_do_not_overlap() -> None:
    text = f"登录\n<p>{_BODY}</p>\nhttp://a.example/b?c=<d> 云ICP备1号\n关于我们|版权声明"
    pieces = left_out(text)
    ends = [0, *(piece.span.end for piece in pieces)]
    assert all(piece.span.start >= end for piece, end in zip(pieces, ends, strict=False))
    assert all(0 <= piece.span.start < piece.span.end <= len(text) for piece in pieces)
