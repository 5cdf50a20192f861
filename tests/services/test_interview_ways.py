"""Interviews shared out by each agreement's rule, and all at once with fewest chances first."""

from datetime import timedelta

import pytest
from sqlalchemy import event
from sqlmodel import Session

from crm.errors import NotAllowedError, RuleBrokenError
from crm.models.agreement_choices import Covers, Oversubscription, Promise, Standing
from crm.models.agreement_uses import AgreementUse, ReferralInput
from crm.models.agreements import Agreement
from crm.models.employers import Employer
from crm.models.seekers import JobSeeker
from crm.models.users import SYSTEM
from crm.models.vacancies import Vacancy, VacancyStatus
from crm.policy import Role
from crm.services import agreement_uses, interview_ways, records, slot_deciding, slots
from crm.services.interview_ways import EitherWay, Shared
from crm.services.pair_points import NOT_KNOWN, points_of
from tests.makers import make_actor, make_service
from tests.makers_employers import TODAY, make_active, make_employer
from tests.makers_jobs import make_vacancy
from tests.makers_people import make_criterion, make_profile, make_seeker, make_skill
from tests.makers_promises import make_use
from tests.makers_restricted import make_consent

LONGEST = Oversubscription.LONGEST_WAIT
MONTH = TODAY + timedelta(days=28)


@pytest.fixture(autouse=True)
def _here(session: Session) -> None:
    make_service(session)


def vacancy_for(
    session: Session, title: str, rule: Oversubscription = LONGEST, most: int | None = 1, **fields: object
) -> Vacancy:
    """A vacancy under an agreement of its own."""
    agreement = make_active(session, make_employer(session, name=f"{title} Ltd"))
    clauses = {"most_interviews": most, "oversubscription_rule": rule, "covers": Covers.DISABLED_PEOPLE}
    records.change(session, agreement, clauses, version=agreement.version)
    row = make_vacancy(session, session.get_one(Employer, agreement.employer_id), title)
    values = {"agreement_id": agreement.key, **fields}
    return records.change(session, row, values, version=row.version)


def want(session: Session, seeker: JobSeeker, *vacancies: Vacancy, says_yes: bool = True) -> None:
    """Somebody wants an interview for each of these vacancies."""
    for vacancy in vacancies:
        employer_id = vacancy.employer_id
        if says_yes:
            make_consent(session, seeker, "put_forward", today=TODAY, employer_id=employer_id)
        wish = ReferralInput(employer_id=employer_id, vacancy_id=vacancy.key, promise=Promise.INTERVIEW)
        agreement_id = vacancy.agreement_id or 0
        agreement_uses.ask(session, agreement_id, seeker.key, wish, by=SYSTEM, today=TODAY)


def waiting(session: Session, name: str, days: int) -> JobSeeker:
    return make_seeker(session, name, referred_on=TODAY - timedelta(days=days))


def shared(session: Session) -> Shared:
    return interview_ways.of_period(session, TODAY, MONTH, by=SYSTEM, today=TODAY)


def by_name(found: Shared) -> dict[str, EitherWay]:
    return {one.name: one for one in found.people}


def test_the_rules_give_both_to_the_longest_wait_where_the_proposal_gives_each_one(session: Session):
    bakery, stores = vacancy_for(session, "Baker"), vacancy_for(session, "Storekeeper")
    old, new = waiting(session, "Old hand", 90), waiting(session, "Newcomer", 10)
    want(session, old, bakery, stores)
    want(session, new, bakery)
    found = shared(session)
    people = by_name(found)
    assert found.optimal
    assert set(people["Old hand"].by_rule) == {bakery.key, stores.key}
    assert set(people["Old hand"].by_proposal) == {stores.key}
    assert (people["Newcomer"].by_rule, set(people["Newcomer"].by_proposal)) == ({}, {bakery.key})
    assert [(one.name, one.difference > 0) for one in found.people] == [
        ("Newcomer", True),
        ("Old hand", False),
    ]


def test_whoever_was_put_forward_least_comes_first_in_the_proposal(session: Session):
    bakery = vacancy_for(session, "Baker")
    often, never = waiting(session, "Often", 90), waiting(session, "Never", 10)
    earlier = make_active(session, make_employer(session, name="Earlier Ltd"))
    make_use(session, earlier, often)
    want(session, often, bakery)
    want(session, never, bakery)
    people = by_name(shared(session))
    assert (people["Often"].chances, people["Often"].by_proposal) == (1, {})
    assert set(people["Never"].by_proposal) == {bakery.key}


def test_a_persons_own_interview_is_the_one_that_suits_them_best(session: Session):
    bakery, stores = vacancy_for(session, "Baker"), vacancy_for(session, "Storekeeper")
    person, other = waiting(session, "Person", 10), waiting(session, "Other", 5)
    make_profile(session, person)
    asked = make_criterion(session, stores)
    make_skill(session, person, level=3)
    want(session, person, bakery, stores)
    want(session, other, bakery, stores)
    points = points_of(session, [(person.key, bakery.key), (person.key, stores.key)], by=SYSTEM)
    assert asked.vacancy_id == stores.key
    assert points[person.key, stores.key] > points[person.key, bakery.key]
    assert stores.key in by_name(shared(session))["Person"].by_proposal


def test_neither_way_gives_an_interview_without_the_persons_yes(session: Session):
    bakery = vacancy_for(session, "Baker")
    want(session, waiting(session, "Silent", 90), bakery, says_yes=False)
    (one,) = shared(session).people
    assert (one.by_rule, one.by_proposal, one.lacks_yes) == ({}, {}, (bakery.key,))


@pytest.mark.parametrize(
    ("rule", "most"), [(Oversubscription.EMPLOYER_CHOOSES, 1), (LONGEST, None)], ids=["chooses", "no most"]
)
def test_where_nothing_is_scarce_everybody_has_one_either_way(
    session: Session, rule: Oversubscription, most: int | None
):
    bakery = vacancy_for(session, "Baker", rule, most)
    for name in ("Ada", "Ben"):
        want(session, waiting(session, name, 10), bakery)
    assert [(len(one.by_rule), len(one.by_proposal)) for one in shared(session).people] == [(1, 1), (1, 1)]


@pytest.mark.parametrize(
    ("fields", "is_there"),
    [
        ({"closes_on": MONTH}, True),
        ({"closes_on": None}, True),
        ({"closes_on": MONTH + timedelta(days=1)}, False),
        ({"closes_on": TODAY - timedelta(days=1)}, False),
        ({"status": VacancyStatus.FILLED_ELSEWHERE}, False),
    ],
)
def test_a_period_holds_the_open_vacancies_that_close_in_it(
    session: Session, fields: dict[str, object], is_there: bool
):
    bakery = vacancy_for(session, "Baker")
    want(session, waiting(session, "Ada", 10), bakery)
    records.change(session, bakery, fields, version=bakery.version)
    assert [one.id for one in shared(session).vacancies] == ([bakery.key] if is_there else [])


def test_the_rule_says_here_what_it_says_at_the_vacancy(session: Session):
    for rule in Oversubscription:
        vacancy = vacancy_for(session, f"Work by {rule}", rule, most=2)
        for number in range(4):
            want(session, waiting(session, f"Person {number} by {rule}", number * 7), vacancy)
        proposed = {
            one.seeker_id for one in slots.of_vacancy(session, vacancy.key, by=SYSTEM, today=TODAY).proposed
        }
        assert {one.seeker_id for one in shared(session).people if vacancy.key in one.by_rule} == proposed


def test_more_vacancies_take_no_more_queries(session: Session):
    def queries() -> int:
        seen: list[str] = []
        connection = session.connection()

        def count(_c: object, _cursor: object, statement: str, *_more: object) -> None:
            seen.append(statement)

        event.listen(connection, "before_cursor_execute", count)
        shared(session)
        event.remove(connection, "before_cursor_execute", count)
        return len(seen)

    want(session, waiting(session, "Ada", 10), vacancy_for(session, "Baker"))
    shared(session)
    few = queries()
    for number in range(5):
        want(session, waiting(session, f"Person {number}", 10), vacancy_for(session, f"Work {number}"))
    shared(session)
    assert queries() == few


def test_somebody_of_whom_nothing_can_be_compared_counts_half(session: Session):
    assert points_of(session, [(98, 99)], by=SYSTEM) == {(98, 99): NOT_KNOWN}


def test_whoever_may_not_see_promises_or_matches_sees_no_sharing_out(session: Session):
    with pytest.raises(NotAllowedError):
        interview_ways.of_period(session, TODAY, MONTH, by=make_actor(Role.ADMINISTRATOR), today=TODAY)
    with pytest.raises(NotAllowedError):
        points_of(session, [], by=make_actor(Role.ADMINISTRATOR))


class Contested:
    """One interview that two people want; the rule gives it to Ben."""

    def __init__(self, session: Session) -> None:
        self.session, self.vacancy = session, vacancy_for(session, "Baker")
        for name, days in (("Ada", 10), ("Ben", 90)):
            want(session, waiting(session, name, days), self.vacancy)
        self.seen = slots.of_vacancy(session, self.vacancy.key, by=SYSTEM, today=TODAY)
        self.uses = {one.name: one.use_id for one in self.seen.candidates}

    def decide(self, *use_ids: int, why: str = "Ada has had no chance yet.") -> int:
        return slot_deciding.decide_otherwise(
            self.session, self.vacancy.key, use_ids, why=why, seen=self.seen.seen, by=SYSTEM, today=TODAY
        )

    def standing(self, name: str) -> AgreementUse:
        return self.session.get_one(AgreementUse, self.uses[name])


def test_a_person_decides_otherwise_and_the_reason_is_kept_with_whoever_is_set_aside(session: Session):
    here = Contested(session)
    assert here.decide(here.uses["Ada"]) == 1
    assert here.standing("Ada").standing is Standing.REFERRED
    rule = "1 interview left and 2 people who wanted one: not by the agreement’s rule."
    why = f"{rule} Ada has had no chance yet."
    aside = here.standing("Ben")
    assert (aside.standing, aside.not_referred_why) == (Standing.NOT_REFERRED, why)


def test_deciding_otherwise_is_refused_without_a_reason_or_beyond_what_is_left(session: Session):
    here = Contested(session)
    for use_ids, why in (
        ([here.uses["Ada"]], " "),
        ([*here.uses.values()], "Both"),
        ([], "Nobody"),
        ([999], "Who"),
    ):
        with pytest.raises(RuleBrokenError):
            here.decide(*use_ids, why=why)
    assert here.standing("Ada").standing is Standing.ASKED


def test_whoever_ticks_nobody_is_told_so(session: Session):
    here = Contested(session)
    with pytest.raises(RuleBrokenError, match="Nobody is ticked"):
        here.decide()


def test_where_no_most_was_agreed_nobody_is_told_that_no_interview_was_left(session: Session):
    here = Contested(session)
    agreement = session.get_one(Agreement, here.vacancy.agreement_id)
    records.change(session, agreement, {"most_interviews": None}, version=agreement.version)
    here.seen = slots.of_vacancy(session, here.vacancy.key, by=SYSTEM, today=TODAY)
    here.decide(here.uses["Ada"])
    told = "As many interviews as were wanted and 2 people who wanted one: not by the agreement’s rule."
    assert here.standing("Ben").not_referred_why == f"{told} Ada has had no chance yet."


def test_a_list_that_has_changed_is_looked_at_again_before_deciding_otherwise(session: Session):
    here = Contested(session)
    want(session, waiting(session, "Cai", 5), here.vacancy)
    with pytest.raises(RuleBrokenError, match="changed since"):
        here.decide(here.uses["Ada"])
    assert session.get_one(Agreement, here.vacancy.agreement_id).most_interviews == 1
