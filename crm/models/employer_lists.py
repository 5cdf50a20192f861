"""What colleagues make of lists of employers: tags, views to come back to, and changes of many at once."""

from datetime import date
from enum import StrEnum

import sqlalchemy as sa
from pydantic import BaseModel
from sqlmodel import Field

from crm.models.base import Name, Record, choice_column


class EmployerTag(Record, table=True):
    """A word by which colleagues find employers again; compared by its key."""

    __table_args__ = (sa.UniqueConstraint("employer_id", "tag_key", name="uq_employer_tag"),)

    employer_id: int = Field(foreign_key="employer.id")
    tag: str
    tag_key: str = Field(index=True)


class ListPage(StrEnum):
    """The lists that views can be kept of. None is of people: no name of theirs belongs in an address."""

    EMPLOYERS = "employers"
    AGREEMENTS = "agreements"
    VACANCIES = "vacancies"
    TASKS = "tasks"


class SavedViewInput(BaseModel):
    """How a view is called, whether colleagues see it too, and whether it stands above the list."""

    name: Name
    is_shared: bool = False
    is_pinned: bool = True


class SavedView(Record, table=True):
    """A list as somebody narrowed and sorted it: `query` is what stands behind its address."""

    user_id: int = Field(foreign_key="user.id", index=True)
    page: ListPage = Field(sa_type=choice_column(ListPage))
    name: str
    query: str
    is_shared: bool = False
    is_pinned: bool = True


class BulkWhat(StrEnum):
    """What can be changed of many employers at once."""

    OWNER = "owner"
    STAGE = "stage"
    ADD_TAG = "add_a_tag"
    REMOVE_TAG = "remove_a_tag"


class BulkChange(Record, table=True):
    """One change of many employers, kept so that it can be undone; `value` is an id, a stage or a tag."""

    what: BulkWhat = Field(sa_type=choice_column(BulkWhat))
    value: str | None = None
    why: str | None = None
    employers: int
    undone_on: date | None = None


class BulkChangeRow(Record, table=True):
    """What one employer had before a change of many: the owner's id or the stage; nothing for tags."""

    bulk_id: int = Field(foreign_key="bulk_change.id", index=True)
    employer_id: int = Field(foreign_key="employer.id", index=True)
    before: str | None = None
