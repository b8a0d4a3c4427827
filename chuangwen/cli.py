"""The `chuangwen` command: reads a document without Django, hands every other command to Django."""

import json
import os
import sys
from typing import NoReturn

from chuangwen.cores.errors import ChuangwenError

# What each command is for: (Chinese, English), in the order in which a newcomer meets them.
COMMANDS = {
    "read": (
        "读取一份政策文件，输出任务、指标和责任单位",
        "read a policy document",
    ),
    "import": ("把文件存为待审核的方案草稿", "store documents as draft plans to be reviewed"),
    "serve": ("启动网站和后台作业", "start the web pages and the background worker"),
    "worker": ("只启动后台作业", "start a background worker alone"),
    "found_city": ("建立一座城市和三位管理员", "found a city with its three administrators"),
    "import_divisions": ("导入全国行政区划", "enter the divisions of the country"),
    "demo": ("载入演示城市", "load the demo city"),
    "round": ("核验、导出测评，对导出的测评计分", "verify and export assessment rounds, score exported ones"),
    "backup": ("备份数据库和文件，密钥另存", "back up database and files, the keys apart"),
    "restore": ("把备份恢复到空的系统", "restore a backup into an empty installation"),
    "keys": ("查看或更换加密个人信息的密钥", "show or replace the keys that encrypt personal data"),
    "audit": ("审计：封存、核验、按月清除", "seal, verify and purge the audit"),
    "flush": ("清空数据库", "delete everything in the database"),
    "migrate": ("建立或升级数据库", "create or upgrade the database"),
}

USAGE = (
    "创文：从一份政策文件到一份可以跟踪督办的方案。\n\n用法：chuangwen 命令 [参数]\n\n命令：\n{commands}\n\n"
    "查看某个命令的说明：chuangwen 命令 --help\n"
    "语言随系统设置；CHUANGWEN_LANG=en 改为英文，CHUANGWEN_LANG=zh 改为中文。",
    "Chuangwen: from a policy document to a plan that is tracked.\n\nUsage: chuangwen COMMAND [options]\n\n"
    "Commands:\n{commands}\n\n"
    "About one command: chuangwen COMMAND --help\n"
    "The language follows the system; CHUANGWEN_LANG=zh gives Chinese, CHUANGWEN_LANG=en English.",
)

READ_USAGE = (
    "读取一份政策文件，把读到的内容以 JSON 输出到标准输出。\n\n用法：chuangwen read 文件 [--table]\n\n"
    "  文件      文本（UTF-8 或 GB18030）、网页、DOCX，或带文字层的 PDF\n"
    "  --table   不输出 JSON，改为输出便于阅读的表格\n\n"
    "每个指标都带有 start 和 end：它在文件正文中的起止位置（按字符计，两个字符的换行计为一个）。\n"
    "文件读不出来时，在标准错误输出一句说明，退出码为 2。\n\n"
    "例：chuangwen read 行动方案.docx > 方案.json\n    chuangwen read 行动方案.pdf --table",
    "Read a policy document and print what is in it as JSON.\n\nUsage: chuangwen read FILE [--table]\n\n"
    "  FILE      a text (UTF-8 or GB18030), a web page, a DOCX, or a PDF with a text layer\n"
    "  --table   print tables for people instead of JSON\n\n"
    "Every indicator has start and end: its place in the document's text, counted in characters (a line\n"
    "break of two characters counts as one).\n"
    "A file that cannot be read gives one sentence on standard error and exit code 2.\n\n"
    "Examples: chuangwen read plan.docx > plan.json\n          chuangwen read plan.pdf --table",
)

READ_REFUSED = (
    "请给出一个文件。用法：chuangwen read 文件 [--table]",
    "Give one file. Usage: chuangwen read FILE [--table]",
)


def main() -> NoReturn:
    try:
        sys.exit(run(sys.argv[1:]))
    except KeyboardInterrupt:
        sys.exit(130)
    except BrokenPipeError:  # the reader of our output, `head` for one, has seen enough
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        sys.exit(0)


def run(arguments: list[str]) -> int:
    """The exit code: 0 done, 2 what was given cannot be taken (one sentence on standard error says why)."""
    if not arguments or arguments[0] in ("help", "-h", "--help"):
        print(USAGE[language()].format(commands=command_list()))
        return 0
    try:
        if arguments[0] == "read":
            return read(arguments[1:])
        return django(arguments)
    except ChuangwenError as error:
        from chuangwen.cores.reading.files.words import sentence

        print(sentence(error, "en" if language() else "zh"), file=sys.stderr)
        return 2


def read(arguments: list[str]) -> int:
    if "-h" in arguments or "--help" in arguments:
        print(READ_USAGE[language()])
        return 0
    options = {argument for argument in arguments if argument.startswith("--")}
    names = [argument for argument in arguments if argument not in options]
    if len(names) != 1 or options - {"--table"}:
        print(READ_REFUSED[language()], file=sys.stderr)
        return 2

    from chuangwen.cores.reading import files, read_text, reading_json

    reading = read_text(files.load(names[0]).text)
    if options:
        from chuangwen.cores.reading.table import table

        sys.stdout.reconfigure(errors="replace")  # type: ignore[union-attr]
        print(table(reading))
    else:
        sys.stdout.reconfigure(encoding="utf-8")  # type: ignore[union-attr]
        print(json.dumps(reading_json(reading), ensure_ascii=False, indent=2))
    return 0


def django(arguments: list[str]) -> int:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "chuangwen.site.settings")
    from django import setup
    from django.core.exceptions import ImproperlyConfigured
    from django.core.management import execute_from_command_line
    from django.utils import translation

    try:
        setup()
    except ImproperlyConfigured as error:
        print(error, file=sys.stderr)
        return 2
    if arguments[0] != "worker":  # what a job writes is in the language of the installation
        translation.activate(("zh-hans", "en")[language()])
    execute_from_command_line(["chuangwen", *arguments])
    return 0


def command_list() -> str:
    return "\n".join(f"  {name:<16}{words[language()]}" for name, words in COMMANDS.items())


def language() -> int:
    """0 for Chinese, 1 for English: CHUANGWEN_LANG, else the system's language, else Chinese."""
    names = (os.environ.get(name) for name in ("CHUANGWEN_LANG", "LC_ALL", "LC_MESSAGES", "LANG"))
    return int(next(filter(None, names), "").startswith("en"))


if __name__ == "__main__":
    main()
