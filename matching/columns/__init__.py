"""The fast path: the same comparisons over everybody at once, equal to the readable path."""
