"""Work that is known without being advertised: ranked for a person, followed at once, nothing hidden."""

from datetime import date
from typing import Any

import pytest
from sqlalchemy import event
from sqlmodel import Session

from crm.errors import NotAllowedError
from crm.models.employers import Employer, RelationshipStage
from crm.models.seekers import JobSeeker
from crm.models.users import SYSTEM
from crm.policy import Action, Role
from crm.services import analyses, roles, vacancies, work_for_person
from crm.services.access import ensure
from crm.services.work_for_person import WorkForPerson
from tests.makers import make_actor, make_service
from tests.makers_employers import make_employer, make_site
from tests.makers_jobs import make_analysis, make_task, make_vacancy
from tests.makers_people import make_profile, make_seeker, make_skill


@pytest.fixture
def seeker(session: Session) -> JobSeeker:
    make_service(session)
    one = make_seeker(session)
    make_profile(session, one)
    make_skill(session, one, "Fold boxes")
    return one


def analysed(session: Session, name: str, title: str, task: str, **values: Any) -> Employer:
    employer = make_employer(session, name)
    make_task(session, make_analysis(session, employer, title, **values), task, skills=task)
    return employer


def known(session: Session, seeker: JobSeeker, shown: int = 200) -> WorkForPerson:
    return work_for_person.for_seeker(
        session, seeker.key, roles_shown=shown, employers_shown=shown, by=SYSTEM
    )


def test_employers_without_a_vacancy_come_by_the_tasks_that_fit(session: Session, seeker: JobSeeker):
    analysed(session, "Other", "Cleaner", "Sweep floors")
    boxes = analysed(session, "Boxes", "Packer", "Fold boxes")
    make_task(session, make_analysis(session, boxes, "Driver"), "Drive", skills="Drive a forklift truck")
    found = known(session, seeker).employers
    assert [(row.work.employer, row.work.title) for row in found.rows] == [
        ("Boxes", "Packer"),
        ("Other", "Cleaner"),
    ]
    assert [other.title for other in found.rows[0].others] == ["Driver"]
    assert [(task.name, task.status) for task in found.rows[0].match.task_rows] == [("Fold boxes", "met")]


def test_an_employer_who_is_hiring_has_the_other_jobs_among_the_roles(session: Session, seeker: JobSeeker):
    hiring = analysed(session, "Hiring", "Packer", "Fold boxes")
    vacancy = make_vacancy(session, hiring, "Driver")
    make_task(session, make_analysis(session, hiring, "Driver", vacancy_id=vacancy.key), "Drive")
    found = known(session, seeker)
    own = [row.work.title for row in found.roles.rows if row.work.employer_id]
    assert (own, found.employers.total) == (["Packer"], 0)
    vacancies.archive(session, vacancy.key, why="Filled", version=vacancy.version, by=SYSTEM)
    again = known(session, seeker)
    assert [row.work.title for row in again.employers.rows] == ["Packer"]
    assert [other.title for other in again.employers.rows[0].others] == ["Driver"]


def test_every_typical_role_is_there_and_more_are_shown_when_asked(session: Session, seeker: JobSeeker):
    make_skill(session, seeker, "Stock shelves")
    first, every = known(session, seeker, 5).roles, known(session, seeker).roles
    assert (first.total, len(first.rows)) == (len(roles.shipped()), 5)
    assert {row.work.role_id for row in every.rows} == set(roles.shipped())
    assert [row.work.id for row in every.rows[:5]] == [row.work.id for row in first.rows]
    assert every.rows[0].match.low > every.rows[-1].match.low == 0


def test_what_changes_at_a_workplace_is_followed_at_once(session: Session, seeker: JobSeeker):
    employer = analysed(session, "Boxes", "Packer", "Sweep floors")
    before = known(session, seeker).employers.rows[0].match
    seen = make_analysis(session, employer, "Folder")
    make_task(session, seen, "Fold boxes", skills="Fold boxes")
    after = known(session, seeker).employers.rows[0]
    assert (after.work.title, [other.title for other in after.others]) == ("Folder", ["Packer"])
    assert after.match.low > before.low
    analyses.archive(session, seen.key, why="Closed", version=seen.version, by=SYSTEM)
    assert known(session, seeker).employers.rows[0].work.title == "Packer"


def test_employers_who_are_not_to_be_contacted_stay_and_are_marked(session: Session, seeker: JobSeeker):
    employer = analysed(session, "Shut", "Packer", "Fold boxes")
    ensure(session, SYSTEM, Action.EMPLOYERS_RECORD)
    employer.stage = RelationshipStage.DO_NOT_CONTACT
    session.add(employer)
    session.flush()
    assert [row.work.is_shut for row in known(session, seeker).employers.rows] == [True]


def test_a_workplace_further_away_than_they_wish_is_marked_and_stays(session: Session):
    make_service(session)
    seeker = make_seeker(session, postcode="LS1 4DY")
    make_profile(session, seeker, travel_mode="bus", travel_minutes=30)
    for name, postcode in (("Far", "YO1 7HH"), ("Near", "LS1 4DY")):
        employer = make_employer(session, name)
        site = make_site(session, employer, postcode=postcode)
        make_task(session, make_analysis(session, employer, "Packer", site_id=site.key))
    found = known(session, seeker).employers
    assert {row.work.employer: row.is_further for row in found.rows} == {"Far": True, "Near": False}


def test_however_much_work_is_known_the_queries_stay_few(session: Session, seeker: JobSeeker):
    for number in range(3):
        analysed(session, f"Employer {number}", "Packer", "Fold boxes")
    known(session, seeker)
    asked: list[str] = []

    def note(*call: object) -> None:
        asked.append(str(call[2]))

    bound = session.get_bind()
    event.listen(bound, "before_cursor_execute", note)
    known(session, seeker)
    event.remove(bound, "before_cursor_execute", note)
    assert len(asked) <= 11


def test_whoever_may_not_see_matches_sees_no_known_work(session: Session, seeker: JobSeeker):
    with pytest.raises(NotAllowedError):
        work_for_person.for_seeker(session, seeker.key, by=make_actor(Role.ADMINISTRATOR))


def test_an_old_look_at_a_job_keeps_its_date(session: Session, seeker: JobSeeker):
    analysed(session, "Old", "Packer", "Fold boxes", analysed_on=date(2024, 5, 1))
    assert known(session, seeker).employers.rows[0].work.analysed_on == date(2024, 5, 1)
