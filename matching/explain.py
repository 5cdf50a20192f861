"""The whole comparison of one person with one job, as text for a person to read."""

from collections.abc import Iterator

from matching.change_words import change_words, way_words
from matching.changes import Changes
from matching.finding import in_hours
from matching.match import Component, Match
from matching.records import Job, Seeker

_GROUPS = {
    "workable_now": "Workable now",
    "with_measures": "Workable with these measures",
    "design_a_job": "Let's design a job",
}
_COMPONENTS = {
    "skills": "Skills",
    "hours": "Hours",
    "natural_supports": "Natural supports",
    "preference": "What the person would like",
}
_HOURS = {
    "meets_16": "16 hours or more",
    "below_16_by_choice": "below 16 by choice",
    "build_up_to_16": "building up to 16",
    "below_16_gap": "below 16",
    "no_overlap": "no overlap",
    "unknown": "not known",
}


def explain(match: Match, seeker: Seeker, job: Job, changes: Changes | None = None) -> str:
    """Return the comparison in plain words: result, parts, tasks, what would help, what would be enough."""
    return "\n".join(_lines(match, seeker, job, changes)) + "\n"


def _lines(match: Match, seeker: Seeker, job: Job, changes: Changes | None) -> Iterator[str]:
    yield f"{job.title}{f' at {job.employer}' if job.employer else ''} (job {job.id}), for {seeker.id}"
    yield f"{_GROUPS[match.group]}. {_result(match)}"
    yield f"Hours: {_HOURS[match.hours_status]}{_missing(match)}. Journey: {_journey(match)}."
    for component in match.components:
        yield ""
        yield _heading(component)
        yield from (f"  {reason}" for reason in component.reasons)
    yield from _tasks(match)
    yield from _measures(match)
    if changes is not None and not changes.is_workable_now:
        yield from _changes(changes)
    yield ""
    yield "This is to talk over with the person. It decides nothing; a named person does, with a reason."


def _result(match: Match) -> str:
    if match.score is None:
        return "Nothing is recorded yet that could be compared."
    band = f"between {match.low:.0f} and {match.high:.0f} once everything is known"
    certain = f"{match.certainty:.0%} rests on more than the person's own word"
    return f"{match.score:.0f} of 100 ({band}), from {match.coverage:.0%} known; {certain}."


def _missing(match: Match) -> str:
    return f", {in_hours(match.hours_missing)} a week missing" if match.hours_missing else ""


def _journey(match: Match) -> str:
    minutes = match.travel_minutes
    return (
        "not known"
        if minutes is None
        else f"about {minutes} minutes each way (an estimate from the distance)"
    )


def _heading(component: Component) -> str:
    name = _COMPONENTS[component.name]
    if not component.weight:
        return f"{name}: left out"
    score = "not known" if component.score is None else f"{component.score:.0%}"
    return f"{name} (weight {component.weight:g}): {score}, from {component.coverage:.0%} known"


def _tasks(match: Match) -> Iterator[str]:
    if match.task_rows:
        yield ""
        yield "Task by task"
    for row in match.task_rows:
        skills = "; ".join(f"{name}: {status.replace('_', ' ')}" for name, status in row.skills)
        yield f"  {row.name}: {row.status.replace('_', ' ')}{f' ({skills})' if skills else ''}"


def _measures(match: Match) -> Iterator[str]:
    if match.gaps:
        yield ""
        yield "What would help"
    for gap in match.gaps:
        points = f" (up to {gap.points:.1f} points)" if gap.points else ""
        yield f"  {gap.what}. {gap.measure}{points}."


def _changes(changes: Changes) -> Iterator[str]:
    yield ""
    moved = f"{changes.before:.0f} → {changes.after:.0f} points"
    yield f"What would have to be true for this to be workable now ({moved})"
    for step in changes.steps:
        yield f"  {change_words(step.change)} ({step.points:+.1f} points)."
    for each in changes.others:
        for way in each.others:
            yield f"    or, instead of “{way_words(each.chosen)}”: {way_words(way)}."
    for one in changes.beside:
        yield f"  For the journey: {change_words(one)}."
    yield from (f"  Not to be settled so: {why}" for why in changes.blocked)
