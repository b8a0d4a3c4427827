"""Assessments: a city tests itself, and the result can be defended.

Words: round 测评轮次 (a test by one version of a system, over units and points); frame 抽样框 (the points
from which is drawn, frozen and hashed); draw 抽签 (from a seed that was committed before and is revealed
after); visit 走访 (of a point by a team, with a mark for each item); material review 材料审核; part score
单项得分 (of a method that has no room of its own); objection 申诉 (of a unit to a mark); lock 锁定 (inputs,
rules, draw and result under one hash); official result 官方结果 (of a national or provincial test, never
overwritten).

Neighbours: stands on `standards` (what is marked), `points` (where), `desk`, `orgs` and `kit`; all numbers
are made by `cores.scoring`.
"""
