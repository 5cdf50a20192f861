"""Put a person forward to an employer under an agreement; what that tells stands above the button."""

import streamlit as st
from sqlmodel import Session

from crm.db import reading
from crm.models.agreement_choices import Standing
from crm.models.agreement_uses import AgreementUse, ReferralForm
from crm.services import agreement_reach, agreement_uses, agreements, promise_terms, seekers, vacancies
from crm.services.employer_parts import SITES
from crm.services.promised_sessions import CANCELLED, of_agreement
from crm.services.vacancies import VacancyFilter
from crm.ui.address import optional_id
from crm.ui.choosing import choose_seeker
from crm.ui.fields import day, pick, radios, tick
from crm.ui.flash import after_this, show_flash
from crm.ui.forms import RecordForm, draw_form
from crm.ui.guard import require_user
from crm.ui.refer_choosing import choose_agreement, choose_covered
from crm.ui.refer_words import draw_before, why_nobody, yes_to_it
from crm.ui.screens import go_to, refuse_politely
from crm.ui.tables import link, links
from crm.ui.words import day as day_words
from crm.ui.words import plain, say, today

MOST = 200
"""Open vacancies of one employer that are offered."""

user = require_user()
given = {name: optional_id(name) for name in ("agreement", "seeker", "vacancy", "employer")}
chosen = {name: key for name, key in given.items() if key is not None}
with refuse_politely(), reading() as session:
    vacancy = vacancies.find(session, chosen["vacancy"], by=user) if "vacancy" in chosen else None
    if vacancy is not None and vacancy.agreement_id is not None:
        chosen.setdefault("agreement", vacancy.agreement_id)
    agreement = agreements.find(session, chosen["agreement"], by=user) if "agreement" in chosen else None
    seeker = seekers.find(session, chosen["seeker"], by=user) if "seeker" in chosen else None
    covered: dict[int, str] = {}
    if agreement is not None:
        covered = agreement_reach.employers_of(session, agreement, by=user, today=today())
meant = chosen.get("employer") or (vacancy.employer_id if vacancy is not None else None)
if meant is None and len(covered) == 1:
    meant = next(iter(covered))

if seeker is None or agreement is None:
    st.title("Put somebody forward", anchor=False)
    if seeker is None:
        choose_seeker(user, address="refer", **{key: one for key, one in chosen.items() if key != "seeker"})
    else:
        choose_agreement(user, meant, chosen)
    st.stop()
st.title(f"Put forward under: {say(agreement.kind).lower()}", anchor=False)
show_flash()
links(
    [
        link(seeker.preferred_name, "seeker", id=seeker.key),
        link("The agreement", "agreement", id=agreement.key),
    ],
    label="Records",
)
refusal = why_nobody(agreement, seeker, user)
if refusal:
    st.info(refusal)
    st.stop()
if meant not in covered:
    choose_covered(covered, chosen)
    st.stop()
employer_id, terms, person = meant, agreement, seeker
employer = covered[employer_id]
with refuse_politely(), reading() as session:
    wanted = VacancyFilter(employer_id=employer_id, is_open=True)
    open_now = vacancies.listing(session, wanted, offset=0, limit=MOST, by=user, today=today())
    held = [row.held for row in of_agreement(session, terms.key, by=user)]
    sites = SITES.of(session, employer_id, by=user)
    back = {"agreement": terms.key, **({"vacancy": vacancy.key} if vacancy is not None else {})}
    yes = yes_to_it(session, terms, person, employer_id, user, back)
promises = promise_terms.promises_of(terms)
sessions = {
    one.key: f"{say(one.promise)}, {day_words(one.starts_on)}"
    for one in held
    if one.employer_id == employer_id and one.state not in CANCELLED
}
kinds = {one.value: say(one) for one in promises}
places = {one.key: one.label for one in sites if one.archived_at is None}
fields = [
    radios("promise", "What is promised", kinds),
    pick("vacancy_id", "For which vacancy", {row.id: row.title for row in open_now.rows}),
    *([pick("site_id", "At which site", places)] if places else []),
    *([pick("session_id", "In which session", sessions)] if sessions else []),
    day(
        "due_on",
        "Due by",
        hint="The last day on which it is kept in time. Empty: as agreed, or the session’s day.",
    ),
    day("happens_on", "Day, if it is known"),
    tick(
        "is_wish",
        "Only note that they want it",
        hint="The employer is not told yet. When more people want an interview than there are, the rule of "
        "the agreement says who gets one.",
    ),
]
starts = {
    "promise": promises[0].value,
    "vacancy_id": vacancy.key if vacancy is not None else None,
    **({"site_id": vacancy.site_id} if vacancy is not None and vacancy.site_id in places else {}),
}


class Referral(ReferralForm):
    """A referral to the employer that the page is about."""

    employer_id: int = employer_id


def save(session: Session, typed: Referral, _version: int) -> AgreementUse:
    if typed.is_wish:
        return agreement_uses.ask(session, terms.key, person.key, typed, by=user, today=today())
    return agreement_uses.refer(session, terms.key, person.key, typed, by=user, today=today())


def then(saved: AgreementUse) -> None:
    is_told = saved.standing is Standing.REFERRED
    told, noted = "Tell the employer now, and say here what happens.", "The employer is not told yet."
    after_this(f"Put forward. {told}" if is_told else f"It is noted that they want it. {noted}")
    go_to("promise", id=saved.key)


name = f"refer-{terms.key}-{employer_id}"
form = RecordForm(name, fields, Referral, None, "Put forward", belongs_to=person.key, starts=starts)
st.header(f"{plain(person.preferred_name)}, to {plain(employer)}", anchor=False)
draw_form(
    form,
    user=user,
    save=save,
    then=then,
    ask=lambda: draw_before(terms, person.preferred_name, employer, yes),
)
