"""A night compares what has changed, counts as a run over everybody would, and goes on where it broke off."""

from collections.abc import Callable
from contextlib import suppress
from random import Random
from typing import Any

import pytest
from sqlmodel import Session, select

from crm.errors import NotAllowedError, RuleBrokenError
from crm.models.rankings import RankingInHand, RankingPart, RankingRun, VacancyCount
from crm.models.seekers import JobSeeker, SeekerStatus
from crm.models.service import WeightsEdit
from crm.models.users import SYSTEM
from crm.models.vacancies import Vacancy, VacancyStatus
from crm.policy import Role
from crm.services import (
    ranking_counts,
    ranking_everybody,
    ranking_ground,
    ranking_night,
    ranking_parts,
    ranking_runs,
    service,
    vocabularies,
)
from matching.concept import Concept
from matching.vocabulary import Vocabulary
from tests.makers import make_actor, make_service
from tests.makers_employers import make_employer
from tests.makers_jobs import make_vacancy
from tests.makers_night import TODAY, counted_anew, run_night, stored_counts
from tests.makers_people import make_criterion, make_need, make_profile, make_seeker, make_skill

SKILLS = ("Fold boxes", "Mop floors", "Use a till")
PATTERN = [{"day": day, "start": "09:00", "end": "13:00"} for day in range(4)]
SURE: dict[str, Any] = {"hours_min": 16, "hours_max": 16, "guaranteed_hours": 16, "pattern": PATTERN}


@pytest.fixture(autouse=True)
def _small_parts(session: Session, monkeypatch: pytest.MonkeyPatch) -> None:
    make_service(session)
    monkeypatch.setattr(ranking_ground, "JOBS_IN_PART", 2)


@pytest.fixture
def people(session: Session) -> list[JobSeeker]:
    """Six people of whom more and more is recorded, and five vacancies."""
    employer = make_employer(session)
    for number in range(5):
        row = make_vacancy(session, employer, f"Post {number}", **(SURE if number % 2 else {}))
        if number:
            make_criterion(session, row, SKILLS[number % 3])
    seekers = [make_seeker(session, f"Person {number}") for number in range(6)]
    for number, seeker in enumerate(seekers[2:]):
        make_profile(session, seeker)
        make_skill(session, seeker, SKILLS[number % 3], level=number % 3)
    return seekers


def a_new_skill(session: Session, random: Random) -> None:
    with suppress(RuleBrokenError):
        make_skill(
            session, pick(session, JobSeeker, random), random.choice(SKILLS), level=random.randint(0, 4)
        )


def a_need(session: Session, random: Random) -> None:
    with suppress(RuleBrokenError):
        make_need(session, pick(session, JobSeeker, random))


def somebody_new(session: Session, random: Random) -> None:
    seeker = make_seeker(session, f"Came {random.random()}")
    make_profile(session, seeker)
    make_skill(session, seeker, level=3)


def somebody_pauses_or_comes_back(session: Session, random: Random) -> None:
    seeker = pick(session, JobSeeker, random)
    is_live = seeker.status is SeekerStatus.ACTIVE
    change(session, seeker, status=SeekerStatus.EXITED if is_live else SeekerStatus.ACTIVE)


def a_vacancy_asks_more(session: Session, random: Random) -> None:
    vacancy, asked = pick(session, Vacancy, random), random.choice(SKILLS)
    with suppress(RuleBrokenError):
        make_criterion(session, vacancy, asked, level=random.randint(1, 4))


def a_vacancy_closes_or_opens_again(session: Session, random: Random) -> None:
    row = pick(session, Vacancy, random)
    closed = VacancyStatus.FILLED_ELSEWHERE
    change(session, row, status=VacancyStatus.OPEN if row.status is closed else closed)


def a_new_vacancy(session: Session, random: Random) -> None:
    row = make_vacancy(session, make_employer(session, f"Mill {random.random()}"), "Porter", **SURE)
    make_criterion(session, row, random.choice(SKILLS))


def a_run_of_one_vacancy(session: Session, random: Random) -> None:
    key = pick(session, Vacancy, random).key
    found = ranking_everybody.gather(session, vacancy_id=key, by=SYSTEM)
    ranking_runs.keep(session, ranking_everybody.count(found, lambda _done, _total: None), by=SYSTEM)


CHANGES: tuple[Callable[[Session, Random], None], ...] = (
    a_new_skill,
    a_need,
    somebody_new,
    somebody_pauses_or_comes_back,
    a_vacancy_asks_more,
    a_vacancy_closes_or_opens_again,
    a_new_vacancy,
    a_run_of_one_vacancy,
)


def pick(session: Session, table: Any, random: Random) -> Any:
    return random.choice(session.exec(select(table).order_by(table.id)).all())


def change(session: Session, row: Any, **values: object) -> None:
    for name, value in values.items():
        setattr(row, name, value)
    row.version += 1
    session.add(row)
    session.flush()


@pytest.mark.parametrize("seed", range(4))
def test_whatever_changes_the_mended_counts_are_those_of_a_run_over_everybody(
    session: Session, people: list[JobSeeker], seed: int, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr(ranking_night, "MOST_AGAIN", 1.0)
    random = Random(seed)
    assert run_night(session).run.people_changed is None
    for _ in range(5):
        for make in random.choices(CHANGES, k=random.randint(1, 2)):
            make(session, random)
        ended = run_night(session)
        assert stored_counts(session) == counted_anew(session)
        assert ended.run.people_changed is not None


def test_a_vacancy_counted_by_a_run_of_its_own_while_parts_are_done_is_not_mended_twice(
    session: Session, people: list[JobSeeker]
):
    run_night(session)
    make_skill(session, people[0], level=4)
    hand = ranking_night.take_up(session, by=SYSTEM)
    ground = ranking_ground.read(session, hand, by=SYSTEM)
    for number in range(ground.parts):
        ranking_night.keep_part(session, hand, number, ranking_parts.work_out(ground, number), by=SYSTEM)
    for vacancy in session.exec(select(Vacancy)).all():
        found = ranking_everybody.gather(session, vacancy_id=vacancy.key, by=SYSTEM)
        ranking_runs.keep(session, ranking_everybody.count(found, lambda _done, _total: None), by=SYSTEM)
    assert ranking_night.finish(session, hand, ground, by=SYSTEM, today=TODAY) is not None
    assert stored_counts(session) == counted_anew(session)
    run_night(session)
    assert stored_counts(session) == counted_anew(session)
    assert len({row.run_id for row in session.exec(select(VacancyCount))}) == 1


def test_only_what_has_changed_is_compared(
    session: Session, people: list[JobSeeker], monkeypatch: pytest.MonkeyPatch
):
    run_night(session)
    make_skill(session, people[3], level=4)
    hand = ranking_night.take_up(session, by=SYSTEM)
    ground = ranking_ground.read(session, hand, by=SYSTEM)
    assert not hand.is_whole
    assert (ground.was.ids[0], ground.now.ids[0]) == ((str(people[3].key),),) * 2
    assert len(ground.others) == 0
    run = run_night(session).run
    assert (run.people_changed, run.vacancies_changed, run.people, run.vacancies) == (1, 0, 6, 5)


def test_while_nothing_changes_nothing_is_compared_and_a_run_says_so(
    session: Session, people: list[JobSeeker]
):
    first = run_night(session).run
    before = stored_counts(session)
    hand = ranking_night.take_up(session, by=SYSTEM)
    assert ranking_ground.read(session, hand, by=SYSTEM).parts == 0
    second = run_night(session).run
    assert (second.people_changed, second.vacancies_changed) == (0, 0)
    assert second.key != first.key
    assert stored_counts(session) == before
    last = ranking_counts.last_run(session, by=SYSTEM)
    assert last is not None
    assert (last.id, last.people_changed, last.vacancies_changed) == (second.key, 0, 0)


def other_weights(session: Session) -> None:
    weights = WeightsEdit(
        weight_skills=30, weight_hours=35, weight_natural_supports=20, weight_preference=15, why="Hours count"
    )
    version = service.current(session, by=SYSTEM).version
    service.change_weights(session, weights, version=version, by=SYSTEM)


def another_engine(session: Session) -> None:
    session.exec(select(RankingRun).order_by("id")).all()[-1].engine_version = "0"


def lost_counts(session: Session) -> None:
    run = session.exec(select(RankingRun).order_by("id")).all()[-1]
    run.people += 1


def many_changes(session: Session) -> None:
    for seeker in session.exec(select(JobSeeker)).all()[:4]:
        make_skill(session, seeker, "Count boxes", level=4)


@pytest.mark.parametrize("differ", [other_weights, another_engine, lost_counts, many_changes])
def test_everybody_is_counted_anew_where_counts_cannot_be_mended(
    session: Session, people: list[JobSeeker], differ: Callable[[Session], None]
):
    run_night(session)
    differ(session)
    assert run_night(session).run.people_changed is None
    assert stored_counts(session) == counted_anew(session)
    assert run_night(session).run.people_changed == 0


def test_everybody_is_counted_anew_with_another_vocabulary(
    session: Session, people: list[JobSeeker], monkeypatch: pytest.MonkeyPatch
):
    run_night(session)
    words = Vocabulary.from_concepts([*vocabularies.shipped().values(), Concept("new", "A word nobody knew")])
    monkeypatch.setattr("crm.services.skills.vocabulary", lambda _session: words)
    assert run_night(session).run.people_changed is None


def test_a_run_that_is_broken_off_is_gone_on_with_and_no_part_is_done_twice(
    session: Session, people: list[JobSeeker]
):
    hand = ranking_night.take_up(session, by=SYSTEM)
    ground = ranking_ground.read(session, hand, by=SYSTEM)
    assert ground.parts == 3
    ranking_night.keep_part(session, hand, 1, ranking_parts.work_out(ground, 1), by=SYSTEM)
    make_skill(session, people[0], level=4)
    again = ranking_night.take_up(session, by=SYSTEM)
    assert (again.until, ranking_night.done(session, by=SYSTEM)) == (hand.until, {1})
    ranking_night.keep_part(session, again, 1, ranking_parts.Part(), by=SYSTEM)
    run_night(session)
    assert session.exec(select(RankingInHand)).first() is session.exec(select(RankingPart)).first() is None
    assert run_night(session).run.people_changed == 1
    assert stored_counts(session) == counted_anew(session)


def test_a_run_in_hand_is_given_up_when_the_weights_change(session: Session, people: list[JobSeeker]):
    hand = ranking_night.take_up(session, by=SYSTEM)
    ground = ranking_ground.read(session, hand, by=SYSTEM)
    ranking_night.keep_part(session, hand, 0, ranking_parts.work_out(ground, 0), by=SYSTEM)
    other_weights(session)
    again = ranking_night.take_up(session, by=SYSTEM)
    assert again.weights["skills"] == 30
    assert ranking_night.done(session, by=SYSTEM) == frozenset()


def test_a_run_that_another_worker_has_ended_is_not_ended_again(session: Session, people: list[JobSeeker]):
    hand = ranking_night.take_up(session, by=SYSTEM)
    session.expunge(hand)
    ground = ranking_ground.read(session, hand, by=SYSTEM)
    run_night(session)
    ranking_night.keep_part(session, hand, 0, ranking_parts.Part(), by=SYSTEM)
    assert ranking_night.finish(session, hand, ground, by=SYSTEM, today=TODAY) is None
    assert len(session.exec(select(RankingRun)).all()) == 1


def test_what_a_run_took_into_account_is_not_told_as_changed_since(session: Session, people: list[JobSeeker]):
    run_night(session)
    vacancy = session.exec(select(Vacancy)).all()[1]
    make_criterion(session, vacancy, "Count boxes")
    make_skill(session, people[4], "Count boxes")
    run_night(session)
    assert not ranking_counts.of_vacancies(session, [vacancy.key], by=SYSTEM)[vacancy.key].has_changed
    of_person = ranking_counts.of_seeker(session, people[4].key, by=SYSTEM)
    assert of_person is not None
    assert not of_person.has_changed


@pytest.mark.parametrize("role", [Role.AUDITOR, Role.ADMINISTRATOR])
def test_who_may_not_run_matching_runs_no_night(session: Session, people: list[JobSeeker], role: Role):
    by, hand = make_actor(role), ranking_night.take_up(session, by=SYSTEM)
    ground = ranking_ground.read(session, hand, by=SYSTEM)
    for ask in (
        lambda: ranking_night.make_ready(session, by=by),
        lambda: ranking_night.take_up(session, by=by),
        lambda: ranking_ground.read(session, hand, by=by),
        lambda: ranking_night.done(session, by=by),
        lambda: ranking_night.keep_part(session, hand, 0, ranking_parts.Part(), by=by),
        lambda: ranking_night.finish(session, hand, ground, by=by, today=TODAY),
    ):
        with pytest.raises(NotAllowedError):
            ask()
