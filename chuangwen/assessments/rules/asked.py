"""Kinds of to-dos that rounds ask of units, and of their lead (to have an objection decided)."""

REPLY = "assessments.reply"
REPLY_MINUTES = 30
DECIDE = "assessments.decide"
DECIDE_DAYS = 2  # working days
DECIDE_MINUTES = 10
FILING = "assessments.filing"
FILING_MINUTES = 60
LOST = "assessments.lost_point"
LOST_DAYS = 3  # working days
LOST_MINUTES = 20
