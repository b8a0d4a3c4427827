"""Pages of points: list and one point, the map, what may be one place twice, tables, boundaries."""
