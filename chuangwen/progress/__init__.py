"""Progress: what was promised for today, what is true today, what will be true at the deadline.

A Beat is one beat of a plan's rhythm (周通报, 月晒榜); a Period is one turn of it, in which each unit has one
UnitReport with an item for each of its tasks. What is typed is an Entry; what is handed in is a Value, of
which every correction is a new revision. A Following says how an indicator gets its values: from the lead
unit, from each area, or by a formula over other indicators and `kit.sources`. City values of what areas
report are a Rollup. Lights and forecasts are never stored: `cores.series` judges values against what is
due today.

Neighbours: stands on `plans` (tasks, indicators, targets), `desk` (asks, calendar), `cores.series`,
`cores.formulas`. Above: `appraisal`, `publishing`.
"""
