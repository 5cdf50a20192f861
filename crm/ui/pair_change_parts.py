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
from crm.services.pair_changes import PairChanges, WantedChange
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
        _draw_buttons((*found.wanted, *found.beside), made, place, user)
    if found.instead:
        with st.expander("Other ways"):
            rows = [_instead_row(number, one, made) for number, one in found.instead]
            table("Other ways", INSTEAD_COLUMNS, rows)
            if may_make:
                _draw_buttons([one for _, one in found.instead], made, place, user, is_whole=False)


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


def _instead_row(replaced: str, one: WantedChange, made: Tasks) -> tuple[Cell, ...]:
    return _numbered(one), replaced, one.saying, _who(one), _task(one, made)


def _numbered(one: WantedChange) -> str:
    return f"{one.number}. {one.title}"


def _who(one: WantedChange) -> str:
    return "The employer, whom we ask" if one.is_with_employer else "The coach, with the person"


def _task(one: WantedChange, made: Tasks) -> Cell:
    task = made.get(one.title)
    if task is None:
        return ""
    return link(f"{task.owner or 'Nobody’s'}, {due_words(task.due_on, today()).lower()}", "task", id=task.id)


def _draw_buttons(
    offered: Sequence[WantedChange],
    made: Tasks,
    place: tuple[int, int],
    user: Actor,
    *,
    is_whole: bool = True,
) -> None:
    left = [one for one in offered if one.title not in made]
    if not left:
        return
    with st.container(horizontal=True, key=f"changes-{'set' if is_whole else 'instead'}"):
        for label, titles in _labelled(left, is_whole=is_whole):
            key = f"change-{'-'.join(map(str, place))}-{label}"
            st.button(label, key=key, on_click=_make, args=(titles, place, user))


def _labelled(left: Sequence[WantedChange], *, is_whole: bool) -> Iterator[tuple[str, tuple[str, ...]]]:
    if is_whole and len(left) > 1:
        yield "Make all of these tasks", tuple(one.title for one in left)
    for one in left:
        yield f"Make {one.number} a task", (one.title,)


def _make(titles: tuple[str, ...], place: tuple[int, int], user: Actor) -> None:
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
