"""What the product says about itself: its version, its words, whose data it uses, how accessible it is."""

import tomllib
from functools import cache

from crm.config import ROOT


@cache
def version() -> str:
    """The version of the product, from its project file."""
    with (ROOT / "pyproject.toml").open("rb") as opened:
        project: dict[str, str] = tomllib.load(opened)["project"]
    return project["version"]


WORDS: tuple[tuple[str, str], ...] = (
    (
        "Guaranteed interview",
        "An employer’s written promise: whoever it covers and meets its rule is interviewed.",
    ),
    (
        "Natural support",
        "Support that a workplace, family or community gives anyway: a buddy, a routine, a lift to work. "
        "Paid support comes after it, and fades.",
    ),
    (
        "Job analysis",
        "A job as somebody saw it, task by task, with times, and with the supports at the workplace.",
    ),
    ("Carved job", "A job made for one person from tasks that colleagues can hand over."),
    (
        "16 hours",
        "The aim, never a barrier: fewer hours by choice, or while building up, cost nothing in a match.",
    ),
    (
        "Score and band",
        "“68 (41–96), from 45 % known”: the score is the middle of what it could be once everything is "
        "known. What is not recorded counts half, never nothing.",
    ),
    (
        "Needs a measure",
        "Something has to be done to make the job work, and the match says what: an adjustment, training on "
        "the job, another time of day.",
    ),
    ("Must-have", "Something that the job cannot do without, as the employer says."),
    (
        "Not yet",
        "A decision with a reason, the measure that would change it, an owner and a date. Nobody is left "
        "without a next step.",
    ),
)
"""The words of the product that need saying, with what they mean here."""

KEYS: tuple[tuple[str, str], ...] = (
    ("Tab, Shift + Tab", "Go to the next or previous link, field or button"),
    ("Enter", "Follow a link, press a button"),
    ("Space", "Tick a box, press a button"),
    ("Arrow keys", "Move inside a list of choices, scroll a wide table"),
    ("Esc", "Close what has opened; on the page that logs a contact, go back to where you were"),
    ("Alt + L", "Log a contact, for those who record contacts"),
    ("Alt + K", "Go to Find, the box at the top of every page; arrow keys and Enter open what it finds"),
)
"""What the keyboard does on every page."""

ATTRIBUTIONS: tuple[tuple[str, str], ...] = (
    (
        "Postcode sectors and districts",
        "Derived from OS Code-Point Open, Open Government Licence v3.0. Contains OS data © Crown copyright "
        "and database right; contains Royal Mail data © Royal Mail copyright and database right; contains "
        "National Statistics data © Crown copyright and database right.",
    ),
    ("Skills and roles", "Written for this product; MIT licence."),
    (
        "ESCO, where a service has imported it",
        "This service uses the ESCO classification of the European Commission.",
    ),
    ("The product", "MIT licence."),
)
"""Whose data the product uses, and on what terms."""

ACCESSIBILITY = (
    "The aim is WCAG 2.2, level AA. Each page is tested by machine in light and dark and at 320 pixels, and "
    "by keyboard alone. It has not been tried with people who use screen readers, voice control or high "
    "contrast. Known: lists of choices and dates are Streamlit’s own and speak with its words; a wide table "
    "scrolls sideways inside its own region on a small screen.\n"
    "Tell the administrator of your service what stands in your way: it is a fault and is treated as one."
)
"""The accessibility statement in short; docs/accessibility.md has the whole."""
