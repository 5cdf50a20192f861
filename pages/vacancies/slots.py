"""The interviews of a vacancy under an agreement: who wants one, and who gets one by its rule."""

import streamlit as st

from crm.db import reading
from crm.models.agreement_choices import Oversubscription
from crm.policy import Action
from crm.services import employers, slot_deciding, slots
from crm.services.access import may
from crm.services.agreement_reach import is_telling
from crm.services.slots import Candidate, SetAside, Slots
from crm.ui.address import needed_id
from crm.ui.calling import in_our_words
from crm.ui.doing import do_now
from crm.ui.flash import show_flash
from crm.ui.guard import require_user
from crm.ui.screens import refuse_politely
from crm.ui.slot_otherwise import draw_otherwise
from crm.ui.tables import Cell, link, links, said, summary, table
from crm.ui.words import count, plain, say, today

COLUMNS = ["In order", "Person", "Waiting", "Interviews promised so far", "By the rule"]
NUMBERS = "Interviews promised so far"


def row(place: int, one: Candidate, found: Slots) -> list[Cell]:
    waiting = "Not recorded" if one.days_waiting is None else count(one.days_waiting, "day")
    by_rule = "Put forward" if one.is_proposed else "Not this time"
    if not one.has_said_yes:
        by_rule = "Has not said yes to this employer yet"
    if found.agreement.oversubscription_rule is Oversubscription.DRAW:
        by_rule += f" (lot {one.lot})"
    return [place, link(one.name, "seeker", id=one.seeker_id), waiting, one.chances, by_rule]


def rule_words(found: Slots) -> str:
    rule = found.agreement.oversubscription_rule
    if rule is Oversubscription.UNKNOWN:
        return "No rule is recorded: the longest wait comes first"
    return say(rule)


def decide(found: Slots) -> None:
    number = len(found.proposed)
    if not number:
        why = "no interview is left" if found.left == 0 else "nobody has said yes to this employer yet"
        st.info(f"Nobody can be put forward now: {why}.")
        return
    if is_telling(found.agreement):
        st.warning(
            "This agreement is not for everybody. Whoever is put forward under it tells the employer by that "
            "alone that they belong to the people it is for. Each of them has said yes to this employer."
        )
    rest = sum(one.has_said_yes and not one.is_proposed for one in found.candidates)
    if rest:
        who = count(rest, "person", "people")
        said(f"{who} will be recorded as not put forward: {slot_deciding.why_not(found)}")
    if not slot_deciding.can_decide(found):
        said(in_our_words("Somebody in this list is not yours: an officer or manager decides."))
        return
    asked = f"Put {count(number, 'person', 'people')} forward by the rule"
    if st.button(asked, type="primary", key=f"slots-{found.seen}"):
        do_now(
            lambda session: slot_deciding.decide_by_rule(
                session, found.vacancy.key, seen=found.seen, by=user, today=today()
            ),
            f"{count(number, 'person is', 'people are')} put forward.",
        )


def take_up(one: SetAside) -> None:
    said(f"{one.name}: {one.why}")
    if one.is_mine_to_say and st.button(
        f"Take {one.name} up again", key=f"take-up-{one.use_id}-{one.version}"
    ):
        do_now(
            lambda session: slot_deciding.take_up_again(session, one.use_id, version=one.version, by=user),
            f"{one.name} is among those who want an interview again.",
        )


user = require_user()
with refuse_politely(), reading() as session:
    found = slots.of_vacancy(session, needed_id("id"), by=user, today=today())
    employer = employers.find(session, found.vacancy.employer_id, by=user)
    may_refer = may(user, Action.PROMISES_RECORD)
st.title(f"Interviews: {plain(found.vacancy.title)}", anchor=False)
show_flash()
links(
    [
        link("Back to the vacancy", "vacancy", id=found.vacancy.key),
        link(f"Agreement with {employer.name}", "agreement", id=found.agreement.key),
        link("Shortlist", "shortlist", id=found.vacancy.key),
        link("Everybody put forward", "promises", vacancy=found.vacancy.key),
        link("Share out with all other interviews", "interviews"),
        *([link("Put somebody forward", "refer", vacancy=found.vacancy.key)] if may_refer else []),
    ],
    label="What you can do",
)
most = found.agreement.most_interviews
summary(
    [
        ("Most interviews", "No most was agreed" if most is None else str(most)),
        ("Taken, without those who withdrew or could not attend", str(found.taken)),
        ("Left", "As many as want one" if found.left is None else str(found.left)),
        ("When more want one than are left", rule_words(found)),
        ("As it was agreed", found.agreement.oversubscription or "Nothing more is recorded"),
    ]
)
st.header("Who wants an interview", anchor=False)
if found.candidates:
    shown = [row(place, one, found) for place, one in enumerate(found.candidates, 1)]
    table("Who wants an interview", COLUMNS, shown, numbers=NUMBERS)
    decide(found)
    draw_otherwise(found, user)
else:
    st.info(
        "Nobody waits for a decision. Note on the shortlist or with “Put somebody forward” who wants one."
    )
if found.set_aside:
    st.header("Not put forward, and why", anchor=False)
    for one in found.set_aside:
        take_up(one)
