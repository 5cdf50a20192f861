"""What somebody's words mean in the skills vocabulary: offered as one types, chosen by a person."""

import hashlib
from collections.abc import Callable, Mapping, Sequence
from html import escape

import streamlit as st

from crm.db import reading
from crm.errors import CrmError
from crm.models.base import Record
from crm.models.users import Actor
from crm.services import skills, word_offers
from crm.services.word_offers import Offer
from crm.ui.fields import Field
from crm.ui.flash import after_this
from crm.ui.problems import show_problem
from crm.ui.tables import said
from crm.ui.words import plain
from crm.units import carry_out

Choose = Callable[..., object]
"""A service that gives a record another meaning: `(session, id, concept_id, *, version, by)`."""

LEFT = ""
"""Stands for choosing nothing: the words are kept, and come to the list of words to settle."""

SHORTEST = 3
"""Letters from which on words are looked up."""

OWN_WORDS = "Keep my own words"


Known = Mapping[str, tuple[str, str]]
"""Phrases of a record that were settled before, each with its concept and what that is called."""


def meanings(of: str, *, user: Actor, known: Known, is_list: bool = False) -> Field:
    """The field below `of` that offers, as one types there, what the words may mean.

    `known` is what words of the record mean already: those are not asked about again, unless they are a list.
    """

    def draw(key: str, _label: str, _hint: str | None) -> dict[str, str]:
        typed = str(st.session_state.get(f"{key.removesuffix('meanings')}{of}") or "")
        phrases = skills.parted(typed) if is_list else [typed]
        asked = [each for each in phrases if len(each.strip()) >= SHORTEST and (is_list or each not in known)]
        before: Mapping[str, str] = st.session_state.get(key) or {}
        chosen = _draw_offers(key, asked, known, before, user)
        st.session_state[key] = chosen
        return chosen

    return Field("meanings", "What it means", draw, is_wide=True)


def _draw_offers(
    key: str, phrases: Sequence[str], known: Known, before: Mapping[str, str], user: Actor
) -> dict[str, str]:
    """Draw a question for each phrase, and give back what was chosen other than what would hold anyway."""
    if not phrases:
        return {}
    with reading() as session, st.spinner("Looking through the vocabulary…"):
        found = word_offers.offers(session, phrases, by=user)
    say_status(_said(found))
    chosen: dict[str, str] = {}
    for offer in found:
        usual, label = known.get(offer.phrase) or _usual(offer)
        picked = _ask(key, offer, (usual, label), before.get(offer.phrase, usual))
        if picked not in (usual, LEFT):
            chosen[offer.phrase] = picked
    return chosen


def _said(found: Sequence[Offer]) -> str:
    if all(offer.is_clear for offer in found):
        return "The vocabulary knows these words. Choose below if they mean something else."
    return "Choose below what the words mean, or leave it for later. They stay as you typed them."


def _usual(offer: Offer) -> tuple[str, str]:
    """What holds if nobody chooses, and what it is called."""
    if offer.is_clear:
        return offer.settled.concept_id, offer.settled.label
    return LEFT, "Not sure yet: keep the words, and settle them later"


def _ask(key: str, offer: Offer, usual: tuple[str, str], picked: str) -> str:
    options = _options(offer, *usual)
    mark = hashlib.sha256(offer.phrase.encode("utf-8", "replace")).hexdigest()[:16]
    keys = list(options)
    label = f"“{plain(offer.phrase.strip())}” counts as"
    return st.radio(
        label,
        keys,
        index=keys.index(picked if picked in options else usual[0]),
        format_func=options.__getitem__,
        key=f"{key}-{mark}",
    )


def _options(offer: Offer, usual: str, label: str) -> dict[str, str]:
    """What can be chosen, each with why it is offered; what holds anyway stands first."""
    offered = {each.concept_id: f"{each.label} ({each.why})" for each in offer.proposals}
    offered[offer.own] = OWN_WORDS
    shown = {usual: offered.get(usual, label)} | offered
    return {concept_id: plain(words) for concept_id, words in shown.items()}


def draw_meanings(record: Record, words: str, meaning: str, *, choose: Choose, user: Actor) -> None:
    """Say what the words were settled to; on request, offer the five nearest skills of the vocabulary."""
    key = f"meaning-{type(record).__name__}-{record.key}-{record.version}"
    st.header("What it means", anchor=False)
    said(f"In comparisons of people and jobs it counts as: {meaning}")
    if not st.toggle("Choose another meaning", key=f"{key}-open"):
        return
    with reading() as session, st.spinner("Looking through the vocabulary…"):
        offer = word_offers.offers(session, [words], by=user)[0]
    if not offer.proposals:
        st.info("Nothing in the vocabulary comes near. The words stand for themselves.")
        return
    chosen = choose_proposal(offer, key)
    if chosen and st.button("Use this meaning"):
        _use(record, chosen, label_of(offer, chosen), choose, user)


def choose_proposal(offer: Offer, key: str) -> str | None:
    """Offer the five nearest skills with why, and keeping the words."""
    options = {each.concept_id: plain(f"{each.label} ({each.why})") for each in offer.proposals}
    options[offer.own] = "Keep the words as they are"
    return st.radio("It means", list(options), format_func=options.__getitem__, key=key)


def label_of(offer: Offer, concept_id: str) -> str:
    """The label of what was chosen; the words themselves where they are kept."""
    labels = {each.concept_id: each.label for each in offer.proposals}
    return labels.get(concept_id, offer.phrase.strip())


def say_status(text: str) -> None:
    """A sentence that a screen reader says when it comes up."""
    st.html(f'<p class="crm-count" role="status">{escape(text)}</p>')


def _use(record: Record, concept_id: str, label: str, choose: Choose, user: Actor) -> None:
    try:
        carry_out(lambda session: choose(session, record.key, concept_id, version=record.version, by=user))
    except CrmError as problem:
        show_problem(problem)
        return
    after_this(f"It counts as “{label}” now.")
    st.rerun()
