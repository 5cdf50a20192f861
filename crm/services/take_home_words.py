"""A sheet that a person takes home: what was compared for one job, what is not known, what happens next.

It names nobody, not even them: it may be left on a bus. No figure stands on it, and no place in any list.
"""

from collections.abc import Iterator, Sequence
from datetime import date

from crm.papers.paper import Grid, Paper, Reading, Section
from crm.papers.pictures import Picture
from crm.services.person_job_words import not_known, this_job, what_next
from crm.services.person_words import Shelf, lines_of
from crm.services.plain_words import day
from crm.services.with_person import WithPerson

TITLE = "About you and this job"
OPENING = (
    "This sheet is for you to keep.",
    "It is about you and one job.",
    "It says what we compared, and what we do not know.",
)
TALK = (
    "Talk with your coach about this sheet.",
    "You can bring a friend with you.",
    "Here you can write down who helps you:",
)
NOT_RIGHT = (
    "You can say that something here is not right.",
    "Tell your coach what is right, in your own words.",
    "Until you have talked, we do not use it.",
    "We compare you and the job again at once.",
)
COMPARED = (
    "We put what the job asks beside what you told us.",
    "We did not use facts about your health or your money.",
)
_WRITTEN = Grid(("Who", "Name and telephone"), (("Your coach", ""), ("Someone you trust", "")), to_fill=True)


def as_paper(found: WithPerson, *, service: str, reading: Reading, today: date) -> Paper:
    """The whole sheet, in one of the ways to read it."""
    parts = this_job(found, found.compared) if found.compared else []
    return Paper(
        title=f"{TITLE}: Easy Read" if reading is Reading.EASY_READ else TITLE,
        service=service,
        mark=f"Made on {day(today)}",
        made_on=today,
        opening=OPENING,
        sections=(
            *_shelves(parts[:1], found),
            Section("What we compared", COMPARED, picture=Picture.PAGE),
            *_shelves(parts[1:], found),
            *_shelves([not_known(found), what_next(found)], found),
            Section("Who to talk to", (*TALK, _WRITTEN), picture=Picture.TELEPHONE),
            Section("If something is not right", NOT_RIGHT, picture=Picture.SPEECH),
        ),
        reading=reading,
    )


def _shelves(shelves: Sequence[Shelf], found: WithPerson) -> Iterator[Section]:
    for shelf in shelves:
        yield Section(shelf.heading, tuple(lines_of(shelf, found)), picture=shelf.picture)
