"""Whose Streamlit session is which: its id stands in the addresses that files are uploaded to, and in logs.

Streamlit takes a file from whoever knows the id, so the gate asks here whether it is their own.
"""

import threading
from collections import OrderedDict

_MOST = 20_000
_UPLOADS = "/_stcore/upload_file/"
_held: OrderedDict[str, str] = OrderedDict()
_guard = threading.Lock()


def hold(streamlit_session: str, session_digest: str) -> None:
    """Note that this Streamlit session belongs to this sign-in; the oldest ones are forgotten."""
    with _guard:
        _held[streamlit_session] = session_digest
        _held.move_to_end(streamlit_session)
        while len(_held) > _MOST:
            _held.popitem(last=False)


def is_foreign_upload(path: str, session_digest: str) -> bool:
    """Would this put a file into, or take one out of, a session that is not this sign-in's own?"""
    if not path.startswith(_UPLOADS):
        return False
    asked = path.removeprefix(_UPLOADS).partition("/")[0]
    with _guard:
        return _held.get(asked) != session_digest
