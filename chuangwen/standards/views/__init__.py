"""Pages of systems, point types and the negative list."""
