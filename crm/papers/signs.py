"""Text that somebody typed as papers can hold it: every sign is there, or its place is seen to be."""

import re

REPLACED = "\N{REPLACEMENT CHARACTER}"
_MARGIN = 60
_BREAK = re.compile("\r\n|[\r\x85\u2028\u2029]")
_NOT_HELD = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff]")
_SENTENCE_END = re.compile(r"(?<=[.!?])\s+(?=\S)")


def visible(text: str) -> str:
    """The same text without signs that XML cannot hold: each gives way to one that is seen."""
    return _NOT_HELD.sub(REPLACED, _BREAK.sub("\n", text))


def in_one_line(text: str) -> str:
    """The same in one line, for headings, headers and properties."""
    return " ".join(visible(text).split())


def in_margin(text: str) -> str:
    """The same as it fits above a page; what is cut off stands whole on the first one."""
    line = in_one_line(text)
    return line if len(line) <= _MARGIN else f"{line[:_MARGIN]}…"


def one_sentence_each(lines: tuple[str, ...]) -> tuple[str, ...]:
    """Lines with one sentence each, as Easy Read has them."""
    return tuple(said for line in lines for said in _SENTENCE_END.split(line.strip()) if said)
