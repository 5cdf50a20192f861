"""A run is one row that is written when its inputs have changed, and that can be made again to the byte."""

from collections.abc import Callable, Generator
from contextlib import contextmanager
from dataclasses import replace
from datetime import UTC, date, datetime

import pytest
import time_machine
from sqlalchemy import event
from sqlmodel import Session, col, func, select

from crm.errors import NotAllowedError, NotFoundError, RuleBrokenError
from crm.models.base import Table
from crm.models.compared import ComparedRecord, ComparedWords
from crm.models.matches import JobMatch, MatchRun, RunScores
from crm.models.seekers import JobSeeker, ProfileSkill, SeekerStatus
from crm.models.skills import LoadedConcept
from crm.models.users import SYSTEM
from crm.models.vacancies import Vacancy, VacancyCriterion, VacancyStatus
from crm.policy import Role
from crm.services import (
    compared_words,
    match_index,
    match_runs,
    run_scores,
    runs_again,
    seekers,
    shortlists,
    vocabularies,
    weights_versions,
)
from crm.services.run_scores import Scored
from crm.services.shortlists import ShortlistView
from matching.vocabulary import Vocabulary
from tests.makers import make_actor, make_service, make_weights
from tests.makers_employers import make_employer
from tests.makers_jobs import make_analysis, make_task, make_vacancy
from tests.makers_people import make_criterion, make_need, make_profile, make_seeker, make_skill

TODAY = date(2026, 11, 23)
A_YEAR_LATER = datetime(2027, 11, 27, 9, 0, tzinfo=UTC)


@pytest.fixture
def vacancy(session: Session) -> Vacancy:
    """A vacancy with all that is compared, and five people, of whom one is well known."""
    weights_versions.add(session, make_service(session), why="First", by=SYSTEM)
    bakery = make_employer(session)
    row = make_vacancy(session, bakery, hours_min=16, hours_max=20, guaranteed_hours=16)
    make_criterion(session, row)
    make_criterion(session, row, "Label trays by our own way", essential="no")
    analysis = make_analysis(session, bakery, vacancy_id=row.key, hours_week=20)
    make_task(session, analysis, "Fold boxes", skills="Fold boxes, Stack our trays")
    for number in range(4):
        make_seeker(session, f"Person {number}", referred_on=f"2026-0{number + 1}-01")
    known = make_seeker(session, "Amara Nwosu")
    make_profile(session, known, interests="boxes, trays")
    make_skill(session, known)
    make_skill(session, known, "Label trays by our own way", level=1)
    make_need(session, known)
    return row


def rows(session: Session, table: type[Table]) -> int:
    return session.exec(select(func.count()).select_from(table)).one()


def written(session: Session) -> list[int]:
    return [rows(session, table) for table in (MatchRun, RunScores, ComparedRecord, ComparedWords)]


def kept(session: Session, vacancy: Vacancy) -> MatchRun:
    return match_runs.keep(session, vacancy.key, by=SYSTEM)


def scored_of(session: Session, run: MatchRun) -> Scored:
    return run_scores.scores_in(session.get_one(RunScores, run.key).content)


def known(session: Session) -> JobSeeker:
    return session.exec(select(JobSeeker).where(JobSeeker.preferred_name == "Amara Nwosu")).one()


@contextmanager
def statements(session: Session) -> Generator[list[str]]:
    """The statements that are sent to the database meanwhile."""
    asked: list[str] = []

    def note(*call: object) -> None:
        asked.append(str(call[2]))

    bound = session.get_bind()
    event.listen(bound, "before_cursor_execute", note)
    yield asked
    event.remove(bound, "before_cursor_execute", note)


def test_a_run_keeps_the_order_and_figures_that_the_shortlist_shows(session: Session, vacancy: Vacancy):
    run = kept(session, vacancy)
    view = ShortlistView(shown={group: 9 for group in run_scores.GROUP_NAMES})
    shown = shortlists.for_vacancy(session, vacancy.key, view, by=SYSTEM, today=TODAY)
    scored = scored_of(session, run)
    for number, group in enumerate(shown.groups):
        places = scored.in_group(number)
        figures = [(row.person.id, row.match.low, row.match.high) for row in group.rows]
        assert figures == [
            (scored.ids[at], scored.low[at] / run_scores.MICRO, scored.high[at] / run_scores.MICRO)
            for at in places
        ]
    version = weights_versions.newest(session)
    assert version is not None
    assert (run.compared, run.weights_id, run.engine_version) == (5, version.key, "1")


def test_the_same_inputs_write_nothing_and_a_changed_one_writes_one_run(session: Session, vacancy: Vacancy):
    first, before = kept(session, vacancy), written(session)
    assert kept(session, vacancy).key == first.key
    match_index.PEOPLE._key = None  # Another process, or this one after a restart.
    assert kept(session, vacancy).key == first.key
    assert written(session) == before
    make_skill(session, known(session), "Sweep floors")
    assert kept(session, vacancy).key > first.key
    runs, scores, notes, words = before
    assert written(session) == [runs + 1, scores + 1, notes + 1, words]


def test_what_is_not_compared_gives_no_other_run(session: Session, vacancy: Vacancy):
    first, seeker = kept(session, vacancy), known(session)
    seeker.email = "amara@example.org"
    session.flush()
    assert kept(session, vacancy).key == first.key


def test_whether_a_run_is_due_is_asked_without_looking_at_anybody_or_writing(
    session: Session, vacancy: Vacancy
):
    def is_due() -> bool:
        return match_runs.is_due(session, vacancy.key, by=SYSTEM)

    def look() -> None:
        shortlists.for_vacancy(session, vacancy.key, ShortlistView(), by=SYSTEM, today=TODAY)

    assert is_due()
    kept(session, vacancy)
    with statements(session) as asked:
        assert not is_due()
    assert len(asked) <= 4
    assert not [one for one in asked if not one.lstrip().startswith("SELECT") or "job_seeker" in one]
    changes: list[Callable[[], object]] = [
        lambda: make_skill(session, known(session), "Sweep floors"),
        lambda: make_criterion(session, vacancy, "Sweep floors"),
        lambda: make_weights(session, skills=10),
    ]
    for change in changes:
        change()
        look()
        assert is_due()
        kept(session, vacancy)
        assert not is_due()


def test_nothing_is_kept_by_those_who_may_not_or_of_a_vacancy_that_nobody_fills(
    session: Session, vacancy: Vacancy
):
    auditor = make_actor(Role.AUDITOR)
    assert not match_runs.is_due(session, vacancy.key, by=auditor)
    with pytest.raises(NotAllowedError):
        match_runs.keep(session, vacancy.key, by=auditor)
    vacancy.status = VacancyStatus.FILLED_ELSEWHERE
    session.flush()
    assert not match_runs.is_due(session, vacancy.key, by=SYSTEM)
    with pytest.raises(RuleBrokenError, match="closed"):
        kept(session, vacancy)
    for ask in (match_runs.is_due, runs_again.again):
        with pytest.raises(NotAllowedError):
            ask(session, 1, by=make_actor(Role.ADMINISTRATOR))


def change_everything(session: Session, vacancy: Vacancy) -> None:
    """Whatever went into the run is another way afterwards."""
    seeker = known(session)
    for skill in session.exec(select(ProfileSkill)):
        skill.level, skill.concept_id = 0, "own:other"
    make_need(session, seeker, "routine")
    gone = session.exec(select(JobSeeker).where(JobSeeker.preferred_name == "Person 2")).one()
    seekers.archive(session, gone.key, why="Moved away", version=gone.version, by=SYSTEM)
    make_skill(session, make_seeker(session, "Came later"))
    for criterion in session.exec(select(VacancyCriterion)):
        criterion.archived_at, criterion.archived_why = A_YEAR_LATER, "Wrong"
    vacancy.title, vacancy.status = "Another job", VacancyStatus.FILLED_ELSEWHERE
    session.flush()
    make_weights(session, skills=10)


def other_words(monkeypatch: pytest.MonkeyPatch) -> None:
    """Another vocabulary: every concept weighs something else, and none has a family."""
    now = vocabularies.shipped()
    other = Vocabulary.from_concepts(
        replace(one, weight=one.weight + 0.5, broader_id=None) for one in now.values()
    )
    monkeypatch.setattr(vocabularies, "shipped", lambda: other)


def test_a_run_is_made_again_a_year_later_though_everything_has_changed(
    session: Session, vacancy: Vacancy, monkeypatch: pytest.MonkeyPatch
):
    first = kept(session, vacancy)
    change_everything(session, vacancy)
    other_words(monkeypatch)
    session.expire_all()
    with time_machine.travel(A_YEAR_LATER, tick=False):
        told: list[tuple[int, int]] = []
        made = runs_again.again(session, first.key, by=SYSTEM, progress=lambda *step: told.append(step))
    assert (made.is_same, made.people, told) == (True, 5, [(5, 5)])
    assert "byte for byte" in made.words


def test_every_later_run_is_made_again_from_its_own_inputs(
    session: Session, vacancy: Vacancy, monkeypatch: pytest.MonkeyPatch
):
    ids = [kept(session, vacancy).key]
    for skill in session.exec(select(ProfileSkill)):
        skill.level = 0
    session.flush()
    ids.append(kept(session, vacancy).key)
    make_weights(session, skills=10)
    ids.append(kept(session, vacancy).key)
    other_words(monkeypatch)
    ids.append(kept(session, vacancy).key)
    assert len(set(ids)) == 4
    assert all(runs_again.again(session, key, by=SYSTEM).is_same for key in ids)
    runs = [session.get_one(MatchRun, key) for key in ids]
    assert len({run.inputs_digest for run in runs}) == 4
    assert len({run.scores_digest for run in runs[:3]}) == 3


def test_whatever_was_changed_past_the_product_shows(session: Session, vacancy: Vacancy):
    run = kept(session, vacancy)
    scores = session.get_one(RunScores, run.key)
    honest = scores.content
    scored = run_scores.scores_in(honest)
    scored.low[0] += 1
    scores.content = run_scores.packed(run_scores.plain(scored))
    session.flush()
    made = runs_again.again(session, run.key, by=SYSTEM)
    assert (made.has_same_inputs, made.has_same_scores) == (True, False)
    assert "its scores differ" in made.words
    scores.content = honest
    note = session.exec(select(ComparedRecord).order_by(col(ComparedRecord.id))).first()
    assert note is not None
    session.delete(note)
    session.flush()
    made = runs_again.again(session, run.key, by=SYSTEM)
    assert not made.has_same_inputs
    assert "its inputs differ" in made.words


def test_another_version_of_the_engine_is_named(session: Session, vacancy: Vacancy):
    run = kept(session, vacancy)
    run.engine_version = "0"
    session.flush()
    assert "version 0 of the engine" in runs_again.again(session, run.key, by=SYSTEM).words


def test_a_run_of_before_inputs_were_kept_cannot_be_made_again(session: Session, vacancy: Vacancy):
    run = kept(session, vacancy)
    run.as_of_input = None
    session.flush()
    with pytest.raises(NotFoundError, match="before inputs were kept"):
        runs_again.again(session, run.key, by=SYSTEM)


def test_words_are_kept_once_however_many_runs_used_them(session: Session, vacancy: Vacancy):
    kept(session, vacancy)
    words = session.exec(select(ComparedWords)).one()
    again = compared_words.words_in(words.content)
    now = vocabularies.shipped()
    assert compared_words.digest_of_words(again) == words.digest
    assert all(again.related(key) == now.related(key) for key in list(now)[::50])
    assert rows(session, LoadedConcept) == 0


def test_people_who_left_and_came_back_are_in_the_run_of_that_day(session: Session, vacancy: Vacancy):
    seeker = known(session)
    seeker.status = SeekerStatus.EXITED
    session.flush()
    without = kept(session, vacancy)
    seeker.status = SeekerStatus.RETURNED
    session.flush()
    assert (without.compared, kept(session, vacancy).compared) == (4, 5)
    assert runs_again.again(session, without.key, by=SYSTEM).is_same


def test_nobody_has_a_row_of_a_pair_before_it_is_opened_or_decided_on(session: Session, vacancy: Vacancy):
    kept(session, vacancy)
    assert rows(session, JobMatch) == 0
