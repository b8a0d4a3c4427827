"""Coordinates as people write them: decimal, degrees minutes seconds, in either order, in one cell or two."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from decimal import Decimal

from chuangwen.cores.errors import BadInput

from .coordinates import SHIFTED, Crs, e7, in_shifted_area, to_wgs84

_WORDS = {"东经": "E", "西经": "W", "北纬": "N", "南纬": "S", "经度": "E", "纬度": "N", "东": "E", "西": "W"}
_WORDS |= {"北": "N", "南": "S", "LONGITUDE": "E", "LATITUDE": "N", "LON": "E", "LNG": "E", "LAT": "N"}
_WORD = re.compile("|".join(sorted(_WORDS, key=len, reverse=True)))
_SIGNS = str.maketrans({"度": "°", "分": "'", "秒": '"', "′": "'", "’": "'", "‘": "'", "″": '"', "”": '"'})
_MORE_SIGNS = str.maketrans("“º˚，；、−：", '"°°,;,-:')
_NUMBER = r"\d{1,3}(?:\.\d{1,15})?"
_ANGLE = re.compile(
    rf"""(?:(?P<before>[EWNS])[:=]?\s*)?(?P<sign>[+-])?
    (?P<degrees>{_NUMBER})\s*°?\s*
    (?:(?<=[°\s])(?P<minutes>\d{{1,2}}(?:\.\d{{1,12}})?)\s*'\s*(?:(?P<seconds>\d{{1,2}}(?:\.\d{{1,12}})?)\s*(?:"|''))?)?
    (?(before)|\s*(?P<after>[EWNS])?)""",
    re.VERBOSE,
)
_SPACED = re.compile(rf"([+-]?\d{{1,3}})\s+(\d{{1,2}})\s+({_NUMBER})")  # 120 34 56.7
_BETWEEN = re.compile(r"[\s,;/|]*")
LONGEST = 100


@dataclass(frozen=True)
class Place:
    """`lon_e7`, `lat_e7` in WGS-84; `swapped`: the latitude came first, and nothing said so."""

    lon_e7: int
    lat_e7: int
    swapped: bool = False


@dataclass(frozen=True)
class _Angle:
    value: Decimal
    axis: str  # "lon", "lat", "" where nothing says it


def place(lon_text: str, lat_text: str, crs: Crs) -> Place | None:
    """What two cells say; one of them may hold both. None where both are empty.

    Raises BadInput: points.coordinates (no angle), points.coordinates_half (one of two), and
    points.coordinates_range (nowhere on the earth, or both of the same kind).
    """
    if not lon_text.strip() and not lat_text.strip():
        return None
    found = [_angles(lon_text), _angles(lat_text)]
    both = [*found[0], *found[1]]
    if len(both) == 1:
        raise BadInput("points.coordinates_half")
    if len(both) != 2:
        raise BadInput("points.coordinates", text=f"{lon_text} {lat_text}".strip())
    return _placed(both[0], both[1], crs)


def _placed(first: _Angle, second: _Angle, crs: Crs) -> Place:
    turned = _is_turned(first, second)
    swapped = turned and not first.axis and not second.axis
    lon, lat = (second, first) if turned else (first, second)
    if abs(lon.value) > 180 or abs(lat.value) > 90:
        raise BadInput("points.coordinates_range")
    if crs in SHIFTED:
        x, y = to_wgs84(crs, float(lon.value), float(lat.value))
        return Place(e7(x), e7(y), swapped)
    return Place(e7(lon.value), e7(lat.value), swapped)


def _is_turned(first: _Angle, second: _Angle) -> bool:
    """By what is written beside them, else by where China is: no latitude there is a longitude of it."""
    axes = (first.axis, second.axis)
    if axes in (("lon", "lon"), ("lat", "lat")):
        raise BadInput("points.coordinates_range")
    if "lon" in axes or "lat" in axes:
        return first.axis == "lat" or second.axis == "lon"
    if in_shifted_area(float(first.value), float(second.value)):
        return False
    if in_shifted_area(float(second.value), float(first.value)):
        return True
    return abs(second.value) > 90 >= abs(first.value)


def _angles(text: str) -> list[_Angle]:
    """All angles in `text`, which must say nothing else. Raises BadInput: points.coordinates."""
    plain = _plain(text)
    if not plain:
        return []
    spaced = _SPACED.fullmatch(plain)
    if spaced and float(spaced[3]) < 60 and int(spaced[2]) < 60:
        return [_Angle(_sum(spaced[1], spaced[2], spaced[3]), "")]
    found: list[_Angle] = []
    at = 0
    while at < len(plain):
        match = _ANGLE.match(plain, at)
        if match is None or len(found) == 2:
            raise BadInput("points.coordinates", text=text)
        found.append(_angle(match, text))
        between = _BETWEEN.match(plain, match.end())
        at = between.end() if between else match.end()
        if at == match.end() < len(plain) and match[0][-1:].isdigit() and plain[at] not in "EWNS":
            raise BadInput("points.coordinates", text=text)
    return found


def _plain(text: str) -> str:
    if len(text) > LONGEST:
        raise BadInput("points.coordinates", text=f"{text[:LONGEST]}…")
    worded = _WORD.sub(lambda word: _WORDS[word[0]], text.upper())
    signs = worded.translate(_SIGNS).translate(_MORE_SIGNS)
    return unicodedata.normalize("NFKC", signs).strip("()[]{} \t\n\r")


def _angle(match: re.Match[str], text: str) -> _Angle:
    minutes, seconds = match["minutes"] or "0", match["seconds"] or "0"
    letters = {match["before"], match["after"]} - {None}
    if float(minutes) >= 60 or float(seconds) >= 60 or len(letters) > 1:
        raise BadInput("points.coordinates", text=text)
    if match["minutes"] and "." in match["degrees"]:
        raise BadInput("points.coordinates", text=text)
    value = _sum(match["degrees"], minutes, seconds)
    if match["sign"] == "-" or letters & {"W", "S"}:
        value = -value
    axis = "lon" if letters & {"E", "W"} else "lat" if letters else ""
    return _Angle(value, axis)


def _sum(degrees: str, minutes: str, seconds: str) -> Decimal:
    whole = Decimal(degrees)
    part = Decimal(minutes) / 60 + Decimal(seconds) / 3600
    return whole - part if degrees.startswith("-") else whole + part
