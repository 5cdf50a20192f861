"""The service itself, the people who work in it, and their sessions."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Annotated

import sqlalchemy as sa
from pydantic import AfterValidator, BaseModel, BeforeValidator, SecretStr
from sqlmodel import Field

from crm.models.base import Name, Record, Table, UtcDateTime, ticked, utc_now
from crm.models.reach import Email
from crm.policy import Role

LEAST_PASSWORD_LENGTH = 12


@dataclass(frozen=True, slots=True)
class Actor:
    """Who acts: read afresh from the session at each run, handed to every service as `by`."""

    id: int | None
    name: str
    email: str
    roles: frozenset[Role]
    team_id: int | None = None


SYSTEM = Actor(id=None, name="the system", email="", roles=frozenset(Role) - {Role.AUDITOR})


class Service(Record, table=True):
    """The one service that this database belongs to, and how it likes to work."""

    name: str
    seeker_word: str = "job seeker"
    seeker_words: str = "job seekers"
    is_demonstration: bool = False
    weight_skills: float = 40.0
    weight_hours: float = 25.0
    weight_natural_supports: float = 20.0
    weight_preference: float = 15.0


class NewService(BaseModel):
    """What the set-up form asks about the service and its first administrator."""

    service_name: Name
    name: Name
    email: Email
    password: SecretStr
    roles: frozenset[Role] = frozenset(Role) - {Role.AUDITOR}


class TeamInput(BaseModel):
    """What a team is called."""

    name: Name


class Team(Record, table=True):
    """Colleagues who look after each other's people and employers."""

    name: str = Field(unique=True)


def roles_of(role_names: str) -> frozenset[Role]:
    """Roles as they are kept, as roles."""
    return frozenset(Role(name) for name in role_names.split(",") if name)


class User(Record, table=True):
    """Somebody who can sign in. Roles are kept as their names, parted by commas.

    Colleagues without a team are one team, so that a small service need not make any.
    """

    name: str
    email: str = Field(unique=True, index=True)
    password_hash: str | None = None
    role_names: str = ""
    team_id: int | None = Field(default=None, foreign_key="team.id", index=True)
    disabled_at: datetime | None = Field(default=None, sa_type=UtcDateTime)

    @property
    def roles(self) -> frozenset[Role]:
        """The roles that this person has."""
        return roles_of(self.role_names)

    def as_actor(self) -> Actor:
        """This person as services know them."""
        return Actor(id=self.key, name=self.name, email=self.email, roles=self.roles, team_id=self.team_id)


class Cover(Record, table=True):
    """Somebody beside the record's own coach or owner who has it in their caseload, up to and with a day.

    Handing over makes one for the colleague who had the record before, so that both can act for a while.
    """

    __table_args__ = (sa.Index("ix_cover_record", "record_kind", "record_id"),)
    user_id: int = Field(foreign_key="user.id", index=True)
    record_kind: str
    record_id: int
    until: date
    why: str


class NewUser(BaseModel):
    """A colleague to be added. Without a password they cannot sign in yet."""

    name: Name
    email: Email
    roles: frozenset[Role]
    team_id: int | None = None
    password: SecretStr | None = None


def _at_least_one(value: frozenset[Role]) -> frozenset[Role]:
    if not value:
        raise ValueError("Tick at least one role: without one they can see nothing.")
    return value


class ColleagueInput(BaseModel):
    """What an administrator records of a colleague."""

    name: Name
    email: Email
    team_id: int | None = None
    roles: Annotated[frozenset[Role], BeforeValidator(ticked), AfterValidator(_at_least_one)]


class Invitation(Table, table=True):
    """A link with which one colleague chooses a password, once: only the digest of its value is kept."""

    id: int | None = Field(default=None, primary_key=True)
    token_digest: str = Field(unique=True, index=True)
    user_id: int = Field(foreign_key="user.id", index=True)
    created_at: datetime = Field(default_factory=utc_now, sa_type=UtcDateTime, nullable=False)
    ends_at: datetime = Field(sa_type=UtcDateTime, nullable=False)
    used_at: datetime | None = Field(default=None, sa_type=UtcDateTime)


class UserSession(Table, table=True):
    """A sign-in in force: only the digest of the cookie's random value is kept."""

    id: int | None = Field(default=None, primary_key=True)
    token_digest: str = Field(unique=True, index=True)
    user_id: int = Field(foreign_key="user.id", index=True)
    created_at: datetime = Field(default_factory=utc_now, sa_type=UtcDateTime, nullable=False)
    seen_at: datetime = Field(default_factory=utc_now, sa_type=UtcDateTime, nullable=False)
    revoked_at: datetime | None = Field(default=None, sa_type=UtcDateTime)

    @property
    def key(self) -> int:
        """The id of a session that has been stored.

        Raises:
            ValueError: it has not been stored yet.
        """
        if self.id is None:
            raise ValueError("This session has not been stored yet.")
        return self.id


class FailedSignIn(Table, table=True):
    """One wrong password, counted by account and by address for five minutes."""

    id: int | None = Field(default=None, primary_key=True)
    counted_for: str = Field(index=True)
    at: datetime = Field(default_factory=utc_now, sa_type=UtcDateTime, nullable=False, index=True)


class FormDraft(Table, table=True):
    """What somebody has typed into a form and not saved yet, locked; it outlives an error and a restart."""

    __table_args__ = (sa.UniqueConstraint("user_id", "form", "record_key"),)
    id: int | None = Field(default=None, primary_key=True)
    user_id: int = Field(foreign_key="user.id")
    form: str
    record_key: str
    drawn_version: int | None = None
    values_locked: str
    saved_at: datetime = Field(default_factory=utc_now, sa_type=UtcDateTime, nullable=False)
