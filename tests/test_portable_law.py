"""The law of portable records: out of one service, into an empty one, and out again gives the same bytes."""

from datetime import date
from itertools import count
from pathlib import Path
from typing import Any

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlmodel import Session, select

from crm import db
from crm.models.consents import GivenBy
from crm.models.restricted import RestrictedFacts, WhyUnder16
from crm.models.scales import SCALES
from crm.models.seekers import HoursIntent, Module, SeekerStatus, SkillEvidence, TravelMode
from crm.models.users import SYSTEM, Actor
from crm.policy import Role
from crm.services.seeker_rows import SKILLS
from tests.conftest import at_least
from tests.makers import make_service, make_user
from tests.makers_disputes import make_dispute, settle_dispute
from tests.makers_people import make_need, make_profile, make_seeker, make_skill
from tests.makers_portable import another_service, exported, taken_in
from tests.makers_restricted import make_consent, make_restricted

TODAY = date(2026, 11, 26)
folders = count()
words = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"), max_size=30)
written = words.filter(lambda text: bool(text.strip()))
days = st.dates(date(1900, 1, 1), date(2100, 12, 31))
hours = st.none() | st.floats(0, 80)
slots = st.lists(
    st.fixed_dictionaries({"day": st.integers(0, 6), "start": st.just("09:00"), "end": st.just("12:30")}),
    max_size=3,
)
people = st.fixed_dictionaries(
    {
        "name": written,
        "status": st.sampled_from([each for each in SeekerStatus if each is not SeekerStatus.PAUSED]),
        "email": st.none() | st.just("amara@example.org"),
        "phone": st.none() | st.just("0113 496 0000"),
        "postcode": st.none() | st.just("ls14dy"),
        "referred_on": st.none() | days,
        "module": st.sampled_from(Module),
    }
)
profiles = st.fixed_dictionaries(
    {
        **dict.fromkeys(("aspirations", "strengths", "own_description", "interests", "must"), words),
        "hours_now_min": st.none(),
        "hours_now_max": hours,
        "hours_goal": hours,
        "hours_intent": st.sampled_from(HoursIntent),
        "availability": slots,
        "travel_mode": st.sampled_from(TravelMode),
        "travel_minutes": st.none() | st.integers(5, 240),
        "abilities": st.dictionaries(st.sampled_from(sorted(SCALES)), st.integers(0, 4), max_size=4),
        "needs_asked": st.just("not_asked"),
        "agreed_on": st.none() | days,
    }
)
skills = st.lists(
    st.fixed_dictionaries(
        {
            "level": st.none() | st.integers(0, 4),
            "evidence": st.sampled_from(SkillEvidence),
            "evidenced_on": st.none() | days,
            "with_support": words,
            "is_archived": st.booleans(),
        }
    ),
    max_size=3,
)
facts = st.none() | st.fixed_dictionaries(
    {
        "date_of_birth": st.none() | days,
        "health": words,
        "disability": words,
        "why_under_16": st.sampled_from(WhyUnder16),
    }
)
said = st.lists(st.tuples(written, st.booleans()), max_size=1)
all_else = st.fixed_dictionaries(
    {
        "profile": st.none() | profiles,
        "skills": skills,
        "has_need": st.booleans(),
        "said": said,
        "facts": facts,
    }
)


def make(session: Session, person: dict[str, Any], more: dict[str, Any], by: Actor) -> bytes:
    """A person with all of this, as the file holds them."""
    seeker = make_seeker(session, **person)
    if more["profile"] is not None:
        make_profile(session, seeker, **more["profile"])
    for number, skill in enumerate(more["skills"]):
        is_archived = skill["is_archived"]
        row = make_skill(session, seeker, f"Own words {number}", **skill)
        if is_archived:
            SKILLS.archive(session, row.key, why=" Said\ntwice ", version=row.version, by=SYSTEM)
    if more["has_need"]:
        make_need(session, seeker)
        make_consent(session, seeker, given_by=GivenBy.THE_PERSON)
    for text, is_settled in more["said"]:
        dispute = make_dispute(session, seeker, words=text)
        if is_settled:
            settle_dispute(session, dispute)
    kept = None if more["facts"] is None else make_restricted(session, seeker, by, **more["facts"])
    return exported(session, seeker, facts=kept)


@settings(max_examples=at_least(6), suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(person=people, more=all_else)
def test_a_record_comes_out_of_another_service_as_it_went_in(
    database: str, template_database: Path, tmp_path: Path, person: dict[str, Any], more: dict[str, Any]
):
    with db.transaction() as session:
        make_service(session, "Northside & Söhne “1”")
        by = make_user(session, Role.MANAGER).as_actor()
        content = make(session, person, more, by)
        session.rollback()
    folder = tmp_path / str(next(folders))
    folder.mkdir()
    with another_service(template_database, folder) as other:
        seeker = taken_in(other, content)
        kept = other.exec(select(RestrictedFacts)).first()
        assert exported(other, seeker, facts=kept) == content
