"""Proposals to employers: what they say, what keeps them from being given, and that they stay as given."""

import json
from datetime import date, timedelta
from typing import Any

import pytest
import sqlalchemy as sa
from pydantic import ValidationError
from sqlmodel import Session, col, select

from crm import db
from crm.errors import ConsentNeededError, NotAllowedError, NotFoundError, RuleBrokenError
from crm.models.analyses import Backlog, JobAnalysis, JobTask
from crm.models.audit import AuditEntry
from crm.models.carve_proposals import ProposalDays, ProposalInput
from crm.models.carve_stages import CarveProposal
from crm.models.carves import CarveKind, CarveTask, JobCarve
from crm.models.consents import WithdrawalInput
from crm.models.employers import Employer
from crm.models.seekers import JobSeeker
from crm.models.sharing import RecallInput, ShareSheet
from crm.models.users import SYSTEM
from crm.models.week import Slot
from crm.papers import pdf
from crm.papers.forms import PaperForm, drawn
from crm.papers.kept import as_values
from crm.papers.paper import Chart, Grid, Paper, Reading, Section
from crm.policy import Role
from crm.services import carve_papers, carve_proposals, consent_giving, proposal_people, records, share_sheets
from crm.services.agreement_papers import TOOK_PAPER
from crm.services.carve_papers import WantedProposal
from crm.services.proposal_people import LEFT_OUT, NOT_YOURS
from crm.services.proposal_phrases import times
from crm.services.reading_ease import MOST_WORDS_AT_WORK
from tests.makers import make_actor, make_service
from tests.makers_employers import make_employer, make_person
from tests.makers_people import make_need, make_profile, make_seeker, make_skill
from tests.makers_proposals import DAY, NEED, make_proposable, make_proposal
from tests.makers_restricted import make_consent
from tests.readability import measure

FREES = "What it frees, and what it costs"
CANARIES = ("Zebedee", "Marsh", "Zither playing", "quiet corner", "07700 900401", "11.5", "2024")


@pytest.fixture
def bakery(session: Session) -> Employer:
    make_service(session)
    return make_employer(session)


@pytest.fixture
def zebedee(session: Session, bakery: Employer) -> JobSeeker:
    seeker = make_seeker(session, "Zebedee Marsh", phone="07700 900401", referred_on="2024-02-11")
    facts: dict[str, Any] = {
        "strengths": "Zither playing",
        "conditions_for_success": "A quiet corner",
        "hours_now_min": 11.5,
        "hours_now_max": 11.5,
    }
    make_profile(session, seeker, **facts)
    make_skill(session, seeker, "Zither playing")
    make_need(session, seeker)
    return seeker


@pytest.fixture
def carve(session: Session, bakery: Employer, zebedee: JobSeeker) -> JobCarve:
    return make_proposable(session, bakery, zebedee)


def agree(session: Session, seeker: JobSeeker, bakery: Employer, *facts: str, forward: bool = True) -> None:
    who: dict[str, Any] = {"employer_id": bakery.key}
    make_consent(session, seeker, "share_facts", today=DAY, facts=list(facts) or ["skills"], **who)
    if forward:
        make_consent(session, seeker, "put_forward", today=DAY, **who)


def draft(session: Session, carve: JobCarve, **days: object) -> carve_proposals.Draft:
    asked = ProposalDays.model_validate(days)
    return carve_proposals.draft(session, carve.key, asked, by=SYSTEM, today=DAY)


def paper(session: Session, carve: JobCarve, number: int | None = None, **how: Any) -> Paper:
    return carve_papers.paper(session, WantedProposal(carve.key, number, **how), by=SYSTEM, today=DAY)


def words(found: Paper) -> str:
    """All that a paper says, its alternative texts too."""
    return json.dumps([found.title, found.mark, found.opening, as_values(found.all_sections)])


def section(found: Paper, heading: str) -> Section:
    return next(one for one in found.all_sections if one.heading == heading)


def tables(found: Paper, heading: str) -> list[dict[str, str]]:
    grids = [part for part in section(found, heading).parts if isinstance(part, Grid)]
    return [{row[0]: row[1] for row in grid.rows} for grid in grids]


def sentences(found: Section) -> str:
    return " ".join(part for part in found.parts if isinstance(part, str))


def test_the_proposal_says_need_job_pay_people_support_and_what_comes_next(session: Session, carve: JobCarve):
    found = paper(session, carve)
    assert (found.title, found.mark) == ("A new job: Packing assistant", "Draft, 26 November 2026")
    assert [one.heading for one in found.all_sections] == [
        *("At a glance", "What you need", "The job", "Hours and pay", "Supervision and colleagues"),
        *("Support, and how it ends", FREES, "Risks, and who was asked"),
        "What happens next",
    ]
    assert found.sections[0].parts == (NEED,)
    assert tables(found, "Hours and pay")[0]["Pay an hour"] == "£13.00"
    assert tables(found, "Supervision and colleagues")[0]["Who supervises"] == "Dana Holt"
    assert tables(found, "Risks, and who was asked")[0]["On"] == "20 November 2026"


def test_each_task_has_its_hours_when_and_who_does_it_now_and_a_bar_of_its_own(
    session: Session, carve: JobCarve
):
    chart, grid = [part for part in paper(session, carve).sections[1].parts if not isinstance(part, str)]
    assert isinstance(chart, Chart)
    assert isinstance(grid, Grid)
    assert grid.rows == (
        ("1. Fold boxes", "5 hours: Monday to Friday, 09:00 to 11:00", "Bakers"),
        ("2. Label trays", "5 hours, when is to be agreed", "Baker (often not done)"),
    )
    assert [(bar.label, bar.said, bar.is_striped) for bar in chart.bars] == [
        ("1. Fold boxes", "5 hours", False),
        ("2. Label trays", "5 hours", True),
    ]


def test_work_that_nobody_does_yet_is_said_to_be_such(session: Session, bakery: Employer):
    carve = make_proposable(session, bakery, kind=CarveKind.CREATED)
    post = session.exec(select(JobAnalysis)).one()
    post.is_unmet_needs = True
    session.add(post)
    session.flush()
    found = section(paper(session, carve), "The job")
    chart, grid = [part for part in found.parts if not isinstance(part, str)]
    assert isinstance(chart, Chart)
    assert isinstance(grid, Grid)
    assert "It is work that nobody does yet." in found.parts
    assert {row[2] for row in grid.rows} == {"Nobody"}
    assert all(bar.is_striped for bar in chart.bars)


def test_the_three_figures_stand_apart_with_their_ranges_and_what_else_it_brings_below(
    session: Session, bakery: Employer
):
    case: dict[str, Any] = {
        "overtime_hours": 2,
        "overtime_hours_most": 3,
        "overtime_rate": 20,
        "once_cost": 80,
        "once_for": "A lower table",
        "undone_worth": "Trays that are found",
    }
    found = paper(session, make_proposable(session, bakery, case=case))
    first, second = tables(found, FREES)
    assert first == {
        "Skilled time freed": "5 hours a week",
        "What that time costs now": "£75.00 a week",
        "The difference": "£10.00 a week",
        "New wage, without on-costs": "£130.00 a week",
        "New wage, with on-costs": "£147.94 to £149.50 a week",
    }
    assert second == {
        "Work done that nobody gets to now": "5 hours a week",
        "What that work is worth to you": "Trays that are found",
        "Overtime that it avoids": "£40.00 to £60.00 a week",
        "Quality": "Fewer boxes come back.",
        "What it costs once": "£80.00, for: A lower table",
    }
    assert "We do not add them up to a saving." in sentences(section(found, FREES))


def test_a_cost_that_is_not_recorded_is_named_and_never_nothing(session: Session, bakery: Employer):
    carve = make_proposable(session, bakery, case={"agency_hours": 4, "agency_rate": 18, "quality": None})
    for task in session.exec(select(JobTask)):
        task.current_hourly_cost, task.backlog = None, Backlog.DONE
        session.add(task)
    session.flush()
    first, second = tables(paper(session, carve), FREES)
    assert first["The difference"] == "Not recorded"
    assert second == {"Agency work that it avoids": "£72.00 a week"}
    assert "not counted, as their cost is not recorded" in sentences(section(paper(session, carve), FREES))


def test_what_staff_said_is_left_out_where_nobody_recorded_it(session: Session, bakery: Employer):
    risks = "Risks, and who was asked"
    unsaid = make_proposable(session, bakery, case={"consulted_said": None})
    assert list(tables(paper(session, unsaid), risks)[0]) == ["Risks", "Who was asked", "On"]
    said = make_proposable(session, bakery)
    assert tables(paper(session, said), risks)[0]["What they said"] == "They would rather bake."


def test_only_the_longest_tasks_have_bars_and_the_paper_says_so(session: Session, carve: JobCarve):
    task = session.exec(select(JobTask)).first()
    assert task
    for _ in range(9):
        records.add(session, CarveTask(carve_id=carve.key, task_id=task.key, hours_week=1))
    parts = paper(session, carve).sections[1].parts
    chart = next(part for part in parts if isinstance(part, Chart))
    assert len(chart.bars) == 10
    assert "The picture shows the 10 longest tasks. The table has them all." in parts


def test_the_days_of_the_next_steps_stand_in_it_and_come_in_order(session: Session, carve: JobCarve):
    found = draft(session, carve, answer_by=DAY, starts_by=DAY + timedelta(days=30)).content.sections[-1]
    assert isinstance(found.parts[0], Grid)
    assert [row[1] for row in found.parts[0].rows] == [
        *("26 November 2026", "To be agreed", "26 December 2026"),
    ]
    with pytest.raises(ValidationError, match="before the step that comes first"):
        ProposalDays(answer_by=DAY, starts_by=DAY - timedelta(days=1))


def test_our_own_sentences_are_plain(session: Session, carve: JobCarve):
    found = paper(session, carve)
    ours = [*found.opening]
    for one in found.sections[1:]:
        ours += [part for part in one.parts if isinstance(part, str)]
    assert max(measure(sentence).longest for sentence in ours) <= MOST_WORDS_AT_WORK
    assert measure(" ".join(ours)).grade <= 8


@pytest.mark.parametrize("reading", [Reading.STANDARD, Reading.LARGE_PRINT])
def test_a_proposal_about_the_work_holds_nothing_of_the_person_in_any_form(
    session: Session, carve: JobCarve, bakery: Employer, zebedee: JobSeeker, reading: Reading
):
    agree(session, zebedee, bakery, "name", "skills", "hours_and_days", "adjustments")
    given = make_proposal(session, carve)
    assert given.share_sheet_id is None
    for found in (paper(session, carve, reading=reading), paper(session, carve, 1, reading=reading)):
        page = drawn(found, PaperForm.PAGE).decode()
        assert [canary for canary in CANARIES if canary in words(found) or canary in page] == []
    assert not [canary for canary in CANARIES if canary in json.dumps(given.content)]
    name = WantedProposal(carve.key, 1, reading).file_name
    assert name == f"proposal-{carve.key}-1{'-large-print' * (reading is Reading.LARGE_PRINT)}.docx"


def test_a_proposal_is_the_same_whoever_the_job_was_built_for(
    session: Session, bakery: Employer, carve: JobCarve
):
    said = words(paper(session, carve))
    carve.seeker_id, carve.hours_short, carve.carve_seen = None, 0, {}
    session.add(carve)
    session.flush()
    assert words(paper(session, carve)) == said


def test_a_given_proposal_comes_out_again_byte_for_byte_whatever_changes_since(
    session: Session, carve: JobCarve
):
    make_proposal(session, carve)
    forms = [form for form in PaperForm if form is not PaperForm.PDF or pdf.is_possible()]
    before = [drawn(paper(session, carve, 1), form) for form in forms]
    carve.title, carve.pay_hourly = "Otherwise", 20
    session.add(carve)
    session.flush()
    session.expire_all()
    assert [drawn(paper(session, carve, 1), form) for form in forms] == before
    assert paper(session, carve, 1).mark == "Proposal 1, 26 November 2026"
    assert paper(session, carve).title == "A new job: Otherwise"


def test_a_draft_and_what_is_given_that_day_say_the_same(session: Session, carve: JobCarve):
    draft_parts = paper(session, carve).all_sections
    make_proposal(session, carve)
    assert paper(session, carve, 1).all_sections == draft_parts


def test_proposals_are_numbered_for_each_job_and_listed_the_latest_first(
    session: Session, carve: JobCarve, bakery: Employer
):
    make_proposal(session, carve)
    make_proposal(session, carve)
    make_proposal(session, make_proposable(session, bakery))
    rows = carve_proposals.of_carve(session, carve.key, by=SYSTEM)
    assert [(row.proposal.number, row.given_to) for row in rows] == [(2, "Gemma Hart"), (1, "Gemma Hart")]
    with pytest.raises(NotFoundError):
        carve_proposals.find(session, carve.key, 3, by=SYSTEM)


def test_a_proposal_that_was_given_is_never_changed(session: Session, carve: JobCarve):
    given = make_proposal(session, carve)
    given.content = {"title": "Otherwise"}
    session.add(given)
    with pytest.raises(RuntimeError, match="never changed"):
        session.flush()


def test_words_that_were_changed_past_us_are_not_handed_out(session: Session, carve: JobCarve):
    make_proposal(session, carve)
    session.connection().execute(sa.update(CarveProposal).values(content={"title": "Otherwise"}))
    session.expire_all()
    with pytest.raises(RuleBrokenError, match="not those that were given"):
        paper(session, carve, 1)


@pytest.mark.parametrize(
    ("facts", "words"),
    [
        ({"pay_hourly": None}, "Record what the job pays an hour"),
        ({"pay_hourly": 12.5}, r"below the minimum wage of £12\.71"),
        ({"pay_hourly": 12.9, "going_rate": 12}, r"below the going rate of £13\.00"),
        ({"going_rate": 14}, r"below the going rate of £14\.00"),
        ({"supervisor": None}, "Name who supervises the job"),
        ({"coworker_contact": None}, "alongside colleagues"),
        ({"case": {"need": None}}, "in their own words"),
        ({"case": {"consulted_who": None}}, "was consulted"),
    ],
)
def test_what_is_missing_or_paid_too_little_keeps_it_from_being_given(
    session: Session, bakery: Employer, facts: dict[str, Any], words: str
):
    carve = make_proposable(session, bakery, **facts)
    assert draft(session, carve).missing
    with pytest.raises(RuleBrokenError, match=words):
        make_proposal(session, carve)


def test_a_guard_rail_that_its_tasks_break_by_now_keeps_it_from_being_given(
    session: Session, bakery: Employer
):
    carve = make_proposable(session, bakery)
    assert draft(session, carve).missing == []
    session.connection().execute(sa.text("UPDATE job_task SET nature = 'unpleasant'"))
    session.expire_all()
    with pytest.raises(RuleBrokenError, match="unpleasant"):
        make_proposal(session, carve)


def test_a_job_without_tasks_or_a_case_is_shown_and_not_given(session: Session, bakery: Employer):
    carve = make_proposable(session, bakery)
    session.connection().execute(sa.text("DELETE FROM carve_task"))
    session.connection().execute(sa.text("DELETE FROM carve_case"))
    said = draft(session, carve).missing
    assert said[:2] == [
        *("There is no task in this job.", "Write down what the employer needs, in their own words."),
    ]
    assert paper(session, carve).sections[0].parts == ("To be agreed",)


def test_on_a_day_without_a_minimum_wage_the_pay_cannot_be_judged(session: Session, carve: JobCarve):
    later = date(2099, 1, 1)
    found = carve_proposals.draft(session, carve.key, ProposalDays(), by=SYSTEM, today=later)
    assert len(found.missing) == 1
    assert found.missing[0].startswith("No minimum wage is loaded for 1 January 2099")


@pytest.mark.parametrize(
    ("facts", "where"),
    [
        ({"title": "A job for Zebedee"}, "“Zebedee” in “Title”"),
        ({"case": {"support": "Marsh has a coach"}}, "“Marsh” in “Support”"),
        ({"case": {"need": "We like zebedee marsh"}}, "“Zebedee Marsh” in “Business case”"),
        ({"case": {"risks": "Epilepsy"}}, "“epilepsy” in “Risks”"),
    ],
)
def test_a_proposal_that_names_the_person_or_their_health_goes_nowhere(
    session: Session, bakery: Employer, zebedee: JobSeeker, facts: dict[str, Any], where: str
):
    carve = make_proposable(session, bakery, zebedee, **facts)
    with pytest.raises(RuleBrokenError, match=where):
        make_proposal(session, carve)
    with pytest.raises(RuleBrokenError, match=where):
        paper(session, carve)


def test_somebody_at_the_employer_has_the_same_first_name_without_being_them(
    session: Session, bakery: Employer, zebedee: JobSeeker
):
    said = {"consulted_who": "Zebedee Jones"}
    carve = make_proposable(session, bakery, zebedee, supervisor="Zebedee Jones", case=said)
    assert make_proposal(session, carve).number == 1


def test_it_goes_to_somebody_at_this_employer(session: Session, carve: JobCarve):
    stranger = make_person(session, make_employer(session, "Other Mill"), "Olga Other")
    for key in (None, stranger.key, 999):
        with pytest.raises(RuleBrokenError):
            make_proposal(session, carve, given_to_id=key)


def test_with_both_consents_it_tells_what_was_agreed_in_the_words_that_are_kept(
    session: Session, carve: JobCarve, bakery: Employer, zebedee: JobSeeker
):
    agree(session, zebedee, bakery, "name", "skills", "adjustments")
    found = proposal_people.offered(session, carve, by=SYSTEM, today=DAY)
    assert found
    assert (found.facts, found.lacking) == (("name", "skills", "adjustments"), ())
    given = make_proposal(session, carve, "skills")
    sheet = session.get_one(ShareSheet, given.share_sheet_id)
    assert (sheet.given_to, sheet.facts, sheet.shared_on) == ("Gemma Hart", ["skills"], DAY)
    told = paper(session, carve, 1)
    assert "Zither playing" in words(told)
    assert "Zebedee" not in words(told)
    assert "quiet corner" not in words(told)
    lines = [part for one in told.sections for part in one.parts if isinstance(part, str)]
    kept = [line for line in sheet.words.split("\n") if line]
    headings = [one.heading for one in told.sections]
    assert [line for line in kept if line not in lines and line not in headings] == []
    assert told.sections[-1].heading == "What happens next"
    assert "Zither" not in json.dumps(given.content)
    assert "I said yes to being put forward for this job." in sheet.words
    assert "does not put me forward" not in sheet.words


def test_the_name_stands_only_inside_and_only_as_agreed(
    session: Session, carve: JobCarve, bakery: Employer, zebedee: JobSeeker
):
    agree(session, zebedee, bakery, "name", "skills")
    make_proposal(session, carve, "name", "skills")
    told = paper(session, carve, 1)
    assert "My name is Zebedee Marsh." in words(told)
    assert not any("Zebedee" in said for said in (told.title, told.mark, told.service))


def test_without_a_yes_to_being_put_forward_nothing_is_offered_and_nothing_told(
    session: Session, carve: JobCarve, bakery: Employer, zebedee: JobSeeker
):
    agree(session, zebedee, bakery, "skills", forward=False)
    found = proposal_people.offered(session, carve, by=SYSTEM, today=DAY)
    assert found
    assert (found.facts, found.lacking) == ((), ("put_forward",))
    with pytest.raises(ConsentNeededError, match="put forward to Fernside Bakery"):
        make_proposal(session, carve, "skills")
    with pytest.raises(ConsentNeededError):
        proposal_people.preview(session, carve, ["skills"], by=SYSTEM, today=DAY)  # pyright: ignore[reportArgumentType]
    assert session.exec(select(ShareSheet)).all() == []


def test_a_fact_that_was_not_agreed_to_for_this_employer_is_not_told(
    session: Session, carve: JobCarve, bakery: Employer, zebedee: JobSeeker
):
    agree(session, zebedee, bakery, "skills")
    agree(session, zebedee, make_employer(session, "Other Mill"), "travel")
    with pytest.raises(ConsentNeededError, match="how they travel"):
        make_proposal(session, carve, "skills", "travel")
    with pytest.raises(ValidationError, match="never tells of a disability"):
        ProposalInput.model_validate({"facts": ["disability"]})


def test_a_job_for_nobody_offers_nobody(session: Session, bakery: Employer):
    carve = make_proposable(session, bakery)
    assert proposal_people.offered(session, carve, by=SYSTEM, today=DAY) is None
    with pytest.raises(RuleBrokenError, match="for nobody in particular"):
        make_proposal(session, carve, "skills")


@pytest.mark.parametrize("purpose", ["share_facts", "put_forward"])
def test_once_a_consent_is_withdrawn_the_page_about_them_is_left_out(
    session: Session, carve: JobCarve, bakery: Employer, zebedee: JobSeeker, purpose: str
):
    who: dict[str, Any] = {"employer_id": bakery.key}
    told = make_consent(session, zebedee, "share_facts", today=DAY, facts=["skills"], **who)
    forward = make_consent(session, zebedee, "put_forward", today=DAY, **who)
    make_proposal(session, carve, "skills")
    ends = told if purpose == "share_facts" else forward
    said = WithdrawalInput()
    consent_giving.withdraw(session, ends.key, said, by=SYSTEM, today=DAY)
    assert LEFT_OUT in words(paper(session, carve, 1))
    assert "Zither" not in words(paper(session, carve, 1))


def test_a_page_that_was_recalled_is_left_out_too(
    session: Session, carve: JobCarve, bakery: Employer, zebedee: JobSeeker
):
    agree(session, zebedee, bakery)
    given = make_proposal(session, carve, "skills")
    sheet = session.get_one(ShareSheet, given.share_sheet_id)
    share_sheets.recall(session, sheet.key, RecallInput(), version=sheet.version, by=SYSTEM, today=DAY)
    assert LEFT_OUT in words(paper(session, carve, 1))


def test_nothing_is_offered_of_somebody_who_is_archived(
    session: Session, carve: JobCarve, bakery: Employer, zebedee: JobSeeker
):
    agree(session, zebedee, bakery)
    records.archive(session, zebedee, why="Moved away", version=zebedee.version)
    assert proposal_people.offered(session, carve, by=SYSTEM, today=DAY) is None
    with pytest.raises(NotAllowedError, match="archived"):
        make_proposal(session, carve, "skills")


def test_who_may_not_see_such_pages_sees_the_proposal_without_it(
    session: Session,
    carve: JobCarve,
    bakery: Employer,
    zebedee: JobSeeker,
    monkeypatch: pytest.MonkeyPatch,
):
    agree(session, zebedee, bakery)
    make_proposal(session, carve, "skills")
    monkeypatch.setattr(proposal_people, "may", lambda *_asked: False)
    assert NOT_YOURS in words(paper(session, carve, 1))
    assert proposal_people.offered(session, carve, by=SYSTEM, today=DAY) is None


def test_only_who_may_record_carved_jobs_gives_one_and_only_of_a_live_job(session: Session, carve: JobCarve):
    with pytest.raises(NotAllowedError):
        make_proposal(session, carve, by=make_actor(Role.AUDITOR))
    with pytest.raises(NotAllowedError):
        carve_proposals.of_carve(session, carve.key, by=make_actor(Role.ADMINISTRATOR))
    records.archive(session, carve, why="Closed", version=carve.version)
    with pytest.raises(NotAllowedError):
        make_proposal(session, carve)


def test_days_that_follow_each_other_are_said_from_the_first_to_the_last():
    def at(*days: int, start: str = "09:00") -> list[Slot]:
        return [{"day": day, "start": start, "end": "12:00"} for day in days]

    assert times([*at(0, 1, 2), *at(5, start="08:00")]) == [
        *("Monday to Wednesday, 09:00 to 12:00", "Saturday, 08:00 to 12:00"),
    ]
    assert times(at(0, 1)) == ["Monday and Tuesday, 09:00 to 12:00"]
    assert times(at(0, 2, 4)) == ["Monday, Wednesday and Friday, 09:00 to 12:00"]
    assert times([]) == []


def test_a_page_about_a_person_that_is_taken_along_is_in_their_history_too(database: str):
    with db.transaction() as session:
        make_service(session)
        bakery, seeker = make_employer(session), make_seeker(session)
        make_profile(session, seeker, strengths="Never misses a bus")
        agree(session, seeker, bakery)
        carve = make_proposable(session, bakery, seeker)
        make_proposal(session, carve, "skills")
        make_proposal(session, carve)
    for number in (None, 1, 2):
        wanted = WantedProposal(carve.key, number, form=PaperForm.PAGE)
        carve_papers.take_away(wanted, by=SYSTEM, today=DAY)
    with db.reading() as session:
        took = select(AuditEntry).where(AuditEntry.action == TOOK_PAPER).order_by(col(AuditEntry.id))
        about = [(one.record_kind, one.record_id) for one in session.exec(took)]
    mine = ("JobCarve", carve.key)
    assert about == [mine, mine, ("JobSeeker", seeker.key), mine]
