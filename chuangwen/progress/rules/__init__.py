"""Periods of a rhythm, states of a report, and amounts as whole numbers."""
