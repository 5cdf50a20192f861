"""What a coach could say to an employer of one person and one job: what works, what helps, what to ask.

Nothing of health is said, whatever was typed; names and supports are passed on only with the person's yes.
"""

from collections.abc import Callable, Iterator, Sequence

from crm.services.matches import Compared, Comparison
from crm.services.requirements import Requirement, Shown
from crm.ui.requirement_words import called, stands
from crm.ui.week_beside import days_beside
from crm.ui.words import hours, say

Sayable = Callable[[str], bool]
"""Whether typed words may be said to an employer."""

_CUES = "written_or_visual_cue"


def to_say(found: Compared, requirements: Sequence[Requirement], sayable: Sayable) -> list[str]:
    """Sentences to talk from, one after the other: the tasks, the hours, what helps, what else is needed."""
    name = found.seeker.preferred_name
    return [
        *_tasks(found.match, name, sayable),
        *_hours(found, name),
        *_supports(found.match, name),
        *_needed(requirements, name),
    ]


def _tasks(match: Comparison, name: str, sayable: Sayable) -> Iterator[str]:
    stood: dict[str, list[str]] = {}
    for label, state, supports in _work(match):
        held = [words for words in supports if sayable(words)]
        work = label[:1].lower() + label[1:]
        told = f"{work} (with {_listed(held)})" if held else work
        stood.setdefault(state, []).append(told)
    cues = any(row.kind == _CUES for row in match.support_rows)
    learnt = "with written or picture guides" if cues else "shown step by step"
    sentences = {
        "met": f"{name} can do this now: {{}}.",
        "met_with_adjustment": f"{name} does this with an adjustment: {{}}.",
        "learnable": f"{name} would learn this on the job, {learnt}: {{}}.",
        "gap": "A colleague could keep this, or we work out together how it can be done: {}.",
        "not_recorded": f"We will find out with {name} how it goes with this: {{}}.",
    }
    yield from (words.format(_listed(stood[state])) for state, words in sentences.items() if state in stood)


def _work(match: Comparison) -> Iterator[tuple[str, str, Sequence[str]]]:
    """The tasks of the job, or what it asks where nobody has analysed it."""
    for task in match.task_rows:
        yield task.name, task.status, task.supports
    if not match.task_rows:
        for row in match.skill_rows:
            yield row.asked.name, row.status, ()


def _hours(found: Compared, name: str) -> Iterator[str]:
    match, offer = found.match, found.opening.record.hours
    if match.hours_status == "unknown":
        yield f"Which hours are sure, and on which days? We will see with {name} how they fit."
        return
    if match.hours_status == "no_overlap":
        yield f"As they are, the hours do not suit {name}. Could the hours or days be changed?"
        return
    free = days_beside(found.opening.record.pattern, found.person.record.availability)
    days = [day.name for day in free if day.both]
    on = f", on {_listed(days)}" if days else ""
    yield (
        f"The hours suit {name}{on}."
        if not match.hours_missing
        else (f"{name} would like {hours(match.hours_missing)} a week more than this: could tasks be added?")
    )
    if offer.negotiable is None:
        yield "Can the hours be talked about?"


_HELPS = {
    "exists": "What helps {name} is there already: {those}.",
    "could_be_facilitated": "It would help to set up: {those}. We would do it with you.",
    "unknown": "Is there, or could there be: {those}?",
    "not_available": "Where this is not possible with you, we bring another way: {those}.",
}


def _supports(match: Comparison, name: str) -> Iterator[str]:
    rows = [row for row in match.support_rows if not row.is_personal]
    for state, words in _HELPS.items():
        those = [
            say(row.kind).lower()
            for row in rows
            if (row.support.state if row.support else "unknown") == state
        ]
        if those:
            yield words.format(name=name, those=_listed(those))


def _needed(requirements: Sequence[Requirement], name: str) -> Iterator[str]:
    for each in requirements:
        if each.shown is Shown.NOT_RECORDED:
            yield f"{called(each)}: how much of it does the job really need? We ask {name} what they have."
        else:
            yield f"{called(each)}: {name} {stands(each)}."


def _listed(names: Sequence[str]) -> str:
    return " and ".join([", ".join(names[:-1]), names[-1]]) if len(names) > 1 else "".join(names)
