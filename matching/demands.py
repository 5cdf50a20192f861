"""The job's demands beside what works for the person, on the same 0 to 4 scales: measures, never points.

Points for these would be a proxy for disability (domain rules, "Must never").
"""

from matching.match import Gap
from matching.profiles import JobProfile, SeekerProfile

_MEASURES = {
    "noise": "Ask for ear protection or a quieter place",
    "light": "Ask for other lighting or another place to sit",
    "crowding": "Ask for quieter times or a place apart",
    "lifting": "Ask for lifting aids, or share the lifting with a colleague",
    "standing": "Ask for a stool and planned breaks",
    "reading": "Use pictures, colours or a reading app",
    "number": "Use a checklist or a calculator",
    "time": "Use alarms and a visual timetable",
    "attention": "Break the work into short steps with a checklist",
    "pace": "Agree a pace to start from and how it grows",
    "communication": "Agree how to ask and tell: cards, text or a named person",
    "change_of_task": "Agree the order of tasks and give notice of changes",
    "interaction": "Agree who they work beside, and where they can be by themselves",
    "endurance": "Plan short breaks, and build the hours up step by step",
    "mobility": "Move the work to one place, or share the ways with a colleague",
    "fine_movement": "Try other tools or grips, or share the fine work with a colleague",
    "orientation": "Walk the way together until it is known, and put up signs or photos",
    "stress": "Agree calm times to start with, and whom to turn to when it gets busy",
    "initiative": "Use a list or pictures that show what comes next",
    "asking_for_help": "Name one person who looks in at set times",
    "temperature": "Ask for other clothing, and for shorter turns in the heat or the cold",
    "outdoors": "Ask for clothing for the weather, and for work inside on bad days",
    "smell": "Ask for fresh air, a mask or shorter turns",
    "public": "Start beside a colleague who serves, or behind the scenes",
}


def demand_gaps(seeker: SeekerProfile, job: JobProfile) -> list[Gap]:
    """Return where the job demands more than works for the person, both being recorded."""
    abilities = seeker.seeker.abilities
    return [
        Gap(
            f"{_words(key)}: the job asks {asked}, {abilities[key]} works for the person now",
            measure_for(key),
            0.0,
        )
        for key, asked in sorted(job.job.demands.items())
        if abilities.get(key, asked) < asked
    ]


def measure_for(key: str) -> str:
    """Return what is tried first where a job asks more on this scale than works for the person."""
    return _MEASURES.get(key, "Agree an adjustment with the employer, or ask Access to Work")


def _words(key: str) -> str:
    return key.replace("_", " ").capitalize()
