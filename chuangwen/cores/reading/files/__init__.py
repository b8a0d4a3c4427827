"""Files in: bytes of a text, a web page, a DOCX or a PDF become one canonical text."""
