"""What holds for plans without looking into the database.

`states` moves of versions, rows and differences · `deadlines` YYYY and YYYY-MM · `measuring` exact values,
accrual, roll-up · `content` all that a version says, as plain data, and `plain` that data as JSON ·
`from_reading` what the reader found as content · `doubts` which of them stop a confirmation · `likeness`
when two names mean one thing · `differences` single changes between two contents · `moved` where words
stand in another text · `pairing` which row is which · `reissued` what a document that is issued again
changes.
"""
