"""How alike two records are: what decides, what weighs, and that what is missing says nothing."""

from pathlib import Path

import pytest

from crm.likeness.comparing import Comparison, compare
from crm.likeness.keys import keys_of
from crm.likeness.model import LikenessModel, shipped
from crm.likeness.party import Party, party
from crm.likeness.reasons import said_together
from crm.likeness.words import domain, house_number, street_words
from tests.bench.eval_likeness import OF_REFERENCE, REFERENCE, read
from tests.bench.likeness_training import candidates, found_by, halves, scored, train, true_pairs, within

BAKERY = party(
    names=("Fernside Bakery Ltd",),
    phones=("+441134960000",),
    addresses=("3 Mill Lane, Leeds",),
    postcodes=("LS1 4DY",),
)


def judged(other: Party, one: Party = BAKERY) -> tuple[float, str]:
    found = shipped().judge(one, other)
    return found.probability, said_together(found.reasons)


def test_the_same_company_number_decides_whatever_else_differs():
    one = party(names=("Harbour Foods",), numbers={"company": "01234567"})
    other = party(names=("Fernside",), numbers={"company": "0123 4567", "charity": "1"})
    assert judged(other, one) == (1.0, "same company number")


def test_two_company_numbers_are_never_sure_and_say_so():
    one = party(names=("Fernside Bakery",), numbers={"company": "01234567"}, addresses=("3 Mill Lane",))
    other = party(names=("Fernside Bakery",), numbers={"company": "7654321"}, addresses=("3 Mill Ln",))
    found = shipped().judge(one, other)
    assert not found.is_sure
    assert said_together(found.reasons) == "same name, same address, but different company numbers"


@pytest.mark.parametrize(
    ("other", "is_likely", "why"),
    [
        (party(names=("Fernside Bakery",)), True, "same name"),
        (party(names=("fernside bakerry",), phones=("0113 496 0000",)), True, "same telephone, name alike"),
        (party(names=("Fernside",), addresses=("3 Mill Ln Leeds",)), True, "one name is part of the other"),
        (party(names=("Harbour Foods",)), False, ""),
        (party(phones=("0113 496 0000",), names=("Harbour Foods",)), False, "same telephone"),
        (
            party(names=("Fernside Bakery",), addresses=("9 High St",), postcodes=("YO1 7HU",)),
            False,
            None,
        ),
        (party(), False, ""),
    ],
)
def test_what_is_alike_weighs_and_is_named(other: Party, is_likely: bool, why: str | None):
    found = shipped().judge(BAKERY, other)
    assert found.is_likely is is_likely
    if why is not None:
        assert said_together(found.reasons).startswith(why)


def test_what_one_of_the_two_lacks_is_unknown_not_different():
    compared = compare(BAKERY, party(names=("Fernside Bakery",)))
    assert (compared.address_unknown, compared.reach_differs, compared.postcode_differs) == (1, 0, 0)
    assert compare(party(), BAKERY).name_unknown == 1


def test_likeness_is_the_same_from_both_sides():
    other = party(names=("Fernside Bakery and Cafe",), addresses=("5 Mill Lane",), phones=("4960000",))
    assert judged(other) == judged(BAKERY, other)


def test_words_are_folded_before_they_are_compared():
    assert street_words("Unit 4, 12 North Mill Road") == ["unit", "mill"]
    assert house_number("12a Mill Road") == "12a"
    assert street_words("12 North St") == ["n", "st"]
    assert (
        domain("dana@fernside.example") == domain("https://www.Fernside.example/jobs") == "fernside.example"
    )
    assert domain("dana@gmail.com") == domain("nowhere") == ""
    assert party(names=("Café & Co",)).names == ("cafe and",)
    assert party(phones=("123", "0113 496 0000")).phones == ("1134960000",)


def test_records_of_the_same_one_share_a_key():
    other = party(names=("Bakery Fernside",), emails=("a@fernside.example",))
    assert keys_of(BAKERY) & keys_of(other) == {"b:bakery fernside", "w:bake", "w:fern", "v:bake fern"}
    assert {"e:a@fernside.example", "d:fernside.example"} <= keys_of(other)
    assert keys_of(party()) == frozenset()


def test_every_weight_is_of_a_feature():
    assert shipped().weights.keys() == Comparison().features().keys()
    assert LikenessModel().probability(Comparison()) == 0.5


@pytest.mark.reference
def test_learned_from_half_of_the_reference_set_it_finds_the_other_half():
    if not Path(REFERENCE).exists():
        pytest.skip(f"{REFERENCE} is not here.")
    parties, labels = read(REFERENCE, OF_REFERENCE)
    learned, kept = halves(labels, seed=1)
    pairs = candidates(parties, most=20)
    model = train(parties, labels, within(pairs, learned), cuts=())
    score = scored(found_by(model, parties, within(pairs, kept)), true_pairs(labels, kept))
    assert score.f1 >= 0.96
