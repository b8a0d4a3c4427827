"""Pure: what levels and methods there are, what a tree says, what is wrong with it, what changed."""
