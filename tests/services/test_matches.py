"""Everybody is compared, nobody is left out, nothing restricted enters; a decision keeps what was seen."""

import dataclasses
from datetime import date

import pytest
from pydantic import ValidationError
from sqlalchemy import event
from sqlmodel import Session, select

from crm.errors import NotAllowedError, NotFoundError, RuleBrokenError
from crm.models.employers import Employer
from crm.models.matches import JobMatch, MatchDecisionInput, MatchRun
from crm.models.restricted import WhyUnder16
from crm.models.seeker_inputs import JobSeekerInput
from crm.models.seekers import JobSeeker
from crm.models.users import SYSTEM, Actor, Service
from crm.models.vacancies import Vacancy, VacancyStatus
from crm.policy import Action, Role
from crm.services import matches, seekers, shortlists, skills, vocabularies, waiting
from crm.services.access import ensure
from crm.services.job_inputs import opening
from crm.services.matching_inputs import Meanings
from crm.services.seeker_inputs import PeopleSource, person
from crm.services.shortlists import Shortlist, ShortlistView
from tests.makers import make_actor, make_service, make_user
from tests.makers_employers import make_employer
from tests.makers_jobs import make_analysis, make_task, make_vacancy
from tests.makers_people import LEFT, make_criterion, make_need, make_profile, make_seeker, make_skill
from tests.makers_restricted import make_restricted

TODAY = date(2026, 11, 23)


@pytest.fixture
def house(session: Session) -> Service:
    return make_service(session)


@pytest.fixture
def coach(session: Session, house: Service) -> Actor:
    return make_user(session, Role.JOB_COACH, name="Rosa Lind").as_actor()


@pytest.fixture
def bakery(session: Session, house: Service) -> Employer:
    return make_employer(session)


@pytest.fixture
def vacancy(session: Session, bakery: Employer) -> Vacancy:
    pattern = [{"day": day, "start": "09:00", "end": "13:00"} for day in range(4)]
    row = make_vacancy(session, bakery, hours_min=16, hours_max=16, guaranteed_hours=16, pattern=pattern)
    make_criterion(session, row)
    return row


def shortlist(session: Session, vacancy: Vacancy, by: Actor = SYSTEM, **view: object) -> Shortlist:
    wanted = ShortlistView(**view)  # pyright: ignore[reportArgumentType]
    return shortlists.for_vacancy(session, vacancy.key, wanted, by=by, today=TODAY)


def order(found: Shortlist) -> list[str]:
    return [row.person.name for group in found.groups for row in group.rows]


def group_of(found: Shortlist, name: str) -> str:
    return next(group.group for group in found.groups for row in group.rows if row.person.name == name)


def as_stored(session: Session, seeker: JobSeeker) -> object:
    return person(session, seeker, Meanings(skills.vocabulary(session))).record


def decided(**facts: object) -> MatchDecisionInput:
    return MatchDecisionInput.model_validate({"decision": "shortlist", **facts})


def test_everybody_who_looks_for_work_is_compared_and_nobody_else(session: Session, vacancy: Vacancy):
    for status in ("active", "referred", "returned", "exited"):
        make_seeker(session, status, status=status)
    make_seeker(session, "content", status="in_work")
    make_seeker(session, "next step", status="in_work", wants_more="yes")
    make_seeker(session, "paused", status="paused", pause_reason="Rest", pause_review_on=TODAY)
    found = shortlist(session, vacancy)
    assert sorted(order(found)) == ["active", "next step", "referred", "returned"]
    marked = [row.person.name for group in found.groups for row in group.rows if row.person.is_in_work]
    assert (found.total, marked) == (4, ["next step"])


def test_people_stand_in_the_group_that_their_records_say(session: Session, vacancy: Vacancy):
    ready = make_seeker(session, "Ready")
    make_profile(session, ready)
    make_skill(session, ready)
    make_seeker(session, "Nothing recorded")
    gap = make_seeker(session, "Gap")
    make_profile(session, gap)
    make_skill(session, gap, level=0)
    found = shortlist(session, vacancy)
    assert group_of(found, "Ready") == "workable_now"
    assert group_of(found, "Nothing recorded") == "with_measures"
    assert group_of(found, "Gap") == "design_a_job"


def test_more_rows_are_shown_when_asked_and_the_total_never_changes(session: Session, vacancy: Vacancy):
    for number in range(8):
        make_seeker(session, f"Person {number}")
    first = shortlist(session, vacancy)
    more = shortlist(session, vacancy, shown={"with_measures": 30})
    assert (first.total, len(order(first))) == (8, 5)
    assert (more.total, len(set(order(more)))) == (8, 8)


def test_my_people_come_first_when_wished_and_longest_wait_inside_that(
    session: Session, vacancy: Vacancy, coach: Actor
):
    make_seeker(session, "Others, long", referred_on="2024-01-01")
    make_seeker(session, "Mine, short", coach_id=coach.id, referred_on="2026-11-01")
    make_seeker(session, "Mine, long", coach_id=coach.id, referred_on="2025-01-01")
    make_seeker(session, "Others, unknown")
    waiting = shortlist(session, vacancy, coach, is_longest_wait_first=True)
    assert order(waiting) == ["Others, long", "Mine, long", "Mine, short", "Others, unknown"]
    mine = shortlist(session, vacancy, coach, is_longest_wait_first=True, is_mine_first=True)
    assert order(mine)[:2] == ["Mine, long", "Mine, short"]
    assert mine.mine == 2


def test_the_shortlist_follows_every_change_at_once(session: Session, vacancy: Vacancy):
    seeker = make_seeker(session, "Ready")
    assert group_of(shortlist(session, vacancy), "Ready") == "with_measures"
    make_profile(session, seeker)
    make_skill(session, seeker)
    assert group_of(shortlist(session, vacancy), "Ready") == "workable_now"
    make_need(session, seeker)
    assert group_of(shortlist(session, vacancy), "Ready") == "with_measures"
    seekers.archive(session, seeker.key, why="Moved away", version=seeker.version, by=SYSTEM)
    assert shortlist(session, vacancy).total == 0


def test_new_weights_make_new_scores(session: Session, vacancy: Vacancy, house: Service):
    seeker = make_seeker(session)
    make_profile(session, seeker, hours_now_max=8)
    make_skill(session, seeker)
    before = shortlist(session, vacancy).groups[1].rows[0].match.score
    ensure(session, SYSTEM, Action.SERVICE_RECORD)
    house.weight_hours = 90.0
    session.add(house)
    session.flush()
    after = shortlist(session, vacancy).groups[1].rows[0].match.score
    assert before is not None
    assert after is not None
    assert after < before


def test_a_journey_beyond_the_wish_is_marked_and_the_person_stays(session: Session, bakery: Employer):
    vacancy = make_vacancy(session, bakery, postcode="EH1 1AA")
    seeker = make_seeker(session, postcode="LS1 4DY")
    make_profile(session, seeker, travel_mode="bus", travel_minutes=30)
    found = shortlist(session, vacancy)
    assert [group.total for group in found.groups] == [0, 0, 0]
    assert [(group.group, group.total) for group in found.further] == [
        ("workable_now", 0),
        ("with_measures", 1),
        ("design_a_job", 0),
    ]
    assert found.further[1].rows[0].is_further
    assert matches.compare(session, vacancy.key, seeker.key, by=SYSTEM).is_further


def test_the_same_comparison_comes_from_the_list_and_from_the_page(session: Session, vacancy: Vacancy):
    seeker = make_seeker(session)
    make_profile(session, seeker)
    make_skill(session, seeker, level=1)
    listed = shortlist(session, vacancy).groups[0].rows[0].match
    assert matches.compare(session, vacancy.key, seeker.key, by=SYSTEM).match == listed
    jobs = shortlists.for_seeker(session, seeker.key, shown=5, by=SYSTEM, today=TODAY)
    assert (jobs.total, jobs.rows[0].match) == (1, listed)


def test_open_vacancies_are_ranked_for_a_person_and_closed_ones_are_not(
    session: Session, vacancy: Vacancy, bakery: Employer
):
    make_vacancy(session, bakery, "Gone", status="filled_elsewhere")
    seeker = make_seeker(session, status="paused", pause_reason="Rest", pause_review_on=TODAY)
    make_skill(session, seeker)
    make_vacancy(session, bakery, "Nothing recorded")
    found = shortlists.for_seeker(session, seeker.key, shown=9, by=SYSTEM, today=TODAY)
    assert [row.opening.title for row in found.rows] == ["Kitchen assistant", "Nothing recorded"]


def test_the_latest_job_analysis_of_a_vacancy_gives_its_tasks_and_supports(
    session: Session, vacancy: Vacancy, bakery: Employer
):
    old = make_analysis(session, bakery, vacancy_id=vacancy.key, analysed_on=date(2025, 1, 1))
    make_task(session, old, "Old task")
    new = make_analysis(session, bakery, vacancy_id=vacancy.key, hours_week=12)
    make_task(session, new, "New task", skills="Fold boxes, my own words")
    seeker = make_seeker(session)
    make_skill(session, seeker)
    match = matches.compare(session, vacancy.key, seeker.key, by=SYSTEM).match
    assert [task.name for task in match.task_rows] == ["New task"]
    assert [str(status) for _, status in match.task_rows[0].skills] == ["met", "not_recorded"]


def test_hours_come_from_the_analysis_where_the_vacancy_has_none_and_zero_hours_guarantee_none(
    session: Session, bakery: Employer
):
    vacancy = make_vacancy(session, bakery, contract="zero_hours")
    make_analysis(session, bakery, vacancy_id=vacancy.key, hours_week=12)
    job = opening(session, vacancy, Meanings(skills.vocabulary(session))).record
    assert (job.hours.min, job.hours.max, job.hours.guaranteed) == (12, 12, 0)


def test_two_concepts_with_one_label_stay_apart(session: Session):
    meanings = Meanings(skills.vocabulary(session))
    label = next(iter(vocabularies.shipped().values())).label
    first, second = meanings.phrase("own:x", label), meanings.phrase("own:y", label)
    assert first != second
    assert (meanings.concepts[first], meanings.concepts[second]) == ("own:x", "own:y")


def test_nothing_restricted_and_no_name_enters_matching(session: Session, house: Service):
    seeker = make_seeker(session, "Very Findable", postcode="LS1 4DY", email="a@example.org")
    make_profile(session, seeker)
    before = as_stored(session, seeker)
    facts: dict[str, object] = {"date_of_birth": date(2001, 2, 3), "why_under_16": WhyUnder16.HEALTH}
    facts |= dict.fromkeys(("disability", "health", "benefits"), "CANARY")
    make_restricted(session, seeker, make_user(session, Role.JOB_COACH).as_actor(), **facts)
    after = as_stored(session, seeker)
    assert after == before
    text = repr(dataclasses.asdict(after))  # pyright: ignore[reportArgumentType]
    assert not [word for word in ("CANARY", "Findable", "4DY", "example.org", "2001") if word in text]


def test_people_are_read_in_four_queries_however_many_there_are(session: Session):
    for number in range(4):
        make_skill(session, make_seeker(session, f"Person {number}"))
    asked: list[str] = []

    def note(*call: object) -> None:
        asked.append(str(call[2]))

    bound = session.get_bind()
    event.listen(bound, "before_cursor_execute", note)
    read = list(PeopleSource().read(session, None, Meanings(vocabularies.shipped())))
    event.remove(bound, "before_cursor_execute", note)
    assert (len(read), len(asked)) == (4, 4)


def test_the_first_making_of_the_index_tells_its_progress(session: Session, vacancy: Vacancy):
    make_seeker(session)
    told: list[tuple[int, int]] = []
    shortlists.for_vacancy(
        session,
        vacancy.key,
        ShortlistView(),
        by=SYSTEM,
        today=TODAY,
        progress=lambda *step: told.append(step),
    )
    assert told == [(1, 1)]


def test_a_decision_is_stored_with_its_run_and_what_was_seen(
    session: Session, vacancy: Vacancy, coach: Actor
):
    seeker = make_seeker(session)
    make_skill(session, seeker)
    seen = matches.compare(session, vacancy.key, seeker.key, by=coach)
    wish = decided(seeker_view="keen")
    row = matches.decide(session, vacancy.key, seeker.key, wish, seen=seen.digest, by=coach, today=TODAY)
    run, pair = session.exec(select(MatchRun)).one(), session.exec(select(JobMatch)).one()
    assert (run.key, run.key, run.compared) == (row.run_id, pair.run_id, 1)
    assert (pair.inputs_digest, pair.match_seen, pair.opened_by) == (seen.digest, row.match_seen, coach.id)
    assert (pair.seeker_view, pair.view_said_on) == ("keen", TODAY)
    assert run.weights == {"skills": 40, "hours": 25, "natural_supports": 20, "preference": 15}
    assert row.match_seen["band"] == [seen.match.low, seen.match.high]
    assert seeker.preferred_name not in repr(row.match_seen)
    listed = shortlist(session, vacancy).groups[1].rows[0].decision
    assert listed is not None
    assert listed.key == row.key


def test_a_decision_on_a_closed_vacancy_keeps_what_went_into_the_pair_alone(
    session: Session, vacancy: Vacancy, coach: Actor
):
    seeker = make_seeker(session)
    vacancy.status = VacancyStatus.FILLED_ELSEWHERE
    session.flush()
    seen = matches.compare(session, vacancy.key, seeker.key, by=coach).digest
    matches.decide(session, vacancy.key, seeker.key, decided(), seen=seen, by=coach, today=TODAY)
    run = session.exec(select(MatchRun)).one()
    assert (run.seeker_id, run.inputs_digest, run.as_of_input) == (seeker.key, seen, None)


def test_a_new_decision_follows_an_earlier_one_which_stays_in_the_history(
    session: Session, vacancy: Vacancy, coach: Actor
):
    seeker = make_seeker(session)
    seen = matches.compare(session, vacancy.key, seeker.key, by=coach).digest
    later = decided(
        decision="not_yet", reason="No bus", measure="Lift", owner_id=coach.id, due_on=date(2026, 12, 1)
    )
    for wish in (decided(decision="hold"), later):
        matches.decide(session, vacancy.key, seeker.key, wish, seen=seen, by=coach, today=TODAY)
    history = matches.decisions(session, vacancy_id=vacancy.key, seeker_id=seeker.key, by=coach)
    assert [one.decision.decision for one in history] == ["not_yet", "hold"]
    assert (history[0].by, history[0].owner, history[0].title) == (coach.name, coach.name, vacancy.title)


def test_a_decision_on_a_comparison_that_has_changed_since_is_refused(
    session: Session, vacancy: Vacancy, coach: Actor
):
    seeker = make_seeker(session)
    seen = matches.compare(session, vacancy.key, seeker.key, by=coach).digest
    make_skill(session, seeker)
    with pytest.raises(RuleBrokenError, match="has changed since"):
        matches.decide(session, vacancy.key, seeker.key, decided(), seen=seen, by=coach, today=TODAY)


def test_nothing_is_decided_about_somebody_who_does_not_look_for_work(
    session: Session, vacancy: Vacancy, coach: Actor
):
    seeker = make_seeker(session)
    edit = JobSeekerInput.model_validate({"preferred_name": "A", "status": "exited", **LEFT})
    seekers.change(session, seeker.key, edit, version=seeker.version, by=coach)
    seen = matches.compare(session, vacancy.key, seeker.key, by=coach)
    assert not seen.looks_for_work
    with pytest.raises(RuleBrokenError, match="does not look for work"):
        matches.decide(session, vacancy.key, seeker.key, decided(), seen=seen.digest, by=coach, today=TODAY)


@pytest.mark.parametrize(
    ("facts", "field"), [({"owner_id": 999}, "owner_id"), ({"due_on": date(2026, 11, 22)}, "due_on")]
)
def test_a_forged_owner_and_a_date_in_the_past_are_refused(
    session: Session, vacancy: Vacancy, coach: Actor, facts: dict[str, object], field: str
):
    seeker = make_seeker(session)
    seen = matches.compare(session, vacancy.key, seeker.key, by=coach).digest
    with pytest.raises(RuleBrokenError) as refusal:
        matches.decide(session, vacancy.key, seeker.key, decided(**facts), seen=seen, by=coach, today=TODAY)
    assert refusal.value.field == field


@pytest.mark.parametrize("missing", ["reason", "measure", "owner_id", "due_on"])
def test_not_yet_needs_reason_measure_owner_and_date(missing: str):
    facts = {"reason": "r", "measure": "m", "owner_id": 1, "due_on": TODAY} | {missing: None}
    with pytest.raises(ValidationError, match="nobody is left without a next step"):
        decided(decision="not_yet", **facts)


def test_an_auditor_sees_matches_and_decides_nothing(session: Session, vacancy: Vacancy):
    auditor = make_actor(Role.AUDITOR)
    seeker = make_seeker(session)
    seen = matches.compare(session, vacancy.key, seeker.key, by=auditor).digest
    with pytest.raises(NotAllowedError):
        matches.decide(session, vacancy.key, seeker.key, decided(), seen=seen, by=auditor, today=TODAY)


def test_an_administrator_sees_no_match(session: Session, vacancy: Vacancy):
    with pytest.raises(NotAllowedError):
        shortlist(session, vacancy, make_actor(Role.ADMINISTRATOR))
    with pytest.raises(NotAllowedError):
        shortlists.vacancy_and_employer(session, vacancy.key, by=make_actor(Role.ADMINISTRATOR))


def test_a_shortlist_for_no_vacancy_is_not_found(session: Session, house: Service):
    with pytest.raises(NotFoundError, match="This vacancy was not found"):
        shortlists.vacancy_and_employer(session, 99, by=SYSTEM)


def test_the_system_decides_nothing_a_decision_needs_a_name(session: Session, vacancy: Vacancy, coach: Actor):
    seeker = make_seeker(session)
    seen = matches.compare(session, vacancy.key, seeker.key, by=coach).digest
    with pytest.raises(NotAllowedError, match="name of a colleague"):
        matches.decide(session, vacancy.key, seeker.key, decided(), seen=seen, by=SYSTEM, today=TODAY)


def test_no_decision_is_asked_for_pairs_that_nobody_opened(session: Session, vacancy: Vacancy, coach: Actor):
    for nth in range(3):
        make_seeker(session, f"Person {nth}")
    shortlist(session, vacancy, coach)
    assert matches.decisions(session, vacancy_id=vacancy.key, by=coach) == []
    assert waiting.not_yet_overdue(session, owner_id=None, limit=5, by=coach, today=TODAY).total == 0
