"""Word files made by hand for the tests."""

from __future__ import annotations

import io
import zipfile

Parts = dict[str, bytes]
WORD = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
PACKAGE = "http://schemas.openxmlformats.org/package/2006"
SPACES = (
    f'xmlns:w="{WORD}" xmlns:r="{OFFICE}" '
    'xmlns:v="urn:schemas-microsoft-com:vml" '
    'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006" '
    'xmlns:m="http://schemas.openxmlformats.org/officeDocument/2006/math"'
)


def docx(body: str, *, numbering: str = "", styles: str = "", extra: Parts | None = None) -> bytes:
    """A Word file with this inside w:body, w:numbering and w:styles; `extra` adds or replaces parts."""
    parts = {
        "[Content_Types].xml": f'<Types xmlns="{PACKAGE}/content-types"/>',
        "_rels/.rels": _links(officeDocument="word/document.xml"),
        "word/_rels/document.xml.rels": _links(styles="styles.xml", numbering="/word/numbering.xml"),
        "word/document.xml": f"<w:document {SPACES}><w:body>{body}</w:body></w:document>",
        "word/styles.xml": f"<w:styles {SPACES}>{styles}</w:styles>",
        "word/numbering.xml": f"<w:numbering {SPACES}>{numbering}</w:numbering>",
    }
    return zipped({path: text.encode() for path, text in parts.items()} | (extra or {}))


def zipped(parts: Parts) -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        for path, data in parts.items():
            archive.writestr(path, data)
    return file.getvalue()


def _links(**targets: str) -> str:
    links = (
        f'<Relationship Id="{kind}" Type="{OFFICE}/{kind}" Target="{target}"/>'
        for kind, target in targets.items()
    )
    return f'<Relationships xmlns="{PACKAGE}/relationships">{"".join(links)}</Relationships>'


def p(text: str = "", *, list_id: int | None = None, depth: int = 0, style: str = "") -> str:
    """A paragraph, perhaps in a list or in a style."""
    in_list = f'<w:numPr><w:ilvl w:val="{depth}"/><w:numId w:val="{list_id}"/></w:numPr>'
    numbered = "" if list_id is None else in_list
    named = f'<w:pStyle w:val="{style}"/>' if style else ""
    return f"<w:p><w:pPr>{named}{numbered}</w:pPr>{r(text)}</w:p>"


def r(text: str, properties: str = "") -> str:
    """A run."""
    return f'<w:r><w:rPr>{properties}</w:rPr><w:t xml:space="preserve">{text}</w:t></w:r>'


def table(*rows: str) -> str:
    return f"<w:tbl><w:tblPr/><w:tblGrid/>{''.join(rows)}</w:tbl>"


def row(*cells: str) -> str:
    return f"<w:tr>{''.join(cell if cell.startswith('<') else tc(cell) for cell in cells)}</w:tr>"


def tc(text: str = "", properties: str = "") -> str:
    """A cell; several lines of text are several paragraphs."""
    return f"<w:tc><w:tcPr>{properties}</w:tcPr>{''.join(p(line) for line in text.split(chr(10)))}</w:tc>"


def levels(*patterns: tuple[str, str], abstract: int = 0) -> str:
    """A definition of levels (number format, pattern) and the list of number `abstract` + 1 that uses it."""
    lines = "".join(
        f'<w:lvl w:ilvl="{depth}"><w:start w:val="1"/><w:numFmt w:val="{style}"/>'
        f'<w:lvlText w:val="{pattern}"/></w:lvl>'
        for depth, (style, pattern) in enumerate(patterns)
    )
    return f'<w:abstractNum w:abstractNumId="{abstract}">{lines}</w:abstractNum>' + num(
        abstract + 1, abstract
    )


def num(list_id: int, abstract: int, overrides: str = "") -> str:
    return f'<w:num w:numId="{list_id}"><w:abstractNumId w:val="{abstract}"/>{overrides}</w:num>'
