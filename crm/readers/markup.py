"""HTML to plain text, and the JobPostings inside a page: JSON-LD blocks, else microdata or RDFa."""

import html
import re
from collections.abc import Iterator
from html.parser import HTMLParser

# What is never closed runs to the end, as in browsers: this also keeps hostile text from taking long.
_HIDDEN = re.compile(r"<(script|style)\b.*?(?:</\1\s*>|\Z)|<!--.*?(?:-->|\Z)", re.DOTALL | re.IGNORECASE)
_BREAKS = re.compile(
    r"</?(?:p|div|br|li|ul|ol|h[1-6]|tr|table|section|article|header|footer|dt|dd|dl|hr|blockquote)\b[^<>]*>",
    re.IGNORECASE,
)
_TAGS = re.compile(r"<(?:[a-zA-Z/!?])[^<>]*>")
_SPACES = re.compile(r"(?:[^\S\n ]|  )[^\S\n]*")
_LINES = re.compile(r" ?\n[ \n]*")
_LOOKS_LIKE_MARKUP = re.compile(r"&(?:lt|gt|amp|nbsp|#\d+|[a-z]+);|<[a-zA-Z/]")
_BLOCKS = re.compile(
    r"<script\b[^>]*?application/ld\+json[^>]*>(.*?)(?:</script\s*>|\Z)", re.DOTALL | re.IGNORECASE
)
_VOID = {"area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr"}
_DEPTH = 200


def plain_text(markup: str) -> str:
    """The words of a piece of HTML, escaped once, twice or not at all; lines kept, no tags, no scripts."""
    text = markup
    for _ in range(3):
        if not _LOOKS_LIKE_MARKUP.search(text):
            break
        if "<" in text:
            text = _TAGS.sub("", _BREAKS.sub("\n", _HIDDEN.sub("", text)))
        if "&" in text:
            text = html.unescape(text)
    text = text.replace("\\n", "\n").replace("\r", "\n").replace("\u200b", "").replace("\ufeff", "")
    return _LINES.sub("\n", _SPACES.sub(" ", text)).strip()


def json_blocks(page: str) -> Iterator[str]:
    """The contents of a page's JSON-LD script blocks, in order."""
    for block in _BLOCKS.finditer(page):
        yield block[1]


def marked_up_items(page: str) -> list[dict[str, object]]:
    """The outermost microdata or RDFa items of a page, as JSON-LD would write them."""
    parser = _ItemParser()
    try:
        parser.feed(page)
        parser.close()
    except AssertionError:  # html.parser answers some broken declarations so
        pass
    return parser.items


class _ItemParser(HTMLParser):
    """Follows itemscope/itemprop (or typeof/property) down the page."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.items: list[dict[str, object]] = []
        self._open: list[tuple[str, dict[str, object] | None, list[str], list[str]]] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        held = {name: value or "" for name, value in attrs}
        properties = (held.get("itemprop") or held.get("property") or "").split()
        kind = held.get("itemtype") or held.get("typeof")
        item: dict[str, object] | None = None
        if kind is not None or "itemscope" in held:
            item = {"@type": re.split(r"[/#:]", (kind or "").strip())[-1]}
            self._put(properties, item)
        given = _given(held) if properties and item is None else None
        if given is not None:
            self._put(properties, given)
            properties = []
        if tag not in _VOID and len(self._open) < _DEPTH:
            self._open.append((tag, item, properties if item is None else [], []))

    def handle_endtag(self, tag: str) -> None:
        if not any(opened == tag for opened, *_ in self._open):
            return
        while self._open:
            opened, _, properties, words = self._open.pop()
            if properties:
                self._put(properties, " ".join("".join(words).split()))
            if opened == tag:
                return

    def handle_data(self, data: str) -> None:
        for _, _, properties, words in self._open:
            if properties:
                words.append(data)

    def _put(self, properties: list[str], value: object) -> None:
        owner = next((item for _, item, *_ in reversed(self._open) if item is not None), None)
        if owner is None:
            if isinstance(value, dict):
                self.items.append(value)  # pyright: ignore[reportUnknownArgumentType]
            return
        for name in properties:
            name = re.split(r"[/#:]", name)[-1]
            held = owner.get(name)
            if isinstance(held, list):
                held.append(value)  # pyright: ignore[reportUnknownMemberType]
            else:
                owner[name] = value if held is None else [held, value]


def _given(held: dict[str, str]) -> str | None:
    """The value that an element states in an attribute rather than in its words."""
    for name in ("content", "datetime", "href", "src"):
        if name in held:
            return held[name]
    return None
