"""Pure: where a place is (coordinates, spelling, areas), when it is open (hours), its states, what may be one place twice."""
