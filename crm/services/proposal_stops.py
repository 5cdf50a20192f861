"""What keeps a proposal from being given: what is missing, pay that is too low, and words about a person.

A proposal about the work alone tells of nobody. What staff typed is looked through for the name of the
person whom the job may have been built for, and for words of health. A net with holes: people read, too.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from datetime import date

from crm.errors import RuleBrokenError
from crm.models.carve_cases import CarveCase
from crm.models.carves import JobCarve
from crm.services import carve_cases
from crm.services.proposal_words import Proposed, Taken
from crm.services.sheet_stops import ensure_sayable
from crm.services.sheet_words import SheetLine
from crm.services.wages import pay_doubts, pay_problems

_SHORTEST_PART = 3


def missing(found: Proposed, broken: Sequence[str], *, today: date) -> list[str]:
    """What has to be recorded or changed before the proposal can be given, a sentence each.

    `broken` are the guard rails that its tasks break now.
    """
    carve = found.carve
    no_task = () if found.taken else ("There is no task in this job.",)
    return [*no_task, *carve_cases.missing(found.case, carve), *_too_low(carve, found.taken, today), *broken]


def _too_low(carve: JobCarve, taken: Iterable[Taken], today: date) -> Iterator[str]:
    """The same task is paid no less than now, and no work less than the law asks."""
    rates = [rate for one in taken if (rate := one.post.going_rate)]
    going = max([*rates, carve.going_rate or 0])
    yield from pay_problems(carve.pay_hourly, going, today)
    if carve.pay_hourly is not None:
        yield from pay_doubts(carve.pay_hourly, going, today)


def naming(found: Proposed, name: str | None) -> str | None:
    """What is wrong with the words that were typed: the name of the person in them, or words of health."""
    ours = list(_ours(found.carve, found.case))
    every = [*ours, *_theirs(found)]
    named = [f"“{name}” in “{line.source}”" for line in every if name and _has(line, name, re.IGNORECASE)]
    named += [f"“{part}” in “{line.source}”" for line in ours for part in _parts(name) if _has(line, part)]
    if named:
        return (
            f"What is typed for a proposal names nobody who may do the job: {', '.join(named)}. "
            "Put it in other words."
        )
    try:
        ensure_sayable(ours, None)
    except RuleBrokenError as problem:
        return str(problem)
    return None


def _ours(carve: JobCarve, case: CarveCase | None) -> Iterator[SheetLine]:
    """What staff put in words of their own."""
    yield SheetLine(carve.title, "Title")
    yield SheetLine(carve.coworker_contact or "", "Contact with colleagues")
    yield SheetLine(carve.quality_checks or "", "Quality checks")
    if case:
        yield SheetLine(case.support or "", "Support")
        yield SheetLine(case.support_fades or "", "How support fades")
        yield SheetLine(case.risks or "", "Risks")
        yield SheetLine(case.once_for or "", "What it costs once")


def _theirs(found: Proposed) -> Iterator[SheetLine]:
    """What the employer said, where a first name or a word of health may be their own."""
    case = found.case
    yield SheetLine(found.carve.supervisor or "", "Supervisor")
    for one in found.taken:
        yield SheetLine(f"{one.task.name}\n{one.task.done_by or ''}", "Tasks")
    if case:
        said = (case.need, case.undone_worth, case.quality, case.consulted_who, case.consulted_said)
        yield SheetLine("\n".join(words or "" for words in said), "Business case")


def _parts(name: str | None) -> list[str]:
    """The parts of a name of more than one; a single letter would be found everywhere."""
    parts = (name or "").split()
    return [part for part in parts if len(parts) > 1 and len(part) >= _SHORTEST_PART]


def _has(line: SheetLine, name: str, flags: int = 0) -> bool:
    """A part of a name is found only as it is written, so that May is not found in “it may”."""
    return bool(re.search(rf"(?<!\w){re.escape(name)}(?!\w)", line.words, flags))
