"""PostgreSQL by a driver with a permissive licence, and what has to be put right about that driver.

pg8000 reports every broken rule but uniqueness as a programming error, and lets a connection that broke while
it read through as a bare ConnectionError. Here both become what SQLAlchemy calls them, so that a broken
connection is never used again.
"""

from typing import Any, cast

import sqlalchemy as sa
from sqlalchemy import event
from sqlalchemy.dialects import registry
from sqlalchemy.dialects.postgresql.pg8000 import PGDialect_pg8000
from sqlalchemy.engine.interfaces import DBAPIConnection
from sqlalchemy.exc import DBAPIError, IntegrityError, InterfaceError, ProgrammingError

_LIMITS = {"statement_timeout": "60s", "idle_in_transaction_session_timeout": "60s"}
"""Nothing that hangs holds its locks for long."""

LONGER_LIMITS = (
    "SET LOCAL statement_timeout = '15min'",
    "SET LOCAL idle_in_transaction_session_timeout = '15min'",
)
"""Reading everything may take longer than any page does."""

_CONNECT_SECONDS = 10
_BROKEN_CONSTRAINT = "23"
"""How the SQLSTATE of every broken constraint begins (PostgreSQL, appendix A)."""

_GOING_AWAY = ("57P", "08")
"""The server is shutting down or starting, or the connection broke (PostgreSQL, appendix A)."""

_MET_ANOTHER = ("40001", "40P01")
"""Serialisation failure and deadlock (PostgreSQL, appendix A)."""


class Pg8000(PGDialect_pg8000):
    """The dialect of SQLAlchemy, which finds out about every connection that breaks or cannot be made."""

    supports_statement_cache = True
    use_insertmanyvalues_wo_returning = True
    """Many rows go in one statement: the driver sends what is executed many times row by row."""

    def connect(self, *arguments: Any, **named: Any) -> DBAPIConnection:
        """Connect; a server that goes away meanwhile is an error of the driver like any other."""
        try:
            return super().connect(*arguments, **named)
        except OSError as problem:
            raise self.loaded_dbapi.InterfaceError("network error") from problem

    def do_ping(self, dbapi_connection: DBAPIConnection) -> bool:
        """Does the connection still answer?"""
        try:
            return super().do_ping(dbapi_connection)
        except ConnectionError as problem:
            raise self.loaded_dbapi.InterfaceError("network error") from problem


registry.register("postgresql.crm", "crm.postgresql", "Pg8000")


def make_engine(address: sa.URL) -> sa.Engine:
    """An engine that finds out before each use whether its connection was cut while idle."""
    connect: dict[str, object] = {
        "application_name": "employer-engagement-crm",
        "timeout": _CONNECT_SECONDS,
        "startup_params": _LIMITS,
    }
    if "unix_sock" in address.query:
        # Else the driver reads this machine's certificates for each connection, and has no use for them.
        connect["ssl_context"] = False
    made = sa.create_engine(
        address.set(drivername="postgresql+crm"),
        pool_pre_ping=True,
        hide_parameters=True,
        connect_args=connect,
    )
    event.listen(made, "handle_error", _name_rightly)
    return made


def _name_rightly(context: sa.ExceptionContext) -> None:
    problem = context.original_exception
    if isinstance(problem, ConnectionError):
        context.is_disconnect = True
        raise InterfaceError(
            context.statement, None, cast("Exception", problem), connection_invalidated=True
        ) from problem
    is_rule = sqlstate(problem).startswith(_BROKEN_CONSTRAINT)
    if is_rule and isinstance(context.sqlalchemy_exception, ProgrammingError):
        raise IntegrityError(context.statement, None, cast("Exception", problem)) from problem


def sqlstate(problem: BaseException | None) -> str:
    """The five signs with which PostgreSQL names a problem; empty when it did not."""
    said: Any = problem.args[0] if problem is not None and problem.args else None
    return str(cast("dict[str, Any]", said).get("C", "")) if isinstance(said, dict) else ""


def is_broken(problem: DBAPIError) -> bool:
    """Did the connection break, or could none be made?"""
    is_gone = isinstance(problem, InterfaceError) or sqlstate(problem.orig).startswith(_GOING_AWAY)
    return problem.connection_invalidated or is_gone


def met_another(problem: DBAPIError) -> bool:
    """Did it meet another writer? Then nothing was saved, and a second try may pass."""
    return sqlstate(problem.orig) in _MET_ANOTHER
