"""Reads policy documents: bytes in, a Reading out (programs, tasks, indicators, units, each with its place).

    from chuangwen.cores.reading import read_text, reading_json
    reading = read_text(files.load(path).text)

Shelves, lowest first: `model`, `view` < `files` < `layout`, `furniture` < the grammars < `read` < `schema`,
`table`.
"""

from chuangwen.cores.reading.model import Reading
from chuangwen.cores.reading.read import read_text
from chuangwen.cores.reading.schema import SCHEMA, reading_json

__all__ = ["SCHEMA", "Reading", "read_text", "reading_json"]
