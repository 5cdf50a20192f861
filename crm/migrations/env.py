"""Run by Alembic, with the connection that `crm.schema` hands over."""

from typing import Any, Literal

from alembic import context
from sqlalchemy import Connection
from sqlmodel import AutoString, SQLModel

from crm.models.base import UtcDateTime
from crm.models.locked import Locked


def plainly(kind: str, column_type: Any, _context: Any) -> str | Literal[False]:
    """Write our own column types as the database's, so that a step stays as it was when the code moves on."""
    if kind == "type" and isinstance(column_type, UtcDateTime):
        return "sa.DateTime(timezone=True)"
    if kind == "type" and isinstance(column_type, Locked):
        return "sa.String()"
    if kind == "type" and isinstance(column_type, AutoString):
        return f"sa.String({column_type.length or ''})"
    return False


def run(connection: Connection) -> None:
    """Go through the steps inside the transaction that the caller has opened."""
    context.configure(
        connection=connection,
        target_metadata=SQLModel.metadata,
        render_as_batch=connection.dialect.name == "sqlite",
        render_item=plainly,
        compare_type=True,
    )
    context.run_migrations()


run(context.config.attributes["connection"])
