"""The sentence for each reason that a file cannot be read: what happened and what to do next."""

from __future__ import annotations

from chuangwen.cores.errors import ChuangwenError

# code: (Chinese, English). `name` is the file's name.
WORDS: dict[str, tuple[str, str]] = {
    "reading.missing_file": (
        "找不到文件“{name}”，请核对文件名和路径后重试。",
        "There is no file “{name}”; check its name and folder, then try again.",
    ),
    "reading.is_folder": (
        "“{name}”是文件夹，请指定其中的一个文件。",
        "“{name}” is a folder; name one of the files in it.",
    ),
    "reading.not_a_file": (
        "“{name}”不是普通文件，请另存为普通文件后重试。",
        "“{name}” is not an ordinary file; save it as one, then try again.",
    ),
    "reading.no_permission": (
        "没有读取“{name}”的权限，请向文件所有者申请权限，或换用有权读取的副本。",
        "You may not read “{name}”; ask its owner for access or use a copy that you may read.",
    ),
    "reading.unreadable_file": (
        "读取“{name}”时发生磁盘或网络错误，请把文件复制到本机后重试。",
        "“{name}” could not be read from its disk or network; copy it to this machine, then try again.",
    ),
    "reading.too_big": (
        "“{name}”超过{limit_mb} MB的上限，请删去图片或拆分后重试。",
        "“{name}” is larger than the limit of {limit_mb} MB; remove pictures or split it, then try again.",
    ),
    "reading.empty_file": (
        "“{name}”是空文件（0字节），请重新导出或下载后重试。",
        "“{name}” is empty (0 bytes); export or download it again, then try again.",
    ),
    "reading.blank_file": (
        "“{name}”中没有任何文字，请确认选对了文件。",
        "“{name}” holds no words; make sure that it is the right file.",
    ),
    "reading.picture": (
        "“{name}”是图片，读不出文字，请提供原文的Word、PDF或网页文件，或先做文字识别。",
        "“{name}” is a picture without readable words; give the Word, PDF or web page it shows, "
        "or run text recognition first.",
    ),
    "reading.binary": (
        "“{name}”不是能读取的文档，请提供文本、网页、DOCX或PDF文件。",
        "“{name}” is not a document that can be read; give a text, a web page, a DOCX or a PDF.",
    ),
    "reading.not_text": (
        "“{name}”的文字编码无法识别，请另存为UTF-8或GB18030编码后重试。",
        "The encoding of “{name}” is not known; save it as UTF-8 or GB18030, then try again.",
    ),
    "reading.no_main_text": (
        "在网页“{name}”中没有找到正文，请打开网页后把正文复制到文本文件再试。",
        "No main text was found in the page “{name}”; open it, copy the text to a text file, then try again.",
    ),
    "reading.broken_html": (
        "网页“{name}”的结构已损坏，请打开网页后把正文复制到文本文件再试。",
        "The page “{name}” is damaged; open it, copy the text to a text file, then try again.",
    ),
    "reading.scanned_pdf": (
        "“{name}”是扫描件，没有文字层，请先做文字识别（OCR），或提供Word原稿。",
        "“{name}” is a scan without a text layer; run text recognition (OCR) or give the Word original.",
    ),
    "reading.garbled_pdf": (
        "“{name}”的文字层是乱码，请提供Word原稿，或重新做文字识别（OCR）后重试。",
        "The text layer of “{name}” is garbled; give the Word original or run text recognition (OCR) anew.",
    ),
    "reading.locked_pdf": (
        "“{name}”设有密码，请另存一份不加密的PDF后重试。",
        "“{name}” is protected by a password; save a PDF without one, then try again.",
    ),
    "reading.broken_pdf": (
        "PDF文件“{name}”不完整或已损坏，请重新导出或下载后重试。",
        "The PDF “{name}” is incomplete or damaged; export or download it again, then try again.",
    ),
    "reading.too_many_pages": (
        "“{name}”有{pages}页，超过{limit}页的上限，请拆分后重试。",
        "“{name}” has {pages} pages, more than the limit of {limit}; split it, then try again.",
    ),
    "reading.locked_office": (
        "“{name}”设有密码，请在Word中取消密码并另存为DOCX后重试。",
        "“{name}” is protected by a password; remove it in Word, save as DOCX, then try again.",
    ),
    "reading.legacy_office": (
        "“{name}”是旧版Office或WPS格式，请用Word或WPS另存为DOCX后重试。",
        "“{name}” is in an old Office or WPS format; save it as DOCX in Word or WPS, then try again.",
    ),
    "reading.web_archive": (
        "“{name}”是网页归档文件（MHT），请在浏览器中打开，另存为“仅HTML”的网页后重试。",
        "“{name}” is a web archive (MHT); open it in a browser, save it as HTML only, then try again.",
    ),
    "reading.rtf": (
        "“{name}”是RTF格式，请用Word或WPS另存为DOCX后重试。",
        "“{name}” is an RTF file; save it as DOCX in Word or WPS, then try again.",
    ),
    "reading.spreadsheet": (
        "“{name}”是电子表格，不是方案文档，请提供方案的DOCX、PDF、网页或文本文件。",
        "“{name}” is a spreadsheet, not a document; give the plan as DOCX, PDF, web page or text.",
    ),
    "reading.presentation": (
        "“{name}”是演示文稿，不是方案文档，请提供方案的DOCX、PDF、网页或文本文件。",
        "“{name}” is a slide show, not a document; give the plan as DOCX, PDF, web page or text.",
    ),
    "reading.ofd": (
        "“{name}”是OFD版式文件，请用OFD阅读器另存为PDF后重试。",
        "“{name}” is an OFD file; save it as PDF in an OFD reader, then try again.",
    ),
    "reading.opendocument": (
        "“{name}”是OpenDocument格式，请另存为DOCX后重试。",
        "“{name}” is an OpenDocument file; save it as DOCX, then try again.",
    ),
    "reading.other_archive": (
        "“{name}”是压缩包，请先解压，再选择其中的文档。",
        "“{name}” is an archive; unpack it first, then choose the document in it.",
    ),
    "reading.broken_docx": (
        "DOCX文件“{name}”不完整或已损坏，请在Word中打开并另存，或重新下载后重试。",
        "The DOCX “{name}” is incomplete or damaged; save it anew in Word or download it again.",
    ),
    "reading.bomb": (
        "“{name}”解压后大得反常，为安全起见没有打开，请在Word中打开并另存后重试。",
        "“{name}” unpacks to an abnormal size and was not opened; save it anew in Word, then try again.",
    ),
}


def sentence(error: ChuangwenError, language: str = "zh") -> str:
    """One line of words for `error` in "zh" or "en", without control characters even if the name has some.

    Raises KeyError for a code that is not about reading a file.
    """
    wording = WORDS[error.code][0 if language == "zh" else 1]
    return wording.format_map({name: _printable(value) for name, value in error.params.items()})


def _printable(value: object) -> str:
    return "".join(char if char.isprintable() else "�" for char in str(value))
