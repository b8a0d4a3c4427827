"""Makes `files/` anew: four of the documents as the files that offices send them in.

    .venv/bin/python tests/data/make_files.py

A Word file with automatic numbering, a Word file with a table, a web page in GB18030 with its furniture,
and a PDF (needs LibreOffice and a font with Chinese characters). The text is that of `documents/`, less the
dirt that such a file does not have.
"""

import re
import subprocess
import tempfile
from html import escape
from pathlib import Path

from docx import Document
from docx.document import Document as DocumentFile
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.oxml.xmlchemy import BaseOxmlElement

HERE = Path(__file__).parent
DOCUMENTS, FILES = HERE / "documents", HERE / "files"
LEVELS = [
    ("chineseCounting", "%1、", re.compile("[一二三四五六七八九十]+、")),
    ("chineseCounting", "（%2）", re.compile("（[一二三四五六七八九十]+）")),
    ("decimal", "%3．", re.compile(r"\d+．")),
]


def lines(stem: str, first: str, last: str) -> list[str]:
    """The lines of a document from the one that starts with `first` to the one that starts with `last`."""
    text = DOCUMENTS.joinpath(f"{stem}.txt").read_text(encoding="utf-8")
    found = [line.strip("\f") for line in text.splitlines()]
    start = next(i for i, line in enumerate(found) if line.startswith(first))
    end = next(i for i, line in enumerate(found) if i > start and line.startswith(last))
    return [line for line in found[start : end + 1] if line.strip()]


def element(name: str, **attributes: str) -> BaseOxmlElement:
    made = OxmlElement(name)
    for key, value in attributes.items():
        made.set(qn(f"w:{key}"), value)
    return made


def add_numbering(document: DocumentFile) -> str:
    """Defines the three levels as automatic numbers; the third runs on through the whole document."""
    numbering = document.part.numbering_part.element
    abstract = element("w:abstractNum", abstractNumId="90")
    for depth, (style, pattern, _) in enumerate(LEVELS):
        level = element("w:lvl", ilvl=str(depth))
        level.append(element("w:start", val="1"))
        level.append(element("w:numFmt", val=style))
        if depth == 2:
            level.append(element("w:lvlRestart", val="0"))
        level.append(element("w:lvlText", val=pattern))
        abstract.append(level)
    numbering.insert(0, abstract)
    number = element("w:num", numId="90")
    number.append(element("w:abstractNumId", val="90"))
    numbering.append(number)
    return "90"


def numbered_plan() -> None:
    document = Document()
    number_id = add_numbering(document)
    for line in lines("01_three_year_plan", "中共砚川市委办公室", "14．"):
        depth = next((i for i, (_, _, mark) in enumerate(LEVELS) if mark.match(line)), None)
        if depth is None:
            document.add_paragraph(line)
            continue
        text = LEVELS[depth][2].sub("", line, count=1)
        paragraph = document.add_heading(text, depth + 1) if depth < 2 else document.add_paragraph(text)
        numbers = element("w:numPr")
        numbers.append(element("w:ilvl", val=str(depth)))
        numbers.append(element("w:numId", val=number_id))
        paragraph._p.get_or_add_pPr().append(numbers)
    document.save(str(FILES / "01_three_year_plan.docx"))


def table_of_tasks() -> None:
    document = Document()
    document.add_paragraph("附件1")
    document.add_heading("霁州市深化全国文明城市建设三年行动(2022—2024年)重点任务分解表", 0)
    rows = [line.split("\t") for line in lines("02_task_table", "序号", "15")]
    rows = [row for i, row in enumerate(rows) if row[0] != "序号" or i == 0]
    rows = [row for row in rows if not row[0].startswith("第 ")]
    table = document.add_table(rows=0, cols=6, style="Table Grid")
    for row in rows:
        cells = table.add_row().cells
        if len(row) == 1:
            cells[0].merge(cells[5])
        for cell, text in zip(cells, row, strict=False):
            cell.text = text
    document.add_paragraph(lines("02_task_table", "备注", "联系电话")[0])
    document.save(str(FILES / "02_task_table.docx"))


def press_page() -> None:
    text = lines("03_press_report", "让文明成为", "全国文明典范城市是全国文明城市的升级版")
    body = "\n".join(f"<p>{escape(line)}</p>" for line in text[2:])
    links = "".join(f'<li><a href="/c/{n}.html">{title}</a></li>' for n, title in enumerate(RELATED))
    page = f"""<!DOCTYPE html>
<html lang="zh-CN"><head><meta charset="gb18030"><title>{text[0]}_澜阳新闻网</title>
<style>body {{ font-size: 16px }}</style><script>var ad = "新增广告位300个";</script></head>
<body>
<nav><ul><li><a href="/">首页</a></li><li><a href="/sz">时政</a></li></ul></nav>
<div class="ad"><a href="/ad/1">新楼盘特惠,每平方米立减1000元</a></div>
<article><h1>{text[0]}</h1><h2>{text[1]}</h2>
{body}
</article>
<aside class="related"><h3>相关阅读</h3><ul>{links}</ul></aside>
<footer><p>版权所有 澜阳日报社 未经授权不得转载</p></footer></body></html>
"""
    FILES.joinpath("03_press_report.html").write_bytes(page.encode("gb18030"))


RELATED = ["全市教育工作会议召开", "新增120趟列车,春运车票开售", "三分钟读懂澜阳文旅新政"]


def articles_pdf() -> None:
    """The hard-wrapped articles, made whole again and printed, so that the printer wraps them its own way."""
    document = Document()
    document.sections[0].header.paragraphs[0].text = "沧政办规〔2022〕3号"
    paragraphs: list[str] = []
    for line in lines("05_articles_hard_wrapped", "沧浔市人民政府办公室文件", "沧浔市人民政府办公室　"):
        if re.fullmatch("— \\d+ —", line) or "·沧政办规" in line:
            continue
        if paragraphs and len(paragraphs[-1]) % 34 == 0 and not line.startswith(("　", "第")):
            paragraphs[-1] += line
        else:
            paragraphs.append(line)
    for paragraph in paragraphs:
        document.add_paragraph(paragraph)
    with tempfile.TemporaryDirectory() as folder:
        source = Path(folder) / "05_articles_hard_wrapped.docx"
        document.save(str(source))
        print_pdf = ["soffice", "--headless", "--convert-to", "pdf", "--outdir", str(FILES), str(source)]
        subprocess.run(print_pdf, check=True, capture_output=True)


if __name__ == "__main__":
    FILES.mkdir(exist_ok=True)
    numbered_plan()
    table_of_tasks()
    press_page()
    articles_pdf()
