"""Django without the domain: what every room stands on.

audit (who did what, in words) · locking (two people, one row) · outbox (said below, heard above) ·
files (bytes by their hash) · formats (numbers and dates for people) · clock (only doors ask it) ·
http (answers and error pages) · menu and slots (what upper rooms show on lower pages) ·
templates/kit (the frame and its components).

Neighbours: stands on `cores`; knows no unit, no person and no plan.
"""
