"""Visits as a table that a team fills in away from the desk."""
