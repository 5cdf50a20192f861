"""The stages of the relationship with an employer: what a move needs, and the moves, kept for good."""

from datetime import date
from zoneinfo import ZoneInfo

import sqlalchemy as sa
from sqlmodel import Session, col, select

from crm.errors import RuleBrokenError
from crm.models.agreements import Agreement
from crm.models.contacts import ContactPurpose, EmployerContact
from crm.models.employers import Employer, EmployerStageMove, RelationshipStage, StageMove
from crm.models.users import Actor
from crm.policy import Action
from crm.services import records
from crm.services.access import ensure
from crm.services.agreement_stages import IN_FORCE

LEARNING_VISITS = 3
"""Visits to learn an employer's business before people are talked about.

Individual Placement and Support asks for several visits in person (IPS-25, quality of employer contact); its
practice guides speak of three: to be introduced, to learn what the employer needs, to come back with an idea.
"""

BEFORE_PEOPLE = (RelationshipStage.IDENTIFIED, RelationshipStage.INTRODUCED, RelationshipStage.LEARNING)
"""The stages in which visits to learn the business are counted."""

ABOUT_PEOPLE = (ContactPurpose.CANDIDATE, ContactPurpose.CARVE_PROPOSAL, ContactPurpose.IN_WORK_REVIEW)
"""A visit for one of these is about somebody, and so none to learn the business."""

_USUAL = (*BEFORE_PEOPLE, RelationshipStage.TALKING)
_LONDON = ZoneInfo("Europe/London")


def next_stage(stage: RelationshipStage, *, visits: int) -> RelationshipStage | None:
    """The stage that usually follows; talking about people only once the visits to learn are made.

    >>> next_stage(RelationshipStage.IDENTIFIED, visits=0)
    <RelationshipStage.INTRODUCED: 'introduced'>
    >>> next_stage(RelationshipStage.LEARNING, visits=2) is None
    True
    """
    if stage not in BEFORE_PEOPLE:
        return None
    following = _USUAL[_USUAL.index(stage) + 1]
    is_early = following is RelationshipStage.TALKING and visits < LEARNING_VISITS
    return None if is_early else following


def visits(session: Session, employer_id: int, *, by: Actor) -> int:
    """How often somebody has been there to learn their business: in person, and not about people.

    Raises:
        NotAllowedError: the person may not see contacts.
    """
    ensure(session, by, Action.CONTACTS_READ)
    query = sa.select(sa.func.count()).where(
        col(EmployerContact.employer_id) == employer_id,
        col(EmployerContact.is_in_person),
        col(EmployerContact.purpose).not_in(ABOUT_PEOPLE),
        col(EmployerContact.archived_at).is_(None),
    )
    return session.connection().execute(query).scalar_one()


def needs_why(session: Session, employer_id: int, to_stage: RelationshipStage, *, by: Actor) -> bool:
    """Has a move to this stage to say why? Becoming a partner has, where no agreement is in force.

    Raises:
        NotAllowedError: the person may not see employers.
    """
    ensure(session, by, Action.EMPLOYERS_READ)
    return _why_asked(session, employer_id, to_stage) is not None


def history(session: Session, employer_id: int, *, by: Actor) -> list[EmployerStageMove]:
    """The moves of an employer from stage to stage, the latest first.

    Raises:
        NotAllowedError: the person may not see employers.
    """
    ensure(session, by, Action.EMPLOYERS_READ)
    query = select(EmployerStageMove).where(EmployerStageMove.employer_id == employer_id)
    return list(session.exec(query.order_by(col(EmployerStageMove.id).desc())))


def ensure_fits(session: Session, employer: Employer, wanted: StageMove, *, today: date) -> None:
    """Let a move go on if it leads somewhere, its day fits, and it says why where that is needed.

    Raises:
        RuleBrokenError: one of these does not hold.
    """
    if wanted.to_stage is employer.stage:
        raise RuleBrokenError("The relationship is at this stage already.", field="to_stage")
    if wanted.moved_on > today:
        raise RuleBrokenError(
            "The move is dated in the future. Record it when it has happened.", field="moved_on"
        )
    since = _last_moved_on(session, employer.key)
    if since is not None and wanted.moved_on < since:
        raise RuleBrokenError(
            f"It came to its present stage on {since.day} {since:%B %Y}; it cannot have left it before.",
            field="moved_on",
        )
    asked = _why_asked(session, employer.key, wanted.to_stage)
    if asked is not None and not wanted.why:
        raise RuleBrokenError(asked, field="why")


def keep_move(
    session: Session,
    employer: Employer,
    before: RelationshipStage,
    *,
    on: date | None = None,
    why: str | None = None,
) -> None:
    """Keep a move that has just been saved, if the stage has changed; `on`: the day of saving if not said.

    Every service that changes the stage calls it: what moved when is told from these rows.
    """
    if employer.stage == before:
        return
    move = EmployerStageMove(
        employer_id=employer.key,
        from_stage=before,
        to_stage=employer.stage,
        moved_on=on or employer.updated_at.astimezone(_LONDON).date(),
        why=why,
    )
    records.add(session, move)


def _last_moved_on(session: Session, employer_id: int) -> date | None:
    query = sa.select(sa.func.max(col(EmployerStageMove.moved_on)))
    return (
        session.connection().execute(query.where(col(EmployerStageMove.employer_id) == employer_id)).scalar()
    )


def _why_asked(session: Session, employer_id: int, to_stage: RelationshipStage) -> str | None:
    if to_stage is RelationshipStage.DORMANT:
        return "Say why nothing is going on with them, so that nobody has to find out again."
    if to_stage is RelationshipStage.DO_NOT_CONTACT:
        return "Say why they must not be contacted, and who asked for it."
    if to_stage is RelationshipStage.PARTNER and not _has_agreement(session, employer_id):
        return "No agreement with them is signed. Say why they are a partner all the same."
    return None


def _has_agreement(session: Session, employer_id: int) -> bool:
    query = sa.select(col(Agreement.id)).where(
        col(Agreement.employer_id) == employer_id,
        col(Agreement.stage).in_(IN_FORCE),
        col(Agreement.archived_at).is_(None),
    )
    return session.connection().execute(query.limit(1)).first() is not None
