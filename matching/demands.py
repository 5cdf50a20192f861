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
    "change of task": "Agree the order of tasks and give notice of changes",
}


def demand_gaps(seeker: SeekerProfile, job: JobProfile) -> list[Gap]:
    """Return where the job demands more than works for the person, both being recorded."""
    abilities = seeker.seeker.abilities
    return [
        Gap(
            f"{_words(key)}: the job asks {asked}, {abilities[key]} works for the person now",
            _measure(key),
            0.0,
        )
        for key, asked in sorted(job.job.demands.items())
        if abilities.get(key, asked) < asked
    ]


def _words(key: str) -> str:
    return key.replace("_", " ").capitalize()


def _measure(key: str) -> str:
    return _MEASURES.get(
        key.replace("_", " "), "Agree an adjustment with the employer, or ask Access to Work"
    )
