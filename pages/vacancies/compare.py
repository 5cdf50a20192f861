"""One person beside one job: task by task, with reasons, gaps and measures, and what colleagues decided."""

import streamlit as st
from sqlmodel import Session

from crm.db import reading
from crm.models.matches import Decision, MatchDecision, MatchDecisionInput, SeekerView
from crm.policy import Action
from crm.services import analyses, disputes, matches, overlays, own_views, profiles, staff
from crm.services.access import may
from crm.services.requirements import of_pairs
from crm.ui import comparison_rows as rows
from crm.ui.address import needed_id
from crm.ui.analysis_words import warn_if_old
from crm.ui.charts import bar_chart, show_chart
from crm.ui.dispute_parts import draw_disputes
from crm.ui.fields import choice, day, line, pick, text
from crm.ui.flash import after_this, show_flash
from crm.ui.forms import RecordForm, draw_form
from crm.ui.guard import require_user
from crm.ui.match_keeping import keep_opened
from crm.ui.match_words import hours_words, score_words, travel_words
from crm.ui.overlay_parts import draw_overlay
from crm.ui.pair_change_parts import draw_changes
from crm.ui.pair_parts import draw_gaps, draw_pair, own_view_words
from crm.ui.progress import telling
from crm.ui.promise_sections import to_put_forward
from crm.ui.screens import go_to, refuse_politely
from crm.ui.seeker_view_parts import draw_own_view
from crm.ui.tables import heading_line, link, links, said, table
from crm.ui.words import plain, say, today

user = require_user()
with refuse_politely(), telling("Getting everybody ready to be compared") as told, reading() as session:
    ids = needed_id("vacancy"), needed_id("seeker")
    found = matches.compare(session, *ids, by=user, progress=told)
    laid = overlays.of_vacancy(session, *ids, by=user)
    history = matches.decisions(session, vacancy_id=ids[0], seeker_id=ids[1], by=user)
    colleagues = staff.names(session, by=user)
    analysed_on = analyses.last_analysed(session, ids[0], by=user)
    profile = profiles.of_seeker(session, ids[1], by=user)
    needed = of_pairs(session, [found.vacancy], [ids[1]], by=user, today=today())
    own_view = own_views.of_pairs(session, [ids[0]], [ids[1]], by=user).views.get(ids)
    said_wrong = disputes.of_seeker(session, ids[1], by=user)
vacancy, seeker, match, requirements = found.vacancy, found.seeker, found.match, needed[ids]

st.title(f"{plain(seeker.preferred_name)} and {plain(vacancy.title)}", anchor=False)
show_flash()
heading_line(say(match.group), note=score_words(match))
links(
    [
        link("Shortlist", "shortlist", id=vacancy.key),
        link("The vacancy", "vacancy", id=vacancy.key),
        link(seeker.preferred_name, "seeker", id=seeker.key),
        link("Other jobs for this person", "jobs", id=seeker.key),
        link("Show this to the person", "with-person", id=seeker.key, vacancy=vacancy.key),
        *to_put_forward(vacancy, seeker, user),
    ],
    label="What belongs to this",
)
way = travel_words(match, found.is_further)
said(f"{found.employer}. {hours_words(match)}; {way}. {own_view_words(own_view)}.")
warn_if_old(analysed_on, today())
draw_disputes(said_wrong, name=seeker.preferred_name, may_settle=may(user, Action.SEEKERS_RECORD, seeker))
if not found.looks_for_work:
    st.warning("This person does not look for work now (see their record), so nothing can be decided.")

st.header("What speaks for it, and what is short", anchor=False)
table(
    "The four parts of the comparison",
    rows.PART_COLUMNS,
    rows.part_rows(match, said_wrong),
    numbers="Weight",
)
with st.expander("The four parts as a picture"):
    show_chart(
        bar_chart(*rows.chart_bars(match)),
        alt=rows.chart_alt(match),
        columns=rows.PART_COLUMNS,
        rows=rows.part_rows(match),
        key="parts",
        numbers="Weight",
    )
draw_gaps(found, requirements)
st.header("What would have to be true", anchor=False)
draw_changes(vacancy, seeker, user)
draw_pair(found, requirements, profile, user)
st.header("On the same scales", anchor=False)
draw_overlay(laid, key="scales")
st.header("What the job asks", anchor=False)
if match.skill_rows:
    table("What the job asks", rows.SKILL_COLUMNS, rows.skill_rows(match, said_wrong))
else:
    st.info("Nothing is recorded of what the job asks.")

said_view = draw_own_view(vacancy, seeker, user)
st.header("Decision", anchor=False)
if history:
    table("Decisions so far, the latest first", rows.DECISION_COLUMNS, rows.decision_rows(history))
fields = [
    choice("decision", "Decision", Decision),
    choice("seeker_view", "Their own view", SeekerView),
    text("reason", "Reason", hint="“Not yet” needs a reason, a measure, an owner and a date."),
    line("measure", "Measure that would change it"),
    pick("owner_id", "Who sees to it", colleagues),
    day("due_on", "Until"),
]


def save(session: Session, typed: MatchDecisionInput, _version: int) -> MatchDecision:
    return matches.decide(session, vacancy.key, seeker.key, typed, seen=found.digest, by=user, today=today())


def then(saved: MatchDecision) -> None:
    after_this(f"Decided: {say(saved.decision)}.")
    go_to("compare", vacancy=vacancy.key, seeker=seeker.key)


if vacancy.archived_at is not None:
    st.info("This vacancy is archived: the comparison can be read, but nothing is decided on it.")
elif not may(user, Action.MATCHES_DECIDE, seeker, is_beneath_archive=True):
    st.info("You may see this comparison, but not decide on it: “Your account” says who may, and why.")
elif found.looks_for_work:
    name = f"decision-{seeker.key}-{len(history)}"
    form = RecordForm(
        name,
        fields,
        MatchDecisionInput,
        None,
        "Save decision",
        belongs_to=vacancy.key,
        starts={"seeker_view": said_view},
    )
    draw_form(form, user=user, save=save, then=then)
keep_opened(found, user)
