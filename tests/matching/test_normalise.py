import json
from pathlib import Path

import pytest

from matching.concept import Concept
from matching.errors import SourceError
from matching.normalise import PhraseIndex, own_words, resolve
from matching.normalise_file import normalise_file
from matching.vocabulary import Vocabulary
from matching.whole_file import whole_file

NAUGHTY = Path("../shared/reference/badinput/blns/blns.json")
SKILLS = Path("data/skills.csv")


@pytest.fixture(scope="module")
def vocabulary() -> Vocabulary:
    return Vocabulary.from_csv(SKILLS)


@pytest.fixture(scope="module")
def index(vocabulary: Vocabulary) -> PhraseIndex:
    return PhraseIndex(vocabulary)


@pytest.mark.parametrize(
    ("phrase", "concept_id"),
    [
        ("stacking shelfs", "retail.stock-shelves"),
        ("washing the pots", "catering.wash-up-by-hand"),
        ("Hoovering floors", "cleaning.vacuum-floors"),
        ("fork lift driver", "warehouse.drive-a-forklift-truck"),
        ("answering telephone calls", "reception.answer-the-telephone"),
        ("muck out the stables", "animals.muck-out-stables"),
    ],
)
def test_words_as_people_write_them_find_their_skill(index: PhraseIndex, phrase: str, concept_id: str):
    assert concept_id in [each.concept_id for each in index.candidates(phrase)]


def test_the_same_label_comes_first_with_score_one_and_is_clear(index: PhraseIndex):
    suggestion = index.suggest(["Shelf Stacking!"])[0]
    assert suggestion.candidates[0].concept_id == "retail.stock-shelves"
    assert (suggestion.candidates[0].score, suggestion.candidates[0].how) == (1.0, "exact")
    assert not suggestion.ambiguous


def test_only_the_same_label_scores_one(index: PhraseIndex):
    others = [each for each in index.candidates("shelf stacking", 20) if each.how != "exact"]
    assert others
    assert all(0 < each.score < 1 for each in others)


def test_a_slip_of_the_pen_is_told_apart_from_shared_words(index: PhraseIndex):
    assert index.candidates("shelf stakcing")[0].how == "spelling"
    assert index.candidates("dishes for people in the canteen")[0].how == "words"


def test_a_label_that_two_concepts_share_offers_both_and_is_ambiguous():
    shared = PhraseIndex(
        Vocabulary.from_concepts([Concept("a", "One", ("same",)), Concept("b", "Two", ("same",))])
    )
    suggestion = shared.suggest(["same"])[0]
    assert [(each.concept_id, each.how) for each in suggestion.candidates] == [("a", "exact"), ("b", "exact")]
    assert suggestion.ambiguous


def test_words_that_fit_many_skills_are_ambiguous(index: PhraseIndex):
    assert index.suggest(["cleaning things"])[0].ambiguous


def test_nothing_found_is_ambiguous_and_empty(index: PhraseIndex):
    suggestion = index.suggest(["ξψζ"])[0]
    assert suggestion.ambiguous
    assert suggestion.candidates == ()


def test_top_shortens_the_list_without_changing_what_is_clear(index: PhraseIndex):
    phrases = ["cleaning things", "shelf stackin", "drive lorrys"]
    short, long = index.suggest(phrases, 1), index.suggest(phrases, 10)
    assert [each.ambiguous for each in short] == [each.ambiguous for each in long]
    assert [each.candidates for each in short] == [each.candidates[:1] for each in long]


def test_an_answer_does_not_depend_on_the_phrases_beside_it(index: PhraseIndex):
    phrases = [f"{word} the {thing}" for word in ("wash", "move", "count", "sort") for thing in "abcdefghij"]
    assert index.suggest(phrases) == [index.suggest([phrase])[0] for phrase in phrases]


def test_progress_is_told_until_the_end(index: PhraseIndex):
    told: list[tuple[int, int]] = []
    index.suggest(["mop"] * 40, progress=lambda done, total: told.append((done, total)))
    assert told == [(32, 40), (40, 40)]


@pytest.mark.reference
@pytest.mark.skipif(not NAUGHTY.exists(), reason="the naughty strings of ../shared/reference are not here")
def test_naughty_strings_are_answered_like_any_other(index: PhraseIndex):
    phrases = [*json.loads(NAUGHTY.read_text(encoding="utf-8")), "\ud800", "a" * 1_000_000, "\x00"]
    assert [each.phrase for each in index.suggest(phrases)] == phrases


@pytest.mark.parametrize("concepts", [[], [Concept("a", "…")], [Concept("a", "A")]])
def test_a_vocabulary_with_hardly_a_word_in_it_can_be_searched(concepts: list[Concept]):
    assert PhraseIndex(Vocabulary.from_concepts(concepts)).suggest(["quite another thing"])[0].ambiguous


def test_resolve_gives_ids_to_clear_phrases_and_keeps_own_words_for_the_rest(vocabulary: Vocabulary):
    found = resolve(
        ["Shelf stacking", "stacking of shelves", "Juggling FLAMES", "cleaning things"], vocabulary
    )
    assert found["Shelf stacking"] == "retail.stock-shelves"
    assert found["Juggling FLAMES"] == "own:juggling flame"
    assert found["cleaning things"] == "own:cleaning thing"


def test_resolve_settles_a_clear_misspelling(vocabulary: Vocabulary, index: PhraseIndex):
    assert resolve(["vacuum cleaning the carpets"], vocabulary, index) == {
        "vacuum cleaning the carpets": "cleaning.vacuum-floors"
    }


def test_resolve_without_a_vocabulary_keeps_every_phrase_as_own_words():
    assert resolve(["Wash dishes", "washing dishes"], Vocabulary.from_concepts([])) == {
        "Wash dishes": "own:wash dish",
        "washing dishes": "own:washing dish",
    }


def test_own_words_without_letters_stay_apart():
    assert own_words(" ?! ") == "own:?!"
    assert own_words("Mops") == own_words("mop")


def test_a_file_of_phrases_becomes_a_file_of_suggestions(tmp_path: Path):
    (tmp_path / "p.txt").write_text("\ufeffshelf stacking\r\n\nmop flors\n", encoding="utf-8")
    count = normalise_file(tmp_path / "p.txt", SKILLS, tmp_path / "n.jsonl", top=2)
    records = [json.loads(line) for line in (tmp_path / "n.jsonl").read_text(encoding="utf-8").splitlines()]
    assert count == len(records) == 2
    assert [record["phrase"] for record in records] == ["shelf stacking", "mop flors"]
    assert set(records[0]) == {"phrase", "candidates", "ambiguous"}
    assert set(records[0]["candidates"][0]) == {"concept_id", "label", "score", "how"}
    assert all(len(record["candidates"]) == 2 for record in records)


def test_the_same_phrases_give_the_same_bytes(tmp_path: Path):
    (tmp_path / "p.txt").write_text("mop flors\nwork with kids\n", encoding="utf-8")
    for name in ("one", "two"):
        normalise_file(tmp_path / "p.txt", SKILLS, tmp_path / name)
    assert (tmp_path / "one").read_bytes() == (tmp_path / "two").read_bytes()


@pytest.mark.parametrize(
    ("raw", "top", "said"), [(b"caf\xe9", 5, "not UTF-8"), (b"mop", 0, "at least 1 candidate")]
)
def test_what_cannot_be_read_stops_before_anything_is_written(
    tmp_path: Path, raw: bytes, top: int, said: str
):
    (tmp_path / "p.txt").write_bytes(raw)
    with pytest.raises(SourceError, match=said):
        normalise_file(tmp_path / "p.txt", SKILLS, tmp_path / "n.jsonl", top)
    assert [path.name for path in tmp_path.iterdir()] == ["p.txt"]


def test_an_error_half_way_leaves_the_old_file_whole(tmp_path: Path):
    path = tmp_path / "out.txt"
    path.write_text("old", encoding="utf-8")
    with pytest.raises(UnicodeEncodeError), whole_file(path) as out:
        out.write("new \ud800")
    assert path.read_text(encoding="utf-8") == "old"
    assert [each.name for each in tmp_path.iterdir()] == ["out.txt"]


def test_a_folder_that_is_not_there_is_told_in_a_sentence(tmp_path: Path):
    with pytest.raises(SourceError, match="cannot be written"), whole_file(tmp_path / "none" / "out.txt"):
        pass
