"""A compared record as bytes and back: the same record and concepts always give the same bytes."""

import hashlib
import json
import zlib
from dataclasses import dataclass
from typing import Generic, TypeVar

from pydantic import TypeAdapter

from matching.concepts import Concepts
from matching.profiles import phrases_of_jobs, phrases_of_seekers
from matching.records import Job, Seeker

R = TypeVar("R", Seeker, Job)
# Only carving reads these, and a comparison is noted without them: older notes had none.
_CARVED_SEEKER = {"ability_supports"}
_CARVED_JOB = {"tasks": {"__all__": {"needs", "dangerous", "demands"}}}
_SEEKER, _JOB = TypeAdapter(Seeker), TypeAdapter(Job)


@dataclass(frozen=True, slots=True)
class Noted(Generic[R]):
    """A record as it was compared, the concept of each of its phrases, and the digest of its bytes."""

    record: R
    concepts: dict[str, str]
    digest: str

    def settle(self, concepts: Concepts) -> None:
        """Have its phrases mean what they meant when it was noted, whatever they mean for others."""
        for phrase, concept in self.concepts.items():
            concepts.settle(phrase, concept)


def packed(record: Seeker | Job, concepts: Concepts) -> bytes:
    """A record and the concepts of its phrases, compressed."""
    if isinstance(record, Seeker):
        phrases = phrases_of_seekers([record])
        written = _SEEKER.dump_python(record, mode="json", exclude=_CARVED_SEEKER)
    else:
        phrases = phrases_of_jobs([record])
        written = _JOB.dump_python(record, mode="json", exclude=_CARVED_JOB)
    settled = {phrase: concepts[phrase] for phrase in sorted(phrases)}
    return zlib.compress(json.dumps([written, settled], sort_keys=True, ensure_ascii=False).encode())


def digest_of(content: bytes) -> str:
    """What tells whether two records are compared alike, whatever compressed them."""
    return hashlib.sha256(zlib.decompress(content)).hexdigest()


def seeker_in(content: bytes) -> Noted[Seeker]:
    """The person as they were compared."""
    written, concepts = json.loads(zlib.decompress(content))
    return Noted(_SEEKER.validate_python(written), concepts, digest_of(content))


def job_in(content: bytes) -> Noted[Job]:
    """The vacancy as it was compared."""
    written, concepts = json.loads(zlib.decompress(content))
    return Noted(_JOB.validate_python(written), concepts, digest_of(content))
