"""Plans out and in: the task breakdown table (任务分解表) as a workbook, the plan as JSON."""

from .breakdown import table_out
from .document import json_out

__all__ = ["json_out", "table_out"]
