"""A day, a photo, squares of land."""

import json
from datetime import UTC, date, datetime

from chuangwen.cores.tests.test_photos import jpeg as jpeg  # the least that is a photo

TODAY = date(2022, 3, 31)


def now() -> datetime:
    return datetime(2022, 3, 31, 4, tzinfo=UTC)


def square(*areas: tuple[str, float, float, float]) -> bytes:
    """GeoJSON of squares: name, west, south, side."""
    features = []
    for name, west, south, side in areas:
        east, north = west + side, south + side
        ring = [[west, south], [east, south], [east, north], [west, north], [west, south]]
        shape = {"type": "Polygon", "coordinates": [ring]}
        features.append({"type": "Feature", "properties": {"name": name}, "geometry": shape})
    return json.dumps({"type": "FeatureCollection", "features": features}, ensure_ascii=False).encode()
