"""Kinds of to-dos that plans ask for."""

ANSWER_DOUBTS = "plans.answer_doubts"
CONFIRM = "plans.confirm"
READ_LETTER = "plans.read_letter"
