"""What somebody uploaded, with what it was read as, while they look at the preview.

The files lie in the database, so that a restart or a lost connection loses nothing. What they were read as is
held in this process only, and only the last few: it is read again when it is not there any more. Session
state is not the place: Streamlit pickles all of it at each run to check that it could be stored.
"""

import threading
from collections import OrderedDict
from collections.abc import Callable, Sequence
from typing import Any, Generic, TypeVar

from sqlmodel import Session

from crm.db import reading
from crm.models.imports import ImportKind
from crm.models.jobs import Upload
from crm.models.users import Actor
from crm.services import jobs, uploads
from crm.units import carry_out

T = TypeVar("T")
_MOST_HELD = 8

Files = Sequence[tuple[str, bytes]]


class Shelf(Generic[T]):
    """Holds what uploads of one kind were read as; the oldest goes when there are more than eight."""

    def __init__(self, kind: ImportKind, read: Callable[[Files], T]) -> None:
        self._kind, self._read = kind, read
        self._lock = threading.Lock()
        self._held: OrderedDict[tuple[object, ...], T] = OrderedDict()

    def receive(self, files: Files, user: Actor) -> Upload:
        """Read files and keep them for this person, in place of what was kept for them.

        Raises:
            NotAllowedError: the person may not run such imports.
            UnreadableFileError: they cannot be read, so they are not kept.
        """
        read = self._read(files)
        upload = carry_out(lambda session: uploads.keep(session, self._kind, files, by=user))
        self._hold(upload, read)
        return upload

    def waiting(self, user: Actor) -> Upload | None:
        """What this person has uploaded and not let go of, if anything."""
        with reading() as session:
            return uploads.waiting(session, self._kind, by=user)

    def open(self, upload: Upload, user: Actor) -> T:
        """What an upload was read as.

        Raises:
            NotFoundError: it was let go of meanwhile.
            UnreadableFileError: it cannot be read any more.
        """
        with self._lock:
            held = self._held.get(_token(upload))
        if held is not None:
            return held
        with reading() as session:
            files = uploads.files_of(session, upload.key, by=user)
        return self._hold(upload, self._read(files))

    def _hold(self, upload: Upload, read: T) -> T:
        with self._lock:
            self._held[_token(upload)] = read
            while len(self._held) > _MOST_HELD:
                self._held.popitem(last=False)
        return read


def let_go(upload: Upload, user: Actor) -> None:
    """Forget an upload that is not wanted."""
    carry_out(lambda session: uploads.drop(session, upload.key, by=user))


def bring_in(upload: Upload, user: Actor, **choices: Any) -> None:
    """Ask for the import of an upload, as a job, with what was chosen in the preview."""

    def ask(session: Session) -> None:
        job = jobs.ask(session, f"import_{upload.kind}", {"upload": upload.key, **choices}, by=user)
        uploads.give_to(session, upload.key, job.key, by=user)

    carry_out(ask)


def _token(upload: Upload) -> tuple[object, ...]:
    """Ids are used again, moments are not."""
    return upload.key, upload.digest, upload.uploaded_at
