"""What holds for plans without looking into the database.

`states` the moves of versions and rows · `deadlines` YYYY and YYYY-MM · `measuring` exact values, accrual,
roll-up · `content` all that a version says, as plain data · `from_reading` what the reader found as content
· `likeness` when two names mean one thing · `differences` what a changed document or table changes ·
`moved` where words stand in a new text.
"""
