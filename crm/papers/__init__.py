"""Papers that are handed over: what one says, and drawing it as Word, as a page to print and as PDF."""
