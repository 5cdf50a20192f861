"""Driving, a DBS check and qualifications that a vacancy needs, beside what people have to show for them.

Each is something to arrange, with a measure: none of it moves a score or a place, and what nobody wrote down
is never taken for a no.
"""

from collections import defaultdict
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from sqlmodel import Session, col, select

from crm.models.base import Known
from crm.models.profiles import Qualification, QualificationKind
from crm.models.users import Actor
from crm.models.vacancies import Vacancy
from crm.policy import Action
from crm.services.access import scoped
from crm.services.own_views import Pair
from crm.services.skills import parted
from matching.wording import telling_words

ENDS_SOON = timedelta(days=90)
"""What runs out within so many days is worth renewing before a job starts."""


class Needed(StrEnum):
    """What a vacancy needs beside skills."""

    DRIVING = "driving"
    DBS = "dbs"
    QUALIFICATION = "qualification"


class Shown(StrEnum):
    """What a person has to show for it; there is no answer that fails anybody."""

    HAS_IT = "has_it"
    RUNS_OUT = "runs_out"
    RAN_OUT = "ran_out"
    PROVISIONAL = "provisional"
    NOT_RECORDED = "not_recorded"


@dataclass(frozen=True, slots=True)
class Requirement:
    """One thing that a vacancy needs, and what a person has to show: as it is recorded, and until when."""

    needed: Needed
    asked: str
    shown: Shown
    name: str | None = None
    until: date | None = None

    @property
    def is_gap(self) -> bool:
        """Is there something left to arrange or to ask?"""
        return self.shown is not Shown.HAS_IT


def of_pairs(
    session: Session, vacancies: Sequence[Vacancy], seeker_ids: Collection[int], *, by: Actor, today: date
) -> dict[Pair, list[Requirement]]:
    """What each of these people has to show for what each vacancy needs, in one query at most.

    Raises:
        NotAllowedError: the person may not see job seekers.
    """
    asked = {vacancy.key: list(_asked(vacancy)) for vacancy in vacancies}
    held = _held(session, seeker_ids if any(asked.values()) else (), by)
    return {
        (vacancy_id, seeker_id): [_beside(needed, words, held[seeker_id], today) for needed, words in wanted]
        for vacancy_id, wanted in asked.items()
        for seeker_id in seeker_ids
    }


def not_recorded(vacancy: Vacancy) -> list[Needed]:
    """What nobody has asked the employer about yet."""
    asked = {Needed.DRIVING: vacancy.needs_driving, Needed.DBS: vacancy.needs_dbs}
    return [needed for needed, answer in asked.items() if answer is Known.UNKNOWN]


def _held(session: Session, seeker_ids: Collection[int], by: Actor) -> defaultdict[int, list[Qualification]]:
    held: defaultdict[int, list[Qualification]] = defaultdict(list)
    if not seeker_ids:
        return held
    query = select(Qualification).where(
        col(Qualification.archived_at).is_(None), col(Qualification.seeker_id).in_(list(seeker_ids))
    )
    query = scoped(session, query, Qualification, by=by, action=Action.SEEKERS_READ)
    for row in session.exec(query.order_by(col(Qualification.id))):
        held[row.seeker_id].append(row)
    return held


def _asked(vacancy: Vacancy) -> Iterator[tuple[Needed, str]]:
    if vacancy.needs_driving is Known.YES:
        yield Needed.DRIVING, ""
    if vacancy.needs_dbs is Known.YES:
        yield Needed.DBS, ""
    for words in parted(vacancy.qualifications):
        yield Needed.QUALIFICATION, words


def _beside(needed: Needed, asked: str, held: Sequence[Qualification], today: date) -> Requirement:
    fitting = [row for row in held if _fits(needed, asked, row)]
    if not fitting:
        return Requirement(needed, asked, Shown.NOT_RECORDED)
    best = max(fitting, key=lambda row: (not _is_provisional(row), row.expires_on or date.max))
    return Requirement(needed, asked, _shown(best, today), best.name, best.expires_on)


def _shown(row: Qualification, today: date) -> Shown:
    if row.expires_on is not None and row.expires_on < today:
        return Shown.RAN_OUT
    if _is_provisional(row):
        return Shown.PROVISIONAL
    is_soon = row.expires_on is not None and row.expires_on <= today + ENDS_SOON
    return Shown.RUNS_OUT if is_soon else Shown.HAS_IT


_OTHER_VEHICLES = telling_words("forklift fork lift counterbalance truck crane tractor")
_SAYS_NOTHING = telling_words("certificate qualification or equivalent desirable preferred essential valid")


def _fits(needed: Needed, asked: str, row: Qualification) -> bool:
    words = telling_words(row.name)
    if needed is Needed.DRIVING:
        return row.kind is QualificationKind.LICENCE and _is_for_the_road(words)
    if needed is Needed.DBS:
        return not words.isdisjoint(telling_words("dbs disclosure"))
    wanted = telling_words(asked) - _SAYS_NOTHING
    return bool(wanted) and wanted <= words


def _is_for_the_road(words: Collection[str]) -> bool:
    return any(word.startswith("driv") for word in words) and _OTHER_VEHICLES.isdisjoint(words)


def _is_provisional(row: Qualification) -> bool:
    return row.kind is QualificationKind.LICENCE and "provisional" in row.name.casefold()
