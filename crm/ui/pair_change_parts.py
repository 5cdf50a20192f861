"""What would have to be true: the smallest set of changes as a table, and a button that makes each a task."""

from collections.abc import Iterator, Mapping, Sequence
from functools import partial

import streamlit as st

from crm.db import reading
from crm.errors import CrmError
from crm.models.seekers import JobSeeker
from crm.models.users import Actor
from crm.models.vacancies import Vacancy
from crm.policy import Action
from crm.services import change_tasks, pair_changes
from crm.services.access import may
from crm.services.change_tasks import OpenTask
from crm.services.pair_changes import OtherWay, PairChanges, WantedChange
from crm.ui.flash import after_this
from crm.ui.guard import is_still
from crm.ui.problems import show_problem
from crm.ui.tables import Cell, link, links, said, table
from crm.ui.task_rows import due_words
from crm.ui.words import count, today
from crm.units import carry_out

COLUMNS = ["Change", "How to put it", "Who acts", "Points", "Score after it", "Task"]
INSTEAD_COLUMNS = ["Change", "Instead of", "How to put it", "Who acts", "Task"]
BESIDE_COLUMNS = ["Change", "How to put it", "Who acts", "Task"]
_PROBLEM = "crm_change_problem"

Tasks = Mapping[str, OpenTask]
Place = tuple[int, int]


def draw_changes(vacancy: Vacancy, seeker: JobSeeker, user: Actor) -> None:
    """Draw what would make a vacancy workable now for a person, with a way to make each change a task."""
    place = (vacancy.key, seeker.key)
    with reading() as session:
        found = pair_changes.of_pair(session, *place, by=user)
        made: Tasks = {}
        if may(user, Action.TASKS_READ):
            made = change_tasks.open_tasks(session, *place, found.every_one(), by=user)
    problem = st.session_state.pop(_PROBLEM, None)
    if problem is not None:
        show_problem(problem)
    said(sentence(found))
    _draw_blocked(found, vacancy, user)
    _draw_tables(found, made)
    may_make = change_tasks.may_make(user, vacancy)
    if may_make:
        _draw_buttons(found, made, place, user)
    if found.instead:
        with st.expander("Other ways"):
            table("Other ways", INSTEAD_COLUMNS, [_instead_row(way, made) for way in found.instead])
            if may_make:
                _draw_choice(found.instead, made, place, user)


def _draw_tables(found: PairChanges, made: Tasks) -> None:
    if found.wanted:
        rows = [_row(one, made) for one in found.wanted]
        table("What would have to be true", COLUMNS, rows, numbers="Points, Score after it")
    if found.beside:
        table("For the journey", BESIDE_COLUMNS, [_beside_row(one, made) for one in found.beside])


def sentence(found: PairChanges) -> str:
    """The whole in a sentence: 3 changes would make this workable now: 54 → 81 points."""
    if found.is_workable_now:
        return "This is workable now: nothing would have to change."
    moved = f"{found.before:.0f} → {found.after:.0f} points"
    if not found.blocked:
        return f"{count(len(found.wanted), 'change')} would make this workable now: {moved}."
    if not found.wanted:
        return "No change that we know of would make this workable now."
    helps = "this would help" if len(found.wanted) == 1 else "these would help"
    return f"No set of changes that we know of would make this workable now; {helps} all the same: {moved}."


def _draw_blocked(found: PairChanges, vacancy: Vacancy, user: Actor) -> None:
    if not found.blocked:
        return
    said("\n".join(found.blocked))
    if may(user, Action.CARVES_READ):
        links([link("Design a job instead", "carve", employer=vacancy.employer_id)], label="Another way")


def _row(one: WantedChange, made: Tasks) -> tuple[Cell, ...]:
    points, score = one.points or 0.0, one.score or 0.0
    return (_numbered(one), one.saying, _who(one), f"{points:+.1f}", f"{score:.0f}", _task(one, made))


def _beside_row(one: WantedChange, made: Tasks) -> tuple[Cell, ...]:
    return _numbered(one), one.saying, _who(one), _task(one, made)


def _instead_row(way: OtherWay, made: Tasks) -> tuple[Cell, ...]:
    first, sayings = way.changes[0], " ".join(one.saying for one in way.changes)
    return _way_words(way), way.replaced, sayings, _who(first), _task(first, made)


def _way_words(way: OtherWay) -> str:
    return f"{way.number}. {', and then: '.join(way.titles)}"


def _numbered(one: WantedChange) -> str:
    return f"{one.number}. {one.title}"


def _who(one: WantedChange) -> str:
    return "The employer, whom we ask" if one.is_with_employer else "The coach, with the person"


def _task(one: WantedChange, made: Tasks) -> Cell:
    task = made.get(one.title)
    if task is None:
        return ""
    due = due_words(task.due_on, today())
    return link(f"{task.owner or 'Nobody’s'}, {due[0].lower()}{due[1:]}", "task", id=task.id)


def _draw_buttons(found: PairChanges, made: Tasks, place: Place, user: Actor) -> None:
    buttons = list(_buttons(found, made))
    if not buttons:
        return
    with st.container(horizontal=True, key="change-tasks"):
        for label, titles in buttons:
            key = f"change-{place[0]}-{place[1]}-{label}"
            st.button(label, key=key, on_click=_make, args=(titles, place, user))


def _draw_choice(ways: Sequence[OtherWay], made: Tasks, place: Place, user: Actor) -> None:
    left = {way.number: way for way in ways if not made.keys() >= set(way.titles)}
    if not left:
        return
    key, words = f"other-{place[0]}-{place[1]}", {number: _way_words(way) for number, way in left.items()}
    chosen = st.selectbox("Another way", list(left), key=key, format_func=words.__getitem__)
    st.button(
        "Make this way a task", key=f"{key}-task", on_click=_make, args=(left[chosen].titles, place, user)
    )


def _buttons(found: PairChanges, made: Tasks) -> Iterator[tuple[str, tuple[str, ...]]]:
    """Yield what each button says, and the changes that it makes tasks; what is one already has none."""
    left = [one for one in found.wanted if one.title not in made]
    if len(left) > 1:
        yield "Make all of the set tasks", tuple(one.title for one in left)
    for one in (*left, *(one for one in found.beside if one.title not in made)):
        yield f"Make {one.number} a task", (one.title,)


def _make(titles: tuple[str, ...], place: Place, user: Actor) -> None:
    if not is_still(user):
        return
    try:
        made = carry_out(
            lambda session: [
                (task.key, task.version)
                for task in change_tasks.make(session, *place, titles, by=user, today=today())
            ]
        )
    except CrmError as problem:
        st.session_state[_PROBLEM] = problem
        return
    words = f"{count(len(made), 'task')} made, with an owner and a date: see the table." if made else _ALREADY
    after_this(words, undo=partial(_undo, made, user) if made else None)


_ALREADY = "This is an open task already: see the table."


def _undo(made: Sequence[tuple[int, int]], user: Actor) -> None:
    if not is_still(user):
        return
    try:
        carry_out(lambda session: change_tasks.undo(session, made, by=user))
    except CrmError as problem:
        st.session_state[_PROBLEM] = problem
        return
    after_this("Undone: the tasks are put aside.")
