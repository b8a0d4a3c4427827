"""Numbers in time: what was promised for a day, what is true, what will be true at the deadline.

`kinds` what sorts of target there are · `course` what is needed to judge one, and the reports · `legs` and
`paths` what is due on a day · `standing` what is reached · `lights` the lamp and why · `forecasts` the value
at the deadline · `rollup` from parts to the whole · `checks` doubts while a number is typed.

Everything is exact (`Fraction`) and nothing is rounded. Results hold a code and its parameters; templates
word them. The rule of every kind, with an example, stands in docs/reference/target-kinds.md.
"""
