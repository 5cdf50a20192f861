"""The `carve` command: files of seekers and jobs in, a file of carves out."""

import json
import os
from collections.abc import Callable, Generator
from contextlib import contextmanager
from pathlib import Path

from matching.carve_rank import carve_rank
from matching.records import read_jobs, read_seekers
from matching.vocabulary import Vocabulary
from matching.whole_file import whole_file


def carve_files(
    seekers: Path,
    jobs: Path,
    out: Path,
    *,
    vocabulary: Vocabulary,
    goal: float = 16.0,
    pay: float | None = None,
    top: int | None = None,
    unknown: set[str] | None = None,
    progress: Callable[[int, int], None] | None = None,
) -> int:
    """Rank every seeker by the job that each employer could build, write JSON Lines, and count the lines.

    Nothing is written unless everything could be read. Keys that are not used are added to `unknown`.

    Raises:
        SourceError: a file cannot be read or written; the message names file, line and field.
    """
    people, posts = read_seekers(seekers, unknown=unknown), read_jobs(jobs, unknown=unknown)
    with _standard_output_kept_clean():
        carves = carve_rank(
            people, posts, vocabulary=vocabulary, goal=goal, pay=pay, top=top, progress=progress
        )
    with whole_file(out) as lines:
        lines.writelines(f"{json.dumps(carve.as_record(), ensure_ascii=False)}\n" for carve in carves)
    return len(carves)


@contextmanager
def _standard_output_kept_clean() -> Generator[None]:
    """Send file descriptor 1 nowhere for a while: HiGHS at times prints there whatever it is told."""
    kept, nowhere = os.dup(1), os.open(os.devnull, os.O_WRONLY)
    try:
        os.dup2(nowhere, 1)
        yield
    finally:
        os.dup2(kept, 1)
        os.close(kept)
        os.close(nowhere)
