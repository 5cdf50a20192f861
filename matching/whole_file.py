"""Output files that are whole or not there at all."""

import os
from collections.abc import Generator
from contextlib import contextmanager
from pathlib import Path
from typing import TextIO

from matching.errors import SourceError


@contextmanager
def whole_file(path: Path) -> Generator[TextIO]:
    """A UTF-8 text file to write; it takes the place of `path` only when the block ends without an error.

    Raises:
        SourceError: the file cannot be written.
    """
    part = path.with_name(f".{path.name}.{os.getpid()}.part")
    try:
        with part.open("w", encoding="utf-8", newline="\n") as out:
            yield out
        part.replace(path)
    except OSError as error:
        raise SourceError(f"{path} cannot be written: {error.strerror or error}.") from error
    finally:
        part.unlink(missing_ok=True)
