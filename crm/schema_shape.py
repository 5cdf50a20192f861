"""The words of a SQLite schema, noted in the file's own header whenever a step changes them.

They are text in the file like any other: SQLite reads what a lost bit made of them, and a column is called
something else from then on. What is noted has 31 bits and no key, so it tells damage and not malice. On
PostgreSQL the catalogue is the server's to guard.
"""

import hashlib
import json

import sqlalchemy as sa

_WORDS = (
    "SELECT type, name, tbl_name, sql FROM sqlite_schema WHERE name NOT LIKE 'sqlite_stat%' ORDER BY 1, 2, 3"
)
_BITS = 0x7FFF_FFFF


def note(connection: sa.Connection) -> None:
    """Note the schema as it is now, with the transaction that changed it."""
    if connection.dialect.name == "sqlite":
        connection.exec_driver_sql(f"PRAGMA user_version = {_digest(connection)}")


def is_noted(connection: sa.Connection) -> bool:
    """Has it been noted at all? Files of older versions come without."""
    return connection.dialect.name != "sqlite" or _noted(connection) != 0


def is_as_noted(connection: sa.Connection) -> bool:
    """Is the schema what it was when it was noted?"""
    return connection.dialect.name != "sqlite" or _noted(connection) in {0, _digest(connection)}


def _noted(connection: sa.Connection) -> int:
    return int(connection.exec_driver_sql("PRAGMA user_version").scalar_one())


def _digest(connection: sa.Connection) -> int:
    words = [list(row) for row in connection.exec_driver_sql(_WORDS)]
    return int.from_bytes(hashlib.sha256(json.dumps(words).encode()).digest()[:4]) & _BITS or 1
