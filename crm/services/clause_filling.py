"""Filling a wording in from an agreement, and refusing one that could not be filled.

A wording is filled in once, from left to right, so that braces in what people typed stay the text that they
are. A line of it is a paragraph; one that comes to nothing is left out.
"""

import re
from collections.abc import Iterator

from crm.errors import RuleBrokenError
from crm.services.agreement_placeholders import PLACEHOLDERS
from crm.services.agreement_terms import Terms

_IN_BRACES = re.compile(r"( ?)\{(\w+)\}(\.?)", re.ASCII)
_BRACE = re.compile(r"[{}]")
_ENDS = (".", "!", "?", "…")


def names_in(words: str) -> list[str]:
    """The placeholders of a wording, each once, in their order."""
    return list(dict.fromkeys(found[2] for found in _IN_BRACES.finditer(words)))


def paragraphs(words: str, terms: Terms, *, is_easy: bool) -> tuple[str, ...]:
    """A wording filled in, paragraph by paragraph."""
    return tuple(_filled(words, terms, is_easy=is_easy))


def _filled(words: str, terms: Terms, *, is_easy: bool) -> Iterator[str]:
    def put(found: re.Match[str]) -> str:
        space, name, stop = found.groups()
        placeholder = PLACEHOLDERS[name]
        say = (placeholder.easy or placeholder.words) if is_easy else placeholder.words
        said = say(terms)
        if not said:
            return ""
        return f"{space}{said}{'' if said.endswith(_ENDS) else stop}"

    for line in words.splitlines():
        filled = _IN_BRACES.sub(put, line).strip(" ")
        if filled:
            yield filled


def ensure_fillable(words: str, *, field: str) -> None:
    """Let a wording go on if every brace in it belongs to a placeholder that there is.

    Raises:
        RuleBrokenError: a placeholder is unknown, or a brace stands alone; `field` is where.
    """
    unknown = [name for name in names_in(words) if name not in PLACEHOLDERS]
    if unknown:
        raise RuleBrokenError(
            f"There is nothing to fill in for {{{unknown[0]}}}. You can use: "
            f"{', '.join(f'{{{name}}}' for name in PLACEHOLDERS)}.",
            field=field,
        )
    if _BRACE.search(_IN_BRACES.sub("", words)):
        raise RuleBrokenError(
            "A brace stands alone. Write placeholders as {employer}, and use no braces for anything else.",
            field=field,
        )
