"""Reads of pages. Each takes the actor and starts from what that actor may see; out of scope is Hidden."""

from .indicator import AreaLine, IndicatorPage, ValueLine, indicator_page, judged_now
from .judging import Judged
from .listing import PlanLine, followed_plans, following_in_force
from .overview import Need, Overview, ProgramLine, TaskLine, Wanted, overview, ten_lines, wanted
from .unit import OwnTask, Trend, UnitPage, followed_by, unit_page

__all__ = [
    "AreaLine",
    "IndicatorPage",
    "Judged",
    "Need",
    "Overview",
    "OwnTask",
    "PlanLine",
    "ProgramLine",
    "TaskLine",
    "Trend",
    "UnitPage",
    "ValueLine",
    "Wanted",
    "followed_by",
    "followed_plans",
    "following_in_force",
    "indicator_page",
    "judged_now",
    "overview",
    "ten_lines",
    "unit_page",
    "wanted",
]
