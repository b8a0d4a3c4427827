from __future__ import annotations

import io

import pytest
from docx import Document

from chuangwen.cores.reading.files import decode
from chuangwen.cores.reading.files.tests.docx_files import WORD, docx, levels, p, r, row, table, tc

DELETED = "<w:rPr><w:del/></w:rPr>"


def lines(body: str, numbering: str = "", styles: str = "") -> list[str]:
    return decode("方案.docx", docx(body, numbering=numbering, styles=styles)).text.split("\n")


def test_a_document_that_a_word_library_made_is_read_in_its_order() -> None:
    document = Document()
    document.add_heading("云浦市绿地行动方案", 0)
    document.add_paragraph("到2025年，建成口袋公园20个。")
    cells = document.add_table(rows=1, cols=2).rows[0].cells
    cells[0].text, cells[1].text = "公厕改造", "市城管局"
    document.add_paragraph("提高认识", style="List Number")
    document.sections[0].header.paragraphs[0].text = "内部资料"
    document.sections[0].footer.paragraphs[0].text = "第1页"
    file = io.BytesIO()
    document.save(file)
    source = decode("方案.docx", file.getvalue())
    assert source.text.split("\n") == [
        "云浦市绿地行动方案", "到2025年，建成口袋公园20个。", "公厕改造\t市城管局", "1. 提高认识",
    ]  # fmt: skip
    assert (source.format, source.encoding) == ("docx", None)


def test_runs_are_joined_and_breaks_and_tabs_kept_apart() -> None:
    body = f"<w:p>{r('绿地')}{r('率')}<w:r><w:br/></w:r>{r('达到')}<w:r><w:tab/></w:r>{r('42%')}</w:p>"
    assert lines(body) == ["绿地率", "达到 42%"]


def test_what_was_deleted_is_left_out_and_what_was_inserted_is_kept() -> None:
    deletion = "<w:del><w:r><w:delText>15个</w:delText></w:r></w:del>"
    body = f"<w:p>{r('建成')}{deletion}<w:ins>{r('20个')}</w:ins></w:p>"
    body += f"<w:p><w:moveFrom>{r('旧处')}</w:moveFrom><w:moveTo>{r('新处')}</w:moveTo></w:p>"
    assert lines(body) == ["建成20个", "新处"]


def test_paragraphs_whose_division_was_deleted_are_one() -> None:
    body = f"<w:p><w:pPr>{DELETED}</w:pPr>{r('建成公园')}</w:p>" + p("20个。")
    assert lines(body) == ["建成公园20个。"]


def test_a_last_paragraph_is_kept_though_its_end_was_deleted() -> None:
    assert lines(f"<w:p><w:pPr>{DELETED}</w:pPr>{r('建成公园')}</w:p>") == ["建成公园"]


def test_hidden_text_notes_fields_and_empty_forms_are_left_out() -> None:
    shown = '<w:vanish w:val="0"/>'
    body = f"<w:p>{r('绿地')}{r('广告', '<w:vanish/>')}{r('率', shown)}"
    body += '<w:r><w:instrText>PAGE</w:instrText></w:r><w:r><w:footnoteReference w:id="1"/></w:r>'
    prompt = f"<w:sdtContent>{r('单击此处')}</w:sdtContent>"
    body += f"<w:sdt><w:sdtPr><w:showingPlcHdr/></w:sdtPr>{prompt}</w:sdt></w:p>"
    assert lines(body) == ["绿地率"]


def test_links_content_controls_and_formulas_are_text() -> None:
    body = f"<w:p><w:hyperlink>{r('绿地率')}</w:hyperlink><m:oMath><m:r><m:t>≥</m:t></m:r></m:oMath>"
    body += f"<w:sdt><w:sdtContent>{r('42%')}</w:sdtContent></w:sdt></w:p>"
    body += f"<w:sdt><w:sdtContent>{p('第二段')}</w:sdtContent></w:sdt>"
    assert lines(body) == ["绿地率≥42%", "第二段"]


def test_a_table_of_contents_is_left_out() -> None:
    styles = '<w:style w:styleId="t"><w:name w:val="toc 1"/></w:style>'
    gallery = '<w:sdtPr><w:docPartObj><w:docPartGallery w:val="Table of Contents"/></w:docPartObj></w:sdtPr>'
    body = (
        p("一、绿地 1", style="t")
        + f"<w:sdt>{gallery}<w:sdtContent>{p('目录')}</w:sdtContent></w:sdt>"
        + p("正文")
    )
    assert lines(body, styles=styles) == ["正文"]


def test_a_text_box_is_read_once_after_its_paragraph() -> None:
    box = f"<w:txbxContent>{p('附件一')}</w:txbxContent>"
    old = f"<w:pict><v:shape><v:textbox>{box}</v:textbox></v:shape></w:pict>"
    new = f"<mc:Choice>{box}</mc:Choice><mc:Fallback>{old}</mc:Fallback>"
    new = f"<mc:AlternateContent>{new}</mc:AlternateContent>"
    assert lines(f"<w:p>{r('正文')}<w:r>{new}</w:r></w:p>") == ["正文", "附件一"]
    assert lines(f"<w:p>{r('正文')}<w:r>{old}</w:r></w:p>") == ["正文", "附件一"]


def test_a_table_row_is_a_line_with_a_tab_between_its_cells() -> None:
    body = table(row("序号", "任务", "单位"), row("1", "公厕\n改造", "市城管局"), row("", "", ""))
    assert lines(body) == ["序号\t任务\t单位", "1\t公厕 改造\t市城管局"]


def test_a_cell_merged_with_those_below_is_repeated_in_every_row() -> None:
    begins, goes_on = '<w:vMerge w:val="restart"/>', "<w:vMerge/>"
    body = table(
        row(tc("环境", begins), "公厕", "20座"),
        row(tc("", goes_on), "绿地", "42%"),
        row("秩序", "停车", "3000个"),
    )
    assert lines(body) == ["环境\t公厕\t20座", "环境\t绿地\t42%", "秩序\t停车\t3000个"]


def test_a_cell_merged_with_those_beside_it_is_given_once_and_columns_stay_in_line() -> None:
    wide = '<w:gridSpan w:val="2"/>'
    body = table(
        row(tc("任务", wide), "单位"),
        row("环境", "公厕", "城管"),
        row(tc("一、绿地", '<w:gridSpan w:val="3"/>')),
    )
    assert lines(body) == ["任务\t\t单位", "环境\t公厕\t城管", "一、绿地"]


def test_columns_that_are_merged_in_every_row_count_as_one() -> None:
    wide = '<w:gridSpan w:val="2"/>'
    body = table(row(tc("任务", wide), "单位"), row(tc("公厕", wide), "城管"))
    assert lines(body) == ["任务\t单位", "公厕\t城管"]


def test_a_table_of_one_column_is_a_frame_around_paragraphs() -> None:
    assert lines(table(row("第一段\n第二段"), row("第三段"))) == ["第一段", "第二段", "第三段"]


def test_a_table_inside_a_cell_stays_inside_its_line() -> None:
    inner = f"<w:tc><w:tcPr/>{table(row('甲', '乙'))}</w:tc>"
    assert lines(table(row("外", inner))) == ["外\t甲 乙"]


def test_deleted_rows_are_left_out() -> None:
    gone = f"<w:tr><w:trPr><w:del/></w:trPr>{tc('旧')}{tc('行')}</w:tr>"
    assert lines(table(gone, row("新", "行"))) == ["新\t行"]


def test_numbers_in_table_cells_count_on_from_row_to_row() -> None:
    numbered = f"<w:tc><w:tcPr/>{p('甲', list_id=1)}</w:tc>"
    body = table(row(numbered, "公厕"), row(numbered, "绿地"))
    assert lines(body, numbering=levels(("decimal", "%1"))) == ["1 甲\t公厕", "2 甲\t绿地"]


def test_absurd_spans_and_columns_do_no_harm() -> None:
    cells = "".join(tc(str(n), '<w:gridSpan w:val="999999999"/>') for n in range(3))
    ragged = "".join(
        f'<w:tr><w:trPr><w:gridBefore w:val="{n}"/></w:trPr>{tc("左")}{tc("右")}</w:tr>' for n in range(300)
    )
    assert lines(table(f"<w:tr>{cells}</w:tr>")) == ["0\t1\t2"]
    assert [line.strip() for line in lines(table(ragged))] == ["左\t右"] * 300


@pytest.mark.parametrize("strict", [False, True])
def test_the_main_part_is_where_the_package_says(strict: bool) -> None:
    office = "http://purl.oclc.org/ooxml/officeDocument/relationships"
    link = f'<Relationship Type="{office}/officeDocument" Target="/word/document2.xml"/>'
    rels = f"<Relationships>{link}</Relationships>"
    word = "http://purl.oclc.org/ooxml/wordprocessingml/main" if strict else WORD
    main = f"<w:document xmlns:w='{word}'><w:body>{p('正文')}</w:body></w:document>".encode()
    data = docx(p("旧文"), extra={"_rels/.rels": rels.encode(), "word/document2.xml": main})
    assert decode("方案.docx", data).text == "正文"
