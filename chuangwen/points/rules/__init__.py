"""Pure: where a place is (coordinates, spelling, areas, nearness), when it is open (hours), its states."""
