"""The 0-4 scales on which a person's profile and a job's demands are written, with the same keys for both.

What each step means is in data/scales.csv, in words of its own for the person and for the job.
"""

import csv
from enum import StrEnum
from functools import cache
from typing import Annotated

from pydantic import AfterValidator

from crm.config import DATA
from crm.models.base import Line

SCALES: dict[str, str] = {
    "communication": "Communication",
    "attention": "Attention",
    "change_of_task": "Change of task",
    "interaction": "Being with other people",
    "time": "Telling and keeping time",
    "reading": "Reading",
    "number": "Number",
    "endurance": "Endurance",
    "lifting": "Lifting and carrying",
    "mobility": "Moving about",
    "standing": "Standing",
    "fine_movement": "Fine movement of the hands",
    "orientation": "Finding the way",
    "pace": "Pace",
    "stress": "Pressure",
    "initiative": "Starting tasks unprompted",
    "asking_for_help": "Asking for help",
    "noise": "Noise",
    "light": "Light",
    "temperature": "Heat and cold",
    "crowding": "Crowding",
    "outdoors": "Outdoors",
    "smell": "Smell",
    "public": "Contact with the public",
}

STEPS: dict[int, str] = {
    0: "0 – not at all",
    1: "1 – a little",
    2: "2 – some",
    3: "3 – much",
    4: "4 – very much",
}


class Side(StrEnum):
    """Whose side of a scale: what works for a person, or what a job asks."""

    PERSON = "person"
    JOB = "job"


FAMILIES: dict[str, tuple[str, ...]] = {
    "how the work goes": ("attention", "change_of_task", "time", "pace", "stress", "initiative"),
    "talking, people and help": ("communication", "interaction", "asking_for_help", "public"),
    "reading, numbers and finding the way": ("reading", "number", "orientation"),
    "strength and movement": ("endurance", "lifting", "mobility", "standing", "fine_movement"),
    "the place": ("noise", "light", "temperature", "crowding", "outdoors", "smell"),
}
"""The scales as they are looked through, a few at a time."""


@cache
def _words() -> dict[tuple[Side, str], dict[int, str]]:
    with (DATA / "scales.csv").open(encoding="utf-8", newline="") as opened:
        rows = list(csv.DictReader(opened))
    return {
        (side, key): {int(row["step"]): row[side] for row in rows if row["scale"] == key}
        for side in Side
        for key in SCALES
    }


def step_words(side: Side, key: str) -> dict[int, str]:
    """What each step of a scale means, from 0 to 4, in words for the person or for the job."""
    return _words()[side, key]


def _known_keys(values: dict[str, int]) -> dict[str, int]:
    for key, level in values.items():
        if key not in SCALES:
            raise ValueError(f"There is no scale called {key}.")
        if level not in STEPS:
            raise ValueError(f"{SCALES[key]} is given a level from 0 to 4.")
    return values


Scales = Annotated[dict[str, int], AfterValidator(_known_keys)]


def _told(words: dict[str, str | None]) -> dict[str, str]:
    for key in words:
        if key not in SCALES:
            raise ValueError(f"There is no scale called {key}.")
    return {key: text for key, text in words.items() if text}


ScaleSupports = Annotated[dict[str, Line], AfterValidator(_told)]
"""With what support a step works, for those scales where some is needed."""
