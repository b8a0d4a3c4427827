from __future__ import annotations

import pytest

from chuangwen.cores.errors import BadInput
from chuangwen.cores.reading.files import Source, decode

TITLE = "云浦市公共空间提升三年行动方案（2023—2025年）"
TEXT = [
    "为了让市民有更多可以停留的地方，制定本方案。",
    "一、目标",
    "到2025年，建成口袋公园20个，公厕不少于300座。",
    "（一）绿地提升行动",
    "1.补齐绿地短板。每年新增绿地10公顷。（牵头单位：市园林局；责任单位：各区政府）",
    "三、保障",
    "市城管局每季度通报一次进展。",
]
MENU = "".join(f"<li><a href='/{n}'>{n}</a></li>" for n in ("首页", "政务公开", "办事服务", "走进云浦"))
FOOT = (
    "<div class='footer'><p>主办：云浦市人民政府办公室，备案号00000000</p><a href='/map'>网站地图</a></div>"
)


def page(body: str, title: str = f"{TITLE}_云浦市人民政府", head: str = "<meta charset='utf-8'>") -> Source:
    markup = f"<!DOCTYPE html><html><head>{head}<title>{title}</title></head><body>{body}</body></html>"
    return decode("网页.html", markup.encode())


def lines(body: str, title: str = "") -> list[str]:
    return page(body, title).text.split("\n")


def paragraphs(tag: str = "p") -> str:
    return "".join(f"<{tag}>{line}</{tag}>" for line in TEXT)


def test_the_main_text_of_a_page_is_kept_whole_and_what_surrounds_it_is_left_out() -> None:
    related = "<div class='related'><h3>相关阅读</h3><p><a href='/1'>某地公园开放，市民点赞</a></p></div>"
    body = f"<div>{MENU}</div><div id='main'><h1>{TITLE}</h1><div>{paragraphs()}</div>{related}</div>{FOOT}"
    assert page(body).text.split("\n") == [TITLE, *TEXT]


@pytest.mark.parametrize("tag", ["div", "section", "li", "blockquote", "h4"])
def test_paragraphs_may_be_any_kind_of_block(tag: str) -> None:
    assert page(f"{MENU}<div>{paragraphs(tag)}</div>{FOOT}").text.split("\n") == [TITLE, *TEXT]


def test_the_name_of_the_site_and_the_menu_above_the_heading_are_left_out() -> None:
    body = f"<h1><a href='/'>云浦市人民政府门户网站</a></h1>{MENU}<h1>{TITLE}</h1><p><a href='/'>首页</a> 新闻</p>"
    assert lines(f"{body}<div>{paragraphs()}</div>") == [TITLE, "首页 新闻", *TEXT]
    assert lines(f"<h1><a href='/'>云浦市人民政府门户网站</a></h1>{MENU}<div>{paragraphs()}</div>") == TEXT


def test_a_body_of_line_breaks_in_an_old_page_of_tables_is_lines() -> None:
    middle = "<br>　　".join(TEXT)
    side = "<br>".join(f"<a href='/{n}'>热点{n}</a>" for n in range(8))
    body = f"<tr><td>{MENU}</td></tr><tr><td>{side}</td><td>{middle}</td></tr><tr><td>{FOOT}</td></tr>"
    body = f"<table>{body}</table>"
    assert page(body).text.split("\n") == [TITLE, *TEXT]


def test_a_small_page_without_sentences_is_still_read() -> None:
    assert lines("<h1>通知</h1><p>停水</p>") == ["通知", "停水"]


def test_the_line_of_date_and_source_above_the_text_is_kept() -> None:
    date = "发布时间：2023-02-01 来源：市政府办公室"
    info = f"<div>{date}</div>"
    assert lines(f"{MENU}<div>{info}</div><div>{paragraphs()}</div>")[0] == date
    assert lines(f"<h1>{TITLE}</h1>{info}<div>{paragraphs()}</div>")[:2] == [TITLE, date]


@pytest.mark.parametrize(
    ("given", "shown"),
    [
        (f"{TITLE}_云浦市人民政府", TITLE),
        (f"{TITLE} - 政务公开 - 云浦市人民政府", TITLE),
        (f"{TITLE}|云浦新闻网", TITLE),
        ("云浦市创文三年行动方案（2023-2025年）", "云浦市创文三年行动方案（2023-2025年）"),
    ],
)
def test_the_pages_title_comes_first_without_the_name_of_the_site(given: str, shown: str) -> None:
    assert lines(paragraphs(), given)[0] == shown


@pytest.mark.parametrize(
    "site", ["云浦市人民政府", "云浦市人民政府门户网站", "政务公开_云浦新闻网", "detail_01"]
)
def test_the_name_of_a_site_is_no_title(site: str) -> None:
    assert lines(paragraphs(), site) == TEXT


def test_the_title_that_the_text_begins_with_is_left_alone() -> None:
    body = f"<p>关于建设公园的实施意见</p>{paragraphs()}"
    assert lines(body, "政策文件解读专栏内容") == ["关于建设公园的实施意见", *TEXT]


def test_a_title_that_the_text_has_is_not_given_twice() -> None:
    body = f"<p>云浦市公共空间提升</p><p>三年行动方案（2023—2025年）</p>{paragraphs()}"
    assert lines(body, TITLE)[:3] == ["云浦市公共空间提升", "三年行动方案（2023—2025年）", TEXT[0]]


@pytest.mark.parametrize(
    "spam",
    [
        "<div style='display: none'>娱乐城开户，注册送彩金。</div>",
        "<p hidden>娱乐城开户，注册送彩金。</p>",
        "<div style='position:absolute;left:-9999px'>娱乐城开户，注册送彩金。</div>",
        "<div style='line-height:1; height:1px; overflow:hidden'>娱乐城开户，注册送彩金。</div>",
        "<marquee>欢迎光临，通知公告。</marquee>",
        "<span style='font-size:0'>娱乐城开户，注册送彩金。</span>",
        "<div class='adBox ad'>夏日大促，全场五折。</div>",
        "<aside>夏日大促，全场五折。</aside>",
        "<div id='shareBar'>分享到：微信、微博。</div>",
        "<div><a href='/x'>赌球网</a> <a href='/y'>时时彩</a><br><a href='/z'>百家乐</a></div>",
        "<p>相关新闻</p><p><a href='/1'>公园开放，市民点赞</a></p><p><a href='/2'>绿地增加，空气清新</a></p>",
        "<!-- 娱乐城开户，注册送彩金。 --><script>document.write('一、娱乐城。')</script>",
        "<select><option>请选择，全部。</option></select><button>提交。</button>",
    ],
)
def test_hidden_text_adverts_and_lists_of_links_inside_the_text_are_left_out(spam: str) -> None:
    body = (
        "".join(f"<p>{line}</p>" for line in TEXT[:4]) + spam + "".join(f"<p>{line}</p>" for line in TEXT[4:])
    )
    assert lines(f"<div>{body}</div>") == TEXT


def test_a_text_that_is_not_displayed_at_first_is_read_if_there_is_no_other() -> None:
    assert lines(f"<div style='display:none'>{paragraphs()}</div>") == TEXT


def test_a_box_named_like_one_beside_the_text_is_the_text_if_it_holds_it() -> None:
    assert lines(f"<div class='bottom links'>{paragraphs()}</div>") == TEXT


def test_links_within_sentences_and_within_the_page_are_text() -> None:
    body = "<p>见<a href='/law'>《云浦市公园条例》</a>，到2025年建成。</p>"
    body += "<p><a href='#a'>一、目标</a></p><p><a name='b'>二、任务</a></p>"
    assert lines(body + paragraphs())[:3] == ["见《云浦市公园条例》，到2025年建成。", "一、目标", "二、任务"]


def test_numbered_lists_keep_their_numbers_but_do_not_number_twice() -> None:
    body = "<ol><li>建成公园，共20个。<li>新增绿地。</ol><ol start='3' type='a'><li>停车。</ol>"
    body += "<ol><li>1.公厕。<li>（二）路灯。</ol>"
    assert lines(body) == ["1. 建成公园，共20个。", "2. 新增绿地。", "c. 停车。", "1.公厕。", "（二）路灯。"]


def test_unnumbered_lists_are_lines() -> None:
    body = (
        "<ul><li>建成公园。</li><li>新增<b>绿</b>地。</li></ul><ol style='list-style: none'><li>停车。</ol>"
    )
    assert lines(body) == ["建成公园。", "新增绿地。", "停车。"]


def test_a_table_row_is_a_line_with_a_tab_between_its_cells() -> None:
    body = (
        "<table><caption>任务分解表</caption><tr><th>序号<th>任务<th>单位</tr>"
        "<tr><td rowspan=2>1<td>公园，<br>20个<td>市园林局</tr><tr><td>绿地，10公顷<td>市林业局</tr>"
        "<tr><td colspan=2>公厕，<p>300座</p><td>市城管局</tr></table>"
    )
    assert lines(body) == [
        "任务分解表", "序号\t任务\t单位", "1\t公园， 20个\t市园林局", "1\t绿地，10公顷\t市林业局",
        "公厕， 300座\t\t市城管局",
    ]  # fmt: skip


def test_text_between_the_cells_of_a_table_is_not_lost() -> None:
    assert "散落的字，在此。" in lines(
        "<table><tr><td>甲，<td>乙，</tr>散落的字，在此。<tr><td>丙，<td>丁，</tr></table>"
    )


def test_lines_that_the_source_wraps_are_one_line_and_preformatted_ones_are_not() -> None:
    assert lines("<p>建成\n   公园，\n　　共 20\n个。</p>") == ["建成公园，共 20 个。"]
    assert lines("<pre>一、目标\n建成公园，20个。</pre>") == ["一、目标", "建成公园，20个。"]


@pytest.mark.parametrize(
    ("encoding", "declared"),
    [
        ("utf-8", "utf-8"),
        ("gb18030", "gb2312"),
        ("gb18030", "utf-8"),
        ("utf-8", "gbk"),
        ("utf-8-sig", ""),
        ("utf-16", ""),
    ],
)
def test_a_page_is_decoded_whatever_it_declares(encoding: str, declared: str) -> None:
    head = f'<meta http-equiv="Content-Type" content="text/html; charset={declared}">' if declared else ""
    data = f"<html><head>{head}</head><body>{paragraphs()}</body></html>".encode(encoding)
    source = decode("页面.htm", data)
    assert source.text.split("\n") == TEXT
    assert source.encoding in (encoding.removesuffix("-sig"), encoding + "-le")


def test_a_page_that_declares_big5_is_read_in_it() -> None:
    data = "<meta charset=big5><p>到2025年，建成公園二十個。</p>".encode("big5")
    source = decode("頁.html", data)
    assert (source.text, source.encoding) == ("到2025年，建成公園二十個。", "big5hkscs")


@pytest.mark.parametrize(
    "markup",
    ["<html></html>", "<html><img src=a></html>", "<html><script>x()</script>", "<!doctype html><!-- -->"],
)
def test_a_page_without_text_is_refused(markup: str) -> None:
    with pytest.raises(BadInput) as refused:
        decode("页.html", markup.encode())
    assert refused.value.code == "reading.no_main_text"


def test_a_page_nested_beyond_sense_is_refused_at_once() -> None:
    with pytest.raises(BadInput) as refused:
        decode("页.html", ("<html>" + "<b>甲，" * 100_000 + "</i>" * 100_000).encode())
    assert refused.value.code == "reading.broken_html"


def test_characters_that_no_text_can_hold_do_not_get_into_it() -> None:
    assert lines("<p>建成&#xD800;公园，\u200b&#1;&#x1F333;。</p>") == ["建成\ufffd公园，🌳。"]


def test_a_page_that_a_word_processor_saved_is_read_with_its_list_marks() -> None:
    office = "xmlns:w='urn:schemas-microsoft-com:office:word'"
    data = "<!--[if gte mso 9]><xml><w:WordDocument></w:WordDocument></xml><![endif]--><style><!-- p{} --></style>"
    mark = "<![if !supportLists]><span>一、<span>&nbsp; </span></span><![endif]>"
    body = f"<p class=MsoNormal>{mark}<span>到<span lang=EN-US>2025</span>年，\r\n建成公园。<o:p></o:p></span></p>"
    markup = f"<html {office}><head>{data}</head><body>{body}<p><o:p>&nbsp;</o:p></p></body></html>"
    assert decode("方案.htm", markup.encode("gb18030")).text == "一、 到2025年，建成公园。"
