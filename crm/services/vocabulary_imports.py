"""ESCO, as the European Commission publishes it, beside the vocabulary that ships with the product."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import sqlalchemy as sa
from sqlmodel import Session, col

from crm.models.imports import ImportBatch, ImportKind
from crm.models.skills import LoadedConcept
from crm.models.users import Actor
from crm.policy import Action
from crm.readers import limits
from crm.readers.apart import read_apart
from crm.services import imports
from crm.services.access import ensure
from crm.services.imports import ImportFigures
from crm.services.vocabulary_child import CONCEPT
from matching.concept import Concept

_AT_ONCE = 1_000
_ATTRIBUTION = "This service uses the ESCO classification of the European Commission."

Progress = Callable[[int, int], None]
"""Hears how many of how many are done."""


@dataclass(frozen=True, slots=True)
class VocabularyFile:
    """A vocabulary as uploaded, read: its concepts, the names of its files and their digest."""

    concepts: tuple[Concept, ...]
    name: str
    digest: str


def loaded(session: Session, *, by: Actor) -> int:
    """How many concepts are imported beside those that ship with the product.

    Raises:
        NotAllowedError: the person may not import a vocabulary.
    """
    ensure(session, by, Action.VOCABULARY_IMPORT)
    counted = sa.select(sa.func.count()).select_from(LoadedConcept)
    return session.connection().execute(counted).scalar_one()


def read_vocabulary(files: Sequence[tuple[str, bytes]]) -> VocabularyFile:
    """Read ESCO's zips (name, content) in a limited process: the classification in English and the relations.

    Raises:
        UnreadableFileError: a file is not what ESCO publishes, one is missing, or they take too long.
    """
    lines = read_apart("crm.services.vocabulary_child", {}, files, seconds=limits.VOCABULARY_SECONDS)
    concepts = tuple(CONCEPT.validate_json(line) for line in lines)
    names = " and ".join(name for name, _ in files)
    return VocabularyFile(concepts, names, imports.digest_of(*(content for _, content in files)))


def take_in(
    session: Session, file: VocabularyFile, *, by: Actor, progress: Progress | None = None
) -> ImportBatch:
    """Put this vocabulary in the place of the one imported before; the shipped one stays.

    What was settled before keeps its concept's id, so the same edition again changes nothing.

    Raises:
        NotAllowedError: the person may not import a vocabulary.
    """
    ensure(session, by, Action.VOCABULARY_IMPORT)
    batch = imports.start_batch(
        session, ImportKind.VOCABULARY, file_name=file.name, file_digest=file.digest, by=by
    )
    connection = session.connection()
    before = set(connection.execute(sa.select(col(LoadedConcept.concept_id))).scalars())
    connection.execute(sa.delete(LoadedConcept))
    for start in range(0, len(file.concepts), _AT_ONCE):
        some = file.concepts[start : start + _AT_ONCE]
        connection.execute(sa.insert(LoadedConcept), [_row(concept, batch.key) for concept in some])
        if progress is not None:
            progress(start + len(some), len(file.concepts))
    kept = sum(concept.concept_id in before for concept in file.concepts)
    figures = ImportFigures(added=len(file.concepts) - kept, updated=kept)
    notes = [_ATTRIBUTION]
    if gone := len(before) - kept:
        notes.append(f"{gone:,} concepts of the vocabulary imported before are not in this one.")
    return imports.finish(session, batch, figures, notes=notes, by=by)


def _row(concept: Concept, batch_id: int) -> dict[str, object]:
    return {
        "concept_id": concept.concept_id,
        "label": concept.label,
        "alternatives": "|".join(other.replace("|", "/") for other in concept.alternatives),
        "broader_id": concept.broader_id,
        "description": concept.description,
        "weight": concept.weight,
        "batch_id": batch_id,
    }
