"""Points out and in as workbooks; what an edited or a city's own table changes."""
