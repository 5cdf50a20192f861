"""Drawing what a job composed by hand comes to: the meter, then one part below the other."""

from html import escape

import streamlit as st

from crm.services.composing import Composed
from crm.ui import hand_words as words
from crm.ui.carve_words import figure_rows
from crm.ui.hand_week import draw_hand_week
from crm.ui.tables import said, summary, table


def draw_meter(composed: Composed) -> None:
    """Draw the hours against the goal as a bar with its words, which are said aloud when they change."""
    measured, who = composed.measured, composed.who
    most = max(measured.hours, measured.goal, 1.0)
    now = who.record.hours.now_max if who else None
    marks = {measured.goal: "goal" if now != measured.goal else "now and goal"}
    if now is not None:
        marks.setdefault(now, "now")
    drawn = "".join(
        f'<span class="crm-meter-mark" style="--to:{100 * at / most:.4g}%">{name}</span>'
        for at, name in marks.items()
        if at < most
    )
    st.html(
        f'<p class="crm-said" role="status"><strong>{escape(words.live_words(composed))}</strong></p>'
        f'<div class="crm-meter" aria-hidden="true"><span style="--to:{100 * measured.hours / most:.4g}%">'
        f"</span>{drawn}</div>"
    )
    if who:
        said(words.build_up_words(who))


def draw_shape(composed: Composed) -> None:
    """Draw whether the guard rails are kept, and the week; without a task what to do first."""
    if not composed.chosen:
        st.info("Tick tasks to see the week, what is left of each post, and what the job would come to.")
        return
    _draw_rails(composed)
    st.header("The week", anchor=False)
    draw_hand_week(composed)


def draw_results(composed: Composed) -> None:
    """Draw what is left for colleagues, what is asked of the person, who helps, the pay and the figures."""
    if not composed.chosen:
        return
    _draw_posts(composed)
    _draw_beside_person(composed)
    st.header("Pay and figures", anchor=False)
    said("\n".join(composed.pay.said))
    _draw_figures(composed)


def _draw_rails(composed: Composed) -> None:
    st.header("Guard rails", anchor=False)
    if composed.broken:
        st.warning("It cannot go beyond “needs confirmed” while a guard rail is broken.")
        _draw_list("Guard rails that are broken", composed.broken)
    else:
        said("Every guard rail is kept.")
    said(words.mix_words(composed))
    if composed.measured.against:
        st.subheader("For this person", anchor=False)
        _draw_list("What speaks against it for this person", composed.measured.against)


def _draw_list(label: str, sentences: tuple[str, ...]) -> None:
    items = "".join(f"<li>{escape(sentence)}</li>" for sentence in sentences)
    st.html(f'<ul class="crm-hand-said" aria-label="{escape(label)}">{items}</ul>')


def _draw_posts(composed: Composed) -> None:
    st.header("What is left for colleagues", anchor=False)
    if composed.measured.posts:
        rows = words.post_rows(composed.measured.posts)
        table("What is left of each post", words.POSTS, rows, numbers=words.POST_NUMBERS)
    for post in composed.measured.posts:
        if post.given:
            said(words.given_words(post))
    if any(not one.has_holder for one in composed.chosen):
        said("Tasks of a list of unmet needs are taken from nobody: there is no post to shrink.")


def _draw_beside_person(composed: Composed) -> None:
    who, is_for_somebody = composed.who, composed.who is not None
    st.header("Demands", anchor=False)
    if who and who.is_hidden:
        said("What works for this person is not shown to you.")
    elif composed.demands:
        rows = words.demand_rows(composed.demands, is_for_somebody=is_for_somebody)
        table("What the tasks ask, and what works for the person", words.DEMANDS, rows)
    else:
        said("What the tasks ask on the scales is not recorded: ask at the workplace.")
    st.header("Natural supports on those shifts", anchor=False)
    if told := words.needs_words(who):
        said(told)
    if composed.supports:
        rows = words.support_rows(composed.supports, is_for_somebody=is_for_somebody)
        table("Supports where the tasks come from", words.SUPPORTS, rows)
    else:
        said("No support is recorded where these tasks come from: ask at the workplace.")
    said(words.coach_words(composed.measured.support_hours))


def _draw_figures(composed: Composed) -> None:
    measured = composed.measured
    summary(
        figure_rows(
            freed=measured.freed,
            undone=measured.undone,
            difference=measured.cost_difference,
            is_from=measured.is_from,
            wage=measured.wage,
            support=None,
        )
    )
    said("These figures stand apart: they are never added up or taken from each other.")
