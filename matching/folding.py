"""Words folded so that accents, punctuation and plurals do not hide that two phrases are the same."""

import re
import unicodedata
from functools import lru_cache

_WORD = re.compile(r"[^\W_]+(?:[+#]+)?")
_KEEPS_S = ("ss", "us", "is")
_TAKES_ES = ("sses", "shes", "ches", "xes", "zes")


def fold(phrase: str) -> str:
    """The phrase in lower case, without accents, punctuation or plural endings; empty when no word is left.

    Phrases that fold alike are the same to `Vocabulary.exact`: "Fork-lift trucks", "fork lift truck".
    """
    return " ".join(_singular(word) for word in words(phrase))


def words(phrase: str) -> list[str]:
    """The words of a phrase in lower case without accents, "&" read as "and"; "C++" and "C#" stay whole."""
    decomposed = unicodedata.normalize("NFKD", phrase.casefold().replace("&", " and "))
    if not decomposed.isascii():
        decomposed = "".join(letter for letter in decomposed if not unicodedata.combining(letter))
    return _WORD.findall(decomposed.replace("'", "").replace("’", ""))


@lru_cache(maxsize=100_000)
def _singular(word: str) -> str:
    """The word without its plural ending, by rule, not dictionary: fold both phrases alike."""
    if len(word) <= 3 or not word.endswith("s") or word.endswith(_KEEPS_S):
        return word
    if word.endswith("ies") and len(word) > 4:
        return word[:-3] + "y"
    if word.endswith(_TAKES_ES):
        return word[:-2]
    return word[:-1]
