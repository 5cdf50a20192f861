"""How text is read for the search: words, numbers and addresses in the one form that both sides share."""

import pytest

from crm.models.search_text import (
    Term,
    company_codes,
    email_codes,
    phone_codes,
    postcode_codes,
    terms_of,
    trigrams,
    words_of,
)


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("Fernside Bakery Ltd", ["fernside", "bakery"]),
        ("O’Brien & Daughters, Limited", ["obrien", "daughters"]),
        ("Zoë Łódź-Straße", ["zoe", "lodz", "strasse"]),
        ("B&Q", ["bq"]),
        ("J. D. Wetherspoon plc", ["jd", "wetherspoon"]),
        ("The Ltd", ["the", "ltd"]),
        ("— !", []),
    ],
)
def test_a_name_is_read_as_words_without_signs_accents_and_what_says_nothing(name: str, words: list[str]):
    assert words_of(name) == words


@pytest.mark.parametrize(
    "typed", ["07700 900123", "+44 7700 900123", "07700900123", "(07700) 900-123", "0044 7700 900123"]
)
def test_a_telephone_number_fits_however_it_is_written(typed: str):
    (term,) = terms_of(typed)
    assert set(term.codes) == phone_codes("+447700900123")


def test_the_last_digits_of_a_telephone_number_begin_it_backwards():
    (term,) = terms_of("900123")
    assert any(stored.startswith(code) for code in term.codes for stored in phone_codes("+447700900123"))


@pytest.mark.parametrize("typed", ["LS14AB", "ls1 4ab", "LS1 4AB", "ls1 4", "ls1"])
def test_a_postcode_fits_however_it_is_written_and_by_its_first_half(typed: str):
    (term,) = terms_of(typed)
    assert any(stored.startswith(code) for code in term.codes for stored in postcode_codes("LS1 4AB"))


@pytest.mark.parametrize("typed", ["01234567", "1234567"])
def test_a_company_number_fits_with_its_leading_nought_or_without(typed: str):
    assert company_codes("01234567") & set(terms_of(typed)[0].codes)


@pytest.mark.parametrize("typed", ["Dana.Holt@Fernside.example", "@fernside.ex"])
def test_an_email_address_fits_as_a_whole_and_by_where_it_is(typed: str):
    (term,) = terms_of(typed)
    assert any(stored.startswith(term.codes[0]) for stored in email_codes("dana.holt@fernside.example"))


def test_words_and_numbers_are_typed_beside_each_other():
    assert terms_of("Dana 07700 900123")[0] == Term("dana")
    assert terms_of("Studio 54") == [Term("studio"), Term("54", ("54",))]


@pytest.mark.parametrize("typed", ["", "  ", "@", "😀", "'; --", "%_"])
def test_what_says_nothing_is_no_term(typed: str):
    assert terms_of(typed) == []


def test_a_single_letter_counts_only_where_nothing_else_is_said():
    assert terms_of("dana h") == [Term("dana")]
    assert terms_of("h") == [Term("h")]


def test_trigrams_hold_where_a_word_begins_and_ends():
    assert trigrams("holt") == {"^ho", "hol", "olt", "lt$"}
