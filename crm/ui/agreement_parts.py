"""The parts of the page of whom an agreement reaches, each with what adds to it, takes off and puts back."""

from typing import Any

import streamlit as st
from sqlmodel import Session

from crm.db import reading
from crm.models.agreement_parts import AgreementMember, AgreementMemberInput
from crm.models.agreements import Agreement
from crm.models.employers import Employer
from crm.models.users import Actor
from crm.policy import Action
from crm.services import agreement_members
from crm.services.access import may
from crm.services.agreement_members import MemberRow
from crm.services.agreement_parts import AgreementParts, PartRow
from crm.ui.doing import do_now
from crm.ui.field import NOTHING
from crm.ui.fields import day as field_of_day
from crm.ui.flash import after_this
from crm.ui.forms import RecordForm, draw_form
from crm.ui.screens import go_to
from crm.ui.tables import Cell, link, said, table
from crm.ui.words import day, plain, today

_MEMBERS = ["Employer", "Covered from", "Until", "Days"]


def draw_contact(agreement: Agreement, user: Actor) -> None:
    """Through whom everybody goes with questions about it, and naming them."""
    with reading() as session:
        found = agreement_members.contacts_offered(session, agreement, by=user, today=today())
    offered = {person.key: person.name for person in found}
    st.header("Single point of contact", anchor=False)
    named = agreement.employer_contact_id
    if not may(user, Action.AGREEMENTS_RECORD, agreement):
        said(offered.get(named, "Nobody is named yet.") if named else "Nobody is named yet.")
        return
    words = {NOTHING: "Nobody in particular", **offered}
    keys = list(words)
    key = f"contact-{agreement.key}-{agreement.version}"
    start = keys.index(named) if named in offered else 0
    chosen = st.selectbox(
        "Whom we ask about this agreement", keys, index=start, key=key, format_func=words.__getitem__
    )
    if st.button("Save contact", key=f"{key}-save"):
        person_id = chosen if isinstance(chosen, int) else None
        version = agreement.version
        do_now(
            lambda session: agreement_members.name_contact(
                session, agreement.key, person_id, version=version, by=user, today=today()
            ),
            "The contact is saved.",
        )


def draw_members(agreement: Agreement, signer: Employer, user: Actor) -> None:
    """The employers covered: the one that signs, then the others, each with its days."""
    with reading() as session:
        found = agreement_members.of(session, agreement.key, by=user)
    may_record = may(user, Action.AGREEMENTS_RECORD, agreement)
    st.header("Employers covered", anchor=False)
    live = [row for row in found if row.member.archived_at is None]
    first: list[Cell] = [link(signer.name, "employer", id=signer.key), "It signs the agreement", "", ""]
    table("Employers covered", _MEMBERS, [first, *(_member(row, may_record) for row in live)])
    if not may_record:
        return
    for row in live:
        if st.button(f"Take {plain(row.employer)} off", key=f"member-{row.member.key}-{row.member.version}"):
            _take_member_off(row, user)
    for row in found[len(live) :]:
        words = f"Put {plain(row.employer)} back"
        if st.button(words, key=f"member-{row.member.key}-{row.member.version}"):
            _put_member_back(row, user)


def _member(row: MemberRow, may_record: bool) -> list[Cell]:
    member = row.member
    joined = day(member.joined_on) if member.joined_on else "The beginning"
    left = day(member.left_on) if member.left_on else "The end"
    ids = {"id": member.agreement_id, "member": member.key}
    change = link(f"Change the days of {row.employer}", "agreement-covers", **ids)
    named = link(row.employer, "employer", id=member.employer_id)
    return [named, joined, left, change if may_record else ""]


def _take_member_off(row: MemberRow, user: Actor) -> None:
    key, version = row.member.key, row.member.version
    do_now(
        lambda session: agreement_members.take_off(session, key, version=version, by=user),
        f"{row.employer} is taken off. You can put it back below.",
    )


def _put_member_back(row: MemberRow, user: Actor) -> None:
    key, version = row.member.key, row.member.version
    do_now(
        lambda session: agreement_members.put_back(session, key, version=version, by=user),
        f"{row.employer} is covered again.",
    )


def draw_parts(
    parts: AgreementParts[Any],
    agreement: Agreement,
    user: Actor,
    *,
    title: str,
    none: str,
) -> None:
    """One kind of part: what is in, what can be put in, and what was taken off."""
    with reading() as session:
        found = parts.of(session, agreement.key, by=user)
        offered = parts.offered(session, agreement, by=user, today=today())
    st.header(title, anchor=False)
    live = [row for row in found if row.part.archived_at is None]
    if live:
        table(title, [parts.called.capitalize(), "Employer"], [(row.name, row.employer) for row in live])
    else:
        said(none)
    if not may(user, Action.AGREEMENTS_RECORD, agreement):
        return
    _offer(parts, agreement, offered, user)
    for row in live:
        if st.button(f"Take {plain(row.name)} off", key=_key(parts, row)):
            _take_off(parts, row, user)
    for row in found[len(live) :]:
        if row.named_id in offered and st.button(f"Put {plain(row.name)} back", key=_key(parts, row)):
            _put_in(parts, agreement, row.named_id, row.name, user)


def _key(parts: AgreementParts[Any], row: PartRow[Any]) -> str:
    return f"{parts.link}-{row.part.key}-{row.part.version}"


def _offer(parts: AgreementParts[Any], agreement: Agreement, offered: dict[int, str], user: Actor) -> None:
    if not offered:
        return
    key = f"{parts.link}-new-{agreement.key}"
    words = {NOTHING: "Choose one", **offered}
    chosen = st.selectbox(f"Add a {parts.called}", list(words), key=key, format_func=words.__getitem__)
    if st.button(f"Add this {parts.called}", key=f"{key}-add", disabled=chosen == NOTHING):
        _put_in(parts, agreement, int(chosen), offered[int(chosen)], user)


def _put_in(parts: AgreementParts[Any], agreement: Agreement, named_id: int, name: str, user: Actor) -> None:
    do_now(
        lambda session: parts.put_in(session, agreement.key, named_id, by=user, today=today()),
        f"{name} is in the agreement.",
    )


def _take_off(parts: AgreementParts[Any], row: PartRow[Any], user: Actor) -> None:
    key, version = row.part.key, row.part.version
    do_now(
        lambda session: parts.take_off(session, key, version=version, by=user),
        f"{row.name} is taken off. You can put it back below.",
    )


def draw_days(agreement: Agreement, member: AgreementMember | None, other: Employer, user: Actor) -> None:
    """From when until when another employer is covered, for one to be added or changed."""

    def save(session: Session, typed: AgreementMemberInput, version: int) -> AgreementMember:
        if member is not None:
            return agreement_members.change(session, member.key, typed, version=version, by=user)
        return agreement_members.add(session, agreement.key, other.key, typed, by=user)

    def then(_saved: AgreementMember) -> None:
        after_this(f"{other.name} is covered.")
        go_to("agreement-covers", id=agreement.key)

    st.header(f"From when until when: {plain(other.name)}", anchor=False)
    days = [field_of_day("joined_on", "Covered from"), field_of_day("left_on", "Not covered any more from")]
    name = f"agreement-member-{agreement.key}"
    form = RecordForm(name, days, AgreementMemberInput, member, "Save", belongs_to=other.key)
    draw_form(form, user=user, save=save, then=then)
