"""What a person says themselves of a job: keen, maybe or no, in their own words, whenever they are asked."""

from dataclasses import dataclass
from datetime import date

from pydantic import BaseModel
from sqlmodel import Session

from crm.models.base import Text
from crm.models.matches import JobMatch, SeekerView, SuggestionEnd
from crm.models.seekers import JobSeeker
from crm.models.users import Actor
from crm.models.vacancies import Vacancy
from crm.policy import Action
from crm.services import opened_matches, records, suggestions
from crm.services.access import ensure


class OwnViewInput(BaseModel):
    """The person's own view of a job, and their words if they gave any."""

    view: SeekerView = SeekerView.NOT_ASKED
    view_words: Text = None


@dataclass(frozen=True, slots=True)
class Said:
    """What was said, and how it was before: what undoing it needs."""

    vacancy_id: int
    seeker_id: int
    view: SeekerView
    version: int
    before: SeekerView
    before_words: str | None
    before_on: date | None
    ended_suggestion: int | None


def of_pair(session: Session, vacancy_id: int, seeker_id: int, *, by: Actor) -> JobMatch | None:
    """The row that holds the person's own view of this vacancy; None where nobody opened or asked anything.

    Raises:
        NotAllowedError: the person may not see matches.
    """
    ensure(session, by, Action.MATCHES_READ)
    return opened_matches.of_pair(session, vacancy_id, seeker_id)


def say(
    session: Session, vacancy_id: int, seeker_id: int, new: OwnViewInput, *, by: Actor, today: date
) -> Said:
    """Write down what the person says of this vacancy. Their no ends the suggestion of it, if there is one.

    Raises:
        NotAllowedError: whoever writes it down may not decide about this job seeker.
        NotFoundError: there is no such vacancy or job seeker.
    """
    seeker = records.fetch(session, JobSeeker, seeker_id, called="job seeker")
    ensure(session, by, Action.MATCHES_DECIDE, seeker)
    vacancy = records.fetch(session, Vacancy, vacancy_id, called="vacancy")
    row = opened_matches.of_pair_to_change(session, vacancy.key, seeker.key, by=by, today=today)
    before = row.seeker_view, row.view_words, row.view_said_on
    is_said = new.view is not SeekerView.NOT_ASKED
    _write(session, row, new.view, new.view_words if is_said else None, today if is_said else None)
    ended = None
    if new.view is SeekerView.NO:
        how = SuggestionEnd.PERSON_SAID_NO
        ended = suggestions.end_of_pair(session, vacancy.key, seeker.key, how, by=by, today=today)
    return Said(vacancy.key, seeker.key, new.view, row.version, *before, ended_suggestion=ended)


def take_back(session: Session, said: Said, *, by: Actor) -> None:
    """Have the view as it was before, and the suggestion that it ended stand again.

    Raises:
        NotAllowedError: the person may not decide about this job seeker.
        NotFoundError: there is no such job seeker.
        StaleFormError: something else was written down since.
    """
    seeker = records.fetch(session, JobSeeker, said.seeker_id, called="job seeker")
    ensure(session, by, Action.MATCHES_DECIDE, seeker)
    row = opened_matches.of_pair(session, said.vacancy_id, said.seeker_id)
    if row is not None:
        _write(session, row, said.before, said.before_words, said.before_on, version=said.version)
    if said.ended_suggestion is not None:
        suggestions.stand_again(session, said.ended_suggestion, by=by)


def _write(
    session: Session,
    row: JobMatch,
    view: SeekerView,
    words: str | None,
    said_on: date | None,
    *,
    version: int | None = None,
) -> None:
    values = {"seeker_view": view, "view_words": words, "view_said_on": said_on}
    records.change(session, row, values, version=row.version if version is None else version)
