"""Kinds of to-dos that progress asks for."""

REPORT = "progress.report"
RETURNED = "progress.returned"
MINUTES_AN_ITEM = 3
