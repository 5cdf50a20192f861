"""The sheet that a person takes home: what was compared, nothing of anybody else, and a line in the trail."""

from itertools import chain
from typing import Any

import pytest
from sqlmodel import Session, select

from crm import db
from crm.errors import NotAllowedError, NotFoundError
from crm.models.audit import AuditEntry
from crm.models.seekers import JobSeeker
from crm.models.users import SYSTEM, User
from crm.models.vacancies import Vacancy, VacancyCriterion
from crm.papers.forms import PaperForm
from crm.papers.page import as_page
from crm.papers.paper import Paper, Reading
from crm.policy import Role
from crm.services import history, person_job_words, person_words, take_home, take_home_words
from crm.services.agreement_papers import TOOK_PAPER
from crm.services.person_job_words import ALWAYS_NEXT, LIKED, NO_HELP_YET, NOT_USED
from crm.services.take_home import WantedSheet
from crm.ui.history_words import sentence
from tests.makers import make_service, make_user
from tests.makers_disputes import make_dispute, settle_dispute
from tests.makers_employers import make_employer
from tests.makers_jobs import TODAY, make_analysis, make_task, make_vacancy
from tests.makers_people import make_criterion, make_need, make_profile, make_seeker, make_skill
from tests.makers_restricted import make_restricted
from tests.readability import MOST_WORDS, measure

MORNINGS = [{"day": day, "start": "09:00", "end": "13:00"} for day in range(4)]
OUTSIDE = person_job_words.HOURS["no_overlap"]
UNKNOWN = {
    "hours": "We do not know how many hours you want.",
    "week": "We do not know when you can work.",
    "travel": "We do not know how far you want to travel.",
    "support_need": "We do not know what help you need at work.",
    "interests": "We do not know what you like.",
}
OTHER, COACH = "Olga Otherwise", "Rosa Lindqvist"


@pytest.fixture
def amara(session: Session) -> JobSeeker:
    make_service(session)
    coach = make_user(session, Role.JOB_COACH, name=COACH)
    make_skill(session, make_seeker(session, OTHER), "Sweep floors")
    seeker = make_seeker(session, "Amara Okonkwo", coach_id=coach.key)
    make_profile(session, seeker, travel_mode="bus", travel_minutes=30, interests="Baking bread")
    make_skill(session, seeker)
    make_need(session, seeker, kind="named_buddy", who="Aunt Zadie")
    return seeker


@pytest.fixture
def vacancy(session: Session, amara: JobSeeker) -> Vacancy:
    row = make_vacancy(session, make_employer(session), hours_min=16, hours_max=20)
    make_criterion(session, row)
    make_criterion(session, row, "Sweep floors")
    return row


def sheet(
    session: Session, seeker: JobSeeker, vacancy: Vacancy, reading: Reading = Reading.STANDARD
) -> Paper:
    wanted = WantedSheet(seeker.key, vacancy.key, reading)
    return take_home.sheet(session, wanted, by=SYSTEM, today=TODAY)


def part(paper: Paper, heading: str) -> tuple[object, ...]:
    return next(section.parts for section in paper.sections if section.heading == heading)


def test_it_says_what_was_compared_what_is_not_known_and_what_comes_next(
    session: Session, amara: JobSeeker, vacancy: Vacancy
):
    paper = sheet(session, amara, vacancy)
    assert part(paper, "This job") == ("Kitchen assistant", "Fernside Bakery")
    assert part(paper, "What this job asks") == (
        "Sweep floors: We do not know yet if you can do this.",
        "Fold boxes: You can do this.",
    )
    assert part(paper, "The hours of this job")[0] == "This job is 16 to 20 hours a week."
    assert part(paper, "Help at this workplace") == (
        "A person to ask: We do not know yet if this workplace has it.",
    )
    assert "Can you do this: Sweep floors?" in part(paper, "What we do not know yet")
    assert part(paper, "What happens next")[-2:] == ALWAYS_NEXT
    assert "You can say that something here is not right." in part(paper, "If something is not right")


def test_it_names_nobody_and_holds_no_figure_of_the_comparison_and_nothing_restricted(
    session: Session, amara: JobSeeker, vacancy: Vacancy
):
    coach = session.exec(select(User).where(User.name == COACH)).one()
    make_restricted(session, amara, coach.as_actor(), disability="Zzepilepsy")
    for reading in (Reading.STANDARD, Reading.LARGE_PRINT, Reading.EASY_READ):
        page = as_page(sheet(session, amara, vacancy, reading)).casefold()
        for word in (
            "amara",
            "okonkwo",
            "olga",
            "rosa",
            "zadie",
            "zzepilepsy",
            "score",
            "rank",
            "points",
            "of 100",
            "%",
        ):
            assert word not in page.split("</style>")[1]


@pytest.mark.parametrize(
    ("part_of_it", "heading"),
    [
        ("hours", "The hours of this job"),
        ("week", "The hours of this job"),
        ("travel", "The way to this job"),
        ("support_need", "Help at this workplace"),
        ("interests", "What you like"),
    ],
)
def test_what_they_say_is_not_right_is_not_known_until_it_is_settled(
    session: Session, amara: JobSeeker, vacancy: Vacancy, part_of_it: str, heading: str
):
    before = sheet(session, amara, vacancy)
    dispute = make_dispute(session, amara, part_of_it)
    paper = sheet(session, amara, vacancy)
    assert NOT_USED[dispute.part] in part(paper, heading)
    assert UNKNOWN[part_of_it] in part(paper, "What we do not know yet")
    settle_dispute(session, dispute)
    assert sheet(session, amara, vacancy) == before


def test_a_need_in_doubt_leaves_open_what_help_there_is(session: Session, amara: JobSeeker, vacancy: Vacancy):
    make_dispute(session, amara, "support_need", "named_buddy")
    assert part(sheet(session, amara, vacancy), "Help at this workplace")[0] == NO_HELP_YET


def test_a_skill_in_doubt_is_not_known_and_their_words_stand_beside_it(
    session: Session, amara: JobSeeker, vacancy: Vacancy
):
    asked = select(VacancyCriterion.concept_id).where(VacancyCriterion.text == "Fold boxes")
    concept = session.exec(asked).one()
    make_dispute(session, amara, "skill", concept, words="I only watched")
    assert part(sheet(session, amara, vacancy), "What this job asks")[1:] == (
        "Fold boxes: We do not know yet if you can do this.",
        person_words.TOLD,
        "You said: I only watched",
    )


@pytest.mark.parametrize(
    ("wishes", "said"),
    [
        ({"interests": "Bread", "must": "Bread", "avoid": "Night"}, "all"),
        ({"interests": "Bread", "must": "Horses", "avoid": "Ovens"}, "some"),
        ({"interests": "Horses", "must": "Horses", "avoid": "Ovens"}, "little"),
        ({}, "unknown"),
    ],
)
def test_what_they_like_is_told_in_words(session: Session, wishes: dict[str, str], said: str):
    make_service(session)
    seeker, bakery = make_seeker(session, "Bo"), make_employer(session)
    make_profile(session, seeker, **{"interests": None, "must": None, "avoid": None} | wishes)
    job = make_vacancy(session, bakery, description="Bread and ovens all day.")
    make_task(session, make_analysis(session, bakery, vacancy_id=job.key), "Bake bread")
    assert part(sheet(session, seeker, job), "What you like") == (LIKED[said],)


def test_a_job_of_which_little_is_recorded_makes_a_sheet_too(session: Session):
    make_service(session)
    paper = sheet(session, make_seeker(session, "Bo"), make_vacancy(session, make_employer(session)))
    assert "We do not know what you can do." in part(paper, "What we do not know yet")
    assert part(paper, "The hours of this job") == ("We do not know yet if the hours suit you.",)


def test_nobody_is_told_that_hours_suit_which_are_fewer_than_they_want(session: Session):
    make_service(session)
    bakery, seeker = make_employer(session), make_seeker(session, "Bo")
    make_profile(session, seeker, hours_now_min=16, hours_now_max=37, hours_goal=37)
    job = make_vacancy(session, bakery, hours_min=16, hours_max=16)
    told = part(sheet(session, seeker, job), "The hours of this job")
    assert person_job_words.SHORT_OF_WISH in told
    assert person_job_words.HOURS["meets_16"] not in told


@pytest.mark.parametrize(
    ("wish", "offer", "words"),
    [
        ({"hours_now_min": 20}, {}, person_job_words.OTHER_AMOUNT),
        ({"availability": [{"day": 6, "start": "09:00", "end": "17:00"}]}, {"pattern": MORNINGS}, OUTSIDE),
        ({"availability": []}, {}, person_job_words.DAYS_NOT_KNOWN),
    ],
    ids=["other amount", "other days", "days not recorded"],
)
def test_the_person_is_told_whether_it_is_the_hours_or_the_days(
    session: Session, wish: dict[str, Any], offer: dict[str, Any], words: str
):
    make_service(session)
    bakery, seeker = make_employer(session), make_seeker(session, "Bo")
    wishes: dict[str, Any] = {"hours_now_min": 8, "hours_now_max": 30, "hours_goal": 16} | wish
    make_profile(session, seeker, **wishes)
    offered: dict[str, Any] = {"hours_min": 16, "hours_max": 16, "guaranteed_hours": 16} | offer
    job = make_vacancy(session, bakery, **offered)
    assert part(sheet(session, seeker, job), "The hours of this job")[1:] == (words,)


def test_every_sentence_of_ours_on_the_sheet_is_short_and_in_short_words(
    session: Session, amara: JobSeeker, vacancy: Vacancy
):
    ours = (
        take_home_words.OPENING,
        take_home_words.COMPARED,
        take_home_words.TALK,
        take_home_words.NOT_RIGHT,
    )
    told = [*chain(*ours), *LIKED.values(), *NOT_USED.values(), NO_HELP_YET, person_words.TOLD]
    told += [*person_job_words.STANDS.values(), *person_job_words.HOURS.values(), *ALWAYS_NEXT]
    told += [*person_words.HELP.values(), *person_job_words.SUPPORTS.values(), take_home_words.TITLE]
    told += [person_job_words.SHORT_OF_WISH, person_job_words.OTHER_AMOUNT, person_job_words.DAYS_NOT_KNOWN]
    assert [text for text in told if measure(text).longest > MOST_WORDS or measure(text).hard] == []
    assert measure(". ".join(told)).is_easy
    for section in sheet(session, amara, vacancy, Reading.EASY_READ).sections:
        assert section.picture is not None


def test_taking_it_is_in_the_history_of_the_person_and_the_file_names_nobody(database: str):
    with db.transaction() as session:
        make_service(session)
        coach = make_user(session, Role.JOB_COACH)
        seeker = make_seeker(session, "Amara Okonkwo", coach_id=coach.key)
        vacancy = make_vacancy(session, make_employer(session))
    wanted = WantedSheet(seeker.key, vacancy.key, Reading.EASY_READ)
    assert wanted.file_name == f"job-sheet-{vacancy.key}-{seeker.key}-easy-read.docx"
    assert take_home.take_away(wanted, by=coach.as_actor(), today=TODAY).startswith(b"PK")
    page = WantedSheet(seeker.key, vacancy.key, form=PaperForm.PAGE)
    drawn = take_home.take_away(page, by=coach.as_actor(), today=TODAY).decode()
    assert f'href="/with-person?id={seeker.key}&amp;vacancy={vacancy.key}"' in drawn
    with db.reading() as session:
        lines = history.history(session, "seeker", seeker.key, offset=0, limit=2, by=SYSTEM).rows
    assert [sentence(line) for line in lines] == [
        f"Taken away: sheet about vacancy {vacancy.key}, as a page to print.",
        f"Taken away: sheet about vacancy {vacancy.key}, Easy Read, as a Word file.",
    ]
    assert {line.by for line in lines} == {coach.name}


def test_nobody_takes_a_sheet_of_somebody_they_may_not_see_or_that_is_not_there(database: str):
    with db.transaction() as session:
        make_service(session)
        seeker = make_seeker(session)
        vacancy = make_vacancy(session, make_employer(session))
        administrator = make_user(session, Role.ADMINISTRATOR).as_actor()
    with pytest.raises(NotAllowedError):
        take_home.take_away(WantedSheet(seeker.key, vacancy.key), by=administrator, today=TODAY)
    for seeker_id, vacancy_id in ((99, vacancy.key), (seeker.key, 99)):
        with pytest.raises(NotFoundError):
            take_home.take_away(WantedSheet(seeker_id, vacancy_id), by=SYSTEM, today=TODAY)
    with db.reading() as session:
        assert session.exec(select(AuditEntry).where(AuditEntry.action == TOOK_PAPER)).all() == []
