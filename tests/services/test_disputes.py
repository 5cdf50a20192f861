"""“That’s not right”: the person's words are kept, and the row counts as not known until it is settled."""

import pytest
import sqlalchemy as sa
from sqlalchemy.exc import IntegrityError
from sqlmodel import Session

from crm.errors import NotAllowedError, RuleBrokenError
from crm.models.seekers import JobSeeker
from crm.models.users import SYSTEM, Actor
from crm.policy import Role
from crm.services import disputes, matches, overlays, profile_skills, profiles, seekers, skills, with_person
from crm.services.match_index import PEOPLE
from crm.services.matching_inputs import Meanings
from crm.services.seeker_inputs import person
from matching.records import Seeker, SeekerHours, Travel
from tests.makers import make_actor, make_service, make_user
from tests.makers_disputes import make_dispute, settle_dispute
from tests.makers_employers import make_employer
from tests.makers_jobs import make_vacancy
from tests.makers_people import make_criterion, make_need, make_profile, make_seeker, make_skill

WISHES = {
    "interests": "baking",
    "must": "quiet",
    "avoid": "heights",
    "travel_mode": "bus",
    "travel_minutes": 30,
    "abilities": {"noise": 1, "reading": 3},
    "needs_asked": "not_asked",
}


@pytest.fixture
def coach(session: Session) -> Actor:
    make_service(session)
    return make_user(session, Role.JOB_COACH, name="Rosa Lind").as_actor()


@pytest.fixture
def amara(session: Session, coach: Actor) -> JobSeeker:
    """Somebody of whom everything is recorded that matching reads."""
    seeker = make_seeker(session, coach_id=coach.id)
    make_profile(session, seeker, **WISHES)
    make_skill(session, seeker)
    make_need(session, seeker)
    return seeker


def as_compared(session: Session, seeker: JobSeeker) -> Seeker:
    return person(session, seeker, Meanings(skills.vocabulary(session))).record


PARTS = [
    ("hours", None, "hours", SeekerHours()),
    ("week", None, "availability", ()),
    ("travel", None, "travel", Travel()),
    ("interests", None, "interests", ()),
    ("must", None, "must", ()),
    ("avoid", None, "avoid", ()),
    ("support_need", "named_buddy", "support_needs", None),
    ("scale", "noise", "abilities", {"reading": 3}),
    ("other", "strengths", "id", ...),
]


@pytest.mark.parametrize(("part", "row_key", "field", "unknown"), PARTS, ids=[part[0] for part in PARTS])
def test_a_row_that_is_not_right_is_not_known_until_settled_and_no_other_changes(
    session: Session, amara: JobSeeker, part: str, row_key: str | None, field: str, unknown: object
):
    before = as_compared(session, amara)
    said = make_dispute(session, amara, part, row_key)
    now = as_compared(session, amara)
    differing = [name for name in before.__slots__ if getattr(before, name) != getattr(now, name)]
    assert differing == ([] if unknown is ... else [field])
    assert unknown is ... or getattr(now, field) == unknown
    settle_dispute(session, said)
    assert as_compared(session, amara) == before


def test_a_skill_that_is_not_right_is_as_if_it_were_not_listed(session: Session, amara: JobSeeker):
    held = profile_skills.of_seeker(session, amara.key, by=SYSTEM)[0].skill
    said = make_dispute(session, amara, "skill", held.concept_id)
    assert as_compared(session, amara).skills == ()
    settle_dispute(session, said)
    assert len(as_compared(session, amara).skills) == 1


def test_the_comparison_shows_the_row_as_not_recorded_and_the_index_notices(
    session: Session, amara: JobSeeker
):
    vacancy = make_vacancy(session, make_employer(session))
    make_criterion(session, vacancy)
    before = matches.compare(session, vacancy.key, amara.key, by=SYSTEM)
    house = matches.service.current(session, by=SYSTEM)
    asked = before.match.skill_rows[0].asked.concept
    assert before.match.skill_rows[0].status == "met"
    said = make_dispute(session, amara, "skill", asked, vacancy_id=vacancy.key)
    now = matches.compare(session, vacancy.key, amara.key, by=SYSTEM)
    assert (now.match.skill_rows[0].status, now.digest != before.digest) == ("not_recorded", True)
    assert now.match.low < before.match.low
    with PEOPLE.ready(session, house) as ready:
        assert ready.known[amara.key].record.skills == ()
    settle_dispute(session, said)
    with PEOPLE.ready(session, house) as ready:
        assert len(ready.known[amara.key].record.skills) == 1


def test_a_dispute_stays_with_the_skill_when_its_meaning_changes(session: Session, amara: JobSeeker):
    held = profile_skills.of_seeker(session, amara.key, by=SYSTEM)[0].skill
    make_dispute(session, amara, "skill", held.concept_id)
    other = next(concept for concept in skills.vocabulary(session) if concept != held.concept_id)
    profile_skills.choose(session, held.key, other, version=held.version, by=SYSTEM)
    assert as_compared(session, amara).skills == ()
    assert disputes.of_seeker(session, amara.key, by=SYSTEM)[0].row_key == other


def test_the_words_stay_as_they_were_said_and_who_settled_them_is_kept(
    session: Session, amara: JobSeeker, coach: Actor
):
    said = make_dispute(session, amara, words="That was <years> ago", by=coach)
    settle_dispute(session, said, "record_changed", by=coach)
    kept = disputes.find(session, said.key, by=coach)
    assert (kept.words, kept.settled_by, kept.settled_how) == (
        "That was <years> ago",
        coach.id,
        "record_changed",
    )
    assert disputes.of_seeker(session, amara.key, by=coach) == []
    assert disputes.of_seeker(session, amara.key, by=coach, is_open=False) == [kept]


def test_the_same_row_is_said_once_and_settled_once(session: Session, amara: JobSeeker):
    said = make_dispute(session, amara)
    with pytest.raises(RuleBrokenError, match="You told us about this already"):
        make_dispute(session, amara)
    settle_dispute(session, said)
    with pytest.raises(RuleBrokenError, match="settled already"):
        settle_dispute(session, said)


def test_only_those_who_record_the_person_keep_and_settle_what_they_say(session: Session, amara: JobSeeker):
    officer = make_actor(Role.ENGAGEMENT_OFFICER)
    with pytest.raises(NotAllowedError):
        make_dispute(session, amara, by=officer)
    said = make_dispute(session, amara)
    with pytest.raises(NotAllowedError):
        settle_dispute(session, said, by=officer)
    seekers.archive(session, amara.key, why="Moved", version=amara.version, by=SYSTEM)
    with pytest.raises(NotAllowedError, match="archived"):
        settle_dispute(session, said)
    with pytest.raises(NotAllowedError):
        make_dispute(session, amara, "week")


def test_the_database_refuses_one_that_is_settled_without_a_day(session: Session, amara: JobSeeker):
    said = make_dispute(session, amara)
    session.flush()
    half = sa.text("UPDATE row_dispute SET settled_how = 'record_stays' WHERE id = :id")
    with pytest.raises(IntegrityError), session.begin_nested():
        session.connection().execute(half, {"id": said.key})


def test_a_need_that_was_said_to_be_none_can_be_put_in_doubt(session: Session, coach: Actor):
    seeker = make_seeker(session)
    make_profile(session, seeker)
    assert as_compared(session, seeker).support_needs == ()
    make_dispute(session, seeker, "support_need")
    assert as_compared(session, seeker).support_needs is None


def test_what_the_person_is_shown_is_their_own_record_alone(session: Session, amara: JobSeeker, coach: Actor):
    make_skill(session, make_seeker(session, "Somebody Else"), "Drive a van")
    found = with_person.shown_to_them(session, amara.key, None, by=coach)
    assert [one.skill.name for one in found.skills] == ["Fold boxes"]
    assert (found.compared, found.decision, found.may_say) == (None, None, True)
    profile = profiles.of_seeker(session, amara.key, by=SYSTEM)
    assert found.profile == profile


def test_a_scale_that_is_not_right_is_not_laid_over_the_job(session: Session, amara: JobSeeker):
    vacancy = make_vacancy(session, make_employer(session))
    before = {row.key for row in overlays.of_vacancy(session, vacancy.key, amara.key, by=SYSTEM).rows}
    make_dispute(session, amara, "scale", "noise")
    now = {row.key for row in overlays.of_vacancy(session, vacancy.key, amara.key, by=SYSTEM).rows}
    assert (before, now) == ({"noise", "reading"}, {"reading"})
