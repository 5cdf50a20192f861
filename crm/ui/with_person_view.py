"""What the person says of a job, on their own page: three buttons in plain words, and what they said last."""

import streamlit as st

from crm.db import reading
from crm.models.matches import SeekerView
from crm.models.users import Actor
from crm.services import seeker_views
from crm.services.seeker_views import OwnViewInput
from crm.services.with_person import WithPerson
from crm.ui.doing import do_now
from crm.ui.easy_read import Part, Picture, ReadingStyle, draw_parts
from crm.ui.words import today

HEADING = "What do you say to this job?"
ASKED = ("You can say yes, maybe or no.", "You can change your mind.")
WORDS = {
    SeekerView.KEEN: "Yes, I would like it",
    SeekerView.MAYBE: "Maybe",
    SeekerView.NO: "No, not this job",
}
THANKS = {
    SeekerView.KEEN: "Thank you. You said yes.",
    SeekerView.MAYBE: "Thank you. You said maybe.",
    SeekerView.NO: "Thank you. You said no. That is fine.",
}


def draw_your_view(found: WithPerson, style: ReadingStyle, user: Actor) -> None:
    """Ask the person what they say of the job, where there is one and it may be written down."""
    if found.compared is None or not found.may_say or found.compared.vacancy.archived_at is not None:
        return
    vacancy_id, seeker_id = found.compared.vacancy.key, found.seeker.key
    with reading() as session:
        row = seeker_views.of_pair(session, vacancy_id, seeker_id, by=user)
    said = WORDS.get(row.seeker_view) if row else None
    draw_parts([Part(Picture.QUESTION, HEADING, [*ASKED, *([f"You said: {said}."] if said else [])])], style)
    with st.container(horizontal=True, key="crm-your-view"):
        pressed = [view for view, words in WORDS.items() if st.button(words, key=f"your-view-{view}")]
    for view in pressed:
        new = OwnViewInput(view=view)
        do_now(
            lambda session, new=new: seeker_views.say(
                session, vacancy_id, seeker_id, new, by=user, today=today()
            ),
            THANKS[view],
        )
