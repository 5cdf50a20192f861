"""Our own pictures, one for each kind of thing that Easy Read speaks of.

Screens show them as drawn (crm/web/assets/pictograms); papers hold the same as PNG, which Word can show.
"""

from base64 import b64encode
from enum import StrEnum
from functools import cache
from pathlib import Path

_FOLDER = Path(__file__).resolve().parent / "pictures"


class Picture(StrEnum):
    """A pictogram; its value is the name of its file."""

    PERSON = "person"
    PEOPLE = "people"
    STRENGTH = "strength"
    HELP = "help"
    SPEECH = "speech"
    CLOCK = "clock"
    CALENDAR = "calendar"
    BUS = "bus"
    TELEPHONE = "telephone"
    WORK = "work"
    WORKPLACE = "workplace"
    PAGE = "page"
    LOCK = "lock"
    TICK = "tick"
    CROSS = "cross"
    QUESTION = "question"
    STOP = "stop"
    NEXT = "next"


ALT: dict[Picture, str] = {
    Picture.PERSON: "A person",
    Picture.PEOPLE: "Two people",
    Picture.STRENGTH: "A star",
    Picture.HELP: "An open hand",
    Picture.SPEECH: "A speech bubble",
    Picture.CLOCK: "A clock",
    Picture.CALENDAR: "A calendar",
    Picture.BUS: "A bus",
    Picture.TELEPHONE: "A telephone",
    Picture.WORK: "A work bag",
    Picture.WORKPLACE: "A building",
    Picture.PAGE: "A page",
    Picture.LOCK: "A lock",
    Picture.TICK: "A tick",
    Picture.CROSS: "A cross",
    Picture.QUESTION: "A question mark",
    Picture.STOP: "A stop sign",
    Picture.NEXT: "An arrow",
}
"""What a screen reader says for each picture."""


@cache
def png(picture: Picture) -> bytes:
    """A picture as PNG."""
    return (_FOLDER / f"{picture.value}.png").read_bytes()


@cache
def address_in_page(picture: Picture) -> str:
    """A picture as an address that holds it, for a page that needs nothing beside itself."""
    return f"data:image/png;base64,{b64encode(png(picture)).decode()}"
