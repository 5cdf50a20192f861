"""Text as it is searched: into words without case, accents and signs; numbers and addresses in one form.

The same functions read what is stored and what is typed, so that 07700 900123 finds +44 7700 900123. Pure.
"""

import re
from dataclasses import dataclass

from crm.models.base import folded

_LETTERS = str.maketrans(
    {"ø": "o", "ł": "l", "đ": "d", "ð": "d", "þ": "th", "æ": "ae", "œ": "oe", "ı": "i"}
    | dict.fromkeys("'’ʼ`")
)
"""Letters that are not another letter with an accent, and signs within a word that people leave out."""

_NOISE = frozenset({"and", "the", "of", "ltd", "limited", "plc", "llp", "cic"})
"""Words that do not tell one employer from another; they count only where nothing else is said."""

_WORD = re.compile(r"[^\W_]+")
_PARTS = re.compile(
    r"(?P<address>\S*@\S*)"
    r"|(?P<postcode>\b[a-z]{1,2}\d[a-z\d]? ?\d[a-z]{0,2}\b)"
    r"|(?P<number>\+?\(?\d[\d ().\-/]{3,}\d)"
    r"|(?P<word>[^\W_]+)"
)
_LEAST_DIGITS = 5
_MOST_TERMS = 6
_LONGEST = 40
_FROM_THE_END = "<"
"""Before a telephone number written backwards, which is found by its last digits."""


LAST = "\U0010ffff"
"""Comes after every other sign: what begins with a text lies between the text and the text with it."""


@dataclass(frozen=True, slots=True)
class Term:
    """One thing that was typed: the word it may be, and the numbers or addresses it may begin."""

    word: str = ""
    codes: tuple[str, ...] = ()


def words_of(text: str) -> list[str]:
    """The words of a name or title, in order: “J. D. Wetherspoon plc” becomes jd and wetherspoon."""
    found = _joined(_WORD.findall(_plain(text)))
    return [word for word in found if word not in _NOISE] or found


def phone_codes(phone: str) -> set[str]:
    """How a telephone number is found: from its first digits and from its last ones."""
    digits = _national(phone)
    return {digits, _FROM_THE_END + digits[::-1]}


def postcode_codes(postcode: str) -> set[str]:
    """How a postcode is found: as a whole, and by the half before the space."""
    return {folded(postcode).replace(" ", ""), folded(postcode).partition(" ")[0]}


def company_codes(number: str) -> set[str]:
    """How a company number is found: with its leading noughts or without."""
    return {folded(number).lstrip("0")}


def email_codes(address: str) -> set[str]:
    """How an e-mail address is found: as a whole, and by what follows the @."""
    plain = _plain(address)
    return {plain, plain.partition("@")[2]}


def terms_of(typed: str) -> list[Term]:
    """What was typed, term by term; a single letter beside others says too little and is left out."""
    found: list[Term] = []
    loose: list[str] = []
    for part in _PARTS.finditer(_plain(typed)):
        term = _term(part.lastgroup or "", part.group())
        if term is None:
            loose += _WORD.findall(part.group())
        else:
            found.append(term)
    joined = _joined(loose)
    told = [word for word in joined if word not in _NOISE] or ([] if found else joined)
    found = [_word_term(word) for word in told] + found
    longer = [term for term in found if len(term.word) > 1 or term.codes]
    return (longer or found)[:_MOST_TERMS]


def trigrams(word: str) -> set[str]:
    """Every three signs that follow each other in a word, its beginning and end being signs too."""
    padded = f"^{word}$"
    return {padded[at : at + 3] for at in range(len(padded) - 2)}


def _plain(text: str) -> str:
    return folded(text).translate(_LETTERS)


def _joined(words: list[str]) -> list[str]:
    """Single letters that follow each other are one word: b & q is B&Q."""
    found: list[str] = []
    is_run = False
    for word in words:
        is_single = len(word) == 1 and word.isalpha()
        if is_single and is_run:
            found[-1] += word
        else:
            found.append(word)
        is_run = is_single
    return found


def _term(kind: str, text: str) -> Term | None:
    """A number or an address that was typed; None if it is words."""
    match kind:
        case "address":
            code = text.lstrip("@")[:_LONGEST]
            return Term(codes=(code,)) if code else None
        case "postcode":
            return Term("" if " " in text else text, (text.replace(" ", ""),))
        case "number" if sum(sign.isdigit() for sign in text) >= _LEAST_DIGITS:
            digits = _national(text)[:_LONGEST]
            return Term(codes=(digits, _FROM_THE_END + digits[::-1])) if digits else None
        case _:
            return None


def _word_term(word: str) -> Term:
    word = word[:_LONGEST]
    has_digit = any(sign.isdigit() for sign in word)
    return Term(word, (word.lstrip("0") or word,) if has_digit and len(word) > 1 else ())


def _national(phone: str) -> str:
    """The digits of a number, without leading noughts and what tells the country if it is this one."""
    digits = re.sub(r"\D", "", phone)
    digits = digits.removeprefix("00")
    if digits.startswith("44") and len(digits) > len("447700900"):
        digits = digits.removeprefix("44")
    return digits.lstrip("0")
