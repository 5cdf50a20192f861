"""What every record has, and the column and input types that all tables share."""

import re
import unicodedata
from collections.abc import Mapping
from datetime import UTC, date, datetime
from enum import StrEnum
from typing import Annotated, Any, cast

import sqlalchemy as sa
from pydantic import AfterValidator, BeforeValidator
from pydantic import Field as PydanticField
from sqlalchemy.orm import declared_attr
from sqlmodel import Field, SQLModel


def _check_name(constraint: Any, _table: object) -> str:
    """Names the check of a fixed list after its column too, as a table may have two of the same list."""
    column = f"{constraint.columns[0].name}_" if getattr(constraint, "_type_bound", False) else ""
    return f"{column}{constraint.name}"


SQLModel.metadata.naming_convention = {
    "check_constraint_name": _check_name,
    "ix": "ix_%(column_0_label)s",
    "uq": "uq_%(table_name)s_%(column_0_name)s",
    "ck": "ck_%(table_name)s_%(check_constraint_name)s",
    "fk": "fk_%(table_name)s_%(column_0_name)s",
    "pk": "pk_%(table_name)s",
}


def utc_now() -> datetime:
    """This moment, aware, in UTC."""
    return datetime.now(UTC)


class UtcDateTime(sa.types.TypeDecorator[datetime]):
    """An aware moment, kept as UTC; SQLite forgets the zone, so it is put back on reading."""

    impl = sa.DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: sa.Dialect) -> datetime | None:
        """Turn any aware moment into UTC.

        Raises:
            ValueError: the moment has no time zone.
        """
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError("Moments need a time zone.")
        return value.astimezone(UTC)

    def process_result_value(self, value: datetime | None, dialect: sa.Dialect) -> datetime | None:
        """Give back an aware moment."""
        if value is None:
            return None
        return value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)


def _snake(name: str) -> str:
    return re.sub(r"(?<!^)(?=[A-Z])", "_", name).lower()


def _values(choices: type[StrEnum]) -> list[str]:
    return [member.value for member in choices]


def choice_column(choices: type[StrEnum]) -> Any:
    """A column type that holds one value of a fixed list, as its own text, checked by the database."""
    return sa.Enum(
        choices,
        native_enum=False,
        create_constraint=True,
        length=40,
        name=_snake(choices.__name__),
        values_callable=_values,
    )


class Table(SQLModel):
    """Names each table after its class: `EmployerSite` is kept in `employer_site`."""

    @declared_attr.directive
    def __tablename__(cls) -> str:  # pyright: ignore[reportIncompatibleVariableOverride]
        return _snake(cls.__name__)


class Record(Table):
    """What every record has: who made and changed it, when, its version, and whether it is archived.

    The version is the one that a form carries; `crm.services.records` raises it at each change.
    """

    id: int | None = Field(default=None, primary_key=True)
    version: int = Field(default=1, nullable=False)
    created_at: datetime = Field(default_factory=utc_now, sa_type=UtcDateTime, nullable=False)
    created_by: int | None = Field(default=None)
    updated_at: datetime = Field(default_factory=utc_now, sa_type=UtcDateTime, nullable=False, index=True)
    updated_by: int | None = Field(default=None)
    archived_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    archived_by: int | None = Field(default=None)
    archived_why: str | None = Field(default=None)

    @property
    def key(self) -> int:
        """The id of a record that has been stored.

        Raises:
            ValueError: it has not been stored yet.
        """
        if self.id is None:
            raise ValueError(f"This {type(self).__name__} has not been stored yet.")
        return self.id


def folded(text: str) -> str:
    """Text as it is compared: no case, no accents, single spaces. Used for search and for sorting."""
    if text.isascii():
        return " ".join(text.casefold().split())
    plain = "".join(c for c in unicodedata.normalize("NFKD", text) if not unicodedata.combining(c))
    return " ".join(plain.casefold().split())


_UNSTORABLE = re.compile("[\0\ud800-\udfff]")


def _storable(value: str) -> str:
    if _UNSTORABLE.search(value):
        raise ValueError("This text has a character that cannot be stored (NUL or half a surrogate pair).")
    return value


def _present(value: str) -> str:
    if not value.strip():
        raise ValueError("This cannot be left empty.")
    return value


def _none_if_blank(value: object) -> object:
    return None if isinstance(value, str) and not value.strip() else value


def ticked(value: Any) -> Any:
    """What is ticked of several things as a form gives them: each with whether it is."""
    if isinstance(value, Mapping):
        return [name for name, is_ticked in cast("Mapping[str, object]", value).items() if is_ticked]
    return value


class OfFieldError(ValueError):
    """A rule between several fields is broken; `field` is the one to look at first."""

    def __init__(self, field: str, words: str) -> None:
        super().__init__(words)
        self.field = field


def ensure_range(field: str, least: float | None, most: float | None) -> None:
    """Refuse the upper end of a guess that has no lower end, or one above it.

    Raises:
        OfFieldError: the range is none.
    """
    if most is not None and (least is None or most < least):
        words = "“Up to” is the upper end of a guess: give the lower end too, and not above it."
        raise OfFieldError(field, words)


def _limit(length: int) -> AfterValidator:
    def check(value: str) -> str:
        if len(value) > length:
            raise ValueError(f"This is {len(value):,} characters long; it can be {length:,} at most.")
        return value

    return AfterValidator(check)


Name = Annotated[str, AfterValidator(_present), AfterValidator(_storable), _limit(200)]
Line = Annotated[
    Annotated[str, AfterValidator(_storable), _limit(300)] | None, BeforeValidator(_none_if_blank)
]
Present = Annotated[str, AfterValidator(_present), AfterValidator(_storable), _limit(20_000)]
"""Text of any length that has to be there."""
Text = Annotated[
    Annotated[str, AfterValidator(_storable), _limit(20_000)] | None, BeforeValidator(_none_if_blank)
]


def _in_range(low: float, high: float, words: str) -> AfterValidator:
    def check(value: float) -> float:
        if not low <= value <= high:
            raise ValueError(f"{words} is between {low:g} and {high:g}.")
        return value

    return AfterValidator(check)


WeekHours = Annotated[float, _in_range(0, 80, "Hours a week")] | None
HourlyPay = Annotated[float, _in_range(0, 500, "Pay in £ an hour")] | None
Meanings = Annotated[dict[str, str], PydanticField(exclude=True)]
"""What somebody chose words to mean while they typed, by those words. It is no field of the record: the
concept that it is settled to is."""
Level = Annotated[int, _in_range(0, 4, "A level")] | None


def _whole(low: int, high: int, what: str) -> AfterValidator:
    def check(value: int) -> int:
        if not low <= value <= high:
            raise ValueError(f"{what} is between {low} and {high}.")
        return value

    return AfterValidator(check)


Percent = Annotated[int, _whole(1, 100, "The percent of essential criteria")] | None
Days = Annotated[int, _whole(0, 730, "A number of days")] | None
Count = Annotated[int, _whole(1, 1000, "This number")] | None


def _sensible_date(value: date) -> date:
    if not date(1900, 1, 1) <= value <= date(2100, 12, 31):
        raise ValueError("The date lies outside the years 1900 to 2100.")
    return value


Day = Annotated[date, AfterValidator(_sensible_date)] | None


class Known(StrEnum):
    """Yes, no, or not recorded: unknown is never stored as no."""

    YES = "yes"
    NO = "no"
    UNKNOWN = "unknown"
