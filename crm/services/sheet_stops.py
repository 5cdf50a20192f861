"""What keeps a page about a person from being given: words that they do not want used, and words of health.

Both are told with the field that they stand in, so that it can be mended with the person or left out.
"""

import re
from collections.abc import Iterable, Sequence

from crm.errors import RuleBrokenError
from crm.services.sheet_words import SheetLine

_APART = re.compile(r"[,;/\n]|\bor\b")
_QUOTED = re.compile(r"[\"“”„«»]([^\"“”„«»]+)[\"“”„«»]")
_ENDINGS = r"(?:'?s|es|d|ed|ing)?"

_HEALTH = tuple(
    re.compile(rf"\b{pattern}\b")
    for pattern in (
        *(r"autis\w*", r"asperger\w*", r"adhd", r"dyslexi\w*", r"dyspraxi\w*", r"dyscalculi\w*"),
        *(r"tourette\w*", r"epilep\w*", r"seizures?", r"diabet\w*", r"cancer", r"asthma\w*", r"arthriti\w*"),
        *(r"depress\w*", r"anxiety", r"bipolar", r"schizophren\w*", r"psychos\w*", r"ptsd", r"ocd", r"hiv"),
        *(r"mental (?:health|illness)", r"learning (?:disabilit\w*|difficult\w*)", r"down'?s? syndrome"),
        *(r"cerebral palsy", r"multiple sclerosis", r"(?:brain|head|spinal) injur\w*", r"a stroke"),
        *(r"deaf\w*", r"blind", r"(?:hearing|sight) (?:loss|impair\w*)", r"visually impaired"),
        *(r"wheelchairs?", r"diagnos\w*", r"disab\w*", r"medication", r"health (?:condition|problem)s?"),
        *(r"disorders?", r"syndromes?", r"illness\w*", r"counselling", r"therap\w*"),
        *(r"personal independence payment", r"pip", r"esa", r"universal credit", r"incapacity"),
    )
)
"""What would tell an employer of health, a disability or its benefits. A net with holes: people read, too."""


def ensure_sayable(lines: Iterable[SheetLine], words_not_to_use: str | None) -> None:
    """Let a page go on if it holds no word that the person does not want used, and none of health.

    Raises:
        RuleBrokenError: it does; the words and the fields are named.
    """
    found = list(lines)
    unwanted = _named(found, [_whole(words) for words in unwanted_words(words_not_to_use)])
    if unwanted:
        raise RuleBrokenError(
            f"The person does not want these words used: {unwanted}. Find other words with them, or leave "
            "that part out."
        )
    health = _named(found, _HEALTH)
    if health:
        raise RuleBrokenError(
            f"A page for an employer says nothing about health before an offer: {health}. Find other words "
            "with the person, or leave that part out."
        )


def is_sayable(words: str, words_not_to_use: str | None) -> bool:
    """May these words be said to an employer: is nothing of health in them, and no unwanted one?"""
    unwanted = [_whole(each) for each in unwanted_words(words_not_to_use)]
    return not any(pattern.search(_alike(words)) for pattern in (*_HEALTH, *unwanted))


def unwanted_words(typed: str | None) -> list[str]:
    """Words not to use, one by one: what stands in double quotes, else what commas and “or” part."""
    text = _alike(typed or "")
    quoted = _QUOTED.findall(text)
    return [words for part in quoted or _APART.split(text) if (words := part.strip(" .'\"“”‘’"))]


def _whole(words: str) -> re.Pattern[str]:
    """The words as such, each also with a usual ending: suffer, suffers, suffered."""
    stems = [re.escape(word.removesuffix("s") if len(word) > 3 else word) for word in words.split()]
    return re.compile(rf"(?<!\w){' '.join(stem + _ENDINGS for stem in stems)}(?!\w)")


def _named(lines: Sequence[SheetLine], patterns: Sequence[re.Pattern[str]]) -> str:
    """Each word that was found, with the field it stands in."""
    named: dict[str, None] = {}
    for line in lines:
        text = _alike(line.words)
        for pattern in patterns:
            for found in pattern.finditer(text):
                named[f"“{found[0]}” in “{line.source}”"] = None
    return ", ".join(named)


def _alike(text: str) -> str:
    """Text as it is compared: no case, one kind of apostrophe, hyphens as spaces."""
    plain = text.casefold().replace("’", "'").replace("‘", "'")
    return " ".join(re.sub(r"[-‐‑–]", " ", plain).split())
