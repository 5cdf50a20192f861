"""Teams, covers, and people who stand to somebody in each relation."""

from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from sqlmodel import Session

from crm.models.base import Record
from crm.models.seekers import JobSeeker
from crm.models.users import SYSTEM, Actor, Cover, Team, User
from crm.policy import Action, Relation, Role
from crm.services import access, records, seekers
from tests.makers import make_user
from tests.makers_people import make_seeker

TODAY = datetime.now(ZoneInfo("Europe/London")).date()
PHONE = "+441134960000"


def make_team(session: Session, name: str, *members: User) -> Team:
    """A team with these colleagues in it."""
    access.ensure(session, SYSTEM, Action.SERVICE_RECORD)
    team = records.add(session, Team(name=name))
    for member in members:
        member.team_id = team.key
        session.add(member)
    session.flush()
    return team


def make_cover(session: Session, user: User, record: Record, *, until: date = TODAY) -> Cover:
    """A record given into somebody's caseload, up to and with a day."""
    access.ensure(session, SYSTEM, Action.SERVICE_RECORD)
    row = Cover(
        user_id=user.key,
        record_kind=type(record).__name__,
        record_id=record.key,
        until=until,
        why="Rosa is on leave",
    )
    return records.add(session, row)


def make_people_around(session: Session, role: Role) -> tuple[Actor, dict[Relation, JobSeeker]]:
    """Somebody with one role, and a job seeker in each relation to them; the archived one is their own."""
    user, mate, other = (
        make_user(session, role, name="Alex Reed"),
        make_user(session, Role.JOB_COACH, name="Mina Mate"),
        make_user(session, Role.JOB_COACH, name="Olga Other"),
    )
    make_team(session, "North", user, mate)
    make_team(session, "South", other)
    coaches = {
        Relation.OWN: user,
        Relation.CASELOAD: other,
        Relation.TEAM: mate,
        Relation.SERVICE: other,
        Relation.ARCHIVED: user,
    }
    people = {
        relation: make_seeker(session, f"In {relation}", coach_id=coach.id, phone=PHONE, postcode="LS1 4DY")
        for relation, coach in coaches.items()
    }
    make_cover(session, user, people[Relation.CASELOAD], until=TODAY + timedelta(days=1))
    gone = people[Relation.ARCHIVED]
    seekers.archive(session, gone.key, why="Moved away", version=gone.version, by=SYSTEM)
    return user.as_actor(), people
