"""A unit's report out and in as a workbook."""

from .report_sheet import changes_of, sheet_out

__all__ = ["changes_of", "sheet_out"]
