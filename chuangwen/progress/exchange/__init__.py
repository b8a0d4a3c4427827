"""Tables out of progress and back."""
