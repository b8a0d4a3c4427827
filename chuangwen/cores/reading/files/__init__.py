"""Files in: the bytes of a text, a web page, a DOCX or a PDF become one canonical text.

Importing this loads only the standard library; what a format needs is imported when such a file comes.
"""

from chuangwen.cores.reading.files.load import MAX_BYTES, Source, decode, load

__all__ = ["MAX_BYTES", "Source", "decode", "load"]
