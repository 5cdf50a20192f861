"""Reads ESCO's zips in a limited process of its own: `python -m crm.services.vocabulary_child`."""

import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

from pydantic import TypeAdapter

from crm.errors import UnreadableFileError
from crm.readers.limited import Files, answer
from matching.concept import Concept
from matching.errors import MatchingError
from matching.esco import read_esco

CONCEPT = TypeAdapter(Concept)


def read(_wanted: object, files: Files) -> Iterator[bytes]:
    """The concepts of the classification, weighed by the relations.

    Raises:
        UnreadableFileError: a file is not what ESCO publishes, or one of the two is missing.
    """
    with tempfile.TemporaryDirectory() as folder:
        paths = [_stored(Path(folder), position, *file) for position, file in enumerate(files)]
        try:
            concepts = read_esco(*paths)
        except MatchingError as problem:
            raise UnreadableFileError(str(problem)) from problem
    yield from map(CONCEPT.dump_json, concepts)


def _stored(folder: Path, position: int, name: str, content: bytes) -> Path:
    """The upload as a file of its own name, as far as a name from outside may be one."""
    inner = folder / str(position)
    inner.mkdir()
    path = inner / ("".join(c for c in Path(name).name if c.isalnum() or c in "-_. ")[:100] or "upload")
    path.write_bytes(content)
    return path


if __name__ == "__main__":
    sys.exit(answer(read))
