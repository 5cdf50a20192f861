"""The area of a postcode (LS of LS1 4DY, M of M1 1AE) in SQL: coarse enough to say where work is wanted."""

from typing import Any

import sqlalchemy as sa

_DIGITS = tuple("0123456789")


def area_of(postcode: Any) -> sa.ColumnElement[str]:
    """In SQL the one or two letters that a postcode begins with; empty where there is none.

    A figure that is grouped by it needs it in a subquery: PostgreSQL knows no two parameters for the same.
    """
    is_short = sa.func.substr(postcode, 2, 1).in_(_DIGITS)
    return sa.case((is_short, sa.func.substr(postcode, 1, 1)), else_=sa.func.substr(postcode, 1, 2))
