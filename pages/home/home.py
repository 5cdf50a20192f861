"""The first page: what waits for this person today, by their roles, each number with its list."""

from functools import partial

import streamlit as st

from crm.db import reading
from crm.models.users import Actor
from crm.policy import Role
from crm.ui.consent_parts import draw_crowds
from crm.ui.flash import show_flash
from crm.ui.guard import require_user
from crm.ui.home_agreements import draw_dates, draw_reminders
from crm.ui.home_day import Day, draw_cold, draw_day, draw_met, draw_tasks, read_day
from crm.ui.home_parts import (
    Part,
    draw_administration,
    draw_agreements,
    draw_changes,
    draw_figures,
    draw_imports,
    draw_unowned,
    draw_vacancies,
    is_one_of,
)
from crm.ui.home_people import draw_endings, draw_overdue, draw_pauses, draw_stages, draw_waiting
from crm.ui.placement_parts import draw_still_in_work
from crm.ui.promise_sections import draw_due
from crm.ui.screens import refuse_politely
from crm.ui.suggestion_parts import draw_suggestions

EMPLOYER_SIDE = (Role.ENGAGEMENT_OFFICER, Role.MANAGER)
PERSON_SIDE = (Role.JOB_COACH, Role.MANAGER)
FRONT = (Role.ENGAGEMENT_OFFICER, Role.JOB_COACH)


def parts(user: Actor, day: Day | None) -> tuple[list[Part], list[Part]]:
    """What stands on the left and on the right, in the order in which it is read."""
    mine: list[Part] = [draw_tasks, draw_met] if is_one_of(user, *FRONT) else []
    employers: list[Part] = [draw_reminders, draw_dates] if is_one_of(user, *EMPLOYER_SIDE) else []
    if day is not None and is_one_of(user, *FRONT):
        (employers or mine).append(partial(draw_cold, day))
    if is_one_of(user, Role.MANAGER):
        employers.append(draw_agreements)
    if is_one_of(user, *EMPLOYER_SIDE):
        employers += [draw_vacancies, draw_unowned]
    if is_one_of(user, Role.MANAGER):
        employers.append(draw_stages)
    people: list[Part] = []
    if is_one_of(user, *PERSON_SIDE):
        people += [
            draw_suggestions,
            draw_waiting,
            draw_still_in_work,
            draw_overdue,
            draw_pauses,
            draw_endings,
        ]
    if is_one_of(user, Role.ADMINISTRATOR):
        people += [draw_administration, draw_imports]
    if is_one_of(user, Role.AUDITOR):
        employers.append(draw_changes)
    return (mine, employers + people) if mine else (employers, people)


user = require_user()
st.title("Today", anchor=False)
show_flash()
with refuse_politely(), reading() as session:
    if is_one_of(user, Role.MANAGER):
        draw_crowds(session, user)
    day = read_day(session, user) if is_one_of(user, *FRONT, Role.MANAGER) else None
    if day is not None:
        draw_day(day)
    draw_due(session, user)
    if is_one_of(user, Role.MANAGER, Role.AUDITOR):
        draw_figures(session, user)
    sides = [side for side in parts(user, day) if side]
    for column, drawn in zip(st.columns(len(sides) or 1, gap="medium"), sides, strict=False):
        with column:
            for draw in drawn:
                draw(session, user)
