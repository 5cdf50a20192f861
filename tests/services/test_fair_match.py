"""What is missing for a fair match: weighed by the engine, what widens the band most first, few queries."""

from dataclasses import replace

import pytest
from hypothesis import given as drawn
from hypothesis import settings
from hypothesis import strategies as st
from sqlalchemy import event
from sqlmodel import Session

from crm.errors import NotAllowedError
from crm.models.users import SYSTEM
from crm.policy import Role
from crm.services import fair_match
from crm.services.fair_answers import ANSWERS, Ask, given, typical
from crm.services.fair_match import Beside, FairMatch, weigh
from crm.services.matching_inputs import Meanings
from matching.records import Seeker, SeekerHours, SupportNeed
from matching.vocabulary import Vocabulary
from matching.weights import Weights
from tests.makers import make_actor, make_service
from tests.makers_employers import make_employer
from tests.makers_jobs import make_vacancy
from tests.makers_people import make_criterion, make_profile, make_seeker, make_skill
from tests.matching.dense import seekers
from tests.matching.makers import SKILLS

TYPICAL = typical(SKILLS[:3])
law = settings(max_examples=60, deadline=None)


def weighed(record: Seeker, weights: Weights | None = None) -> FairMatch:
    return weigh(record, TYPICAL, weights or Weights(), Meanings(Vocabulary({})))


def points(found: FairMatch) -> dict[Ask | Beside, float]:
    return {one.ask: one.points for one in found.missing if one.points}


def test_of_somebody_of_whom_nothing_is_known_everything_is_asked_by_the_weights_of_the_engine():
    found = weighed(Seeker("s"))
    assert {ask: round(each, 6) for ask, each in points(found).items()} == {
        Ask.SKILLS: 40,
        Ask.HOURS: 25,
        Ask.FREE: 25,
        Ask.NEEDS: 20,
        Ask.INTERESTS: 7.5,
        Ask.MUST: 3.75,
        Ask.AVOID: 3.75,
    }
    assert [one.ask for one in found.missing if not one.points] == list(Beside)
    assert found.known == 0


@law
@drawn(seekers())
def test_what_widens_the_band_most_stands_first(record: Seeker):
    widths = [one.points for one in weighed(record).missing]
    assert widths == sorted(widths, reverse=True)


@law
@drawn(seekers(), st.sampled_from(Ask))
def test_an_answer_takes_its_question_out_and_moves_no_other(record: Seeker, ask: Ask):
    before, after = points(weighed(record)), points(weighed(given(record, TYPICAL, [ask])))
    assert after == {other: each for other, each in before.items() if other is not ask}


@law
@drawn(seekers())
def test_an_answer_never_widens_the_band(record: Seeker):
    known = weighed(record).known
    assert all(weighed(given(record, TYPICAL, [ask])).known >= known - 1e-6 for ask in ANSWERS)


@law
@drawn(seekers())
def test_with_every_question_answered_nothing_is_missing_from_the_score(record: Seeker):
    whole = weighed(given(record, TYPICAL, ANSWERS))
    assert (points(whole), whole.known) == ({}, 1.0)


def test_what_the_service_does_not_weigh_is_not_missing():
    found = points(weighed(Seeker("s"), Weights(hours=0, natural_supports=0)))
    assert found.keys() == {Ask.SKILLS, Ask.INTERESTS, Ask.MUST, Ask.AVOID}


def test_no_support_needs_is_an_answer():
    asked = replace(Seeker("s"), support_needs=())
    assert Ask.NEEDS not in points(weighed(asked))
    assert Ask.NEEDS not in points(weighed(replace(asked, support_needs=(SupportNeed("routine"),))))


def test_days_are_asked_of_somebody_who_wants_few_hours_too():
    few = replace(Seeker("s"), hours=SeekerHours(4, 8, None, "prefers_fewer"))
    assert Ask.FREE in points(weighed(few))


def test_a_person_is_weighed_against_what_open_vacancies_ask_most(session: Session):
    make_service(session)
    bakery, seeker = make_employer(session), make_seeker(session)
    make_profile(session, seeker, travel_mode="bus", travel_minutes=30)
    make_skill(session, seeker)
    for asked in (("Fold boxes", "Water plants"), ("Water plants",), ("Water plants", "Feed animals")):
        vacancy = make_vacancy(session, bakery)
        for text in asked:
            make_criterion(session, vacancy, text)
    found = fair_match.of_seeker(session, seeker.key, by=SYSTEM)
    first = found.missing[0]
    assert (first.ask, len(first.names)) == (Ask.SKILLS, 2)
    assert {one.ask for one in found.missing} == {
        *(Ask.SKILLS, Ask.INTERESTS, Ask.MUST, Ask.AVOID, Beside.HOME, Beside.SCALES)
    }


def test_while_no_vacancy_asks_anything_one_skill_is_enough_and_none_is_named(session: Session):
    make_service(session)
    seeker = make_seeker(session)
    asked = fair_match.of_seeker(session, seeker.key, by=SYSTEM).missing[0]
    assert (asked.ask, asked.names) == (Ask.SKILLS, ())
    make_skill(session, seeker)
    assert Ask.SKILLS not in points(fair_match.of_seeker(session, seeker.key, by=SYSTEM))


def test_more_vacancies_and_skills_take_no_more_queries(session: Session):
    make_service(session)
    bakery, seeker = make_employer(session), make_seeker(session)
    counts: list[int] = []
    for _ in range(2):
        make_skill(session, seeker, name=f"Skill {len(counts)}")
        for number in range(3):
            make_criterion(session, make_vacancy(session, bakery), f"Ask {len(counts)} {number}")
        session.flush()
        ran: list[str] = []

        def noted(*told: object, ran: list[str] = ran) -> None:
            ran.append(str(told[2]))

        event.listen(session.connection(), "before_cursor_execute", noted)
        fair_match.of_seeker(session, seeker.key, by=SYSTEM)
        event.remove(session.connection(), "before_cursor_execute", noted)
        counts.append(len(ran))
    assert counts[0] == counts[1] < 12


def test_only_those_who_may_record_the_answers_are_told_what_is_missing(session: Session):
    make_service(session)
    seeker = make_seeker(session)
    with pytest.raises(NotAllowedError):
        fair_match.of_seeker(session, seeker.key, by=make_actor(Role.ENGAGEMENT_OFFICER))
