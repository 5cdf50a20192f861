"""A portable record: nothing of a person is forgotten, and it comes out as it went in, byte for byte."""

import json
from datetime import date
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa
from sqlmodel import Session, SQLModel, col, select

from crm import audit
from crm.config import ROOT
from crm.errors import NotAllowedError, RuleBrokenError, UnreadableFileError
from crm.models.audit import AuditEntry
from crm.models.consents import Consent
from crm.models.employers import Employer
from crm.models.matches import MatchDecision
from crm.models.profiles import (
    Connection,
    PastJob,
    ProfileVersion,
    Qualification,
    QualificationKind,
    WorkKind,
)
from crm.models.programmes import ProgrammeInput
from crm.models.restricted import RestrictedFacts
from crm.models.seeker_inputs import JobSeekerInput
from crm.models.seekers import JobSeeker, ProfileSkill
from crm.models.users import SYSTEM, Actor
from crm.policy import Role
from crm.services import portable_imports, portable_reading, programmes, records, seekers
from crm.services.portable_plan import (
    LEFT_OUT,
    MOMENTS,
    RESTRICTED,
    SECTIONS,
    SEEKER,
    UPKEEP,
    carried_columns,
    keys_of,
)
from crm.services.seeker_rows import SKILLS
from tests.makers import make_actor, make_service, make_user
from tests.makers_contacts import make_contact, make_task
from tests.makers_disputes import make_dispute, settle_dispute
from tests.makers_employers import make_employer
from tests.makers_jobs import make_vacancy
from tests.makers_people import make_decision, make_need, make_profile, make_seeker, make_skill
from tests.makers_portable import another_service, exported, taken_in
from tests.makers_restricted import make_consent, make_restricted

LATER = date(2030, 1, 2)
ODD = "Zoë “the baker” \\u0000 <b>\n=1+1 🙂"


@pytest.fixture
def coach(session: Session) -> Actor:
    make_service(session)
    return make_user(session, Role.JOB_COACH, name="Rosa Lind").as_actor()


@pytest.fixture
def amara(session: Session, coach: Actor) -> JobSeeker:
    """Somebody of whom there is a row in every section but the restricted one."""
    programme = programmes.add(session, ProgrammeInput(name="Pathways"), by=SYSTEM)
    facts: dict[str, Any] = {"email": "amara@example.org", "phone": "0113 496 0000", "postcode": "ls1 4dy"}
    seeker = make_seeker(session, "Amara Nwosu", coach_id=coach.id, programme_id=programme.id, **facts)
    make_profile(
        session, seeker, aspirations=ODD, abilities={"noise": 2}, hours_goal=16, needs_asked="not_asked"
    )
    make_skill(session, seeker)
    gone = make_skill(session, seeker, "Drive a van", level=0)
    SKILLS.archive(session, gone.key, why="Said twice", version=gone.version, by=SYSTEM)
    make_need(session, seeker, who="Aunt Zadie")
    for row in (
        PastJob(seeker_id=seeker.key, title="Baker", kind=WorkKind.PAID, liked="The smell"),
        Qualification(seeker_id=seeker.key, kind=QualificationKind.LICENCE, name="Driving", expires_on=LATER),
        Connection(seeker_id=seeker.key, tie="Neighbour", works_at="Fernside Bakery"),
        ProfileVersion(seeker_id=seeker.key, agreed_on=LATER, content={"dream": "A café"}),
    ):
        records.add(session, row)
    settle_dispute(session, make_dispute(session, seeker))
    make_dispute(session, seeker, "week", words=ODD)
    employer = make_employer(session, stage="partner")
    make_consent(session, seeker, "share_facts", employer_id=employer.key, facts=["name", "skills"])
    make_decision(session, make_vacancy(session, employer), seeker)
    make_contact(session, employer, seeker_ids=(seeker.key,), by=coach, summary="Talked of Olga Other")
    make_task(session, seeker_id=seeker.key, title="Ring about shoes")
    return seeker


def told(content: bytes) -> dict[str, list[dict[str, Any]]]:
    return json.loads(content)["sections"]


def pointing_at(*tables: str) -> set[str]:
    """The tables with a column that points at one of these."""
    return {
        table.name
        for table in SQLModel.metadata.sorted_tables
        for key in table.foreign_keys
        if key.column.table.name in tables
    }


def test_every_table_of_a_person_is_carried_or_left_out_by_name():
    carried = {str(section.table.__tablename__) for section in SECTIONS}
    assert pointing_at("job_seeker") | {"job_seeker"} == carried | LEFT_OUT.keys()
    assert not carried & LEFT_OUT.keys()
    becoming = {str(section.table.__tablename__) for section in SECTIONS if section.becomes_record}
    assert pointing_at(*becoming) <= carried | LEFT_OUT.keys()


@pytest.mark.parametrize("section", SECTIONS, ids=lambda section: section.name)
def test_every_column_is_carried_told_in_words_or_left_out_with_a_reason(section: Any):
    columns = {column.name for column in section.table.__table__.columns}
    apart = {*UPKEEP, *MOMENTS, *section.named, *section.left_out}
    assert set(carried_columns(section)) | (apart & columns) == columns
    assert {*section.named, *section.left_out} <= columns
    assert not set(section.named) & set(section.left_out)
    ids = {column.name for column in section.table.__table__.columns if column.foreign_keys}
    assert not ids & set(carried_columns(section)), "An id of this service means nothing elsewhere."


def test_a_record_tells_everything_but_what_is_restricted_or_about_others(session: Session, amara: JobSeeker):
    content = exported(session, amara)
    not_made = {RESTRICTED.name, "carved_jobs", "profile_steps", "promises", "jobs_started"}
    assert set(told(content)) | not_made == {section.name for section in SECTIONS}
    text = content.decode()
    assert [word for word in ("Olga", "Rosa") if word in text] == []
    person = told(content)["person"][0]
    assert person["says"]["programme"] == "Pathways"
    assert person["origin"]["recorded_in"] == "Northside Supported Employment"
    assert len(told(content)["skills"]) == 2
    assert told(content)["consents"][0]["says"]["employer"] == "Fernside Bakery"


def test_a_record_comes_out_of_an_empty_service_byte_for_byte_as_it_went_in(
    session: Session, amara: JobSeeker, coach: Actor, template_database: Path, tmp_path: Path
):
    facts = make_restricted(session, amara, coach, health="Asthma", date_of_birth=date(2001, 2, 3))
    content = exported(session, amara, facts=facts)
    with another_service(template_database, tmp_path) as other:
        new = taken_in(other, content)
        kept = other.exec(select(RestrictedFacts)).one()
        assert exported(other, new, facts=kept) == content
        assert (kept.health, new.coach_id, new.programme_id) == ("Asthma", None, None)
        assert (
            other.exec(select(ProfileSkill).where(col(ProfileSkill.archived_at).is_(None))).one().level == 3
        )


def test_it_comes_out_the_same_on_either_engine_beside_somebody_else(session: Session, amara: JobSeeker):
    content = exported(session, amara)
    typed = {name: getattr(amara, name) for name in JobSeekerInput.model_fields}
    other = JobSeekerInput.model_validate(typed | {"preferred_name": "Not her", "email": None, "phone": None})
    seekers.change(session, amara.key, other, version=amara.version, by=SYSTEM)
    new = taken_in(session, content)
    assert exported(session, new) == content
    assert (new.key != amara.key, new.programme_id) == (True, amara.programme_id)


def test_what_changes_here_is_told_as_changed_here_and_still_recorded_there(
    session: Session, amara: JobSeeker, template_database: Path, tmp_path: Path
):
    content = exported(session, amara)
    with another_service(template_database, tmp_path) as other:
        new = taken_in(other, content)
        typed = {name: getattr(new, name) for name in JobSeekerInput.model_fields}
        edit = JobSeekerInput.model_validate(typed | {"email": None})
        seekers.change(other, new.key, edit, version=new.version, by=SYSTEM)
        row = told(exported(other, new))["person"][0]
    was = told(content)["person"][0]
    assert ("email" in row["says"], "programme" in row["says"]) == (False, False)
    assert row["origin"]["recorded_at"] == was["origin"]["recorded_at"]
    assert row["origin"]["changed_in"] == "Southside Support"


def test_consents_and_decisions_of_another_service_give_no_leave_here(
    session: Session, amara: JobSeeker, template_database: Path, tmp_path: Path
):
    content = exported(session, amara)
    with another_service(template_database, tmp_path) as other:
        taken_in(other, content)
        for table in (Consent, MatchDecision, Employer):
            assert other.exec(select(sa.func.count()).select_from(table)).one() == 0


def test_somebody_who_is_here_already_is_refused_and_nothing_is_overwritten(
    session: Session, amara: JobSeeker, coach: Actor
):
    content = exported(session, amara)
    found = portable_imports.alike(session, portable_reading.read(content), by=coach)
    assert [(one.seeker.key, one.is_same) for one in found] == [(amara.key, True)]
    with pytest.raises(RuleBrokenError, match="recorded here already"):
        taken_in(session, content, by=coach, is_somebody_else=True)
    seekers.archive(session, amara.key, why="Moved", version=amara.version, by=SYSTEM)
    with pytest.raises(RuleBrokenError, match="recorded here already"):
        taken_in(session, content, by=coach)


def test_somebody_who_is_only_alike_is_taken_in_once_somebody_has_looked(session: Session, coach: Actor):
    content = exported(session, make_seeker(session, "Amara Nwosu", phone="0113 496 0000"))
    changed = content.replace(b"+441134960000", b"+441134960001")
    with pytest.raises(RuleBrokenError, match="much alike"):
        taken_in(session, changed, by=coach)
    assert taken_in(session, changed, by=coach, is_somebody_else=True).phone == "+441134960001"


def test_only_those_who_record_people_take_one_in_and_that_they_did_is_in_the_trail(
    session: Session, coach: Actor
):
    content = exported(session, make_seeker(session)).replace(b"Amara", b"Anna")
    with pytest.raises(NotAllowedError):
        taken_in(session, content, by=make_actor(Role.ENGAGEMENT_OFFICER))
    new = taken_in(session, content, by=coach)
    audit.write_entries(session)
    query = select(AuditEntry).where(AuditEntry.record_kind == "JobSeeker", AuditEntry.record_id == new.key)
    actions = {entry.action for entry in session.exec(query)}
    assert actions == {"add", "brought_in"}


def test_a_skill_of_a_vocabulary_that_is_not_here_is_settled_anew_and_told_as_it_came(
    session: Session, amara: JobSeeker, template_database: Path, tmp_path: Path
):
    skill = session.exec(select(ProfileSkill).where(ProfileSkill.name == "Fold boxes")).one()
    make_dispute(session, amara, "skill", skill.concept_id)
    here = skill.concept_id
    content = exported(session, amara).replace(f'"{here}"'.encode(), b'"http://esco/unknown"')
    with another_service(template_database, tmp_path) as other:
        new = taken_in(other, content)
        row = other.exec(select(ProfileSkill).where(ProfileSkill.name == "Fold boxes")).one()
        assert row.concept_id == here
        assert exported(other, new) == content


BROKEN = [
    (b"", "no portable record"),
    (b"[]", "no portable record"),
    (b'{"format": "other", "version": 1, "sections": {}}', "no portable record"),
    (b'{"format": "supported-employment-person", "version": 2, "sections": {}}', "version 2"),
    (b'{"format": "supported-employment-person", "version": 1, "sections": {"x": []}}', "not known here: x"),
    (b'{"format": "supported-employment-person", "version": 1, "sections": {"skills": 3}}', "no list"),
    (b'{"format": "supported-employment-person", "version": 1, "sections": {}}', "about one person"),
    (b"[" * 100_000, "no portable record"),
    (b'{"format": NaN}', "no portable record"),
    (b" " * (5 * 1024**2 + 1), "larger than 5 MB"),
]


@pytest.mark.parametrize(("content", "reason"), BROKEN, ids=[reason for _, reason in BROKEN])
def test_a_file_that_is_no_such_record_is_refused_in_plain_words(content: bytes, reason: str):
    with pytest.raises(UnreadableFileError, match=reason):
        portable_reading.read(content)


MEDDLED = [
    (b'"level": 3', b'"level": 9', "level"),
    (b'"level": 3', b'"level": "3"', "another kind"),
    (b'"level": 3', b'"secret": 3', "“secret” is not known here"),
    (b'"evidence": "observed",', b"", "“evidence” is missing"),
    (b'"recorded_in": "Northside', b'"recorded_in": 3, "x": "', "origin"),
    (b"+00:00", b"", "no time zone"),
    (b'"preferred_name": "Amara Nwosu"', b'"preferred_name": "\\ud800"', "no portable record"),
    (b'"preferred_name": "Amara Nwosu"', b'"preferred_name": "\\u0000"', "no portable record"),
    (b'"status": "active"', b'"status": "paused"', "A pause needs a reason"),
]


@pytest.mark.parametrize(("was", "now", "reason"), MEDDLED)
def test_what_no_form_would_have_taken_is_refused_with_the_row(
    session: Session, coach: Actor, was: bytes, now: bytes, reason: str
):
    seeker = make_seeker(session)
    make_skill(session, seeker)
    content = exported(session, seeker)
    assert was in content
    with pytest.raises(UnreadableFileError, match=reason):
        portable_reading.read(content.replace(was, now))


def test_a_record_that_contradicts_itself_is_refused(session: Session, coach: Actor):
    seeker = make_seeker(session)
    make_profile(session, seeker)
    whole = json.loads(exported(session, seeker).replace(b"Amara", b"Anna"))
    whole["sections"]["profile"] *= 2
    with pytest.raises(UnreadableFileError, match="contradicts itself"):
        taken_in(session, json.dumps(whole).encode(), by=coach)
    session.rollback()


def test_each_section_has_a_name_of_its_own_and_the_person_comes_first():
    assert SECTIONS[0] is SEEKER
    assert len({section.name for section in SECTIONS}) == len(SECTIONS)


def test_the_schema_is_written_down_section_by_section_and_key_by_key():
    written = (ROOT / "docs" / "portable-record.md").read_text(encoding="utf-8")
    for section in SECTIONS:
        _, _, about = written.partition(f"### {section.name}\n")
        about = about.partition("\n#")[0]
        wanted = {*keys_of(section), *section.left_out}
        assert [name for name in wanted if f"`{name}`" not in about] == [], section.name
    assert [table for table in LEFT_OUT if f"- `{table}`:" not in written] == []
