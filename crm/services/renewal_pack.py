"""What an employer is shown before an agreement is renewed: what we asked, what they gave, what came of it.

It holds nobody's name. What became of people is told in numbers from which nobody can be told: one under 5
is never said, nor one that would give it away beside another.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from sqlmodel import Session

from crm.models.agreements import Agreement
from crm.models.users import Actor
from crm.services import agreements, employers, service
from crm.services.employer_sheet import FEWEST
from crm.services.promise_counts import INTERVIEWS, Promised, PromiseFilter
from crm.services.promise_figures import PromiseFigures, figures


class Hidden(StrEnum):
    """What is said in place of a number of people that could point at somebody."""

    FEW = "fewer than 5"
    MORE = "5 or more"


Told = int | Hidden
"""A number of people as an employer may read it."""


@dataclass(frozen=True, slots=True)
class Results:
    """What became of people, as an employer may read it; `long_enough`: those who started so long ago."""

    offers: Told
    starts: Told
    stayed_13: Told
    long_enough_13: Told
    stayed_26: Told
    long_enough_26: Told
    finished: Told


@dataclass(frozen=True, slots=True)
class RenewalPack:
    """The pack of one agreement. `median_days` is left out where it would be that of few people."""

    service: str
    employer: str
    agreement: Agreement
    figures: PromiseFigures
    results: Results
    median_days: float | None


def pack(session: Session, agreement_id: int, *, by: Actor, today: date) -> RenewalPack:
    """The pack of one agreement, as of today.

    Raises:
        NotAllowedError: the person may not see agreements, employers, promises or jobs started.
        NotFoundError: there is no such agreement.
    """
    agreement = agreements.find(session, agreement_id, by=by)
    employer = employers.find(session, agreement.employer_id, by=by)
    found = figures(session, PromiseFilter(agreement_id=agreement_id), by=by, today=today)
    return RenewalPack(
        service.current(session, by=by).name,
        employer.name,
        agreement,
        found,
        _results(found),
        found.median_days if found.of(*INTERVIEWS).held >= FEWEST else None,
    )


def _results(found: PromiseFigures) -> Results:
    given, work = found.of(*INTERVIEWS, Promised.TRIAL), found.work
    numbers = (
        *(found.offers, work.starts, work.after_13.yes, work.after_13.all),
        *(work.after_26.yes, work.after_26.all),
    )
    trained = found.of(Promised.TRAINING)
    (finished,) = cautious([trained.finished], beside=[trained.held, trained.tally.kept])
    told = cautious(numbers, beside=[given.held, given.tally.kept])
    return Results(*told, finished=finished)


def cautious(numbers: Sequence[int], *, beside: Sequence[int]) -> list[Told]:
    """Numbers of people as they may be told beside others that are told exactly.

    One is only said if it is 5 or more, and differs by 5 or more from each that is said: otherwise the
    difference would be a small number of people, and could be worked out.
    """
    said = list(beside)
    told: list[Told] = []
    for number in numbers:
        if number < FEWEST:
            told.append(Hidden.FEW)
        elif any(abs(number - other) < FEWEST for other in said):
            told.append(Hidden.MORE)
        else:
            told.append(number)
            said.append(number)
    return told
