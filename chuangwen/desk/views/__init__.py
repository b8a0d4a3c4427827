"""Pages of the desk, of slips and of the city's calendar."""
