"""How many days lie between two dates, worked out by whichever database it is."""

from datetime import date
from typing import Any

import sqlalchemy as sa
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.sql.compiler import SQLCompiler
from sqlalchemy.sql.functions import GenericFunction


class days_between(GenericFunction[int]):  # noqa: N801 - written as SQL's own functions are
    """In SQL: the days from the first date to the second, below zero if that is earlier."""

    type = sa.Integer()
    inherit_cache = True

    def __init__(self, first: Any, second: Any) -> None:
        super().__init__(_dated(first), _dated(second))


def _dated(value: Any) -> Any:
    return sa.literal(value, sa.Date()) if isinstance(value, date) else value


@compiles(days_between, "sqlite")
def _on_sqlite(element: Any, compiler: SQLCompiler, **options: Any) -> str:
    first, second = (compiler.process(each, **options) for each in element.clauses)
    return f"CAST(julianday({second}) - julianday({first}) AS INTEGER)"


@compiles(days_between, "postgresql")
def _on_postgresql(element: Any, compiler: SQLCompiler, **options: Any) -> str:
    first, second = (compiler.process(each, **options) for each in element.clauses)
    return f"(CAST({second} AS DATE) - CAST({first} AS DATE))"
