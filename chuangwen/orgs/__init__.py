"""Units, groups of units, posts, people, and the seats from which people act.

Words: unit 单位 (an office, a district, a community), group 单位组 (各区政府: a rule, frozen where it binds),
peer group 同类分组 (units that are ranked with each other), link 链接 (a firm comes in by it, without
an account), post 职务 (分管城管的副市长, held by somebody for a term), seat 席位 (person × unit × role ×
period), actor (who acts, and from which seat). A unit has one name, and aliases, short names and old names;
`queries.match_names` finds the unit that a document means.

Neighbours: stands on `kit`; every room above asks here who acts and what lies in that actor's jurisdiction.
"""
