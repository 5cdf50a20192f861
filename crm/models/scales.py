"""The 0-4 scales on which a person's profile and a job's demands are written, with the same keys for both."""

from typing import Annotated

from pydantic import AfterValidator

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


def _known_keys(values: dict[str, int]) -> dict[str, int]:
    for key, level in values.items():
        if key not in SCALES:
            raise ValueError(f"There is no scale called {key}.")
        if level not in STEPS:
            raise ValueError(f"{SCALES[key]} is given a level from 0 to 4.")
    return values


Scales = Annotated[dict[str, int], AfterValidator(_known_keys)]
