"""Many jobs compared with many people at once: the sums of `matching.columns`, a table of pairs at a time."""
