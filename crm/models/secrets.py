"""Which secrets this database needs: by name only, so that the wrong ones are told at the start."""

from sqlmodel import Field

from crm.models.base import Table


class SecretCheck(Table, table=True):
    """A secret that something in this database was made with: what it is for, and what it is called."""

    use: str = Field(primary_key=True)
    name: str = Field(primary_key=True)
