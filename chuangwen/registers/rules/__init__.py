"""Pure: what is covered on a day (coverage), what is done (projects), what a cell of a table says (cells)."""
