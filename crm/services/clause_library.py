"""The clauses of agreements as this service words them: every edition kept, the latest in force.

Edition 1 of each is the product's own (data/clauses.csv). A new wording is the next edition; none is ever
changed or taken away, so that an agreement can always say in which words it was made.
"""

import csv
from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import cache

from sqlmodel import Session, col, select

from crm.config import DATA
from crm.errors import NotFoundError, RuleBrokenError
from crm.models.agreement_choices import ClauseKey
from crm.models.agreement_papers import ClauseWording, ClauseWordingInput
from crm.models.users import Actor, Service
from crm.policy import Action
from crm.services import clause_changes, records, setup, staff
from crm.services.access import ensure
from crm.services.clause_changes import PARTS


@dataclass(frozen=True, slots=True)
class Wording:
    """One edition of a clause; the product's own was made by nobody here."""

    clause: ClauseKey
    edition: int
    heading: str
    words: str
    easy_words: str
    why: str | None = None
    made_at: datetime | None = None
    made_by: str | None = None


@cache
def shipped() -> Mapping[ClauseKey, Wording]:
    """Edition 1 of every clause, in the order in which agreements are printed."""
    with (DATA / "clauses.csv").open(encoding="utf-8", newline="") as file:
        rows = {row["clause"]: row for row in csv.DictReader(file)}
    return {key: _shipped(key, rows[key]) for key in ClauseKey}


def _shipped(key: ClauseKey, row: Mapping[str, str]) -> Wording:
    return Wording(key, 1, row["heading"], row["words"], row["easy_words"])


def in_force(session: Session, *, by: Actor) -> dict[ClauseKey, Wording]:
    """The latest edition of every clause, in the order in which agreements are printed.

    Raises:
        NotAllowedError: the person may not see clauses.
    """
    ensure(session, by, Action.CLAUSES_READ)
    return {key: editions[-1] for key, editions in _editions(session, by).items()}


def history(session: Session, clause: ClauseKey, *, by: Actor) -> list[Wording]:
    """Every edition of a clause, the latest first.

    Raises:
        NotAllowedError: the person may not see clauses.
    """
    ensure(session, by, Action.CLAUSES_READ)
    return _editions(session, by)[clause][::-1]


def _editions(session: Session, by: Actor) -> dict[ClauseKey, list[Wording]]:
    rows = list(session.exec(select(ClauseWording).order_by(col(ClauseWording.edition))))
    names = staff.names_of(session, {row.created_by for row in rows if row.created_by is not None}, by=by)
    ours: dict[ClauseKey, list[Wording]] = defaultdict(list)
    for row in rows:
        ours[row.clause].append(_wording(row, names))
    return {key: [first, *ours[key]] for key, first in shipped().items()}


def _wording(row: ClauseWording, names: Mapping[int, str]) -> Wording:
    who = names.get(row.created_by or 0)
    parts = (row.heading, row.words, row.easy_words)
    return Wording(row.clause, row.edition, *parts, row.why, row.created_at, who)


def reword(
    session: Session, clause: ClauseKey, typed: ClauseWordingInput, *, seen: int, by: Actor
) -> ClauseWording:
    """Word a clause anew, as its next edition; agreements that are signed keep the words they have.

    `seen` is the edition that the form was drawn from.

    Raises:
        NotAllowedError: the person may not word clauses.
        RuleBrokenError: a placeholder is unknown, what the law asks is missing, or nothing differs.
        StaleFormError: somebody worded it anew after the form was drawn.
    """
    ensure(session, by, Action.CLAUSES_RECORD)
    records.fetch_to_change(session, Service, setup.current(session).key, called="service")
    latest = _editions(session, by)[clause][-1]
    clause_changes.ensure_not_stale(latest, typed, seen=seen)
    clause_changes.ensure_sound(clause, typed)
    if not clause_changes.differences(latest, typed):
        raise RuleBrokenError("Nothing differs from the edition in force.", field="words")
    row = ClauseWording(**typed.model_dump(), clause=clause, edition=latest.edition + 1)
    return records.add(session, row)


def take_back(session: Session, clause: ClauseKey, edition: int, *, seen: int, by: Actor) -> ClauseWording:
    """Put the words of an earlier edition in force again, as the next edition.

    Raises:
        NotAllowedError: the person may not word clauses.
        NotFoundError: the clause has no such edition.
        RuleBrokenError: these words are in force already.
        StaleFormError: somebody worded it anew after the page was drawn.
    """
    ensure(session, by, Action.CLAUSES_RECORD)
    old = next((one for one in _editions(session, by)[clause] if one.edition == edition), None)
    if old is None:
        raise NotFoundError("This clause has no such edition. Look at its earlier wordings again.")
    parts = {part: getattr(old, part) for part in PARTS}
    typed = ClauseWordingInput(**parts, why=f"Taken back to edition {edition}")
    return reword(session, clause, typed, seen=seen, by=by)
