"""Two records of one employer made one: field by field as chosen, and everything linked moves over.

The record that is merged away keeps its own fields, is archived, and leads to the one that was kept.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from pydantic import ValidationError
from sqlmodel import Session, col, select

from crm.errors import RuleBrokenError, StaleFormError
from crm.models.base import folded
from crm.models.duplicates import EmployerMerge
from crm.models.employers import Employer, EmployerInput
from crm.models.users import Actor
from crm.policy import Action
from crm.services import account_dates, archiving, employer_stages, likeness_keys, merge_plan, records
from crm.services.access import ensure, may
from crm.services.merge_fields import Difference, Side, differences
from crm.services.refusal_words import refusal

UNDO_FOR = timedelta(days=30)
_CALLED = "employer"


@dataclass(frozen=True, slots=True)
class MergePreview:
    """Two employers side by side: where they differ, and what would move over.

    `refused` says why this person may not merge them, and whom to ask; None when they may.
    """

    kept: Employer
    loser: Employer
    differences: list[Difference]
    moving: dict[str, int]
    consents_left: int
    refused: str | None

    @property
    def moving_words(self) -> str:
        """What would move over, in words."""
        return merge_plan.said_together(self.moving)


@dataclass(frozen=True, slots=True)
class MergeWanted:
    """What somebody decided: which record is kept, which side of each field, why, and from which versions."""

    kept_id: int
    loser_id: int
    kept_version: int
    loser_version: int
    sides: Mapping[str, Side]
    why: str


def preview(session: Session, kept_id: int, loser_id: int, *, by: Actor) -> MergePreview:
    """What merging the one into the other would do; nothing is saved.

    Raises:
        NotAllowedError: the person may not record employers, or one of them is archived.
        NotFoundError: there is no such employer.
        RuleBrokenError: both are the same record.
    """
    _ensure_two(kept_id, loser_id)
    kept, loser = (records.fetch(session, Employer, key, called=_CALLED) for key in (kept_id, loser_id))
    for row in (kept, loser):
        ensure(session, by, Action.EMPLOYERS_RECORD, row)
    refused = next((row for row in (kept, loser) if not _may_merge(row, by)), None)
    return MergePreview(
        kept,
        loser,
        differences(kept, loser),
        merge_plan.sizes(session, loser_id, into=kept_id),
        merge_plan.consents_left(session, loser_id),
        refusal(session, by, Action.EMPLOYERS_MERGE, refused) if refused else None,
    )


def _may_merge(row: Employer, by: Actor) -> bool:
    return row.owner_id is None or may(by, Action.EMPLOYERS_MERGE, row)


def ensure_may_merge(session: Session, row: Employer, *, by: Actor) -> None:
    """Let a merge go on if this employer is nobody's, the person's own or in their caseload, or they manage.

    Raises:
        NotAllowedError: it is a colleague's, or archived.
    """
    ensure(session, by, Action.EMPLOYERS_RECORD, row)
    if row.owner_id is not None:
        ensure(session, by, Action.EMPLOYERS_MERGE, row)


def merge(session: Session, wanted: MergeWanted, *, by: Actor, today: date) -> EmployerMerge:
    """Merge one employer into another, as it was shown.

    Raises:
        NotAllowedError: the person may not merge these, or one of them is archived.
        NotFoundError: there is no such employer.
        RuleBrokenError: both are the same record, no reason is given, or what is chosen does not fit.
        StaleFormError: somebody saved one of them after the page was drawn.
    """
    _ensure_two(wanted.kept_id, wanted.loser_id)
    rows = {
        key: records.fetch_to_change(session, Employer, key, called=_CALLED)
        for key in sorted((wanted.kept_id, wanted.loser_id))
    }
    kept, loser = rows[wanted.kept_id], rows[wanted.loser_id]
    for row, version in ((kept, wanted.kept_version), (loser, wanted.loser_version)):
        ensure_may_merge(session, row, by=by)
        _ensure_unchanged(row, version)
    why = archiving.reason_given(wanted.why)
    chosen = _change_kept(session, kept, loser, wanted)
    moved = _move_all(session, loser.key, kept.key)
    records.archive(session, loser, why=f"Merged into {kept.name}: {why}", version=loser.version)
    made = EmployerMerge(
        kept_id=kept.key,
        loser_id=loser.key,
        why=why,
        undo_until=today + UNDO_FOR,
        moved=moved,
        chosen=chosen,
    )
    return records.add(session, made)


def _ensure_two(kept_id: int, loser_id: int) -> None:
    if kept_id == loser_id:
        raise RuleBrokenError("Choose two employers: this is one and the same record.")


def _ensure_unchanged(row: Employer, version: int) -> None:
    if row.version != version:
        raise StaleFormError(
            f"{row.name} was saved by somebody after this page was drawn. Nothing was merged: open the page "
            "again and look at what differs now.",
            changes=[],
            version=row.version,
        )


def _change_kept(
    session: Session, kept: Employer, loser: Employer, wanted: MergeWanted
) -> dict[str, dict[str, Any]]:
    """Set what was chosen of the other record; tells each such field before and after, as JSON holds it."""
    found = differences(kept, loser)
    values = {each.field: each.value(wanted.sides.get(each.field, each.offered)) for each in found}
    before = EmployerInput.model_validate(kept, from_attributes=True)
    after = _checked(before.model_dump() | values)
    typed = after.model_dump() | {"name_key": folded(after.name)}
    was_at = kept.stage
    records.change(session, kept, typed, version=kept.version)
    employer_stages.keep_move(session, kept, was_at, why=f"Merged with {loser.name}")
    old, new = before.model_dump(mode="json"), after.model_dump(mode="json")
    return {name: {"before": old[name], "after": new[name]} for name in old if old[name] != new[name]}


def _checked(values: dict[str, Any]) -> EmployerInput:
    try:
        return EmployerInput.model_validate(values)
    except ValidationError as problem:
        raise RuleBrokenError(
            "What is chosen does not fit into one record: two long texts together are too long, for example. "
            "Choose one of them."
        ) from problem


def _move_all(session: Session, loser_id: int, kept_id: int) -> list[dict[str, Any]]:
    """Have all that is linked belong to the employer that is kept; tells each row and its new version."""
    moved: list[dict[str, Any]] = []
    for link in merge_plan.MOVES:
        for row in merge_plan.rows_of(session, link, loser_id, into=kept_id):
            records.change(session, row, {link.column: kept_id}, version=row.version)
            moved.append({"table": link.name, "id": row.key, "version": row.version})
    renew_derived(session, kept_id, loser_id)
    return moved


def renew_derived(session: Session, *employer_ids: int) -> None:
    """Work out anew what follows from the rows that belong to these employers."""
    account_dates.refresh(session, employer_ids)
    likeness_keys.note_saved(session, Employer, [(key, {}) for key in employer_ids])


def kept_instead_of(session: Session, employer_id: int, *, by: Actor) -> int | None:
    """The employer that this one was merged into, if it was: the last one where that was merged on.

    Raises:
        NotAllowedError: the person may not see employers.
    """
    ensure(session, by, Action.EMPLOYERS_READ)
    found: int | None = None
    seen = {employer_id}
    while (merged := _merge_of(session, found or employer_id)) and merged.kept_id not in seen:
        found = merged.kept_id
        seen.add(found)
    return found


def _merge_of(session: Session, employer_id: int) -> EmployerMerge | None:
    query = select(EmployerMerge).where(
        EmployerMerge.loser_id == employer_id, col(EmployerMerge.undone_on).is_(None)
    )
    return session.exec(query.order_by(col(EmployerMerge.id).desc()).limit(1)).first()
