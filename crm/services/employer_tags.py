"""Tags of employers: words of the colleagues' own by which they find them again."""

from collections.abc import Sequence

import sqlalchemy as sa
from sqlmodel import Session, col, select

from crm.errors import RuleBrokenError
from crm.models.base import folded
from crm.models.employer_lists import EmployerTag
from crm.models.users import Actor
from crm.policy import Action
from crm.services import records
from crm.services.access import ensure

LONGEST = 40
_MOST = 200


def all_tags(session: Session, *, by: Actor) -> list[str]:
    """Every tag that an employer has, each once, in order.

    Raises:
        NotAllowedError: the person may not see employers.
    """
    ensure(session, by, Action.EMPLOYERS_READ)
    query = sa.select(sa.func.min(col(EmployerTag.tag))).where(col(EmployerTag.archived_at).is_(None))
    query = query.group_by(col(EmployerTag.tag_key)).order_by(col(EmployerTag.tag_key)).limit(_MOST)
    return list(session.connection().execute(query).scalars())


def of(session: Session, employer_id: int, *, by: Actor) -> list[str]:
    """The tags of one employer, in order.

    Raises:
        NotAllowedError: the person may not see employers.
    """
    ensure(session, by, Action.EMPLOYERS_READ)
    query = select(EmployerTag.tag).where(
        EmployerTag.employer_id == employer_id, col(EmployerTag.archived_at).is_(None)
    )
    return list(session.exec(query.order_by(col(EmployerTag.tag_key))))


def with_tag(session: Session, tag: str, employer_ids: Sequence[int]) -> set[int]:
    """Which of these employers have the tag."""
    query = select(EmployerTag.employer_id).where(
        EmployerTag.tag_key == folded(tag),
        col(EmployerTag.employer_id).in_(employer_ids),
        col(EmployerTag.archived_at).is_(None),
    )
    return set(session.exec(query))


def checked(tag: str | None) -> str:
    """A tag as it is kept.

    Raises:
        RuleBrokenError: it is empty or too long.
    """
    plain = " ".join((tag or "").split())
    if not plain:
        raise RuleBrokenError("Write the tag, for example “autumn fair”.", field="value")
    if len(plain) > LONGEST:
        raise RuleBrokenError(
            f"This tag is {len(plain)} characters long; {LONGEST} are the most.", field="value"
        )
    return plain


def put(session: Session, employer_id: int, tag: str) -> None:
    """Give an employer a tag; the caller has asked whether that may be."""
    row = _row(session, employer_id, tag)
    if row is None:
        new = EmployerTag(employer_id=employer_id, tag=checked(tag), tag_key=folded(tag))
        records.add(session, new)
    elif row.archived_at is not None:
        records.bring_back(session, row, version=row.version)


def take(session: Session, employer_id: int, tag: str) -> None:
    """Take a tag from an employer; the caller has asked whether that may be."""
    row = _row(session, employer_id, tag)
    if row is not None and row.archived_at is None:
        records.archive(session, row, why="The tag was taken away.", version=row.version)


def _row(session: Session, employer_id: int, tag: str) -> EmployerTag | None:
    query = select(EmployerTag).where(
        EmployerTag.employer_id == employer_id, EmployerTag.tag_key == folded(tag)
    )
    return session.exec(query).first()
