"""The zip of an Office file, opened without trusting a word that it says about itself."""

from __future__ import annotations

import io
import posixpath
import zipfile
from xml.etree import ElementTree as ET

from chuangwen.cores.errors import BadInput
from chuangwen.cores.reading.files.kinds import is_named

MAX_ENTRIES = 20_000
MAX_UNPACKED = 512 * 1024 * 1024  # all parts together
MAX_PART = 64 * 1024 * 1024  # of a part that is read
MAX_RATIO = 200  # of a part that unpacks to more than MAX_SMALL
MAX_SMALL = 16 * 1024 * 1024

# Where the parts of each kind of file stand, and the refusal it gets.
_OTHERS = (
    ("xl/", "reading.spreadsheet"),
    ("ppt/", "reading.presentation"),
    ("OFD.xml", "reading.ofd"),
    ("META-INF/manifest.xml", "reading.opendocument"),
)


class Broken(Exception):
    """The package is not what its kind demands."""


class Package:
    """The parts of a Word file by their paths.

    Raises BadInput from the start if the file is another kind of zip, locked, or made to fill the memory.
    """

    def __init__(self, name: str, data: bytes) -> None:
        self._file_name = name
        if data.count(b"PK\x01\x02") > MAX_ENTRIES:
            raise BadInput("reading.bomb", name=name)
        try:
            self._zip = zipfile.ZipFile(io.BytesIO(data))
        except (zipfile.BadZipFile, ValueError, NotImplementedError) as error:
            word = is_named(name, ".docx", ".docm") or b"word/" in data
            raise BadInput("reading.broken_docx" if word else "reading.other_archive", name=name) from error
        self._infos = {info.filename: info for info in self._zip.infolist()}
        refuse_bombs(name, self._zip, MAX_UNPACKED)
        self._refuse_others()
        self.main = self._target("", "officeDocument") or "word/document.xml"

    def _refuse_others(self) -> None:
        if any(path.startswith("word/") for path in self._infos):
            return
        for prefix, code in _OTHERS:
            if any(path.startswith(prefix) for path in self._infos):
                raise BadInput(code, name=self._file_name)
        if not is_named(self._file_name, ".docx", ".docm") and "[Content_Types].xml" not in self._infos:
            raise BadInput("reading.other_archive", name=self._file_name)

    def related(self, kind: str) -> ET.Element | None:
        """The part that the main part names as its `kind` (styles, numbering); None if there is none."""
        path = self._target(self.main, kind)
        return self.tree(path) if path in self._infos else None

    def _target(self, source: str, kind: str) -> str:
        """Path of the part that `source` relates to as `kind`; "" if none is named."""
        folder, file = posixpath.split(source)
        rels = posixpath.join(folder, "_rels", f"{file}.rels")
        for link in self.tree(rels) if rels in self._infos else ():
            if link.get("Type", "").endswith("/" + kind):
                return posixpath.normpath(posixpath.join("/", folder, link.get("Target", ""))).lstrip("/")
        return ""

    def tree(self, path: str) -> ET.Element:
        """The XML of a part, its names without namespaces. Raises Broken or ParseError if it is damaged."""
        data = self._part(path)
        if (
            b"<!DOCTYPE" in data or b"\0" in data
        ):  # where entities are defined, and where that could be hidden
            raise Broken(path)
        parser = ET.XMLParser(encoding="utf-8")  # noqa: S314 - nothing is declared, so nothing expands
        parser.feed(data)
        root = parser.close()
        for element in root.iter():
            element.tag = element.tag.rpartition("}")[2]
            if element.attrib:
                element.attrib = {key.rpartition("}")[2]: value for key, value in element.attrib.items()}
        return root

    def _part(self, path: str) -> bytes:
        info = self._infos.get(path)
        if info is None or info.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED):
            raise Broken(path)
        if info.flag_bits & 1:
            raise BadInput("reading.locked_office", name=self._file_name)
        with self._zip.open(info) as part:
            data = part.read(MAX_PART + 1)
        if len(data) > MAX_PART:
            raise BadInput("reading.bomb", name=self._file_name)
        return data


def refuse_bombs(name: str, package: zipfile.ZipFile, most: int) -> None:
    """Raises BadInput for what says that it unpacks to more than `most` bytes, or too densely."""
    infos = package.infolist()
    if sum(info.file_size for info in infos) > most or any(_too_dense(info) for info in infos):
        raise BadInput("reading.bomb", name=name)


def _too_dense(info: zipfile.ZipInfo) -> bool:
    return info.file_size > MAX_SMALL and info.file_size > MAX_RATIO * max(info.compress_size, 1)
