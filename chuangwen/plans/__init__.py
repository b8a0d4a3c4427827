"""Plans: documents, what was read from them, and the plan that runs.

A Document holds the exact text; a Plan belongs to a jurisdiction and a campaign cycle; a PlanVersion is a
draft under review, the confirmed plan, or one superseded. Programs, tasks, indicators, goals, stages,
rhythm and mechanisms are rows of a version; Task and Indicator are the stable identities that other rooms
point to. A Citation ties a row to its words. Below: `orgs` (units that lead and help), `kit`,
`cores.reading`. Above: `progress`, `issues`, `appraisal`.
"""
