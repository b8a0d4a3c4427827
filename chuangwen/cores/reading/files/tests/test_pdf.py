from __future__ import annotations

import io
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pypdfium2
import pytest

from chuangwen.cores.errors import BadInput
from chuangwen.cores.reading.files import decode, load
from chuangwen.cores.reading.files.tests.pdf_files import paragraph, pdf, rule, text

DATA = Path(__file__).parent / "data"
LONG = (
    "到2025年，全市建成口袋公园二十个，每个公园都有座椅、路灯和遮阳的大树，"
    "方便老人和儿童就近休息玩耍，步行十分钟可以到达。"
)
OFFICE_TEXT = [
    "云浦市公园行动方案",
    "（2023—2025年）",
    "为了让市民出门就能走进公园，制定本方案。公园要有座椅、路灯和大树，方便老人和小孩就近休息，"
    "从家里步行10分钟以内可以走到。",
    "一、目标",
    "到2025年，建成公园20个，绿地率达到42.5%以上，市民满意率不低于90%。"
    "每年新增座椅300把，让走累了的老人随时可以坐一坐，歇一歇。",
    "二、任务",
    "序号\t任务\t单位\t时限",
    *(f"{n}\t建成公园20个，每个公园都要有座椅和路灯\t市园林局、各区\t2025年" for n in range(1, 10)),
    "三、要求",
]


def lines(*pages: str) -> list[str]:
    return decode("方案.pdf", pdf(pages)).text.split("\n")


def test_wrapped_lines_are_put_back_into_paragraphs() -> None:
    drawn = text(200, 780, "云浦市公园方案") + paragraph(730, LONG) + paragraph(620, LONG)
    assert lines(drawn) == ["云浦市公园方案", LONG, LONG]


def test_lines_are_read_from_the_top_whatever_the_order_in_which_they_are_drawn() -> None:
    assert lines(text(80, 600, "二、任务") + text(80, 700, "一、目标") + text(80, 650, "建成公园")) == [
        "一、目标", "建成公园", "二、任务",
    ]  # fmt: skip


def test_a_line_that_begins_with_an_outline_mark_begins_a_paragraph() -> None:
    full = "一" * 27
    marks = ["（一）绿地", "二、公厕", "3.停车", "第四条职责", "①座椅", "——路灯"]
    drawn = "".join(
        text(80, 760 - 56 * i, full) + text(80, 732 - 56 * i, mark) for i, mark in enumerate(marks)
    )
    assert lines(drawn) == [line for mark in marks for line in (full, mark)]


def test_a_figure_at_the_begin_of_a_line_is_no_outline_mark() -> None:
    body = paragraph(700, LONG) + paragraph(560, LONG)
    drawn = (
        body + text(112, 400, "道路总长度达到每平方公里的数值一般要求不低于一百") + text(80, 372, "8.5公里。")
    )
    assert lines(drawn)[-1].endswith("不低于一百8.5公里。")


def test_a_decimal_number_begins_a_paragraph_after_the_end_of_a_sentence() -> None:
    assert lines(text(80, 700, "一" * 26 + "。") + text(80, 672, "1.2主要目标")) == [
        "一" * 26 + "。",
        "1.2主要目标",
    ]


def test_a_wider_space_between_lines_parts_paragraphs_that_are_not_indented() -> None:
    body = LONG[:27], LONG[27:54], "一" * 26 + "。", LONG[:27], LONG[27:54]
    heights = 700, 672, 630, 588, 560
    drawn = "".join(text(80, y, words) for y, words in zip(heights, body, strict=True))
    assert lines(drawn) == [LONG[:54], "一" * 26 + "。", LONG[:54]]


def test_a_paragraph_runs_on_over_the_page() -> None:
    first = text(80, 150, LONG[:27]) + text(80, 122, LONG[27:54])
    assert lines(paragraph(700, LONG) + first, text(80, 780, LONG[54:]))[-1] == LONG


def test_heads_feet_and_page_numbers_that_come_again_are_left_out() -> None:
    pages = [
        text(200, 810, "云浦市政府文件")
        + paragraph(700 - n, LONG.replace("2025", f"202{n}"))
        + text(280, 30, f"—{n}—")
        for n in range(1, 5)
    ]
    assert lines(*pages) == [LONG.replace("2025", f"202{n}") for n in range(1, 5)]


def test_a_page_number_on_a_single_page_is_left_out_and_a_figure_in_the_text_is_not() -> None:
    assert lines(paragraph(700, LONG) + text(80, 400, "2025") + text(280, 30, "- 1 -")) == [LONG, "2025"]


def test_what_stands_between_ruled_lines_is_a_table() -> None:
    drawn = text(80, 780, "任务分解表")
    for x in (80, 150, 350, 500):
        drawn += rule(x, 600, x, 750)
    for y in (750, 700, 600):
        drawn += rule(80, y, 500, y)
    drawn += rule(150, 650, 500, 650)
    for x, y, words in [
        (85, 720, "领域"), (155, 720, "任务"), (355, 720, "单位"), (85, 640, "绿地"),
        (155, 680, "建成公园二十个，"), (155, 660, "改造公厕"), (355, 670, "市园林局"),
        (155, 620, "新增绿道"), (355, 620, "市林业局"),
    ]:  # fmt: skip
        drawn += text(x, y, words)
    assert lines(drawn + text(80, 550, "附注")) == [
        "任务分解表", "领域\t任务\t单位", "绿地\t建成公园二十个，改造公厕\t市园林局",
        "绿地\t新增绿道\t市林业局", "附注",
    ]  # fmt: skip


def test_a_table_that_goes_on_over_the_page_is_one_table() -> None:
    grid = "".join(rule(x, 600, x, 700) for x in (80, 150, 350, 500))
    grid += "".join(rule(80, y, 500, y) for y in (600, 650, 700))
    head = text(85, 670, "序号") + text(155, 670, "任务") + text(355, 670, "单位")
    first = grid + head + text(85, 620, "1") + text(155, 620, "建成公园和") + text(355, 620, "园林局")
    second = (
        grid + text(155, 670, "绿地") + text(85, 620, "2") + text(155, 620, "公厕") + text(355, 620, "城管局")
    )
    third = grid + head + text(85, 620, "3") + text(155, 620, "停车") + text(355, 620, "交警")
    assert lines(first, second, third) == [
        "序号\t任务\t单位", "1\t建成公园和绿地\t园林局", "2\t公厕\t城管局", "3\t停车\t交警",
    ]  # fmt: skip


def test_a_frame_around_text_is_no_table() -> None:
    frame = (
        rule(70, 500, 520, 500) + rule(70, 780, 520, 780) + rule(70, 500, 70, 780) + rule(520, 500, 520, 780)
    )
    assert lines(frame + paragraph(730, LONG)) == [LONG]


def test_a_character_printed_twice_to_look_bold_is_read_once() -> None:
    assert lines(text(80, 700, "目标") + text(80.4, 700, "目标")) == ["目标"]


def test_signs_of_sign_fonts_are_read_as_what_they_look_like() -> None:
    assert lines(text(80, 700, "\uf06e建成公园") + text(80, 600, "到二〇二五年全面完成")) == [
        "■建成公园",
        "到二〇二五年全面完成",
    ]


def test_spaces_are_kept_where_they_are_drawn() -> None:
    assert lines(text(80, 700, "第一章 总则 Part One")) == ["第一章 总则 Part One"]


def test_an_open_table_at_the_top_of_a_page_ends_the_row_before_it() -> None:
    def grid(top: float, bottom: float, ys: tuple[float, ...]) -> str:
        return "".join(rule(x, bottom, x, top) for x in (80, 150, 500)) + "".join(
            rule(80, y, 500, y) for y in ys
        )

    first = grid(200, 60, (200, 150)) + text(85, 170, "序号") + text(155, 170, "任务")
    first += text(85, 100, "1") + text(155, 100, "建成公园二十个，")
    second = (
        grid(780, 700, (700,))
        + text(155, 750, "改造公厕三十")
        + text(155, 720, "座。")
        + text(80, 600, "附注")
    )
    assert lines(first, second) == ["序号\t任务", "1\t建成公园二十个，改造公厕三十座。", "附注"]


def test_a_scan_is_refused_though_a_stamp_on_it_is_text() -> None:
    for drawn in ("", text(80, 30, "扫描")):
        with pytest.raises(BadInput) as refused:
            decode("扫描.pdf", pdf([drawn, drawn], image=True))
        assert refused.value.code == "reading.scanned_pdf"


def test_a_picture_under_the_text_does_not_make_a_scan() -> None:
    assert decode("方案.pdf", pdf([paragraph(700, LONG)], image=True)).text == LONG


def test_characters_without_a_meaning_are_refused() -> None:
    with pytest.raises(BadInput) as refused:
        decode("方案.pdf", pdf([text(80, 700, "\ue001\ue002\ue003目")]))
    assert refused.value.code == "reading.garbled_pdf"


def test_a_pdf_without_text_and_pictures_is_blank() -> None:
    with pytest.raises(BadInput) as refused:
        decode("方案.pdf", pdf([""]))
    assert refused.value.code == "reading.blank_file"


def test_threads_may_read_at_the_same_time() -> None:
    data = pdf([paragraph(600, LONG)] * 5)
    with ThreadPoolExecutor(4) as threads:
        assert set(threads.map(lambda _: decode("方案.pdf", data).text, range(12))) == {"\n".join([LONG] * 5)}


@pytest.mark.parametrize("turns", [0, 1, 2, 3])
def test_a_page_that_is_shown_turned_is_read_as_it_is_shown(turns: int) -> None:
    document = pypdfium2.PdfDocument(DATA / "office.pdf")
    page = document[0]
    wide, high = page.get_size()
    matrix = [(1, 0, 0, 1, 0, 0), (0, 1, -1, 0, high, 0), (-1, 0, 0, -1, wide, high), (0, -1, 1, 0, 0, wide)][
        turns
    ]
    for drawn in page.get_objects(max_depth=1):
        drawn.transform(pypdfium2.PdfMatrix(*matrix))
    page.set_mediabox(0, 0, *((high, wide) if turns % 2 else (wide, high)))
    page.set_rotation(90 * turns)
    page.gen_content()
    file = io.BytesIO()
    document.save(file)
    assert decode("方案.pdf", file.getvalue()).text.split("\n") == OFFICE_TEXT


def test_a_pdf_that_an_office_program_made_is_read_with_its_table() -> None:
    source = load(DATA / "office.pdf")
    assert source.text.split("\n") == OFFICE_TEXT
