"""Pages of registers, of project lists, and of tables out and in."""
