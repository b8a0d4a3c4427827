"""A Word document as text: paragraphs with their numbers, table rows as lines of cells, in page order.

Left out: headers and footers, notes, comments, deletions, hidden text and tables of contents, none of which
belongs to what the document says. Source of the element names: ISO/IEC 29500-1, part 17.
"""

from __future__ import annotations

import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from xml.etree import ElementTree as ET

from chuangwen.cores.errors import BadInput
from chuangwen.cores.reading.files.numbering import Numbering, number, sign, value
from chuangwen.cores.reading.files.package import Broken, Package
from chuangwen.cores.reading.files.rows import Cell, is_frame, rows_of_cells

_WRAPPERS = {"sdt", "sdtContent", "customXml", "smartTag", "ins", "moveTo", "hyperlink", "Choice", "Fallback"}
_SILENT = {
    "del",
    "moveFrom",
    "pPr",
    "rPr",
    "instrText",
    "delText",
    "delInstrText",
    "rt",
    "sdtPr",
    "tblPr",
    "fldData",
}
_FIXED = {"tab": " ", "ptab": " ", "br": "\n", "cr": "\n", "noBreakHyphen": "-"}
_OFF = {"0", "false", "off"}
_GALLERY = "sdtPr/docPartObj/docPartGallery"
_BREAKAGE = (
    Broken, ET.ParseError, zipfile.BadZipFile, zlib.error, EOFError, OSError,
    RecursionError, ValueError, NotImplementedError,
)  # fmt: skip


def decode_docx(name: str, data: bytes) -> str:
    """The text of a Word document. Raises BadInput if it is damaged, locked, another kind or made to harm."""
    try:
        package = Package(name, data)
        root = package.tree(package.main)
        styles = _styles(package.related("styles"))
        lists = {key: style.num_id for key, style in styles.items()}
        numbering = Numbering(package.related("numbering"), lists)
        body = root.find("body")
        if body is None:
            raise Broken("body")
        story = _Story(styles, numbering)
        story.read(body)
        return "\n".join(story.lines)
    except _BREAKAGE as error:
        raise BadInput("reading.broken_docx", name=name) from error


@dataclass(slots=True)
class _Style:
    parent: str
    num_id: str
    depth: int
    contents: bool  # of a table of contents


def _styles(root: ET.Element | None) -> dict[str, _Style]:
    if root is None:
        return {}
    return {
        found.get("styleId", ""): _Style(
            parent=value(found, "basedOn"),
            num_id=value(found, "pPr/numPr/numId"),
            depth=number(value(found, "pPr/numPr/ilvl"), 0),
            contents=value(found, "name").lower().startswith("toc "),
        )
        for found in root.iterfind("style")
    }


class _Story:
    """Reads blocks one after another into `lines`; the counters of the lists run on through all of them."""

    def __init__(self, styles: dict[str, _Style], numbering: Numbering) -> None:
        self.lines: list[str] = []
        self._styles = styles
        self._numbering = numbering
        self._held = ""  # text of paragraphs whose end was deleted: it goes before the next one

    def read(self, parent: ET.Element) -> None:
        for child in parent:
            if child.tag == "p":
                self._paragraph(child)
            elif child.tag == "tbl":
                self._table(child)
            elif child.tag == "AlternateContent":
                self.read(_alternative(child))
            elif child.tag in _WRAPPERS and value(child, _GALLERY) != "Table of Contents":
                self.read(child)
        if self._held.strip():
            self.lines.append(self._held.strip())
        self._held = ""

    def _paragraph(self, paragraph: ET.Element) -> None:
        boxes: list[ET.Element] = []
        style = self._styles.get(value(paragraph, "pPr/pStyle"))
        if style and style.contents:
            return
        text = self._held + "".join(_pieces(paragraph, boxes))
        if paragraph.find("pPr/rPr/del") is not None:
            self._held = text
            return
        self._held = ""
        label = self._label(paragraph)
        if text.strip():
            self.lines.append(label + text.strip())
        for box in boxes:
            self.read(box)

    def _label(self, paragraph: ET.Element) -> str:
        """The automatic number of a paragraph: by its own properties, else its style or the styles below."""
        own = value(paragraph, "pPr/numPr/numId")
        own_depth = value(paragraph, "pPr/numPr/ilvl")
        name = value(paragraph, "pPr/pStyle")
        num_id, depth = own, 0
        for _ in range(20):
            style = self._styles.get(name)
            if num_id or style is None:
                break
            num_id, depth = style.num_id, style.depth
            tied = self._numbering.level_of_style(num_id, name)
            depth = depth if tied is None else tied
            name = style.parent
        return self._numbering.next_label(num_id, number(own_depth, depth))

    def _table(self, table: ET.Element) -> None:
        """Rows as lines of cells; a table that only frames paragraphs is read as those."""
        rows = [self._cells(row) for row in _inside(table, "tr") if row.find("trPr/del") is None]
        if is_frame(rows):
            self.lines += [line for row in rows for cell in row for line in cell.lines]
        else:
            self.lines += rows_of_cells(rows)

    def _cells(self, row: ET.Element) -> list[Cell]:
        before = number(value(row, "trPr/gridBefore"), 0)
        cells = [Cell([], wide=before)] if before > 0 else []
        for found in _inside(row, "tc"):
            wide = max(number(value(found, "tcPr/gridSpan"), 1), 1)
            if value(found, "tcPr/hMerge") == "continue" and cells:
                cells[-1].wide += wide
            elif found.find("tcPr/cellDel") is None:
                merge = found.find("tcPr/vMerge")
                continues = merge is not None and merge.get("val", "continue") == "continue"
                cells.append(Cell(self._lines_of(found), wide, continues=continues))
        return cells

    def _lines_of(self, cell: ET.Element) -> list[str]:
        outer, self.lines = self.lines, []
        self.read(cell)
        inner, self.lines = self.lines, outer
        return inner


def _inside(parent: ET.Element, tag: str) -> Iterator[ET.Element]:
    """The rows of a table or the cells of a row, also those wrapped in content controls or changes."""
    for child in parent:
        if child.tag == tag:
            yield child
        elif child.tag in _WRAPPERS:
            yield from _inside(child, tag)


def _alternative(element: ET.Element) -> ET.Element:
    """What to read of content that is given twice, for new and for old programs."""
    found = element.find("Choice")
    return found if found is not None else element


def _pieces(element: ET.Element, boxes: list[ET.Element]) -> Iterator[str]:
    """The text of a run or of what holds runs; text boxes that are met go to `boxes`."""
    for child in element:
        tag = child.tag
        if tag == "t":
            yield (child.text or "").replace("\n", " ").replace("\t", " ")
        elif tag in _FIXED:
            yield _FIXED[tag]
        elif tag == "sym":
            yield sign(_character(child.get("char", "")))
        elif tag == "txbxContent":
            boxes.append(child)
        elif tag == "AlternateContent":
            yield from _pieces(_alternative(child), boxes)
        elif tag not in _SILENT and not _hidden(child):
            yield from _pieces(child, boxes)


def _hidden(element: ET.Element) -> bool:
    """Whether this is a hidden run, or a field that nobody has filled in."""
    if element.tag == "sdt":
        return element.find("sdtPr/showingPlcHdr") is not None
    found = element.find("rPr/vanish") if element.tag == "r" else None
    return found is not None and found.get("val", "true") not in _OFF


def _character(code: str) -> str:
    """The character of a hexadecimal code, as `w:sym` gives it."""
    try:
        return chr(int(code, 16))
    except (ValueError, OverflowError):
        return ""
