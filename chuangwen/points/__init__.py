"""Points: the places that are inspected, and whom their results concern.

Words: point 点位 (a place of one point type, with a number); its three owners: the lead department
牵头部门, the territorial unit 属地, the venue itself 主体 (a unit, or the point); chief 点位长 (by level and
date); boundary (of a unit, to propose the territorial one).

Neighbours: stands on `standards` (point types), `orgs` and `kit`; `assessments` draws and visits points.
"""
