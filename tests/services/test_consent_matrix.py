"""No field of a person reaches an employer, a page for one or a file without a consent that covers it.

Every text that can be recorded of a person is a word of its own here, so that one that gets out is found. The
texts are read off the inputs: a field that is added later is tried as well, and reaches nothing.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta
from itertools import chain
from types import UnionType
from typing import Annotated, Any, Union, get_args, get_origin

from pydantic import BaseModel
from sqlmodel import Session

from crm.errors import ConsentNeededError
from crm.models.agreement_choices import AgreementKind, AgreementStage, Covers, Promise, Standing
from crm.models.agreement_uses import ReferralInput
from crm.models.agreements import Agreement
from crm.models.base import Known
from crm.models.consents import WITH_EMPLOYER, Consent, Purpose, SharedFact, WithdrawalInput, Withdrawer
from crm.models.employers import Employer
from crm.models.exports import ExportKind
from crm.models.profiles import ConnectionInput, PastJobInput, QualificationInput, QualificationKind
from crm.models.seeker_inputs import JobSeekerInput
from crm.models.seekers import (
    JobSeeker,
    ProfileSkillInput,
    ReferralEnd,
    SupportNeedInput,
    VocationalProfileInput,
)
from crm.models.users import SYSTEM
from crm.policy import Role
from crm.services import agreement_uses, consent_giving, employer_sheet, profile_rows, records, share_sheets
from crm.services.consents import State
from crm.services.export_lists import LISTS
from crm.services.profile_rows import CONNECTIONS, PAST_JOBS, QUALIFICATIONS
from tests.makers import make_service, make_user
from tests.makers_employers import make_employer
from tests.makers_jobs import make_vacancy
from tests.makers_people import make_decision, make_need, make_profile, make_seeker, make_skill
from tests.makers_restricted import TODAY, make_consent, make_restricted

DAY = timedelta(days=1)
FACTS = list(SharedFact)
RETAIL = {"sic_codes": "47110", "stage": "partner"}

AGREED = {
    "preferred_name": SharedFact.NAME,
    "email": SharedFact.CONTACT_DETAILS,
    "phone": SharedFact.CONTACT_DETAILS,
    "strengths": SharedFact.SKILLS,
    "skill": SharedFact.SKILLS,
    "hours_now": SharedFact.HOURS_AND_DAYS,
    "availability": SharedFact.HOURS_AND_DAYS,
    "travel_mode": SharedFact.TRAVEL,
    "travel_minutes": SharedFact.TRAVEL,
    "conditions_for_success": SharedFact.ADJUSTMENTS,
    "communication": SharedFact.ADJUSTMENTS,
    "need": SharedFact.SUPPORT_AT_WORK,
    "own_description": SharedFact.OWN_DESCRIPTION,
}
"""The fact that each field is told under. What is not in here is told to nobody, whatever is agreed."""

FIXED = {
    "email": "xqmail@example.org",
    "phone": "+447700900999",
    "postcode": "LS2 7EY",
    "hours_now": "7 to 13 hours",
    "hours_goal": "37.25",
    "availability": "05:15",
    "travel_mode": "I cycle.",
    "travel_minutes": "137 minutes",
    "skill": "Stock shelves",
    "need": "Breaks with other people.",
}
"""What is no text of its own choosing, as it would be told."""

PLACE = "referred_on_to"

OWN_LIST = {"preferred_name", "hours_goal"}
"""What the service's own list of its people holds as a file; it goes to no employer."""


def is_text(annotation: Any) -> bool:
    """Can this field hold any text at all? Not one of a fixed list, and not a list or table of something."""
    is_choice = get_origin(annotation) in (Annotated, Union, UnionType)
    return annotation is str or (is_choice and any(is_text(one) for one in get_args(annotation)))


def marks_of(inputs: type[BaseModel], prefix: str = "") -> dict[str, str]:
    """A word of its own for each text of an input."""
    texts = [name for name, field in inputs.model_fields.items() if is_text(field.annotation)]
    return {f"{prefix}{name}": f"xq{prefix}{name}z".replace("_", "") for name in texts}


SEEKER, PROFILE = marks_of(JobSeekerInput), marks_of(VocationalProfileInput)
SKILL, NEED = marks_of(ProfileSkillInput, "skill_"), marks_of(SupportNeedInput, "need_")
PAST, SHOWN = marks_of(PastJobInput, "past_"), marks_of(QualificationInput, "shown_")
KNOWN = marks_of(ConnectionInput, "known_")
RESTRICTED = {name: f"xq{name}" for name in ("disability", "health", "benefits")}
MARKS = SEEKER | PROFILE | SKILL | NEED | PAST | SHOWN | KNOWN | RESTRICTED | FIXED


def unprefixed(marks: dict[str, str], prefix: str) -> dict[str, Any]:
    """The fields of an input with their words."""
    return {name.removeprefix(prefix): mark for name, mark in marks.items()}


@dataclass(frozen=True, slots=True)
class Case:
    """One employer and how what was agreed about it stands."""

    employer: Employer
    purpose: Purpose
    state: State | None
    facts: tuple[SharedFact, ...]

    @property
    def covered(self) -> set[str]:
        """The fields that this employer may be told."""
        holds = self.state is State.IN_FORCE and self.purpose is Purpose.SHARE_FACTS
        return {name for name, fact in AGREED.items() if holds and fact in self.facts}


def make_person(session: Session) -> JobSeeker:
    """Somebody of whom everything is recorded."""
    coach = make_user(session, Role.JOB_COACH).as_actor()
    own: dict[str, Any] = {name: MARKS[name] for name in SEEKER if name not in ("preferred_name", PLACE)}
    person = make_seeker(session, MARKS["preferred_name"], coach_id=coach.id, **own)
    # Nobody who looks for work was referred on: the place is written past the form, to be looked for.
    ended = {"referral_end": ReferralEnd.REFERRED_ON, PLACE: MARKS[PLACE], "referral_ended_on": TODAY}
    records.change(session, person, ended, version=person.version)
    make_profile(
        session,
        person,
        **PROFILE,
        hours_now_min=7,
        hours_now_max=13,
        hours_goal=37.25,
        travel_mode="cycle",
        travel_minutes=137,
        availability=[{"day": 6, "start": "05:15", "end": "06:45"}],
    )
    make_skill(session, person, MARKS["skill"], with_support=MARKS["skill_with_support"])
    make_need(session, person, "social_breaks", who=MARKS["need_who"])
    job = PastJobInput(**unprefixed(PAST, "past_"))
    shown = QualificationInput(**unprefixed(SHOWN, "shown_"), kind=QualificationKind.QUALIFICATION)
    known = ConnectionInput(**unprefixed(KNOWN, "known_"), agrees=Known.YES)
    profile_rows.add(session, PAST_JOBS, person.key, job, by=SYSTEM)
    profile_rows.add(session, QUALIFICATIONS, person.key, shown, by=SYSTEM)
    profile_rows.add(session, CONNECTIONS, person.key, known, by=SYSTEM)
    make_restricted(
        session, person, coach, **{name: MARKS[name] for name in ("disability", "health", "benefits")}
    )
    return person


def agree(session: Session, person: JobSeeker, case: Case) -> None:
    """What was agreed about the employer of a case, as it stands."""
    if case.state is None:
        return
    told: dict[str, Any] = {"facts": list(case.facts)}
    if case.purpose in WITH_EMPLOYER:
        told["employer_id"] = case.employer.key
    if case.state is State.ENDED:
        told |= {"given_on": TODAY - 9 * DAY, "until": TODAY - DAY}
    given_on = TODAY + DAY if case.state is State.NOT_YET else TODAY
    given = make_consent(session, person, case.purpose, today=given_on, **told)
    if case.state in (State.WITHDRAWN, State.RECORDED_BY_MISTAKE):
        is_slip = case.state is State.RECORDED_BY_MISTAKE
        who = Withdrawer.RECORDED_BY_MISTAKE if is_slip else Withdrawer.THE_PERSON
        said = WithdrawalInput(withdrawn_by=who)
        consent_giving.withdraw(session, given.key, said, by=SYSTEM, today=TODAY)


def cases(session: Session, person: JobSeeker) -> Iterator[Case]:
    """Every purpose in every state, facts one by one and together; each with an employer of its own."""
    facts = [(fact,) for fact in FACTS] + [tuple(FACTS)]
    shared = [(Purpose.SHARE_FACTS, state, one) for state in State for one in facts]
    others = set(Purpose) - {Purpose.SHARE_FACTS}
    bare = [(purpose, state, ()) for purpose in sorted(others) for state in State]
    nothing = [(Purpose.SHARE_FACTS, None, ())]
    for number, (purpose, state, told) in enumerate(chain(nothing, shared, bare)):
        case = Case(make_shop(session, person, f"Shop {number}"), purpose, state, told)
        agree(session, person, case)
        yield case


def make_shop(session: Session, person: JobSeeker, name: str) -> Employer:
    """An employer that would suit the person, with a vacancy for which they are on the shortlist."""
    shop = make_employer(session, name, **RETAIL)
    make_decision(session, make_vacancy(session, shop), person)
    return shop


def found_in(text: str) -> set[str]:
    """The fields that a text gives away."""
    folded = text.casefold()
    return {name for name, mark in MARKS.items() if mark.casefold() in folded}


def page(session: Session, person: JobSeeker, employer: Employer, *facts: SharedFact) -> str:
    """What a page about the person would say to an employer; nothing where it is refused."""
    try:
        return share_sheets.preview(session, person.key, employer.key, facts, by=SYSTEM, today=TODAY)
    except ConsentNeededError:
        return ""


def pages(session: Session, person: JobSeeker, employer: Employer) -> str:
    """The same fact by fact, and all together."""
    single = [page(session, person, employer, fact) for fact in FACTS]
    return "\n".join([*single, page(session, person, employer, *FACTS)])


def printed(session: Session, employer: Employer) -> str:
    """The page that an employer is given about itself."""
    return repr(employer_sheet.sheet(session, employer.key, by=SYSTEM, today=TODAY))


def files(session: Session, *kinds: ExportKind) -> dict[str, str]:
    """The rows of lists as files, by the name of the employer or whatever else they begin with."""
    rows: dict[str, str] = {}
    for kind in kinds:
        listed = LISTS[kind]
        for cells in listed.lines(session, listed.filter(), SYSTEM, TODAY):
            rows[f"{kind} {cells[0]}"] = " | ".join(str(cell) for cell in cells)
    return rows


def test_no_field_gets_out_without_a_consent_in_force_that_covers_it(session: Session):
    make_service(session)
    person, other = make_person(session), make_employer(session, "Other")
    make_consent(session, person, "share_facts", employer_id=other.key, facts=FACTS)
    make_consent(session, person, "put_forward", employer_id=other.key)
    tried = list(cases(session, person))
    calls = files(session, ExportKind.CALLS)
    for case in tried:
        assert found_in(pages(session, person, case.employer)) == case.covered, case
        assert found_in(printed(session, case.employer)) == set(), case
        assert found_in(calls[f"calls {case.employer.name}"]) == case.covered & {"skill"}, case
    theirs = (ExportKind.EMPLOYERS, ExportKind.AGREEMENTS, ExportKind.VACANCIES)
    assert found_in(" ".join(files(session, *theirs).values())) == set()
    assert found_in(" ".join(files(session, ExportKind.SEEKERS).values())) == OWN_LIST


def test_nobody_is_put_forward_without_a_yes_in_force_that_covers_it(session: Session):
    """Under an agreement for disabled people, and under one for everybody, where the name is enough."""
    make_service(session)
    person = make_person(session)
    for case in referral_cases(session):
        agree(session, person, case)
        holds = case.state is State.IN_FORCE
        is_forward = holds and case.purpose is Purpose.PUT_FORWARD
        is_named = holds and SharedFact.NAME in case.facts
        assert is_put_forward(session, person, case, Covers.DISABLED_PEOPLE) == is_forward, case
        assert is_put_forward(session, person, case, Covers.EVERYONE) == (is_forward or is_named), case


def referral_cases(session: Session) -> Iterator[Case]:
    """Every purpose in every state, and what is shared with the name and without it."""
    told = [(Purpose.SHARE_FACTS, (SharedFact.NAME,)), (Purpose.SHARE_FACTS, (SharedFact.DISABILITY,))]
    others = sorted(set(Purpose) - {Purpose.SHARE_FACTS})
    for purpose, facts in [*told, *((purpose, ()) for purpose in others)]:
        for state in State:
            yield Case(make_employer(session, f"{purpose} {state} {facts}"), purpose, state, facts)


def is_put_forward(session: Session, person: JobSeeker, case: Case, covers: Covers) -> bool:
    """Can the person be put forward to the employer of a case, under an agreement that covers these?"""
    kind, stage = AgreementKind.GUARANTEED_INTERVIEW, AgreementStage.SIGNED
    days: dict[str, Any] = {"stage_since": TODAY, "signed_on": TODAY}
    signed = Agreement(employer_id=case.employer.key, kind=kind, covers=covers, stage=stage, **days)
    agreement = records.add(session, signed)
    new = ReferralInput(employer_id=case.employer.key, promise=Promise.INTERVIEW)
    try:
        use = agreement_uses.refer(session, agreement.key, person.key, new, by=SYSTEM, today=TODAY)
    except ConsentNeededError:
        return False
    return use.standing is Standing.REFERRED and use.consent_id is not None


def agree_to_all(session: Session, person: JobSeeker, shop: Employer) -> dict[SharedFact | None, Consent]:
    """One consent for each fact, and under None the one to being put forward."""
    told: dict[str, Any] = {"employer_id": shop.key}
    given: dict[SharedFact | None, Consent] = {
        fact: make_consent(session, person, "share_facts", facts=[fact], **told) for fact in FACTS
    }
    return given | {None: make_consent(session, person, "put_forward", **told)}


def test_withdrawing_a_consent_takes_out_at_once_what_it_let_through(session: Session):
    make_service(session)
    person = make_person(session)
    shops = {fact: make_shop(session, person, f"Shop of {fact}") for fact in (*FACTS, None)}
    given = {fact: agree_to_all(session, person, shop)[fact] for fact, shop in shops.items()}
    calls = files(session, ExportKind.CALLS)
    for shop in shops.values():
        assert found_in(page(session, person, shop, *FACTS)) == set(AGREED)
        assert found_in(printed(session, shop)) == {"preferred_name"}
        assert found_in(calls[f"calls {shop.name}"]) == {"skill"}
    for consent in given.values():
        consent_giving.withdraw(session, consent.key, WithdrawalInput(), by=SYSTEM, today=TODAY)
    calls = files(session, ExportKind.CALLS)
    for withdrawn, shop in shops.items():
        gone = {name for name, fact in AGREED.items() if fact is withdrawn}
        left = [fact for fact in FACTS if fact is not withdrawn]
        assert page(session, person, shop, *FACTS) == "" or withdrawn is None
        assert found_in(page(session, person, shop, *left)) == set(AGREED) - gone
        is_named = withdrawn not in (SharedFact.NAME, None)
        assert found_in(printed(session, shop)) == ({"preferred_name"} if is_named else set())
        assert found_in(calls[f"calls {shop.name}"]) == {"skill"} - gone


def test_every_text_of_a_person_has_a_mark_and_no_mark_hides_in_another():
    assert {"aspirations", "dream", "must", "disclosure_wishes", "words_not_to_use", "need_who"} <= set(MARKS)
    assert set(AGREED) <= set(MARKS)
    marks = [mark.casefold() for mark in MARKS.values()]
    assert [one for one in marks if sum(one in other for other in marks) > 1] == []
