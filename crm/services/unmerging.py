"""A merge undone: what has not changed since goes back exactly, and what has is named and stays."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import aliased
from sqlmodel import Session, col

from crm.errors import RuleBrokenError
from crm.models.base import Record, folded
from crm.models.duplicates import EmployerMerge
from crm.models.employers import Employer, EmployerInput
from crm.models.users import Actor, User
from crm.policy import Action
from crm.services import employer_stages, merge_plan, records
from crm.services.access import ensure, scoped
from crm.services.listing import Listing, in_all
from crm.services.merge_plan import Link
from crm.services.merging import ensure_may_merge, kept_instead_of, renew_derived

_CALLED = "merge"
_KEPT, _LOSER = aliased(Employer), aliased(Employer)


@dataclass(frozen=True, slots=True)
class MergeRow:
    """One merge as lists show it."""

    id: int
    kept_id: int
    kept: str
    loser: str
    by: str | None
    at: datetime
    undo_until: date
    undone_on: date | None


@dataclass(slots=True)
class UndoPreview:
    """What undoing a merge would do: what goes back, and what stays because somebody has changed it since."""

    made: EmployerMerge
    kept: Employer
    loser: Employer
    rows: list[tuple[Link, Record]] = field(default_factory=list[tuple[Link, Record]])
    values: dict[str, Any] = field(default_factory=dict[str, Any])
    stays: list[str] = field(default_factory=list[str])

    @property
    def going_words(self) -> str:
        """What goes back, in words."""
        return merge_plan.said_together(Counter(link.name for link, _ in self.rows))


def listing(session: Session, *, offset: int, limit: int, by: Actor) -> Listing[MergeRow]:
    """One page of the merges, the latest first.

    Raises:
        NotAllowedError: the person may not record employers.
    """
    query = scoped(session, _merges(), EmployerMerge, by=by, action=Action.EMPLOYERS_RECORD)
    page = query.order_by(col(EmployerMerge.id).desc()).offset(offset).limit(limit)
    rows = session.connection().execute(page).all()
    total = in_all(session, query, offset=offset, shown=len(rows), limit=limit)
    return Listing([MergeRow(*row) for row in rows], total)


def undoable_into(session: Session, employer_id: int, *, by: Actor, today: date) -> list[MergeRow]:
    """The merges into one employer that can still be undone, the latest first.

    Raises:
        NotAllowedError: the person may not see employers.
    """
    ensure(session, by, Action.EMPLOYERS_READ)
    query = _merges().where(
        col(EmployerMerge.kept_id) == employer_id,
        col(EmployerMerge.undone_on).is_(None),
        col(EmployerMerge.undo_until) >= today,
    )
    rows = session.connection().execute(query.order_by(col(EmployerMerge.id).desc()))
    return [MergeRow(*row) for row in rows]


def _merges() -> sa.Select[*tuple[Any, ...]]:
    return (
        sa.select(
            *(col(EmployerMerge.id), col(EmployerMerge.kept_id), col(_KEPT.name), col(_LOSER.name)),
            *(col(User.name), col(EmployerMerge.created_at)),
            *(col(EmployerMerge.undo_until), col(EmployerMerge.undone_on)),
        )
        .join(_KEPT, col(_KEPT.id) == col(EmployerMerge.kept_id))
        .join(_LOSER, col(_LOSER.id) == col(EmployerMerge.loser_id))
        .join(User, col(User.id) == col(EmployerMerge.created_by), isouter=True)
    )


def preview(session: Session, merge_id: int, *, by: Actor) -> UndoPreview:
    """What undoing this merge would do now; nothing is saved.

    Raises:
        NotAllowedError: the person may not record employers.
        NotFoundError: there is no such merge.
    """
    ensure(session, by, Action.EMPLOYERS_RECORD)
    made = records.fetch(session, EmployerMerge, merge_id, called=_CALLED)
    kept, loser = (
        records.fetch(session, Employer, key, called="employer") for key in (made.kept_id, made.loser_id)
    )
    found = UndoPreview(made, kept, loser)
    _sort_rows(session, found)
    _sort_values(found)
    return found


def _sort_rows(session: Session, found: UndoPreview) -> None:
    changed: Counter[str] = Counter()
    for link, row, version in _moved(session, found.made):
        if row.version == version and getattr(row, link.column) == found.kept.key:
            found.rows.append((link, row))
        else:
            changed[link.name] += 1
    if changed:
        found.stays.append(merge_plan.said_together(changed))


def _moved(session: Session, made: EmployerMerge) -> Iterator[tuple[Link, Record, int]]:
    """Every row that moved, as it is now, and the version that the merge left it with."""
    for each in made.moved:
        link = merge_plan.link_of(each["table"])
        row = None if link is None else session.get(link.table, each["id"])
        if link is not None and row is not None:
            yield link, row, each["version"]


def _sort_values(found: UndoPreview) -> None:
    now = EmployerInput.model_validate(found.kept, from_attributes=True).model_dump(mode="json")
    for name, said in found.made.chosen.items():
        if name in now and now[name] == said["after"]:
            found.values[name] = said["before"]
        elif name in now:
            found.stays.append(f"the field “{name.removesuffix('_id').replace('_', ' ')}”")


def undo(session: Session, merge_id: int, *, version: int, by: Actor, today: date) -> UndoPreview:
    """Undo a merge: the employer that was merged away is back, with all that has not changed since.

    Raises:
        NotAllowedError: the person may not merge these employers.
        NotFoundError: there is no such merge.
        RuleBrokenError: it was undone already, its 30 days are over, or the employer was merged on since.
        StaleFormError: somebody undid it after the page was drawn.
    """
    ensure(session, by, Action.EMPLOYERS_RECORD)
    made = records.fetch_to_change(session, EmployerMerge, merge_id, called=_CALLED)
    _ensure_undoable(session, made, by=by, today=today)
    found = preview(session, merge_id, by=by)
    ensure_may_merge(session, found.kept, by=by)
    if found.loser.owner_id is not None:
        ensure(session, by, Action.EMPLOYERS_MERGE, found.loser, is_beneath_archive=True)
    records.change(session, made, {"undone_on": today, "stayed": found.stays}, version=version)
    records.bring_back(session, found.loser, version=found.loser.version)
    for link, row in found.rows:
        records.change(session, row, {link.column: found.loser.key}, version=row.version)
    _restore_kept(session, found)
    renew_derived(session, found.kept.key, found.loser.key)
    return found


def _ensure_undoable(session: Session, made: EmployerMerge, *, by: Actor, today: date) -> None:
    if made.undone_on is not None:
        raise RuleBrokenError("This merge was undone already.")
    if today > made.undo_until:
        raise RuleBrokenError("The 30 days in which this merge could be undone are over.")
    if kept_instead_of(session, made.kept_id, by=by) is not None:
        raise RuleBrokenError("The employer that was kept was itself merged since. Undo that merge first.")


def _restore_kept(session: Session, found: UndoPreview) -> None:
    now = EmployerInput.model_validate(found.kept, from_attributes=True).model_dump(mode="json")
    before = EmployerInput.model_validate(now | found.values)
    values = before.model_dump() | {"name_key": folded(before.name)}
    was_at = found.kept.stage
    records.change(session, found.kept, values, version=found.kept.version)
    employer_stages.keep_move(session, found.kept, was_at, why=f"No longer merged with {found.loser.name}")


def ensure_not_merged(session: Session, employer_id: int, *, by: Actor) -> None:
    """Let an employer be brought back by hand unless it was merged into another.

    Raises:
        RuleBrokenError: it was; undoing the merge brings it back with what belongs to it.
    """
    if kept_instead_of(session, employer_id, by=by) is not None:
        raise RuleBrokenError(
            "This employer was merged into another one. Undo the merge instead: it comes back with all that "
            "belongs to it."
        )
