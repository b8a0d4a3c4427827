"""Pure Python without Django: reading documents, errors. What any room or command may use."""
