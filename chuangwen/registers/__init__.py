"""Registers: lists that a city keeps by name, so that coverage is counted and what lacks is named.

Words: register 名录 (all villages, all communities), its members and its columns (what each must have); mark
(what was said of one member and one column for a day: there, not there, not known); project list 项目清单
with named projects (planned, under way, done, measured before and after); announced 公布数 (how many there
are said to be) and the remainder without a name; keeper (the unit that keeps a list).

Neighbours: stands on `orgs`, `kit` and the exact numbers of `plans`; what it counts goes up through
`kit.sources` (`figures`) to computed indicators and bulletins.
"""
