"""Tables of a round out and in."""
