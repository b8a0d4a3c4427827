"""Kinds of to-dos that rounds ask of units."""

REPLY = "assessments.reply"
REPLY_MINUTES = 30
FILING = "assessments.filing"
FILING_MINUTES = 60
LOST = "assessments.lost_point"
LOST_DAYS = 3  # working days
LOST_MINUTES = 20
