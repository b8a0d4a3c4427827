"""Scores that can be defended: what is marked becomes a score, exactly, with what is known about its error.

`scale` integers and the one division · `kinds` item kinds, rules, marks, rates · `rollup` from marks to
units · `explain` lost points, and what mending them gains · `draw` the sample that anyone can draw again ·
`variance` standard errors and intervals · `ranks` rank ranges and tiers · `agreement` of two markers ·
`cycle` years, and what the last one needs · `engine` the same sums as one text of SQL.

Formula by formula: docs/reference/scoring.md. Missing is never zero; results hold codes, templates word them.
"""
