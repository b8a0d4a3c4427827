"""The interface for programs: reading over HTTP with a token, as JSON. It has no tables of its own."""
