"""What phrases mean: each is looked up once, all new ones in one go, and what was settled stays."""

import pytest

from matching.concept import Concept
from matching.concepts import UNITS, Concepts
from matching.normalise import PhraseIndex
from matching.vocabulary import Vocabulary
from tests.matching.makers import FAMILIES, VOCABULARY, WEIGHTS


@pytest.fixture
def built(monkeypatch: pytest.MonkeyPatch) -> list[Vocabulary]:
    """Notes every index of phrases that is built, which takes long."""
    made: list[Vocabulary] = []

    def noted(vocabulary: Vocabulary) -> PhraseIndex:
        made.append(vocabulary)
        return PhraseIndex(vocabulary)

    for module in ("concepts", "normalise"):
        monkeypatch.setattr(f"matching.{module}.PhraseIndex", noted)
    return made


def test_labels_are_looked_up_without_an_index_of_phrases(built: list[Vocabulary]):
    known = Concepts(VOCABULARY)
    assert known["Mop floors"] == "skill/mop floors"
    known.learn(["clean windows", "Mop floors"])
    assert known["clean windows"] == "skill/clean windows"
    assert built == []


def test_the_index_of_phrases_is_built_once_for_all_that_are_new(built: list[Vocabulary]):
    known = Concepts(VOCABULARY)
    known.learn(["moping floors", "juggle with fire"])
    known.learn(["plaiting hair"])
    assert known["moping floors"] == "skill/mop floors"
    assert known["juggle with fire"] == known["Juggle with fire"] != known["plaiting hair"]
    assert built == [VOCABULARY]


def test_what_a_phrase_was_settled_to_is_not_looked_up_any_more(built: list[Vocabulary]):
    known = Concepts(VOCABULARY)
    known.settle("mop floors", "skill/dust shelves")
    known.settle("juggle with fire", "own:fire")
    known.learn(["mop floors", "juggle with fire"])
    assert (known["mop floors"], known["juggle with fire"]) == ("skill/dust shelves", "own:fire")
    assert built == []


def test_concepts_are_taken_as_they_are_and_a_vocabulary_begins_anew():
    known = Concepts(VOCABULARY)
    assert Concepts.of(known) is known
    known.settle("mop floors", "elsewhere")
    assert Concepts.of(VOCABULARY)["mop floors"] == "skill/mop floors"


def test_weights_are_whole_billionths_and_never_nothing():
    light = Concepts(
        Vocabulary.from_concepts([Concept("a", "A", weight=1e-12), Concept("b", "B", weight=0.1)])
    )
    assert UNITS == 1_000_000_000
    assert (light.units("a"), light.units("b"), light.units("own:c")) == (1, 100_000_000, UNITS)
    assert Concepts(VOCABULARY).units("skill/clean windows") == round(WEIGHTS["clean windows"] * UNITS)


def test_related_concepts_are_the_same_object_each_time_and_own_words_have_none():
    known = Concepts(VOCABULARY)
    family = {f"skill/{label}" for label in FAMILIES["cleaning"]} | {"family/cleaning"}
    assert known.related("skill/mop floors") == family - {"skill/mop floors"}
    assert known.related("skill/mop floors") is known.related("skill/mop floors")
    assert known.related("own:juggle with fire") == frozenset()
