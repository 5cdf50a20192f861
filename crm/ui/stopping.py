"""Work that may take a while: how far it is, and a button that ends it, within a second whatever it does."""

import threading
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor, wait
from typing import TypeVar

import streamlit as st

from crm.services.match_index import Progress

T = TypeVar("T")

_LOOKED_AFTER = 0.1
"""Seconds from one look at how far the work is to the next. Each is a moment at which it can be stopped."""

_POOL = ThreadPoolExecutor(max_workers=4, thread_name_prefix="stoppable-work")
"""Work that is stopped ends at its next step, so only so much goes on at once; what comes after it waits."""


class _EndedError(Exception):
    """Raised inside work that nobody waits for any more."""


class _Told:
    """Hears how far the work is, and ends it once nobody waits for it."""

    def __init__(self) -> None:
        self.far = (0, 0)
        self.is_unwanted = threading.Event()

    def __call__(self, done: int, total: int) -> None:
        if self.is_unwanted.is_set():
            raise _EndedError
        self.far = (done, total)


def stoppable(words: str, work: Callable[[Progress], T], *, key: str) -> T:
    """Do the work and give what it came to, with a bar and a Stop button meanwhile.

    The work is done beside the page, which looks on and so hears of a press at any time. A press, of Stop or
    of anything else, ends this run of the page; `was_stopped` knows in the next one. This must not stand in
    a part that runs on its own: presses wait for those.
    """
    told, place = _Told(), st.empty()
    st.session_state[_begun(key)] = True
    with place.container():
        bar = st.progress(0.0, text=words)
        st.button("Stop", key=f"stop-{key}")
    running = _POOL.submit(work, told)
    try:
        _look_on(running, lambda: bar.progress(_share(told), text=_far(words, told)))
    finally:
        told.is_unwanted.set()
        running.cancel()
    del st.session_state[_begun(key)]
    place.empty()
    return running.result()


def was_stopped(key: str) -> bool:
    """Was the work ended before it was done, in the run of the page before this one? Said once."""
    return bool(st.session_state.pop(_begun(key), False))


def _look_on(running: Future[T], show: Callable[[], object]) -> None:
    while not wait([running], timeout=_LOOKED_AFTER).done:
        show()


def _begun(key: str) -> str:
    return f"crm-begun-{key}"


def _share(told: _Told) -> float:
    done, total = told.far
    return min(done / max(total, 1), 1.0)


def _far(words: str, told: _Told) -> str:
    done, total = told.far
    return f"{words}: {done:,} of {total:,}" if total else words
