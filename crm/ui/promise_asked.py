"""Somebody who wants what an agreement promises: put forward now, or set aside with the reason."""

import streamlit as st

from crm.db import reading
from crm.models.agreement_uses import AgreementUse
from crm.models.agreements import Agreement
from crm.models.employers import Employer
from crm.models.seekers import JobSeeker
from crm.models.users import Actor
from crm.services import agreement_uses
from crm.ui.doing import do_now
from crm.ui.refer_words import draw_before, yes_to_it
from crm.ui.words import today


def draw_asked(
    use: AgreementUse, agreement: Agreement, seeker: JobSeeker, employer: Employer, user: Actor
) -> None:
    """What putting them forward would tell, the button that does it, and the other way."""
    with reading() as session:
        yes = yes_to_it(session, agreement, seeker, employer.key, user, {"promise": use.key})
    draw_before(agreement, seeker.preferred_name, employer.name, yes)
    key, version = f"asked-{use.key}-{use.version}", use.version
    if st.button("Put forward now", type="primary", key=key, disabled=yes.consent is None):
        do_now(
            lambda session: agreement_uses.refer_asked(
                session, use.key, version=version, by=user, today=today()
            ),
            "Put forward. Tell the employer now, and say here what happens.",
        )
    with st.expander("Not put forward"):
        why = st.text_input("Why are they not put forward?", key=f"{key}-why")
        if st.button("Set aside with this reason", key=f"{key}-aside"):
            do_now(
                lambda session: agreement_uses.set_aside(session, use.key, why, version=version, by=user),
                "Set aside. The reason stays in sight.",
            )
