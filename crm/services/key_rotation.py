"""Changing the key of what is kept locked: a new one, then everything locked again with it, a part at a time.

Each part is one transaction, so that being stopped in the middle loses nothing: what is not locked again yet
opens with its older key, and the next call goes on with the rest.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa
from sqlmodel import Session

from crm import audit, locks, secret_check, secret_store
from crm.audit_values import key_place
from crm.db import transaction
from crm.models.locked import Locked, Sealed, sealed_place, sealed_text
from crm.models.restricted import RestrictedFacts, RestrictedOpening, SchoolAgeFacts
from crm.models.users import Actor
from crm.policy import Action
from crm.services import drafts
from crm.services.access import ensure

_AT_A_TIME = 200


@dataclass(frozen=True, slots=True)
class Rotation:
    """What was done: a new key made, or only an earlier change finished; how many were locked again."""

    is_new: bool
    locked_again: dict[str, int]


@dataclass(frozen=True, slots=True)
class _Place:
    """A table with columns that are locked, whose they are, and how a row is locked again."""

    called: str
    table: sa.TableClause
    locked: tuple[str, ...]
    lock_again: Callable[[Any], dict[str, str | None]]


def rotate(*, by: Actor) -> Rotation:
    """Make a new key and lock everything again with it, or finish a change that was stopped.

    Raises:
        NotAllowedError: the person does not look after the service.
        SecretsError: a key is missing, something was tampered with, or the keys come from the environment.
    """
    with transaction() as session:
        ensure(session, by, Action.SERVICE_RECORD)
        is_new = not any(_left(session, place, limit=1) for place in _PLACES)
        if is_new:
            secret_store.add_values_key()
        secret_check.note_in(session.connection())
        audit.note(session, by, "rotate", ("Service", 0), {"key": locks.known_keys()[0].name})
    counts = {place.called: _lock_all_again(place) for place in _PLACES}
    with transaction() as session:
        secret_check.forget_older(session.connection())
    return Rotation(is_new, counts)


def _lock_all_again(place: _Place) -> int:
    done = 0
    while True:
        with transaction() as session:
            rows = _left(session, place, limit=_AT_A_TIME)
            for row in rows:
                changed = place.lock_again(row)
                session.connection().execute(
                    sa.update(place.table).where(place.table.c.id == row.id).values(changed)
                )
        if not rows:
            return done
        done += len(rows)


def _left(session: Session, place: _Place, *, limit: int) -> Sequence[Any]:
    """Rows that hold something which the newest key has not locked, held until the transaction ends."""
    newest = f"{locks.known_keys()[0].name}:%"
    columns = [place.table.c[name] for name in place.locked]
    # An empty one is the key of somebody who was erased: there is nothing to lock.
    is_older = sa.or_(*(sa.and_(column != "", column.not_like(newest)) for column in columns))
    query = sa.select(place.table).where(is_older).order_by(place.table.c.id).limit(limit)
    return session.connection().execute(query.with_for_update()).all()


def _of_record(record: type[Sealed], called: str) -> _Place:
    """The place of a table whose rows are sealed; the seal has to fit before it is made anew."""
    mapped: Any = sa.inspect(record).local_table
    names: list[str] = [column.name for column in mapped.columns if isinstance(column.type, Locked)]

    def lock_again(row: Any) -> dict[str, str | None]:
        kept: dict[str, str | None] = {name: getattr(row, name) for name in names}
        texts = {
            name: None if text is None else locks.unlock(text, f"{mapped.name}.{name}")
            for name, text in kept.items()
        }
        sealed = sealed_text(texts), sealed_place(mapped.name, row.seeker_id)
        locks.ensure_stamped(row.seal, *sealed)
        again = {
            name: None if text is None else locks.lock(text, f"{mapped.name}.{name}")
            for name, text in texts.items()
        }
        return {**again, "seal": locks.stamp(*sealed)}

    return _Place(called, _table(mapped.name, "seeker_id", "seal", *names), ("seal", *names), lock_again)


def _table(name: str, *columns: str) -> sa.TableClause:
    return sa.table(name, *map(sa.column, ("id", *columns)))


def _draft_again(row: Any) -> dict[str, str | None]:
    place = drafts.place_of(row)
    return {"values_locked": locks.lock(locks.unlock(row.values_locked, place), place)}


def _key_again(row: Any) -> dict[str, str | None]:
    place = key_place(row.about_kind, row.about_id)
    return {"encrypted": locks.lock(locks.unlock(row.encrypted, place), place)}


_PLACES = (
    _of_record(RestrictedFacts, "people’s restricted facts"),
    _of_record(SchoolAgeFacts, "what people of school age need before they work"),
    _of_record(RestrictedOpening, "reasons for opening them"),
    _Place(
        "drafts",
        _table("form_draft", "user_id", "form", "record_key", "values_locked"),
        ("values_locked",),
        _draft_again,
    ),
    _Place(
        "keys of the trail",
        _table("audit_key", "about_kind", "about_id", "encrypted"),
        ("encrypted",),
        _key_again,
    ),
)
