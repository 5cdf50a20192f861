"""The demonstration: rich enough for every screen, and nobody in it can be taken for somebody real."""

import re
from collections import Counter
from collections.abc import Generator
from pathlib import Path

import pytest
import sqlalchemy as sa
from sqlmodel import Session, col, select

from crm import db
from crm.errors import NotAllowedError, RuleBrokenError
from crm.models.agreement_choices import AgreementStage
from crm.models.agreements import Agreement, AgreementMove
from crm.models.analyses import JobAnalysis, JobTask
from crm.models.audit import AuditEntry
from crm.models.base import Record
from crm.models.carves import JobCarve
from crm.models.employers import Employer, EmployerPerson, EmployerSite, RelationshipStage, Tier
from crm.models.imports import ImportBatch
from crm.models.matches import Decision, MatchDecision
from crm.models.profiles import ProfileStep, ProfileVersion, StepState
from crm.models.seekers import JobSeeker, NeedsAsked, SeekerStatus, VocationalProfile
from crm.models.users import SYSTEM, User
from crm.models.vacancies import Vacancy, VacancyCriterion, VacancyKind
from crm.policy import Role
from crm.services import demonstration, setup, vocabularies
from crm.services.demonstration import files
from matching.postcodes import locate
from tests.demonstrated import TODAY, demonstrated
from tests.makers import make_actor, make_service

DRAMA = re.compile(r"^\+44(1134960|1632960|7700900)\d{3}$")


@pytest.fixture(scope="module")
def colleagues(
    template_database: Path, tmp_path_factory: pytest.TempPathFactory
) -> Generator[dict[Role, User]]:
    with demonstrated(template_database, tmp_path_factory.mktemp("demonstration")) as found:
        yield found


@pytest.fixture
def filled(colleagues: dict[Role, User]) -> Generator[Session]:
    with db.reading() as session:
        yield session


def test_every_screen_has_something_worth_looking_at(filled: Session):
    least = {Employer: 40, EmployerSite: 60, EmployerPerson: 60, Agreement: 25, Vacancy: 35}
    least |= {JobAnalysis: 14, JobSeeker: 60, MatchDecision: 15, JobCarve: 2}
    for table, number in least.items():
        assert len(filled.exec(select(table)).all()) >= number, table


def test_employers_stand_in_all_stages_and_tiers(filled: Session):
    employers = filled.exec(select(Employer)).all()
    assert {row.stage for row in employers} == set(RelationshipStage)
    recorded = [row for row in employers if row.import_batch_id is None]
    assert {row.tier for row in recorded} == set(Tier) - {Tier.UNKNOWN}


def test_agreements_stand_in_every_stage_reached_by_their_moves(filled: Session):
    agreements = filled.exec(select(Agreement)).all()
    assert {row.stage for row in agreements} == set(AgreementStage)
    moves = filled.exec(select(AgreementMove).order_by(col(AgreementMove.id))).all()
    last = {move.agreement_id: (move.to_stage, move.moved_on) for move in moves}
    for row in agreements:
        assert last.get(row.key, (AgreementStage.IDEA, row.stage_since)) == (row.stage, row.stage_since)
        assert row.stage_since <= TODAY


def test_vacancies_are_of_several_kinds_and_ask_three_to_seven_things(filled: Session):
    vacancies = filled.exec(select(Vacancy)).all()
    assert {VacancyKind.HIDDEN, VacancyKind.CARVED, VacancyKind.CREATED} < {row.kind for row in vacancies}
    asked = Counter(row.vacancy_id for row in filled.exec(select(VacancyCriterion)))
    assert all(3 <= asked[row.key] <= 7 for row in vacancies if row.import_batch_id is None)


def test_some_vacancies_came_from_adverts_and_one_advert_was_handed_back(filled: Session):
    (batch,) = filled.exec(select(ImportBatch)).all()
    assert (batch.rows_added, batch.rows_refused) == (3, 1)


def test_two_employers_have_long_lists_of_tasks_that_could_move(filled: Session):
    pairs = filled.exec(select(JobAnalysis.employer_id, JobTask.need).join(JobTask)).all()
    movable = Counter(employer for employer, need in pairs if need == "could_move")
    assert sorted(movable.values())[-2] >= 8


def test_profiles_differ_in_how_much_is_known(filled: Session):
    profiles = filled.exec(select(VocationalProfile)).all()
    assert {row.needs_asked for row in profiles} == set(NeedsAsked)
    assert len(profiles) < len(filled.exec(select(JobSeeker)).all())
    assert {row.status for row in filled.exec(select(JobSeeker))} == set(SeekerStatus)


def test_steps_of_profiles_stand_in_every_state_and_somebody_agreed_twice(filled: Session):
    assert {row.state for row in filled.exec(select(ProfileStep))} == set(StepState) - {StepState.NOT_STARTED}
    assert max(Counter(row.seeker_id for row in filled.exec(select(ProfileVersion))).values()) == 2


def test_what_jobs_ask_and_people_can_do_is_in_the_vocabulary(filled: Session):
    known = vocabularies.shipped()
    assert all(row.concept_id in known for row in filled.exec(select(VacancyCriterion)))


def test_every_decision_of_the_list_was_taken_by_a_colleague(filled: Session):
    decisions = filled.exec(select(MatchDecision)).all()
    assert {row.decision for row in decisions} == set(Decision)
    assert all(row.decided_by and row.match_seen for row in decisions)


def test_telephone_numbers_come_from_the_ranges_kept_for_drama(filled: Session):
    numbers = [*filled.exec(select(EmployerPerson.phone)), *filled.exec(select(JobSeeker.phone))]
    assert [number for number in numbers if number and not DRAMA.match(number)] == []


def test_mail_addresses_end_where_nobody_lives(filled: Session):
    addresses = [*filled.exec(select(EmployerPerson.email)), *filled.exec(select(JobSeeker.email))]
    assert [each for each in addresses if each and not re.search(r"[@.]example\.(org|com|net)$", each)] == []


def test_postcodes_cannot_exist_but_lie_where_their_sector_does(filled: Session):
    postcodes = [*filled.exec(select(EmployerSite.postcode)), *filled.exec(select(JobSeeker.postcode))]
    for postcode in filter(None, postcodes):
        assert set(postcode[-2:]) <= set("CIKMOV"), postcode
        assert locate(postcode) is not None, postcode


def test_invented_colleagues_cannot_sign_in(filled: Session):
    invented = [row["email"] for row in files.rows("staff")]
    found = filled.exec(select(User).where(col(User.email).in_(invented))).all()
    assert len(found) == len(invented)
    assert all(user.password_hash is None for user in found)


def test_those_who_can_sign_in_have_a_caseload_of_their_own(filled: Session, colleagues: dict[Role, User]):
    officer, coach = colleagues[Role.ENGAGEMENT_OFFICER].key, colleagues[Role.JOB_COACH].key
    assert filled.exec(select(Employer).where(Employer.owner_id == officer)).first()
    assert filled.exec(select(JobSeeker).where(JobSeeker.coach_id == coach)).first()


def test_every_record_has_its_line_in_the_trail(filled: Session):
    added = filled.exec(select(AuditEntry).where(AuditEntry.action == "add")).all()
    lines = Counter(entry.record_kind for entry in added)
    for table in Record.__subclasses__():
        stored = filled.connection().execute(sa.select(sa.func.count()).select_from(table)).scalar()
        assert lines[table.__name__] == stored, table


def test_the_service_is_marked(filled: Session):
    assert setup.current(filled).is_demonstration


def test_it_says_how_far_it_has_come_and_is_never_loaded_twice(session: Session):
    make_service(session)
    told: list[tuple[float, str]] = []
    demonstration.load(session, by=SYSTEM, today=TODAY, progress=lambda done, what: told.append((done, what)))
    assert told[0] == (0.0, "lists and programmes")
    assert told[-1] == (1.0, "done")
    assert told == sorted(told, key=lambda one: one[0])
    coaches = session.exec(select(JobSeeker.coach_id)).all()
    assert all(coaches)
    with pytest.raises(RuleBrokenError, match="records already"):
        demonstration.load(session, by=SYSTEM, today=TODAY)


def test_only_those_who_look_after_the_service_load_it(session: Session):
    make_service(session)
    with pytest.raises(NotAllowedError):
        demonstration.load(session, by=make_actor(Role.MANAGER), today=TODAY)


def test_times_of_a_week_may_go_over_the_weekend():
    assert [slot["day"] for slot in files.week("Thu-Mon 10:00-15:00")] == [3, 4, 5, 6, 0]
    assert files.week("Sat 09:00-13:00") == [{"day": 5, "start": "09:00", "end": "13:00"}]


@pytest.mark.parametrize("text", ["every day", "Mon 9-5"])
def test_times_written_otherwise_are_refused(text: str):
    with pytest.raises(ValueError, match="not times"):
        files.week(text)


def test_a_phrase_without_a_level_is_refused():
    assert files.rated("pack goods 2!") == ("pack goods", 2, "!")
    with pytest.raises(ValueError, match="no level"):
        files.rated("pack goods")
