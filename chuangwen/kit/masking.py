"""Personal numbers and secrets as they may be shown and logged."""

import re

PHONE = re.compile(r"(?<![\d.])(?:1[3-9]\d{9}|0\d{2,3}-?[2-8]\d{6,7})(?![\d.])")
ID_NUMBER = re.compile(r"(?<![\d.])[1-8]\d{16}[\dXx](?![\d.])")
TOKEN = re.compile(r"\bcw_[\w-]{8,}")
IN_ADDRESS = re.compile(r"(://[^\s:/@]*:)[^\s@]+(?=@)")
NAMED = re.compile(
    r"""
    ((?<![A-Za-z0-9])["']?[\w-]*(?:password|passwd|pwd|token|secret|authorization|cookie|sessionid|密码|口令)
    [\w-]*["']?\s*(?:=>|[:=：])\s*\[?)
    ("(?:[^"\\]|\\.)*" | '(?:[^'\\]|\\.)*' | (?:(?:Bearer|Basic|Token)\s+)?[^\s,;&)}\]'"]+)
    """,
    re.VERBOSE | re.IGNORECASE,
)
STARS = "***"


def masked(number: str | None) -> str:
    """The first three and the last four characters: 138****5678; an empty one stays empty."""
    if not number:
        return ""
    return f"{number[:3]}{'*' * (len(number) - 7)}{number[-4:]}" if len(number) > 7 else STARS


def redacted(text: str) -> str:
    """`text` without secrets, its phone and identity numbers masked."""
    for pattern in (ID_NUMBER, PHONE):
        text = pattern.sub(lambda found: masked(found[0]), text)
    text = IN_ADDRESS.sub(rf"\1{STARS}", text)
    return TOKEN.sub(STARS, NAMED.sub(rf"\1{STARS}", text))
