"""Uploaded bytes to JobPosting records: JSON, JSON Lines, JSON-LD in pages, microdata, CSV, zips of these."""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from typing import cast

from crm.errors import UnreadableFileError
from crm.readers import limits
from crm.readers.adverts import RefusedAdvert
from crm.readers.archives import ADVERTS, chunks, open_archive
from crm.readers.decoding import decode
from crm.readers.markup import json_blocks, marked_up_items
from crm.readers.posting import Posting, names_a_posting, postings_in
from crm.readers.tables import OLE, read_table
from crm.readers.values import listed, loosely_parsed

_KEPT = 20_000


@dataclass(frozen=True, slots=True)
class Record:
    """One JobPosting with its file (inside a zip: archive/entry) and position in it, counted from 1."""

    file: str
    position: int
    posting: Posting


def records_in(name: str, content: bytes) -> Iterator[Record | RefusedAdvert]:
    """Every record of one uploaded file; what cannot be read comes out as refused, with its reason."""
    if len(content) > limits.ADVERT_BYTES:
        megabytes = limits.ADVERT_BYTES // 1024**2
        yield refused(name, 1, f"The file is larger than {megabytes} MB. Please split it.", "")
        return
    try:
        if content.startswith(OLE):
            yield from _from_table(name, content)
        elif content.startswith(b"PK\x03\x04"):
            yield from _zipped(name, content)
        else:
            yield from _from_text(name, content)
    except UnreadableFileError as problem:
        yield refused(name, 1, str(problem), "")


def refused(file: str, position: int, reason: str, original: str, field: str | None = None) -> RefusedAdvert:
    """A record set aside, with as much of the original as helps to correct it."""
    return RefusedAdvert(file, position, field, reason, original[:_KEPT])


def _zipped(name: str, content: bytes) -> Iterator[Record | RefusedAdvert]:
    archive = open_archive(content, ADVERTS)
    if "[Content_Types].xml" in archive.namelist() or "mimetype" in archive.namelist():
        yield from _from_table(name, content)
        return
    for entry in archive.infolist():
        if entry.is_dir() or entry.filename.startswith("__MACOSX/"):
            continue
        inner = f"{name}/{entry.filename}"
        try:
            unpacked = b"".join(chunks(archive, entry, ADVERTS.entry_bytes))
            if unpacked.startswith(b"PK\x03\x04"):
                yield refused(inner, 1, "A zip inside a zip is not opened. Unpack it first.", "")
            else:
                yield from _from_text(inner, unpacked)
        except UnreadableFileError as problem:
            yield refused(inner, 1, str(problem), "")


def _from_text(name: str, content: bytes) -> Iterator[Record | RefusedAdvert]:
    text = decode(content).text.strip().lstrip("\ufeff")
    if not text:
        yield refused(name, 1, "The file is empty.", "")
    elif "\0" in text:
        yield refused(name, 1, "The file holds NUL characters, which no text may hold.", text)
    elif text[0] in "{[":
        yield from _from_json(name, text)
    elif "application/ld+json" in text or "itemtype=" in text or "typeof=" in text or text[0] == "<":
        yield from _from_page(name, text)
    else:
        yield from _from_columns(name, content, text)


def _from_json(name: str, text: str) -> Iterator[Record | RefusedAdvert]:
    try:
        document: object = json.loads(text, strict=False)
    except (ValueError, RecursionError):
        lines = [
            (number, line.strip()) for number, line in enumerate(text.splitlines(), start=1) if line.strip()
        ]
        if len(lines) > 1 and lines[0][1].startswith("{") and lines[0][1].rstrip(",").endswith("}"):
            yield from _from_lines(name, lines)
            return
        document = loosely_parsed(text)
    if document is None:
        yield refused(name, 1, f"This is not JSON: {_json_problem(text)}", text)
        return
    yield from _numbered(name, document, text)


def _from_lines(name: str, lines: list[tuple[int, str]]) -> Iterator[Record | RefusedAdvert]:
    for number, line in lines:
        document = loosely_parsed(line.rstrip(","))
        postings = [] if document is None else postings_in(document)
        if not postings:
            problem = _json_problem(line) if document is None else "there is no JobPosting in it."
            yield refused(name, number, f"Line {number} was not read: {problem}", line)
        for posting in postings:
            yield Record(name, number, posting)


def _json_problem(text: str) -> str:
    try:
        json.loads(text, strict=False)
    except json.JSONDecodeError as error:
        return f"{error.msg} (line {error.lineno}, column {error.colno})."
    except (ValueError, RecursionError):
        return "it is nested too deeply or holds a number that is too long."
    return "it is nested too deeply."


def _numbered(name: str, document: object, original: str) -> Iterator[Record | RefusedAdvert]:
    """The postings of one document; in a list, each element counts and none is passed over in silence."""
    if isinstance(document, list) and document:
        for position, element in enumerate(listed(cast("object", document)), start=1):
            postings = postings_in(element)
            for posting in postings:
                yield Record(name, position, posting)
            if not postings:
                yield refused(name, position, "This record is no JobPosting.", json.dumps(element))
        return
    postings = postings_in(cast("object", document))
    if not postings:
        yield refused(name, 1, "There is no JobPosting in this file.", original)
    for position, posting in enumerate(postings, start=1):
        yield Record(name, position, posting)


def _from_page(name: str, text: str) -> Iterator[Record | RefusedAdvert]:
    position = 0
    for block in json_blocks(text):
        document = loosely_parsed(block)
        if document is None and "JobPosting" in block:
            position += 1
            yield refused(
                name, position, f"A JobPosting in the page is not JSON: {_json_problem(block)}", block
            )
        for posting in [] if document is None else postings_in(document):
            position += 1
            yield Record(name, position, posting)
    if position:
        return
    for posting in postings_in(marked_up_items(text)) if "JobPosting" in text else []:
        position += 1
        yield Record(name, position, posting)
    if not position:
        yield refused(name, 1, "There is no JobPosting in this page.", text)


def _from_columns(name: str, content: bytes, text: str) -> Iterator[Record | RefusedAdvert]:
    first_line = text.partition("\n")[0]
    if not any(delimiter in first_line for delimiter in ",;\t|"):
        yield refused(name, 1, "This is neither JSON nor a page with a JobPosting.", text)
        return
    yield from _from_table(name, content)


def _from_table(name: str, content: bytes) -> Iterator[Record | RefusedAdvert]:
    """A table whose columns are JobPosting's properties, as public crawls are published."""
    table = read_table(content, name)
    if not names_a_posting(table.header):
        reason = "The columns of this table do not name a job title and more of a JobPosting."
        yield refused(name, 1, reason, "\t".join(table.header))
        return
    if not table.row_count:
        yield refused(name, 1, "This table has a header and no rows.", "\t".join(table.header))
    for row in table.rows:
        yield Record(name, row.number, Posting(nested(dict(zip(table.header, row.cells, strict=True)))))
    for row in table.refused:
        yield refused(name, row.number, row.reason, "\t".join(row.cells), row.column)


def nested(flat: dict[str, str]) -> dict[str, object]:
    """Columns such as baseSalary.value.minValue as the objects that they stand for."""
    record: dict[str, object] = {}
    for name, cell in flat.items():
        *owners, last = name.split(".")
        target = record
        for owner in owners:
            target = _inner(target, owner)
        target[last] = cell
    return record


def _inner(target: dict[str, object], owner: str) -> dict[str, object]:
    inner = target.get(owner)
    if isinstance(inner, dict):
        return cast("dict[str, object]", inner)
    made: dict[str, object] = {}
    target[owner] = made
    return made
