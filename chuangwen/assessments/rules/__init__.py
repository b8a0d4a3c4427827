"""Pure rules: states and moves of a round, a visit, an objection, a filing; who may mark whom."""
