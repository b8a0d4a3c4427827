"""Pure Python without Django: reading documents, numbers in time, errors. What any room may use."""
