"""One job seeker: what they wish, can do and need, what was decided so far, and the way to their jobs."""

import streamlit as st

from crm.db import reading
from crm.models.seekers import JobSeeker
from crm.models.users import Actor
from crm.policy import Action
from crm.services import (
    disputes,
    matches,
    profile_skills,
    profiles,
    programmes,
    ranking_counts,
    seekers,
    staff,
)
from crm.services.access import may
from crm.services.archiving import last_save
from crm.services.seeker_rows import NEEDS
from crm.ui import seeker_facts as facts
from crm.ui.address import needed_id
from crm.ui.archiving import draw_archiving
from crm.ui.consent_parts import draw_consents, draw_looks
from crm.ui.counted import workable_words
from crm.ui.dispute_parts import draw_disputes
from crm.ui.document_parts import draw_documents
from crm.ui.flash import show_flash
from crm.ui.guard import require_user
from crm.ui.missing_answers import draw_missing
from crm.ui.placement_parts import draw_jobs_started
from crm.ui.profile_rows import KINDS, draw_rows
from crm.ui.promise_sections import draw_promises
from crm.ui.referral_end import draw_end
from crm.ui.screens import refuse_politely
from crm.ui.sheet_parts import draw_sheets
from crm.ui.tables import Link, heading_line, link, links, said, summary, table
from crm.ui.task_about import Record, task_links
from crm.ui.words import NOT_RECORDED, count, day, moment, plain, say, today


def offered(seeker: JobSeeker, user: Actor) -> list[Link]:
    found = [
        link("Show this to the person", "with-person", id=seeker.key),
        link("Whole record", "person-record", id=seeker.key),
    ]
    if may(user, Action.MATCHES_READ):
        found.append(link("Jobs for this person", "jobs", id=seeker.key))
        found.append(link("Employers for this person", "calls", seeker=seeker.key))
    if may(user, Action.CARVES_READ):
        found.append(link("Jobs carved for this person", "carves", seeker=seeker.key))
    if may(user, Action.SEEKERS_RECORD, seeker):
        found += [
            link("Edit", "seeker-edit", id=seeker.key),
            link("Vocational profile", "profile-edit", seeker=seeker.key),
            link("Add a skill", "skill-edit", seeker=seeker.key),
            link("Add a support need", "need-edit", seeker=seeker.key),
        ]
    if may(user, Action.RESTRICTED_READ, seeker):
        found.append(link("Restricted facts", "restricted", seeker=seeker.key))
    return found


user = require_user()
with refuse_politely(), reading() as session:
    seeker = seekers.find(session, needed_id("id"), by=user)
    profile = profiles.of_seeker(session, seeker.key, by=user)
    skills = profile_skills.of_seeker(session, seeker.key, by=user)
    old_skills = profile_skills.of_seeker(session, seeker.key, by=user, is_archived=True)
    needs = NEEDS.of(session, seeker.key, by=user)
    old_needs = NEEDS.of(session, seeker.key, by=user, is_archived=True)
    decided = matches.decisions(session, seeker_id=seeker.key, by=user)
    coach = staff.names(session, by=user).get(seeker.coach_id or 0, "Nobody yet")
    programme = programmes.name_of(session, seeker.programme_id, by=user)
    counted = None
    if may(user, Action.MATCHES_READ):
        counted = ranking_counts.of_seeker(session, seeker.key, by=user)
    saved = last_save(session, seeker)
    said_wrong = disputes.of_seeker(session, seeker.key, by=user)

st.title(plain(seeker.preferred_name), anchor=False)
show_flash()
waiting = seekers.days_waiting(seeker.referred_on, today())
heading_line(
    say(seeker.status),
    note=f"Coach: {coach}. "
    + ("Referral date not recorded" if waiting is None else f"With the service for {count(waiting, 'day')}"),
)
past = link("History", "history", of="seeker", id=seeker.key)
to_do = task_links(Record(seeker.preferred_name, "seeker", seeker.key), user)
links([*offered(seeker, user), *to_do, past], label="What you can do")
if counted is not None:
    said(workable_words(counted))
with reading() as session:
    draw_missing(session, seeker, user)
may_record = may(user, Action.SEEKERS_RECORD, seeker)
if seeker.pause_reason:
    said(f"Paused: {seeker.pause_reason}. Looked at again on {day(seeker.pause_review_on)}.")
draw_end(seeker, may_record=may_record)

draw_disputes(said_wrong, name=seeker.preferred_name, may_settle=may_record)

st.header("Skills", anchor=False)
if skills:
    table("Skills", facts.SKILL_COLUMNS, [facts.skill_cells(row, may_record) for row in skills])
else:
    st.info("No skill is recorded yet. Add what they can do, and what they have not done yet as level 0.")
st.header("Support needs at work", anchor=False)
if needs:
    rows = [facts.need_cells(need, may_record) for need in needs]
    table("Support needs at work", facts.NEED_COLUMNS, rows)
else:
    st.info(facts.no_needs_words(profile))
st.header("What they wish", anchor=False)
if profile:
    summary(facts.wish_rows(profile))
    for title, lines in (
        ("In their own words", facts.own_words_rows(profile)),
        ("What works for them", facts.ability_rows(profile)),
    ):
        if lines:
            with st.expander(title):
                summary(lines)
else:
    st.info("There is no vocational profile yet: hours, travel and wishes count as not known.")
with st.expander("Work so far, qualifications, people they know"):
    with reading() as session:
        for step in KINDS:
            draw_rows(session, seeker.key, step, user=user, may_record=may_record)
    links([link("Versions of the profile", "profile-versions", seeker=seeker.key)], label="Versions")
st.header("Decisions so far", anchor=False)
if decided:
    table("Decisions so far", facts.DECISION_COLUMNS, [facts.decision_cells(one) for one in decided])
else:
    st.info("Nobody has decided on a job for this person yet. Start with “Jobs for this person”.")
with reading() as session:
    draw_jobs_started(session, seeker, user)
    draw_consents(session, seeker, user)
    draw_sheets(session, seeker, user)
if old_skills or old_needs:
    with st.expander("Archived skills and support needs"):
        table(
            "Archived skills", facts.SKILL_COLUMNS, [facts.skill_cells(row, may_record) for row in old_skills]
        )
        old = [facts.need_cells(need, may_record) for need in old_needs]
        table("Archived support needs", facts.NEED_COLUMNS, old)
with st.expander("How to reach them, and their place in the programme"):
    summary(
        [
            ("E-mail address", seeker.email or NOT_RECORDED),
            ("Telephone", seeker.phone or NOT_RECORDED),
            ("Postcode", seeker.postcode or NOT_RECORDED),
            ("Programme", programme or NOT_RECORDED),
            ("Module", say(seeker.module)),
            ("Referred on", day(seeker.referred_on)),
            ("In work and wants more hours or a next step", say(seeker.wants_more)),
        ]
    )
draw_promises(seeker, user)
draw_documents(seeker, user)
with reading() as session:
    draw_looks(session, seeker, user)
said(f"Last saved by {saved.who}, {moment(saved.at)}")
if may(user, Action.SEEKERS_RECORD, seeker, is_beneath_archive=True):
    draw_archiving(seeker, "job seeker", archive=seekers.archive, bring_back=seekers.bring_back, user=user)
