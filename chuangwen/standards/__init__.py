"""Standards: what is assessed, how it is marked and what it weighs.

Words: assessment system 测评体系 (a tree of categories, contents and standards, in versions; published is
frozen); item 检查项 (one line of a checklist with its rule); point type 点位类型; negative list 负面清单.

Neighbours: stands on `desk`, `orgs` and `kit`; the rules of items are those of `cores.scoring`; `points` has
places of the types, `assessments` marks the items.
"""
