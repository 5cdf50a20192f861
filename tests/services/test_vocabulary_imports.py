"""ESCO comes in beside the shipped vocabulary, in place of what was imported before."""

import zipfile
from io import BytesIO
from pathlib import Path

import pytest
from sqlmodel import Session

from crm.config import ROOT
from crm.errors import NotAllowedError, UnreadableFileError
from crm.models.users import SYSTEM
from crm.policy import Role
from crm.services import skills, vocabulary_imports
from crm.services.vocabulary_imports import VocabularyFile, read_vocabulary, take_in
from matching.concept import Concept
from tests.makers import make_actor

ESCO = ROOT.parent / "shared" / "reference" / "esco"


def vocabulary_file(*labels: str) -> VocabularyFile:
    concepts = tuple(Concept(f"esco/{label}", label, ("a|b",)) for label in labels)
    return VocabularyFile(concepts, "esco.zip", "0")


def test_a_second_import_takes_the_place_of_the_first(session: Session):
    heard: list[tuple[int, int]] = []
    first = take_in(
        session,
        vocabulary_file("winch zeppelins", "moor zeppelins"),
        by=SYSTEM,
        progress=lambda done, of: heard.append((done, of)),
    )
    assert (first.rows_added, heard) == (2, [(2, 2)])
    assert "esco/winch zeppelins" in skills.vocabulary(session)
    second = take_in(session, vocabulary_file("moor zeppelins", "fly zeppelins"), by=SYSTEM)
    assert (second.rows_added, second.rows_updated) == (1, 1)
    assert any("1 concept" in note for note in second.notes)
    words = skills.vocabulary(session)
    assert "esco/winch zeppelins" not in words
    assert words["esco/fly zeppelins"].alternatives == ("a/b",)
    assert vocabulary_imports.loaded(session, by=SYSTEM) == 2


def test_the_batch_carries_the_attribution_that_esco_asks_for(session: Session):
    batch = take_in(session, vocabulary_file("moor zeppelins"), by=SYSTEM)
    assert "ESCO classification of the European Commission" in batch.notes[0]


def test_a_file_that_is_not_escos_is_refused_in_words():
    with pytest.raises(UnreadableFileError, match="not a zip"):
        read_vocabulary([("../../etc/passwd", b"root:x")])
    packed = BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        archive.writestr("readme.txt", "hello")
    with pytest.raises(UnreadableFileError):
        read_vocabulary([("esco.zip", packed.getvalue())])


def test_an_officer_does_not_import_a_vocabulary_and_an_administrator_does(session: Session):
    officer = make_actor(Role.ENGAGEMENT_OFFICER)
    with pytest.raises(NotAllowedError):
        take_in(session, vocabulary_file("moor zeppelins"), by=officer)
    with pytest.raises(NotAllowedError):
        vocabulary_imports.loaded(session, by=officer)
    assert take_in(session, vocabulary_file("moor"), by=make_actor(Role.ADMINISTRATOR)).rows_added == 1


@pytest.mark.reference
def test_the_whole_of_esco_comes_in(session: Session):
    paths: list[Path] = sorted(ESCO.glob("*.zip"))
    if not paths:
        pytest.skip("../shared/reference/esco is not here, so ESCO itself cannot be imported.")
    file = read_vocabulary([(path.name, path.read_bytes()) for path in paths])
    assert take_in(session, file, by=SYSTEM).rows_added == 13_896
    settled = skills.settle(session, "handle explosives", by=SYSTEM)
    assert settled.concept_id.startswith("http://data.europa.eu/esco/skill/")
