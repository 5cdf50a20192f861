"""The review list: words on records that no skill was clear for, settled for all records that use them."""

from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa
from sqlmodel import Session, col, select

from crm.models.analyses import JobTask
from crm.models.base import Record
from crm.models.seekers import ProfileSkill
from crm.models.users import Actor
from crm.models.vacancies import VacancyCriterion
from crm.policy import Action
from crm.services import learnt_words, records, skills
from crm.services.access import ensure, may, scoped
from crm.services.vocabularies import vocabulary
from matching.normalise import own_words
from matching.vocabulary import OWN

SKILLS, CRITERIA, TASKS = "skills of people", "what vacancies ask", "tasks of jobs"
_CHANGING: dict[type[Record], Action] = {
    ProfileSkill: Action.SEEKERS_RECORD,
    VacancyCriterion: Action.VACANCIES_RECORD,
    JobTask: Action.ANALYSES_RECORD,
}


@dataclass(frozen=True, slots=True)
class OpenWords:
    """Words that stand for themselves: how often they are used, and where."""

    words: str
    used: int
    where: str


@dataclass(frozen=True, slots=True)
class Outcome:
    """What settling words did: how many records count as it now, and how many were left as they are."""

    changed: int
    left: int


def open_words(session: Session, *, by: Actor) -> list[OpenWords]:
    """Words that nobody has settled, the most used first, from the records that this person may see.

    Raises:
        NotAllowedError: the person may not settle words.
    """
    ensure(session, by, Action.VOCABULARY_RECORD)
    typed: dict[str, str] = {}
    uses: defaultdict[str, Counter[str]] = defaultdict(Counter)
    for where, words, times in _uses(session, by):
        key = own_words(words)
        typed.setdefault(key, words.strip())
        uses[key][where] += times
    kept = learnt_words.meanings(session, list(typed.values()))
    found = [
        OpenWords(words, uses[key].total(), ", ".join(uses[key]))
        for key, words in typed.items()
        if kept.get(words) != key
    ]
    return sorted(found, key=lambda each: (-each.used, each.words.casefold(), each.words))


def settle_everywhere(session: Session, words: str, concept_id: str, *, by: Actor) -> Outcome:
    """Say what words mean for every record that uses them, and for whatever is typed from now on.

    Records that this person may not change stay as they are, and those that hold the same skill already.

    Raises:
        NotAllowedError: the person may not settle words.
        NotFoundError: the meaning is in no vocabulary.
    """
    ensure(session, by, Action.VOCABULARY_RECORD)
    skills.ensure_meaning(vocabulary(session), words, concept_id)
    learnt_words.note(session, words, concept_id, by=by)
    own = own_words(words)
    if concept_id == own:
        return Outcome(0, 0)
    done = [_put(session, row, own, concept_id, by) for row in _rows(session, own)]
    return Outcome(sum(done), len(done) - sum(done))


def _uses(session: Session, by: Actor) -> Iterator[tuple[str, str, int]]:
    """Where words that stand for themselves are used: the kind of record, the words, how often."""
    counted = (
        (SKILLS, ProfileSkill, col(ProfileSkill.name), Action.SEEKERS_READ),
        (CRITERIA, VacancyCriterion, col(VacancyCriterion.text), Action.VACANCIES_READ),
    )
    for where, table, words, action in counted:
        if may(by, action):
            query = scoped(session, _counted(table, words), table, by=by, action=action)
            yield from ((where, typed, times) for typed, times in _all(session, query))
    if may(by, Action.ANALYSES_READ):
        tasks = sa.select(col(JobTask.skills), col(JobTask.concept_ids)).where(*_task_uses(OWN))
        query = scoped(session, tasks, JobTask, by=by, action=Action.ANALYSES_READ)
        for typed, concepts in _all(session, query):
            yield from ((TASKS, words, 1) for words in skills.parted(typed) if own_words(words) in concepts)


def _counted(table: Any, words: Any) -> sa.Select[Any, int]:
    is_own = col(table.concept_id).startswith(OWN, autoescape=True)
    live = col(table.archived_at).is_(None)
    return sa.select(words, sa.func.count()).where(is_own, live).group_by(words).order_by(words)


def _task_uses(part: str) -> tuple[sa.ColumnElement[bool], ...]:
    in_text = sa.cast(col(JobTask.concept_ids), sa.Text).contains(part, autoescape=True)
    return in_text, col(JobTask.archived_at).is_(None)


def _all(session: Session, query: Any) -> Sequence[Any]:
    return session.connection().execute(query).all()


def _rows(session: Session, own: str) -> list[Record]:
    """Every live record of which words stand for themselves, held until the transaction ends."""
    found: list[Record] = []
    for table in (ProfileSkill, VacancyCriterion):
        query = select(table).where(table.concept_id == own, col(table.archived_at).is_(None))
        found += session.exec(query.order_by(col(table.id)).with_for_update()).all()
    tasks = session.exec(select(JobTask).where(*_task_uses(OWN)).order_by(col(JobTask.id)).with_for_update())
    return [*found, *(task for task in tasks if own in task.concept_ids)]


def _put(session: Session, row: Record, own: str, concept_id: str, by: Actor) -> bool:
    action = _CHANGING[type(row)]
    if not may(by, action, row) or _is_doubled(session, row, concept_id):
        return False
    values: dict[str, Any] = {"concept_id": concept_id}
    if isinstance(row, JobTask):
        changed = [concept_id if each == own else each for each in row.concept_ids]
        values = {"concept_ids": list(dict.fromkeys(changed))}
    ensure(session, by, action, row)
    records.change(session, row, values, version=row.version)
    return True


def _is_doubled(session: Session, row: Record, concept_id: str) -> bool:
    """Does the person, or the vacancy, have the same skill in another row?"""
    if isinstance(row, ProfileSkill):
        key, meaning, archived = col(ProfileSkill.id), ProfileSkill.concept_id, ProfileSkill.archived_at
        is_theirs = col(ProfileSkill.seeker_id) == row.seeker_id
    elif isinstance(row, VacancyCriterion):
        key, meaning = col(VacancyCriterion.id), VacancyCriterion.concept_id
        archived = VacancyCriterion.archived_at
        is_theirs = col(VacancyCriterion.vacancy_id) == row.vacancy_id
    else:
        return False
    query = sa.select(key).where(is_theirs, col(meaning) == concept_id, col(archived).is_(None))
    return session.connection().execute(query.limit(1)).first() is not None
