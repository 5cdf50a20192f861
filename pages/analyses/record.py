"""One job analysis: its tasks with hours, what the job demands, which natural supports the workplace has."""

import streamlit as st

from crm.db import reading
from crm.policy import Action
from crm.services import analyses, analysis_rows, employers, job_risks, vacancies
from crm.services.access import may
from crm.services.analysis_rows import total_of
from crm.services.archiving import last_save
from crm.services.task_bank_filters import NOBODY
from crm.ui import analysis_words as words
from crm.ui.address import needed_id
from crm.ui.archiving import draw_archiving
from crm.ui.bank_totals import ROLES
from crm.ui.document_parts import draw_documents
from crm.ui.flash import show_flash
from crm.ui.guard import require_user
from crm.ui.photo_parts import draw_photos
from crm.ui.screens import refuse_politely
from crm.ui.tables import heading_line, link, links, said, summary, table
from crm.ui.unmet_needs import draw_no_post
from crm.ui.vacancy_facts import pattern_words
from crm.ui.words import NOT_RECORDED, day, hours, moment, money, plain, say, today

user = require_user()
with refuse_politely(), reading() as session:
    analysis = analyses.find(session, needed_id("id"), by=user)
    employer = employers.find(session, analysis.employer_id, by=user)
    vacancy = vacancies.find(session, analysis.vacancy_id, by=user) if analysis.vacancy_id else None
    tasks = analysis_rows.tasks(session, analysis.key, by=user)
    old_tasks = analysis_rows.tasks(session, analysis.key, is_archived=True, by=user)
    supports = analysis_rows.supports(session, analysis.key, by=user)
    old_supports = analysis_rows.supports(session, analysis.key, is_archived=True, by=user)
    risks = job_risks.of_analysis(session, analysis.key, by=user)
    old_risks = job_risks.of_analysis(session, analysis.key, is_archived=True, by=user)
    sites, _ = analyses.sites_and_vacancies(session, analysis.employer_id, chosen=analysis, by=user)
    analyst = analyses.analyst_name(session, analysis)
    saved = last_save(session, analysis)

st.title(plain(analysis.title), anchor=False)
show_flash()
heading_line(
    say(analysis.method), note=f"{day(analysis.analysed_on)}, by {analyst or 'somebody not recorded'}"
)
if analyses.is_old(analysis, today=today()):
    st.warning(f"This analysis is {words.OLD}. Ask at the workplace what has changed.")
if analysis.is_unmet_needs:
    draw_no_post(employer)
may_record = may(user, Action.ANALYSES_RECORD, analysis)
offered = [link(employer.name, "employer", id=employer.key)]
if may(user, Action.CARVES_READ):
    offered.append(link("Task bank", "carve-bank", employer=employer.key))
if vacancy:
    offered.append(link(f"Vacancy: {vacancy.title}", "vacancy", id=vacancy.key))
if may_record:
    offered += [
        link("Edit", "analysis-edit", id=analysis.key),
        link("Add a task", "task-edit", analysis=analysis.key),
        link("Add a support", "workplace-support-edit", analysis=analysis.key),
        link("Add a risk", "risk-edit", analysis=analysis.key),
    ]
if may(user, Action.MATCHES_READ) and not analysis.is_unmet_needs:
    offered.append(link("Beside a person", "analysis-beside", analysis=analysis.key))
offered.append(link("History", "history", of="analysis", id=analysis.key))
links(offered, label="What you can do")

st.header("Tasks", anchor=False)
names = {task.key: task.name for task in (*tasks, *old_tasks)}
if tasks:
    said(words.total_words(total_of(tasks), analysis.hours_week, is_unmet=analysis.is_unmet_needs))
    nobody = ROLES[NOBODY] if analysis.is_unmet_needs else NOT_RECORDED
    rows = [words.task_cells(task, names, may_record, nobody=nobody) for task in tasks]
    table("Tasks", words.TASK_COLUMNS, rows, numbers="Hours a week")
else:
    st.info("No task is recorded yet. Tasks are what a job can be carved from: add the first one.")
if old_tasks:
    with st.expander("Archived tasks"):
        rows = [words.task_cells(task, names, may_record) for task in old_tasks]
        table("Archived tasks", words.TASK_COLUMNS, rows, numbers="Hours a week")

st.header("Natural supports at this workplace", anchor=False)
if supports:
    rows = [words.support_cells(one, may_record) for one in supports]
    table("Natural supports at this workplace", words.SUPPORT_COLUMNS, rows)
else:
    st.info("Nothing is recorded yet. Until then every support that a person needs counts as unknown here.")
if old_supports:
    with st.expander("Archived supports"):
        rows = [words.support_cells(one, may_record) for one in old_supports]
        table("Archived supports", words.SUPPORT_COLUMNS, rows)

st.header("What the job demands", anchor=False)
demands = words.demand_rows(analysis)
if demands:
    table("What the job demands", ["Scale", "What the job asks, from 0 to 4"], demands)
else:
    st.info("No demand is recorded yet.")
if risks:
    st.header("Risks", anchor=False)
    rows = [words.risk_cells(one, may_record, today()) for one in risks]
    table("Risks at this workplace", words.RISK_COLUMNS, rows)
if old_risks:
    with st.expander("Archived risks"):
        rows = [words.risk_cells(one, may_record, today()) for one in old_risks]
        table("Archived risks", words.RISK_COLUMNS, rows)
with st.expander("More about this job"):
    site = next((one.label for one in sites if one.key == analysis.site_id), NOT_RECORDED)
    summary(
        [
            ("Site", site),
            ("Hours a week", hours(analysis.hours_week)),
            ("Pay an hour", money(analysis.pay_hourly)),
            ("Going rate an hour", money(analysis.going_rate)),
            ("When", pattern_words(analysis.pattern)),
            ("Conditions", analysis.conditions or NOT_RECORDED),
            *words.culture_rows(analysis),
        ]
    )
draw_photos(analysis, user)
draw_documents(analysis, user)
said(f"Last saved by {saved.who}, {moment(saved.at)}")
if may(user, Action.ANALYSES_RECORD):
    draw_archiving(
        analysis, "job analysis", archive=analyses.archive, bring_back=analyses.bring_back, user=user
    )
