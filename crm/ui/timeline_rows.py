"""Each kind of entry of the timeline as a line: what it is, a few words, and what somebody wrote about it."""

from collections.abc import Callable
from dataclasses import dataclass

from crm.services import history
from crm.services.timeline import Entry
from crm.ui.menu import SCREENS
from crm.ui.tables import Cell, link
from crm.ui.words import count, say

_ADDRESSES = frozenset(screen.address for screen in SCREENS)


@dataclass(frozen=True, slots=True)
class Line:
    """One entry as it is drawn; `what` is a link where it has a page of its own."""

    what: Cell
    words: str = ""
    note: str | None = None


def line_of(entry: Entry, employer_id: int) -> Line:
    """An entry of the timeline of this employer as a line."""
    return _LINES[entry.source](entry, employer_id)


def _linked(text: str, page: str, record_id: int | None) -> Cell:
    return link(text, page, id=record_id) if page in _ADDRESSES and record_id is not None else text


def _contact(entry: Entry, _: int) -> Line:
    purpose = "" if entry.detail == "unknown" else f": {say(entry.detail).lower()}"
    return Line(_linked(f"{say(entry.title)}{purpose}", "contact", entry.id), "", entry.note)


def _task(entry: Entry, _: int) -> Line:
    return Line(_linked(entry.title or "", "task", entry.id), f"next step {entry.detail}", entry.note)


def _stage_move(entry: Entry, _: int) -> Line:
    return Line(say(entry.title), f"stage moved, from {say(entry.detail).lower()}", entry.note)


def _agreement(entry: Entry, _: int) -> Line:
    return Line(_linked(say(entry.title), "agreement", entry.about_id), "agreement begun")


def _agreement_move(entry: Entry, _: int) -> Line:
    words = f"agreement moved to {say(entry.detail).lower()}"
    return Line(_linked(say(entry.title), "agreement", entry.about_id), words, entry.note)


def _vacancy(entry: Entry, _: int) -> Line:
    return Line(_linked(entry.title or "", "vacancy", entry.about_id), f"{say(entry.detail).lower()} vacancy")


def _analysis(entry: Entry, _: int) -> Line:
    return Line(_linked(entry.title or "", "analysis", entry.about_id), "job analysis")


def _carve(entry: Entry, _: int) -> Line:
    words = f"carved job, {say(entry.detail).lower()}"
    return Line(_linked(entry.title or "", "carved-job", entry.about_id), words)


def _carve_move(entry: Entry, _: int) -> Line:
    words = f"carved job moved to {say(entry.detail).lower()}"
    return Line(_linked(entry.title or "", "carved-job", entry.about_id), words, entry.note)


def _shortlisted(entry: Entry, _: int) -> Line:
    return Line(_linked(entry.title or "", "seeker", entry.about_id), f"shortlisted for {entry.detail}")


def _interviewed(entry: Entry, _: int) -> Line:
    return Line(
        _linked(entry.title or "", "seeker", entry.about_id), f"met at the {say(entry.detail).lower()}"
    )


def _started(entry: Entry, _: int) -> Line:
    return Line(_linked(entry.title or "", "seeker", entry.about_id), f"started work here: {entry.detail}")


def _promise(words: str) -> Callable[[Entry, int], Line]:
    def line(entry: Entry, _: int) -> Line:
        told = f"{words}: {say(entry.detail).lower()}"
        return Line(_linked(entry.title or "", "promise", entry.id), told, entry.note)

    return line


def _awareness(entry: Entry, _: int) -> Line:
    came = count(entry.about_id, "person came", "people came") if entry.about_id else ""
    return Line(_linked("Disability-awareness session", "awareness-edit", entry.id), came, entry.note)


def _document(entry: Entry, _: int) -> Line:
    address = f"files/document/employer-{entry.id}"
    return Line(link(entry.title or "", address), f"document ({say(entry.detail)})", entry.note)


_DONE = {"add": "Recorded", "change": "Changed", "archive": "Archived"}
_PARTS = {
    "Employer": "this employer",
    "EmployerSite": "a site",
    "EmployerPerson": "a person",
    "AwarenessSession": "an awareness session",
    "DoorOpener": "a door-opener",
    "EmployerDocument": "a document",
}


def _edit(entry: Entry, employer_id: int) -> Line:
    done = _DONE.get(entry.title or "", say(entry.title))
    fields = ", ".join(
        say(name.removesuffix("_id")).lower() for name in (entry.note or "").split(",") if name
    )
    words = _PARTS.get(entry.detail or "", "")
    told = f"{words}: {fields}" if fields and entry.title == "change" else words
    return Line(link(done, "history", of="employer", id=employer_id), told)


_LINES: dict[str, Callable[[Entry, int], Line]] = {
    "contact": _contact,
    "task": _task,
    "stage_move": _stage_move,
    "agreement": _agreement,
    "agreement_move": _agreement_move,
    "vacancy": _vacancy,
    "analysis": _analysis,
    "carve": _carve,
    "carve_move": _carve_move,
    "shortlisted": _shortlisted,
    "interviewed": _interviewed,
    "started": _started,
    "referred": _promise("put forward"),
    "promise_kept": _promise("promise kept"),
    "promise_broken": _promise("promise broken by the employer"),
    "awareness": _awareness,
    "document": _document,
    history.EDIT: _edit,
}
