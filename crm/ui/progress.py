"""How far a long piece of work has come, in a bar with words."""

from collections.abc import Callable, Generator
from contextlib import contextmanager

import streamlit as st


@contextmanager
def progress_bar(what: str) -> Generator[Callable[[int, int], None]]:
    """Draw a bar while the block runs; the function handed out is told how many of how many are done."""
    bar = st.progress(0.0, text=f"{what}…")

    def hear(done: int, of: int) -> None:
        bar.progress(min(1.0, done / max(1, of)), text=f"{what}: {done:,} of {of:,}")

    try:
        yield hear
    finally:
        bar.empty()
