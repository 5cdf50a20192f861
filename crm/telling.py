"""How a command says what went wrong."""

from collections.abc import Generator
from contextlib import contextmanager

import typer
from pydantic import ValidationError

from crm.errors import CrmError


@contextmanager
def told_plainly() -> Generator[None]:
    """Turn expected problems into a sentence and the exit code 1."""
    try:
        yield
    except ValidationError as refusal:
        for error in refusal.errors():
            typer.echo(f"{error['loc'][0]}: {error['msg'].removeprefix('Value error, ')}", err=True)
        raise typer.Exit(1) from refusal
    except CrmError as problem:
        typer.echo(str(problem), err=True)
        raise typer.Exit(1) from problem
