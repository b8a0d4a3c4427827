"""From the canonical text to a Reading: the order in which the grammars are asked."""

from __future__ import annotations

from chuangwen.cores.reading.announced import read_announced
from chuangwen.cores.reading.doubts import read_doubts
from chuangwen.cores.reading.furniture import left_out
from chuangwen.cores.reading.goals import read_goals
from chuangwen.cores.reading.heading import read_heading
from chuangwen.cores.reading.indicators import read_indicators
from chuangwen.cores.reading.layout import paragraphs
from chuangwen.cores.reading.mechanisms import read_mechanisms
from chuangwen.cores.reading.model import Reading
from chuangwen.cores.reading.outline import read_outline
from chuangwen.cores.reading.rhythm import read_rhythm
from chuangwen.cores.reading.stages import read_stages


def read_text(text: str) -> Reading:
    """Read a document's canonical text, in linear time. Never raises; one text always gives one Reading."""
    furniture = left_out(text)
    lines = paragraphs(text, [piece.span for piece in furniture])
    heading = read_heading(lines)
    outline = read_outline(lines, heading)
    reading = Reading(text, heading, programs=outline.programs, tasks=outline.tasks, left_out=furniture)
    reading.indicators = read_indicators(outline.parts, heading)
    reading.goals = read_goals(outline.parts, heading)
    reading.stages = read_stages(outline.parts, heading)
    reading.rhythm = read_rhythm(outline.parts)
    reading.mechanisms = read_mechanisms(outline.parts, heading)
    reading.announced = read_announced(outline.parts, reading)
    reading.doubts = read_doubts(outline.parts, reading)
    return reading
