"""The fast path: the same comparisons over columns of everybody at once, equal to the readable path to the digit."""
