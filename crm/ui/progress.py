"""A progress bar for work that is usually done at once: it appears only when the work tells of itself."""

from collections.abc import Callable, Generator
from contextlib import contextmanager

import streamlit as st


@contextmanager
def telling(words: str) -> Generator[Callable[[int, int], None]]:
    """Give the work something to tell its progress to; the bar goes when the work ends, well or not."""
    place = st.empty()

    def told(done: int, total: int) -> None:
        place.progress(done / max(total, 1), text=f"{words}: {done:,} of {total:,}")

    try:
        yield told
    finally:
        place.empty()
