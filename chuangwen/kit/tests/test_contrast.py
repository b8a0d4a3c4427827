import re
from pathlib import Path

import pytest

TOKENS = (Path(__file__).parents[3] / "ui/styles/_tokens.css").read_text()
COLOURS = dict(re.findall(r"--([\w-]+): (#[0-9a-f]{6});", TOKENS))


def luminance(colour: str) -> float:
    """Relative luminance as WCAG 2.1 defines it."""
    parts = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    linear = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one: str, other: str) -> float:
    light, dark = sorted((luminance(COLOURS[one]), luminance(COLOURS[other])), reverse=True)
    return (light + 0.05) / (dark + 0.05)


@pytest.mark.parametrize("ground", ["paper", "sheet", "wash", "brand-wash"])
@pytest.mark.parametrize("text", ["ink", "ink-2", "ink-3", "link", "brand", "late"])
def test_text_can_be_read_on_every_ground(text: str, ground: str) -> None:
    assert contrast(text, ground) >= 4.5


@pytest.mark.parametrize("ground", ["brand", "link", "slip-blue", "slip-yellow", "slip-red"])
def test_white_can_be_read_on_slips_and_buttons(ground: str) -> None:
    assert contrast("sheet", ground) >= 4.5


@pytest.mark.parametrize("mark", ["go", "near", "late", "none", "line-field"])
def test_lamps_and_edges_of_fields_stand_out(mark: str) -> None:
    assert min(contrast(mark, ground) for ground in ("paper", "sheet", "wash")) >= 3
