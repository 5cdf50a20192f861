"""Words to settle: what no skill of the vocabulary was clear for, and what this service has learnt."""

import streamlit as st

from crm.db import reading
from crm.models.skills import LearntWords
from crm.models.users import Actor
from crm.services import learnt_words, skills, word_offers, word_review
from crm.services.word_review import OpenWords
from crm.ui.archiving import draw_archiving
from crm.ui.doing import do_now
from crm.ui.flash import show_flash
from crm.ui.guard import live_part, require_user
from crm.ui.lists import PAGE_SIZE, draw_pages, first_row
from crm.ui.meanings import choose_proposal, label_of
from crm.ui.screens import refuse_politely
from crm.ui.tables import table
from crm.ui.words import count


@live_part
def draw_open(user: Actor) -> None:
    with reading() as session:
        found = word_review.open_words(session, by=user)
    page = found[first_row() : first_row() + PAGE_SIZE]
    if not page:
        st.info("No words wait here. Words come here when it is not clear which skill they mean.")
        return
    shown = [[each.words, each.used, each.where] for each in page]
    table("Words that stand for themselves", ["Words", "Used", "Where"], shown, numbers="Used")
    settle(page, user)
    draw_pages(len(found), one="phrase")


def settle(page: list[OpenWords], user: Actor) -> None:
    """Say of some words of this page what they mean, for every record that uses them."""
    phrases = {each.words: each for each in page}
    picked = st.selectbox("Words of this page", list(phrases))
    with reading() as session, st.spinner("Looking through the vocabulary…"):
        offer = word_offers.offers(session, [picked], by=user)[0]
    chosen = choose_proposal(offer, f"settle-{picked}")
    if chosen and st.button("Settle these words", type="primary"):
        used = count(phrases[picked].used, "use", "uses")
        do_now(
            lambda session: word_review.settle_everywhere(session, picked, chosen, by=user),
            f"“{picked}” counts as “{label_of(offer, chosen)}” from now on. Of {used}, those that you may "
            "change are settled. What stays in the list waits for a colleague.",
        )


def draw_learnt(user: Actor, *, is_archived: bool) -> None:
    with reading() as session:
        rows = learnt_words.listed(session, is_archived=is_archived, by=user)
        labels = skills.labels(session, [row.concept_id for row in rows])
    if not rows:
        st.info("Nothing yet. Each time somebody chooses what words mean, it is learnt here.")
        return
    shown = [[row.words, meaning(row, labels), row.times] for row in rows]
    table("What was learnt", ["Words", "Count as", "Times chosen"], shown, numbers="Times chosen")
    by_id = {row.key: row for row in rows}
    names = {row.key: f"{row.words}: {meaning(row, labels)}" for row in rows}
    picked = st.selectbox("One of them", list(by_id), format_func=names.__getitem__)
    draw_archiving(
        by_id[picked],
        "choice",
        archive=learnt_words.archive,
        bring_back=learnt_words.bring_back,
        user=user,
    )


def meaning(row: LearntWords, labels: dict[str, str]) -> str:
    return "Their own words" if skills.is_own(row.concept_id) else labels[row.concept_id]


user = require_user()
st.title("Words to settle", anchor=False)
show_flash()
with refuse_politely():
    draw_open(user)
    st.header("What this service has learnt", anchor=False)
    draw_learnt(user, is_archived=st.checkbox("Those set aside"))
