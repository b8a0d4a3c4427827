"""What the desk itself asks, by the codes of its kinds."""

FREE_ASK = "desk.free_ask"
TAKE_OVER = "desk.take_over"
