"""What one person is shown of themselves and of one job: their own record, and nobody else's."""

from dataclasses import dataclass

from sqlmodel import Session

from crm.models.disputes import DisputedPart, RowDispute
from crm.models.matches import MatchDecision
from crm.models.profiles import PastJob, Qualification
from crm.models.seekers import JobSeeker, SupportNeed, VocationalProfile
from crm.models.users import Actor
from crm.policy import Action
from crm.services import disputes, matches, profile_skills, profiles, seekers
from crm.services.access import ensure, may
from crm.services.match_index import Progress
from crm.services.matches import Compared
from crm.services.profile_rows import PAST_JOBS, QUALIFICATIONS
from crm.services.profile_skills import SkillMeaning
from crm.services.seeker_rows import NEEDS


@dataclass(frozen=True, slots=True)
class WithPerson:
    """A person's own record; with a job, how they were compared with it and what was decided last."""

    seeker: JobSeeker
    profile: VocationalProfile | None
    skills: list[SkillMeaning]
    needs: list[SupportNeed]
    past_jobs: list[PastJob]
    qualifications: list[Qualification]
    said: dict[tuple[DisputedPart, str | None], RowDispute]
    compared: Compared | None
    decision: MatchDecision | None
    may_say: bool


def shown_to_them(
    session: Session, seeker_id: int, vacancy_id: int | None, *, by: Actor, progress: Progress | None = None
) -> WithPerson:
    """Everything that the view for the person holds.

    Raises:
        NotAllowedError: whoever sits with the person may not see job seekers, or comparisons.
        NotFoundError: there is no such job seeker, or no such vacancy.
    """
    ensure(session, by, Action.SEEKERS_READ)
    seeker = seekers.find(session, seeker_id, by=by)
    compared = decision = None
    if vacancy_id is not None:
        compared = matches.compare(session, vacancy_id, seeker_id, by=by, progress=progress)
        decision = matches.latest(session, vacancy_id, [seeker_id]).get(seeker_id)
    open_ones = disputes.of_seeker(session, seeker_id, by=by)
    return WithPerson(
        seeker=seeker,
        profile=profiles.of_seeker(session, seeker_id, by=by),
        skills=profile_skills.of_seeker(session, seeker_id, by=by),
        needs=NEEDS.of(session, seeker_id, by=by),
        past_jobs=PAST_JOBS.of(session, seeker_id, by=by),
        qualifications=QUALIFICATIONS.of(session, seeker_id, by=by),
        said={(each.part, each.row_key): each for each in open_ones},
        compared=compared,
        decision=decision,
        may_say=may(by, Action.SEEKERS_RECORD, seeker),
    )
