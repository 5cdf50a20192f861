"""Do the secrets of this machine fit the database? Told at the start, not at the first save."""

from collections.abc import Generator
from contextlib import contextmanager
from typing import Any

import sqlalchemy as sa

from crm import locks, secret_store
from crm.db import make_engine, write_lock
from crm.errors import SecretsError
from crm.models.secrets import SecretCheck

_AUDIT, VALUES = "audit", "values"
_TABLE: sa.Table = SecretCheck.__table__  # pyright: ignore[reportUnknownMemberType, reportAttributeAccessIssue, reportUnknownVariableType]


def ensure_fit(url: str) -> None:
    """Refuse a database that was written with other secrets than those of this machine; none are made.

    Raises:
        SecretsError: the secrets are lost, or are those of another service.
    """
    with _changing(url) as connection:
        if not sa.inspect(connection).has_table(_TABLE.name):
            return
        needed = _noted(connection)
    if needed and (not secret_store.are_made() or needed - _here()):
        raise SecretsError(
            "The secrets of this machine do not fit the database, which was written with others: put back "
            "the secrets folder that belongs to it, or its CRM_AUDIT_KEY and CRM_VALUES_KEY."
        )


def note(url: str) -> None:
    """Note by name what the database is written with from now on."""
    with _changing(url) as connection:
        note_in(connection)


def note_in(connection: sa.Connection) -> None:
    """The same, within a transaction."""
    newest = {(_AUDIT, locks.name_of(secret_store.audit_key())), (VALUES, locks.known_keys()[0].name)}
    missing = [{"use": use, "name": name} for use, name in sorted(newest - _noted(connection))]
    if missing:
        connection.execute(sa.insert(_TABLE), missing)


def forget_older(connection: sa.Connection) -> None:
    """Ask for the newest key only from now on: nothing is locked with an older one any more."""
    newest = locks.known_keys()[0].name
    connection.execute(sa.delete(_TABLE).where(_TABLE.c.use == VALUES, _TABLE.c.name != newest))


def _noted(connection: sa.Connection) -> set[tuple[str, str]]:
    return {(use, name) for use, name in connection.execute(sa.select(_TABLE.c.use, _TABLE.c.name))}


def _here() -> set[tuple[str, str]]:
    audit: set[tuple[str, str]] = {(_AUDIT, locks.name_of(secret_store.audit_key()))}
    return audit | {(VALUES, key.name) for key in locks.known_keys()}


@contextmanager
def _changing(url: str) -> Generator[sa.Connection]:
    made: Any = make_engine(url)
    try:
        with (
            write_lock(made),
            made.connect().execution_options(is_write=True) as connection,
            connection.begin(),
        ):
            yield connection
    finally:
        made.dispose()
