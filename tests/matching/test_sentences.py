"""Sentences are read as what is done: names and descriptions together, whatever the words are called."""

import pytest

from matching.concept import Concept
from matching.normalise import PhraseIndex
from matching.role_library import RoleLibrary, TypicalRole, UsualTask
from matching.sentences import Sentences
from matching.vocabulary import Vocabulary

BAKER = Concept("baker", "Baker", ("bread maker",), description="Kneads dough and watches the ovens.")
GROOM = Concept("groom", "Stable hand", description="Feeds, brushes and exercises horses.")
SENTENCE = "I was brushing and feeding the horses before school"


def first(text: str, *concepts: Concept) -> str:
    scores = Sentences(concepts).scores([text])[0]
    return concepts[int(scores.argmax())].concept_id


@pytest.fixture
def library() -> RoleLibrary:
    return RoleLibrary(
        TypicalRole(each.concept_id, each.label, (UsualTask(each.description),), each.alternatives)
        for each in (BAKER, GROOM)
    )


@pytest.mark.parametrize("order", [(BAKER, GROOM), (GROOM, BAKER)])
def test_a_sentence_finds_what_is_described_so_however_the_words_end(order: tuple[Concept, ...]):
    assert first(SENTENCE, *order) == "groom"
    assert first("kneading of doughs, and an oven to watch", *order) == "baker"


def test_a_name_says_more_than_a_description():
    both = (
        Concept("a", "Oven cleaner"),
        Concept("b", "Cook", description="Works near an oven with a cleaner."),
    )
    assert first("cleans ovens", *both) == "a"


def test_scores_are_from_nothing_to_one_and_do_not_depend_on_the_texts_beside():
    index = Sentences([BAKER, GROOM])
    alone, beside = index.scores([SENTENCE]), index.scores(["Baker", SENTENCE, ""])
    assert (beside >= 0).all()
    assert (beside <= 1).all()
    assert (beside[1] == alone[0]).all()
    assert not beside[2].any()


@pytest.mark.parametrize("concepts", [[], [Concept("a", "…")]])
def test_without_a_word_to_go_by_nothing_is_like_anything(concepts: list[Concept]):
    assert not Sentences(concepts).scores([SENTENCE]).any()


def test_a_sentence_is_offered_what_it_is_about_and_stays_open_for_a_person():
    others = [Concept(f"school-{number}", f"School before {number}") for number in range(5)]
    index = PhraseIndex(Vocabulary.from_concepts([BAKER, GROOM, *others]))
    suggestion, again = index.suggest([SENTENCE, "kneading and watching an oven all night long"])
    assert suggestion.candidates[0].concept_id == "groom"
    assert suggestion.ambiguous
    assert again.candidates[0].concept_id == "baker"


def test_a_label_of_many_words_is_still_itself():
    label = "Look after the horses of other people at night"
    index = PhraseIndex(Vocabulary.from_concepts([GROOM, Concept("night", label)]))
    (suggestion,) = index.suggest([label])
    assert (suggestion.candidates[0].concept_id, suggestion.candidates[0].how) == ("night", "exact")
    assert not suggestion.ambiguous


def test_a_vocabulary_of_thousands_is_searched_by_names_alone(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr("matching.normalise.MOST_FOR_SENTENCES", 1)
    monkeypatch.setattr("matching.normalise.Sentences", None)
    index = PhraseIndex(Vocabulary.from_concepts([BAKER, GROOM]))
    assert index.suggest([SENTENCE])[0].candidates[0].concept_id == "groom"


def test_roles_are_found_by_what_is_done_in_them_and_only_among_those_asked_for(library: RoleLibrary):
    tasks = ["Brushes horses", "Feeds them", "Some dough on Sundays"]
    assert [role.role_id for role in library.doing(tasks)] == ["groom", "baker"]
    assert [role.role_id for role in library.doing(tasks, among={"baker"})] == ["baker"]
    assert [role.role_id for role in library.doing(tasks, 1)] == ["groom"]
    assert library.doing(["zzz"]) == []


def test_a_search_for_a_role_may_tell_what_is_done_there(library: RoleLibrary):
    assert library.search("somebody who feeds the horses")[0].role_id == "groom"
    assert library.search("dough") == []
