"""Facts about the rhythm, the reports and the values of a plan that is followed."""

from .reports import CONFIDENTIAL, PROGRESS, Entry, Evidence, LateGrant, Remark, ReportItem, UnitReport
from .rhythm import Beat, Course, Following, Period, TaskWeight
from .values import Milestone, Rollup, StageGate, TaskBudget, Value

__all__ = [
    "CONFIDENTIAL",
    "PROGRESS",
    "Beat",
    "Course",
    "Entry",
    "Evidence",
    "Following",
    "LateGrant",
    "Milestone",
    "Period",
    "Remark",
    "ReportItem",
    "Rollup",
    "StageGate",
    "TaskBudget",
    "TaskWeight",
    "UnitReport",
    "Value",
]
