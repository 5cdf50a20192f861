from pathlib import Path

import pytest

from matching.concept import Concept
from matching.errors import RecordError, SourceError
from matching.folding import fold
from matching.vocabulary import LARGEST_FAMILY, Vocabulary
from matching.vocabulary_file import write_concepts

SHOP = [
    Concept("shop", "Shop work"),
    Concept("shop.tills", "Tills", broader_id="shop"),
    Concept("shop.stock", "Stock", broader_id="shop"),
    Concept("shop.till", "Work on a till", ("till work", "on the tills"), "shop.tills", weight=2.0),
    Concept("shop.cash", "Handle cash", ("cash handling",), "shop.tills"),
    Concept("shop.shelves", "Stock shelves", (), "shop.stock"),
]


def vocabulary_in(path: Path, text: str) -> Vocabulary:
    path.write_text(text, encoding="utf-8")
    return Vocabulary.from_csv(path)


@pytest.mark.parametrize(
    "phrase", ["TILL-WORK", "  till   work. ", "Tíll work", "till works", "Work on a Till"]
)
def test_case_accents_punctuation_and_plurals_do_not_hide_a_label(phrase: str):
    assert Vocabulary.from_concepts(SHOP).exact(phrase) == "shop.till"


def test_words_that_only_resemble_a_label_are_not_exact():
    assert Vocabulary.from_concepts(SHOP).exact("till worker") is None


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("berries", "berry"),
        ("boxes", "box"),
        ("mops", "mop"),
        ("glasses", "glass"),
        ("wash & dry", "wash and dry"),
    ],
)
def test_words_fold_to_the_same_whatever_their_ending(one: str, other: str):
    assert fold(one) == fold(other)


@pytest.mark.parametrize("phrase", ["", "   ", "...", "😀", "\u200b", "'"])
def test_a_phrase_without_words_is_no_label(phrase: str):
    assert Vocabulary.from_concepts(SHOP).exact(phrase) is None


def test_a_label_that_two_concepts_share_is_left_to_a_person():
    shared = Vocabulary.from_concepts([Concept("a", "One", ("same",)), Concept("b", "Two", ("same",))])
    assert shared.exact("same") is None
    assert shared.exact_all("same") == ("a", "b")


def test_a_preferred_label_goes_before_an_alternative_one():
    assert Vocabulary.from_concepts([Concept("a", "One", ("Two",)), Concept("b", "Two")]).exact("two") == "b"


def test_skills_of_one_family_and_the_family_are_related():
    assert Vocabulary.from_concepts(SHOP).related("shop.till") == {"shop.cash", "shop.tills"}


def test_families_of_one_area_are_not_related_to_each_other():
    assert Vocabulary.from_concepts(SHOP).related("shop.tills") == {"shop", "shop.till", "shop.cash"}


def test_being_related_goes_both_ways():
    vocabulary = Vocabulary.from_concepts(SHOP)
    assert all(one in vocabulary.related(other) for one in vocabulary for other in vocabulary.related(one))


def test_skills_are_related_through_a_family_that_is_not_in_the_vocabulary():
    pair = Vocabulary.from_concepts(
        [Concept("a", "A", broader_id="group"), Concept("b", "B", broader_id="group")]
    )
    assert pair.related("a") == {"b"}


def test_a_family_as_large_as_a_trade_relates_nothing():
    members = [Concept(f"m{n:02}", f"Member {n}", broader_id="all") for n in range(LARGEST_FAMILY + 1)]
    crowd = Vocabulary.from_concepts([Concept("all", "Everything"), *members])
    assert crowd.related("m00") == frozenset()
    assert crowd.related("all") == frozenset()


def test_unknown_words_weigh_one_and_have_no_relations():
    vocabulary = Vocabulary.from_concepts(SHOP)
    assert vocabulary.weight("own:juggling") == 1.0
    assert vocabulary.related("own:juggling") == frozenset()
    assert vocabulary.weight("shop.till") == 2.0


def test_concepts_come_in_order_of_id_whatever_the_order_they_were_given_in():
    assert list(Vocabulary.from_concepts(SHOP[::-1])) == sorted(each.concept_id for each in SHOP)
    assert len(Vocabulary.from_concepts(SHOP)) == len(SHOP)
    assert "shop.till" in Vocabulary.from_concepts(SHOP)


def test_one_id_for_two_concepts_is_refused():
    with pytest.raises(RecordError, match="given to two concepts"):
        Vocabulary.from_concepts([SHOP[0], SHOP[0]])


def test_families_that_go_round_in_a_circle_are_refused():
    with pytest.raises(RecordError, match="circle"):
        Vocabulary.from_concepts([Concept("a", "A", broader_id="b"), Concept("b", "B", broader_id="a")])


def test_a_written_vocabulary_reads_back_the_same(tmp_path: Path):
    write_concepts(SHOP, tmp_path / "v.csv")
    assert dict(Vocabulary.from_csv(tmp_path / "v.csv")) == dict(Vocabulary.from_concepts(SHOP))


def test_weight_and_other_optional_columns_may_be_missing(tmp_path: Path):
    vocabulary = vocabulary_in(tmp_path / "v.csv", "concept_id,preferred_label\na,Alpha\n")
    assert vocabulary["a"] == Concept("a", "Alpha")


def test_escos_own_file_is_read_as_it_is(tmp_path: Path):
    text = (
        "conceptType,conceptUri,skillType,reuseLevel,preferredLabel,altLabels,hiddenLabels,status,description\n"
        "KnowledgeSkillCompetence,http://esco/1,skill,cross,wash dishes,"
        '"clean dishes\nwash dishes\nwash up",,released,"Clean\ndishes."\n'
    )
    vocabulary = vocabulary_in(tmp_path / "skills_en.csv", text)
    assert vocabulary["http://esco/1"] == Concept(
        "http://esco/1", "wash dishes", ("clean dishes", "wash up"), description="Clean dishes."
    )


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("name,colour\na,red\n", "line 1 has no column concept_id"),
        ("", "line 1 has no column concept_id"),
        ("concept_id,preferred_label\n,Alpha\n", "line 2, concept_id is empty"),
        ("concept_id,preferred_label\na\n", "line 2, preferred_label is empty"),
        ("concept_id,preferred_label,weight\na,A,heavy\n", 'line 2, weight is "heavy"'),
        ("concept_id,preferred_label,weight\na,A,nan\n", "line 2, weight is nan"),
        ("concept_id,preferred_label,weight\na,A,0\n", "line 2, weight is 0.0"),
        ("concept_id,preferred_label,broader_id\na,A,a\n", "line 2, broader_id makes a broader than itself"),
        ("concept_id,preferred_label\na,A\na,B\n", "concept_id a is given to two concepts"),
    ],
)
def test_a_bad_file_is_refused_with_its_name_line_and_field(tmp_path: Path, text: str, said: str):
    with pytest.raises(SourceError) as refused:
        vocabulary_in(tmp_path / "v.csv", text)
    assert str(refused.value).startswith("v.csv: ")
    assert said in str(refused.value)


def test_a_file_in_another_encoding_says_how_to_save_it(tmp_path: Path):
    (tmp_path / "v.csv").write_bytes("concept_id,preferred_label\na,café\n".encode("latin-1"))
    with pytest.raises(SourceError, match="not UTF-8"):
        Vocabulary.from_csv(tmp_path / "v.csv")


def test_a_file_that_is_not_there_is_named(tmp_path: Path):
    with pytest.raises(SourceError, match=r"missing\.csv cannot be opened"):
        Vocabulary.from_csv(tmp_path / "missing.csv")


def test_a_field_as_long_as_a_book_is_refused(tmp_path: Path):
    with pytest.raises(SourceError, match=r"^v\.csv: "):
        vocabulary_in(tmp_path / "v.csv", f"concept_id,preferred_label\na,{'x' * 1_000_001}\n")
