"""Lists of sites, people, vacancies and job seekers come in by one path, every row accounted for."""

from datetime import date

import pytest
from sqlmodel import Session, select

from crm.errors import NotAllowedError, RuleBrokenError
from crm.models.contacts import AccountDates, ContactKind, EmployerContact
from crm.models.employers import Employer, EmployerPerson, EmployerSite, EmployerSiteInput
from crm.models.imports import ImportBatch, ImportKind
from crm.models.programmes import ProgrammeInput
from crm.models.seekers import JobSeeker, SeekerStatus
from crm.models.users import SYSTEM, Actor
from crm.models.vacancies import Contract, Vacancy, VacancyKind
from crm.policy import Role
from crm.readers.tables import read_table
from crm.services import import_undo, imports, list_imports, programmes
from crm.services.employer_imports import EmployerFile
from crm.services.employer_parts import PEOPLE, SITES
from crm.services.import_previews import Outcome, Preview
from tests.makers import make_user
from tests.makers_employers import make_employer, make_person
from tests.makers_people import make_seeker
from tests.makers_teams import make_team

EVERY_LIST = {
    ImportKind.SITES: "Employer,Site,Postcode\nFernside Bakery,Shop,LS1 4DY\n",
    ImportKind.PEOPLE: "Employer,Name,Email\nFernside Bakery,Rosa Vale,rosa@example.org\n",
    ImportKind.CONTACTS: "Employer,Date,Type,Notes\nFernside Bakery,3 Nov 2026,phone,They need a baker\n",
    ImportKind.VACANCY_LIST: "Employer,Job title,Hours\nFernside Bakery,Baker,16\n",
    ImportKind.SEEKERS: "Name,Postcode\nAmara Nwosu,LS1 4DY\n",
}


@pytest.fixture
def manager(session: Session) -> Actor:
    return make_user(session, Role.MANAGER, name="Mina Hale").as_actor()


@pytest.fixture
def bakery(session: Session) -> Employer:
    return make_employer(session, "Fernside Bakery", company_number="01234567")


def file_of(text: str) -> EmployerFile:
    content = text.encode()
    return EmployerFile("list.csv", imports.digest_of(content), read_table(content, "list.csv"))


def look(session: Session, kind: ImportKind, text: str, by: Actor, **mapping: str) -> Preview:
    file = file_of(text)
    proposed = list_imports.propose(session, kind, file.table.header, by=by).mapping
    return list_imports.preview(session, kind, file, {**proposed, **mapping}, by=by)


def bring_in(session: Session, kind: ImportKind, text: str, by: Actor) -> ImportBatch:
    file = file_of(text)
    proposed = list_imports.propose(session, kind, file.table.header, by=by).mapping
    return list_imports.run(session, kind, file, proposed, by=by, progress=lambda done, total: None)


def figures(batch: ImportBatch) -> tuple[int, int, int, int, int]:
    return (
        batch.rows_read,
        batch.rows_added,
        batch.rows_updated,
        batch.rows_skipped,
        batch.rows_refused,
    )


def reasons(session: Session, batch: ImportBatch, by: Actor) -> list[tuple[str, str, str]]:
    rows = imports.refused_rows(session, batch.key, offset=0, limit=99, by=by).rows
    return [(row.place, row.field, row.reason) for row in rows]


@pytest.mark.usefixtures("bakery")
def test_every_kind_comes_in_once_and_goes_back_as_a_whole(session: Session, manager: Actor):
    for kind, text in EVERY_LIST.items():
        first, again = bring_in(session, kind, text, manager), bring_in(session, kind, text, manager)
        assert (figures(first), figures(again)) == ((1, 1, 0, 0, 0), (1, 0, 0, 1, 0))
    for batch in session.exec(select(ImportBatch).where(ImportBatch.rows_added == 1)).all():
        import_undo.undo(session, batch.key, by=manager, now=batch.created_at)
    for table in (EmployerSite, EmployerPerson, EmployerContact, Vacancy, JobSeeker):
        assert session.exec(select(table)).one().archived_at is not None


def test_people_are_found_a_place_by_number_or_name_and_unknown_employers_are_said(
    session: Session, manager: Actor, bakery: Employer
):
    other = make_employer(session, "Harbour Laundry")
    for postcode in ("HU1 1AA", "HU2 2BB"):
        twin = make_employer(session, "Twin Ltd")
        SITES.add(session, twin.key, EmployerSiteInput(label="Shop", postcode=postcode), by=SYSTEM)
    batch = bring_in(
        session,
        ImportKind.PEOPLE,
        "Company number,Employer,Employer postcode,Contact name\n"
        "1234567,Somebody else,,Rosa Vale\n"
        ",harbour  laundry,,Tom Reed\n"
        ",Twin Ltd,HU2 2BB,Ana Shaw\n"
        ",Twin Ltd,,Ben Cole\n"
        ",Twin Ltd,LS9 9ZZ,Ben Cole\n"
        ",Nobody Ltd,,Eve Hart\n"
        "7654321,,,Eve Hart\n"
        ",,,Eve Hart\n",
        manager,
    )
    assert figures(batch) == (8, 3, 0, 0, 5)
    assert [person.name for person in PEOPLE.of(session, bakery.key, by=manager)] == ["Rosa Vale"]
    assert [person.name for person in PEOPLE.of(session, other.key, by=manager)] == ["Tom Reed"]
    said = [reason for _, _, reason in reasons(session, batch, manager)]
    assert said[0].startswith("2 employers are called “Twin Ltd”.")
    assert said[1].startswith("“Twin Ltd” is recorded, but not at LS9 9ZZ.")
    assert said[2].startswith("No employer called “Nobody Ltd” is recorded.")
    assert said[3].startswith("No employer with the company number 07654321 is recorded.")
    assert said[4] == "The row names no employer."


def test_what_is_recorded_stays_what_it_lacks_is_filled_and_both_are_shown_side_by_side(
    session: Session, manager: Actor, bakery: Employer
):
    rosa = make_person(session, bakery, "Rosa Vale", phone="0113 496 0000")
    text = (
        "Employer,Name,Phone,Job title\n"
        "Fernside Bakery,rosa vale,0113 496 0111,Owner\n"
        "Fernside Bakery,Rosa Vale,,\n"
    )
    seen = look(session, ImportKind.PEOPLE, text, manager)
    lines = {line.label: (line.recorded, line.in_file, line.outcome) for line in seen.beside[0].lines}
    assert seen.beside[0].record_id == rosa.key
    assert lines["Job title"] == (None, "Owner", Outcome.FILLED)
    assert lines["Telephone number"] == ("+441134960000", "+441134960111", Outcome.STAYS)
    batch = bring_in(session, ImportKind.PEOPLE, text, manager)
    assert figures(batch) == (2, 0, 1, 1, 0)
    assert (rosa.phone, rosa.job_title) == ("+441134960000", "Owner")
    import_undo.undo(session, batch.key, by=manager, now=batch.created_at)
    assert (rosa.phone, rosa.job_title) == ("+441134960000", None)


def test_a_row_that_says_something_else_and_adds_nothing_is_skipped_with_the_fields(
    session: Session, manager: Actor, bakery: Employer
):
    make_person(session, bakery, "Rosa Vale", phone="0113 496 0000")
    batch = bring_in(
        session, ImportKind.PEOPLE, "Employer,Name,Phone\nFernside Bakery,Rosa Vale,0113 496 0111\n", manager
    )
    ((place, _, reason),) = reasons(session, batch, manager)
    assert (place, figures(batch)) == ("row 2", (1, 0, 0, 1, 0))
    assert "with something else in: telephone number" in reason


def test_contacts_come_in_with_who_held_them_and_move_the_date_of_the_last_one_until_undone(
    session: Session, manager: Actor, bakery: Employer
):
    batch = bring_in(
        session,
        ImportKind.CONTACTS,
        "Employer,Date,Type,Notes,Held by,Minutes\n"
        "Fernside Bakery,03/11/2026,site visit,They need a baker,mina hale,45\n"
        "Fernside Bakery,03/11/2099,call,Later,,\n"
        "Fernside Bakery,04/11/2026,call,Rang,Somebody Else,\n"
        "Fernside Bakery,04/11/2026,call,,,\n",
        manager,
    )
    assert figures(batch) == (4, 1, 0, 0, 3)
    held = session.exec(select(EmployerContact)).one()
    assert (held.kind, held.is_in_person, held.held_by) == (ContactKind.VISIT, True, manager.id)
    assert (held.minutes, held.import_batch_id) == (45, batch.key)
    assert last_contact(session, bakery) == held.held_on
    fields = [field for _, field, _ in reasons(session, batch, manager)]
    assert fields == ["Date", "Held by", "Notes"]
    import_undo.undo(session, batch.key, by=manager, now=batch.created_at)
    assert last_contact(session, bakery) is None


def last_contact(session: Session, employer: Employer) -> date | None:
    session.expire_all()
    return session.get_one(AccountDates, employer.key).last_contact_on


@pytest.mark.usefixtures("bakery")
def test_a_vacancy_comes_in_with_its_figures_as_people_write_them(session: Session, manager: Actor):
    batch = bring_in(
        session,
        ImportKind.VACANCY_LIST,
        "Employer,Title,Hours,Hourly rate,Closing date,Contract,Driving licence,Posts\n"
        "Fernside Bakery,Baker,16 hours,£12.90 an hour,3 Dec 2026,perm,no,2\n"
        "Fernside Bakery,Porter,lots,,,,,\n"
        "Fernside Bakery,Cleaner,,,soon,,,\n"
        "Fernside Bakery,Packer,,,,,perhaps,\n",
        manager,
    )
    assert figures(batch) == (4, 1, 0, 0, 3)
    post = session.exec(select(Vacancy)).one()
    assert (post.title, post.hours_min, post.pay_hourly, post.posts) == ("Baker", 16.0, 12.9, 2)
    assert (post.closes_on.isoformat() if post.closes_on else "", post.contract) == (
        "2026-12-03",
        Contract.PERMANENT,
    )
    assert (post.kind, post.import_batch_id) == (VacancyKind.ADVERTISED, batch.key)
    fields = [field for _, field, _ in reasons(session, batch, manager)]
    assert fields == ["Hours", "Closing date", "Driving licence"]


def test_a_figure_that_does_not_fit_what_is_recorded_is_refused(session: Session, manager: Actor):
    make_employer(session, "Fernside Bakery")
    bring_in(
        session, ImportKind.VACANCY_LIST, "Employer,Title,Hours max\nFernside Bakery,Baker,10\n", manager
    )
    text = "Employer,Title,Hours min\nFernside Bakery,Baker,16\n"
    batch = bring_in(session, ImportKind.VACANCY_LIST, text, manager)
    assert figures(batch) == (1, 0, 0, 0, 1)
    assert "fewer than the least" in reasons(session, batch, manager)[0][2]


def test_job_seekers_come_in_with_their_programme_and_status(session: Session, manager: Actor):
    programme = programmes.add(session, ProgrammeInput(name="Connect to Work"), by=SYSTEM)
    batch = bring_in(
        session,
        ImportKind.SEEKERS,
        "Name,Phone,Referral date,Programme,Status\n"
        "Amara Nwosu,0113 496 0000,01/11/2026,connect to work,in work\n"
        "Ben Cole,,,No such programme,\n"
        "Cara Dunn,,,,asleep\n",
        manager,
    )
    assert figures(batch) == (3, 1, 0, 0, 2)
    person = session.exec(select(JobSeeker)).one()
    assert (person.programme_id, person.status) == (programme.key, SeekerStatus.IN_WORK)
    assert (person.name_key, person.phone) == ("amara nwosu", "+441134960000")


def test_who_has_left_comes_in_with_how_their_referral_ended_or_is_handed_back(
    session: Session, manager: Actor
):
    batch = bring_in(
        session,
        ImportKind.SEEKERS,
        "Name,Status,Outcome,Exit date,Signposted to\n"
        "Amara Nwosu,left,signposted,01/11/2026,Aire Valley College\n"
        "Ben Cole,left,,,\n"
        "Cara Dunn,left,turned away,01/11/2026,\n",
        manager,
    )
    assert figures(batch) == (3, 1, 0, 0, 2)
    person = session.exec(select(JobSeeker)).one()
    assert (person.referral_end, person.referred_on_to) == ("referred_on", "Aire Valley College")
    assert [row[2].split(",")[0] for row in reasons(session, batch, manager)] == [
        "Say how the referral ended",
        "“turned away” is not one of: started",
    ]


def test_people_of_one_name_are_told_apart_or_the_row_is_handed_back(session: Session, manager: Actor):
    known = make_seeker(session, "Amara Nwosu", postcode="LS1 4DY")
    text = (
        "Name,Postcode,Phone\n"
        "amara nwosu,LS1 4DY,0113 496 0000\n"
        "Amara Nwosu,HU1 1AA,\n"
        "Amara Nwosu,,\n"
        "Ben Cole,,\n"
    )
    seen = look(session, ImportKind.SEEKERS, text, manager)
    outcomes = [(one.number, line.outcome) for one in seen.beside for line in one.lines]
    assert (3, Outcome.ALIKE) in outcomes
    batch = bring_in(session, ImportKind.SEEKERS, text, manager)
    assert figures(batch) == (4, 2, 1, 0, 1)
    assert known.phone == "+441134960000"
    assert "tells them apart" in reasons(session, batch, manager)[0][2]


def test_no_column_on_health_benefits_or_birth_can_be_taken_in_and_nothing_of_it_is_kept(
    session: Session, manager: Actor
):
    text = (
        "Name,Date of birth,Health condition,Universal Credit,Postcode\nAmara,1.1.1999,Asthma,yes,NOWHERE\n"
    )
    seen = look(session, ImportKind.SEEKERS, text, manager)
    assert any(
        "“Date of birth”, “Health condition”, “Universal Credit”" in note and "do not come in" in note
        for note in seen.notes
    )
    with pytest.raises(RuleBrokenError, match="“Health condition” looks restricted"):
        look(session, ImportKind.SEEKERS, text, manager, email="Health condition")
    batch = bring_in(session, ImportKind.SEEKERS, text, manager)
    assert b"Asthma" not in imports.refused_file(session, batch.key, by=manager)


def test_somebody_of_another_team_is_neither_changed_nor_shown(session: Session):
    both = make_user(session, Role.ENGAGEMENT_OFFICER, Role.JOB_COACH, name="Ines Marlow")
    other = make_user(session, Role.JOB_COACH, name="Olga Other")
    make_team(session, "North", both)
    make_team(session, "South", other)
    mine = make_seeker(session, "Amara Nwosu", postcode="LS1 4DY", coach_id=both.key)
    theirs = make_seeker(session, "Ben Cole", postcode="HU1 1AA", coach_id=other.key)
    text = (
        "Name,Postcode,Phone\n"
        "Amara Nwosu,LS1 4DY,0113 496 0000\n"
        "Ben Cole,HU1 1AA,0113 496 0000\n"
        "Ben Cole,HU2 2BB,0113 496 0111\n"
    )
    seen = look(session, ImportKind.SEEKERS, text, both.as_actor())
    shown = {one.number: {line.recorded for line in one.lines} for one in seen.beside}
    assert shown == {2: {None}, 4: {None}}
    batch = bring_in(session, ImportKind.SEEKERS, text, both.as_actor())
    assert figures(batch) == (3, 1, 1, 0, 1)
    assert (mine.phone, theirs.phone) == ("+441134960000", None)
    assert "not yours to change" in reasons(session, batch, both.as_actor())[0][2]


def test_columns_are_remembered_for_the_same_headings_until_the_import_is_undone(
    session: Session, manager: Actor, bakery: Employer
):
    text = "Who,Where they work,Post code\nRosa Vale,Fernside Bakery,LS1 4DY\n"
    chosen = {"name": "Who", "employer_name": "Where they work"}
    kind, file = ImportKind.PEOPLE, file_of(text)
    assert list_imports.propose(session, kind, file.table.header, by=manager).remembered is None
    batch = list_imports.run(session, kind, file, chosen, by=manager, progress=lambda done, total: None)
    header = ("post code", "WHO", "where they work")
    again = list_imports.propose(session, kind, header, by=manager)
    assert again.mapping == {"name": "WHO", "employer_name": "where they work"}
    assert again.remembered is batch
    assert list_imports.propose(session, ImportKind.SITES, header, by=manager).remembered is None
    import_undo.undo(session, batch.key, by=manager, now=batch.created_at)
    assert list_imports.propose(session, kind, header, by=manager).remembered is None


def test_a_list_without_the_column_that_is_needed_is_refused_in_a_sentence(session: Session, manager: Actor):
    for kind in EVERY_LIST:
        with pytest.raises(RuleBrokenError, match="Choose the column"):
            list_imports.preview(session, kind, file_of("A,B\n1,2\n"), {}, by=manager)


def test_a_list_is_brought_in_only_by_those_who_may_and_its_rows_are_read_by_no_others(
    session: Session, manager: Actor
):
    officer = make_user(session, Role.ENGAGEMENT_OFFICER).as_actor()
    auditor = make_user(session, Role.AUDITOR).as_actor()
    for text, kind in ((text, kind) for kind, text in EVERY_LIST.items()):
        with pytest.raises(NotAllowedError):
            look(session, kind, text, auditor)
    with pytest.raises(NotAllowedError):
        look(session, ImportKind.SEEKERS, EVERY_LIST[ImportKind.SEEKERS], officer)
    seekers = bring_in(session, ImportKind.SEEKERS, "Name,Postcode\nAmara,NOWHERE\n", manager)
    people = bring_in(session, ImportKind.PEOPLE, "Employer,Name,Email\nX,Amara,a@example.org\n", manager)
    for batch, by in ((seekers, officer), (seekers, auditor), (people, auditor)):
        assert imports.find(session, batch.key, by=by).rows_refused == 1
        with pytest.raises(NotAllowedError):
            imports.refused_rows(session, batch.key, offset=0, limit=9, by=by)
        with pytest.raises(NotAllowedError):
            imports.refused_file(session, batch.key, by=by)
    assert imports.refused_rows(session, people.key, offset=0, limit=9, by=officer).total == 1
