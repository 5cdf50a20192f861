"""One vacancy: its facts and where each came from, what it asks for, its job analysis."""

import streamlit as st

from crm.db import reading
from crm.models.users import Actor
from crm.models.vacancies import OPEN_STATUSES, Vacancy
from crm.policy import Action
from crm.services import analyses, criteria, employers, vacancies
from crm.services.access import may
from crm.services.archiving import last_save
from crm.services.criteria import CriterionRow
from crm.ui.address import needed_id
from crm.ui.analysis_words import analysed_words
from crm.ui.archiving import draw_archiving
from crm.ui.asked_work import draw_asked
from crm.ui.counted import counted_on_page, matching_work
from crm.ui.document_parts import draw_documents
from crm.ui.flash import show_flash
from crm.ui.guard import require_user
from crm.ui.promise_sections import draw_promises
from crm.ui.screens import refuse_politely
from crm.ui.tables import Cell, Link, heading_line, link, links, said, summary, table
from crm.ui.task_about import Record, task_links
from crm.ui.vacancy_facts import main_facts, other_facts
from crm.ui.words import NOT_RECORDED, day, distance_in_days, moment, plain, say, today


def offered(vacancy: Vacancy, user: Actor) -> list[Link]:
    found: list[Link] = []
    if may(user, Action.MATCHES_READ):
        found.append(link("Shortlist", "shortlist", id=vacancy.key))
        found.append(link("Two people for it: job sharing", "job-sharing", id=vacancy.key))
    if vacancy.agreement_id is not None and may(user, Action.PROMISES_READ):
        found.append(link("Interviews under the agreement", "slots", id=vacancy.key))
    if may(user, Action.VACANCIES_RECORD, vacancy):
        found.append(link("Edit", "vacancy-edit", id=vacancy.key))
        found.append(link("Add what the job asks", "criterion-edit", vacancy=vacancy.key))
    if may(user, Action.ANALYSES_RECORD) and vacancy.archived_at is None:
        new = {"employer": vacancy.employer_id, "vacancy": vacancy.key}
        found.append(link("Start a job analysis", "analysis-start", **new))
    found += task_links(Record(vacancy.title, "vacancy", vacancy.key), user)
    if vacancy.closes_on:
        found.append(link("Add its closing day to my calendar", f"files/calendar/vacancy-{vacancy.key}.ics"))
    return found


def asked(row: CriterionRow, is_open: bool) -> tuple[Cell, ...]:
    one = row.criterion
    return (
        link(one.text, "criterion-edit", id=one.key) if is_open else one.text,
        row.meaning,
        "Essential" if one.is_essential else "Preferred",
        NOT_RECORDED if one.level is None else str(one.level),
        "Yes" if one.could_move else "No",
        say(one.is_adjustable),
    )


user = require_user()
with refuse_politely(), reading() as session:
    vacancy = vacancies.find(session, needed_id("id"), by=user)
    employer = employers.find(session, vacancy.employer_id, by=user)
    asks = criteria.of_vacancy(session, vacancy.key, by=user)
    set_aside = criteria.of_vacancy(session, vacancy.key, is_archived=True, by=user)
    seen = analyses.of_vacancy(session, vacancy.key, by=user)
    counted = counted_on_page(session, [vacancy.key], user)
    saved = last_save(session, vacancy)

st.title(plain(vacancy.title), anchor=False)
show_flash()
closing = f"closes {distance_in_days(vacancy.closes_on, today())}" if vacancy.closes_on else ""
if vacancy.closes_on and vacancy.closes_on < today():
    closing = f"closed on {day(vacancy.closes_on)}"
heading_line(say(vacancy.status), say(vacancy.kind), note=closing)
may_record = may(user, Action.VACANCIES_RECORD, vacancy)
past = link("History", "history", of="vacancy", id=vacancy.key)
links(
    [link(employer.name, "employer", id=employer.key), *offered(vacancy, user), past], label="What you can do"
)
if counted is not None and vacancy.status in OPEN_STATUSES and vacancy.archived_at is None:
    summary([("People", counted.cell(vacancy.key))])
    draw_asked(matching_work(vacancy.key), user)
FACTS = ["Fact", "Value", "Where it came from"]
table("Hours, pay, place and dates", FACTS, main_facts(vacancy))
st.header("What the job asks", anchor=False)
ASKS = ["Asked for", "Means", "Essential or preferred", "Level 0-4", "Could move", "Can be adjusted"]
if asks:
    table("What the job asks", ASKS, [asked(row, may_record) for row in asks])
else:
    st.info("Nothing is recorded yet. Until then skills count as unknown for everybody on the shortlist.")
if set_aside:
    with st.expander("Archived criteria"):
        table("Archived criteria", ASKS, [asked(row, may_record) for row in set_aside])
st.header("Job analysis", anchor=False)
if seen:
    rows = [
        (link(one.title, "analysis", id=one.key), analysed_words(one.analysed_on, today()), say(one.method))
        for one in seen
    ]
    table("Job analyses of this vacancy", ["Job analysis", "Analysed on", "How"], rows)
else:
    st.info("Nobody has analysed this job yet: tasks, demands and natural supports are not known.")
with st.expander("More about this vacancy"):
    table("More about this vacancy", FACTS, other_facts(vacancy))
    if vacancy.advert_url:
        said(f"Advert: {vacancy.advert_url}")
if vacancy.description:
    with st.expander("The advert in full"):
        said(vacancy.description)
draw_promises(vacancy, user)
draw_documents(vacancy, user)
said(f"Last saved by {saved.who}, {moment(saved.at)}")
if may(user, Action.VACANCIES_RECORD):
    draw_archiving(vacancy, "vacancy", archive=vacancies.archive, bring_back=vacancies.bring_back, user=user)
