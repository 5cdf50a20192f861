"""The tasks of an employer to tick for a job composed by hand, post by post, narrowed by words or by post."""

from collections.abc import Sequence
from html import escape

import streamlit as st

from crm.models.base import Known, folded
from crm.services.composing_bank import HandBank, Offer
from crm.ui.carve_words import week_hours
from crm.ui.hand_state import Hand, set_control, tick
from crm.ui.tables import link
from crm.ui.words import count, money, plain, say

MOST_SHOWN = 120
ALL_POSTS = 0


def draw_ticks(hand: Hand, bank: HandBank, ticked: Sequence[int]) -> None:
    """Draw the filters, a box for each task that fits them, and what is not offered and why."""
    by_words, by_post = st.columns(2)
    with by_words:
        words = st.text_input("Filter tasks by words", key=hand.key("words"), live="300ms") or ""
    with by_post:
        posts = {ALL_POSTS: "All posts"} | bank.posts
        post = st.selectbox("Post", list(posts), format_func=posts.__getitem__, key=hand.key("post"))
    fitting = [one for one in bank.offers.values() if _fits(one, words, post)]
    shown = fitting[:MOST_SHOWN]
    st.html(f'<p class="crm-count" role="status">{_count_words(bank, fitting, shown, ticked)}</p>')
    for analysis_id, title in bank.posts.items():
        of_post = [one for one in shown if one.analysis.key == analysis_id]
        if of_post:
            st.subheader(plain(title), anchor=False)
            _draw_post(hand, of_post, ticked)
    if bank.left_out:
        st.html(f'<p class="crm-count">{escape(" ".join(bank.left_out))}</p>')


def _draw_post(hand: Hand, offers: Sequence[Offer], ticked: Sequence[int]) -> None:
    for one in offers:
        if one.taken_by is None:
            key = set_control(hand, f"task-{one.task.key}", one.task.key in ticked)
            st.checkbox(plain(_label(one)), key=key, on_change=tick, args=(hand, one.task.key))
    for one in offers:
        if one.taken_by is not None:
            carve = link("another carved job", "carved-job", id=one.taken_by).html()
            told = f"Taken: {escape(one.task.name)}, {week_hours(one.hours)} hours, belongs to {carve}"
            st.html(f'<p class="crm-count">{told}</p>')


def _label(one: Offer) -> str:
    """A task with what helps to choose: its hours, what it is like, who does it now and what that costs."""
    task = one.task
    told = [f"{task.name}: {week_hours(one.hours)} hours", say(task.nature).lower()]
    if task.dangerous is Known.YES:
        told.append("dangerous")
    if one.is_undone:
        told.append("nobody gets to it now")
    elif task.done_by:
        cost = f" at {money(task.current_hourly_cost)}" if task.current_hourly_cost else ""
        told.append(f"done now by {task.done_by}{cost}")
    return ", ".join(told)


def _fits(one: Offer, words: str, post: int) -> bool:
    text = folded(" ".join(filter(None, (one.task.name, one.task.skills, one.task.done_by, one.post))))
    return post in (ALL_POSTS, one.analysis.key) and all(word in text for word in folded(words).split())


def _count_words(
    bank: HandBank, fitting: Sequence[Offer], shown: Sequence[Offer], ticked: Sequence[int]
) -> str:
    taken = sum(one.taken_by is not None for one in bank.offers.values())
    told = f"{count(len(fitting), 'task')} of {len(bank.offers):,}, {len(bank.chosen(ticked)):,} chosen"
    if taken:
        told += f", {taken:,} taken by another carved job"
    if len(shown) < len(fitting):
        told += f". The first {len(shown)} are shown: narrow them with words or a post"
    return told
