"""What other weights would change is counted as a person would count it from the shortlists themselves."""

import pytest
from sqlmodel import Session

from crm.errors import NotAllowedError
from crm.models.service import WeightsInput
from crm.models.users import SYSTEM
from crm.models.vacancies import Vacancy
from crm.policy import Role
from crm.services import match_runs, run_scores, weights_effect
from crm.services.run_scores import Scored
from crm.services.weights_effect import Effect
from tests.makers import make_actor, make_service, make_weights
from tests.makers_employers import make_employer
from tests.makers_jobs import make_vacancy
from tests.makers_people import make_criterion, make_profile, make_seeker, make_skill
from tests.services.test_match_runs import scored_of

OTHER = WeightsInput(weight_skills=1, weight_hours=90, weight_natural_supports=1, weight_preference=40)


@pytest.fixture
def posts(session: Session) -> list[Vacancy]:
    """Three vacancies and nine people: who has more of the skills has fewer hours."""
    make_service(session)
    bakery = make_employer(session)
    made = [
        make_vacancy(session, bakery, title, hours_min=hours, hours_max=hours, guaranteed_hours=hours)
        for title, hours in (("Packer of boxes", 16), ("Porter", 8), ("Cleaner", 30))
    ]
    for number, post in enumerate(made):
        make_criterion(session, post, "Fold boxes", level=number + 1)
        make_criterion(session, post, "Sweep floors", essential="no")
    for number in range(9):
        seeker = make_seeker(session, f"Person {number}")
        make_profile(session, seeker, hours_now_max=40 - 4 * number)
        if number >= 3:
            make_skill(session, seeker, level=4)
        if number >= 6:
            make_skill(session, seeker, "Sweep floors")
    return made


def effect(session: Session, wanted: WeightsInput = OTHER) -> Effect:
    return weights_effect.effect(session, wanted, by=SYSTEM)


def groups_of(scored: Scored) -> list[list[int]]:
    return [scored.ids[scored.in_group(number)].tolist() for number in range(len(run_scores.GROUP_NAMES))]


def counted_by_hand(
    before: list[list[list[int]]], after: list[list[list[int]]]
) -> tuple[int, int, int, float]:
    """Shortlists that begin otherwise, people who come in, who leave, and the most places anybody rises."""
    ins: set[int] = set()
    outs: set[int] = set()
    moved: dict[int, list[int]] = {}
    for old, new in zip(before, after, strict=True):
        for one, two in zip(old, new, strict=True):
            ins |= set(two[:5]) - set(one[:5])
            outs |= set(one[:5]) - set(two[:5])
            for who in one:
                moved.setdefault(who, []).append(one.index(who) - two.index(who))
    lists = sum(
        any(a[:5] != b[:5] for a, b in zip(old, new, strict=True))
        for old, new in zip(before, after, strict=True)
    )
    return lists, len(ins), len(outs), max(sum(each) / len(before) for each in moved.values())


def test_the_effect_is_what_comes_of_it(session: Session, posts: list[Vacancy]):
    told = effect(session)
    before = [groups_of(scored_of(session, match_runs.keep(session, one.key, by=SYSTEM))) for one in posts]
    make_weights(session, skills=1, hours=90, natural_supports=1, preference=40)
    after = [groups_of(scored_of(session, match_runs.keep(session, one.key, by=SYSTEM))) for one in posts]
    assert (told.people, told.vacancies, told.is_sample) == (9, 3, False)
    assert told.regrouped == 0
    by_hand = counted_by_hand(before, after)
    assert (told.shortlists, told.moved_in, told.moved_out) == by_hand[:3]
    assert told.most_risen == pytest.approx(by_hand[3])
    assert told.shortlists > 0
    assert told.most_risen > 0
    assert sum(told.rises) > 0


def test_the_weights_in_force_change_nothing(session: Session, posts: list[Vacancy]):
    same = WeightsInput(weight_skills=40, weight_hours=25, weight_natural_supports=20, weight_preference=15)
    told = effect(session, same)
    assert (told.shortlists, told.moved_in, told.moved_out, told.most_fallen) == (0, 0, 0, 0)
    assert (told.rises, told.falls) == ((0, 0, 0), (0, 0, 0))


def test_a_large_service_is_sampled_and_says_so(
    session: Session, posts: list[Vacancy], monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr(weights_effect, "MOST_PAIRS", 18)
    told = effect(session)
    assert (told.vacancies, told.of_vacancies, told.is_sample) == (2, 3, True)


def test_a_service_without_people_or_vacancies_has_no_effect(session: Session):
    make_service(session)
    told = effect(session)
    assert (told.people, told.vacancies, told.most_risen) == (0, 0, 0)


@pytest.mark.parametrize("role", sorted(set(Role) - {Role.ADMINISTRATOR}))
def test_only_who_may_change_weights_tries_them(session: Session, role: Role):
    with pytest.raises(NotAllowedError):
        weights_effect.effect(session, OTHER, by=make_actor(role))
