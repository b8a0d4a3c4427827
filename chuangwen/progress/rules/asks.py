"""Kinds of to-dos that progress asks for."""

REPORT = "progress.report"
RETURNED = "progress.returned"
HELP = "progress.help"
MINUTES_AN_ITEM = 3
RETURN_DAYS = 3  # working days to correct what was returned
