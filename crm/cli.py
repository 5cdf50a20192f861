"""The commands of `python -m crm`: each ends with one plain sentence, and with 1 when it was not done."""

import sys
from collections.abc import Callable
from typing import Annotated, TypeVar

import typer
from pydantic import SecretStr

from crm import cli_backups, logs, schema, startup
from crm.audit_chain import Verdict
from crm.config import settings
from crm.db import one_moment, transaction
from crm.jobs import serve as worker
from crm.jobs import work
from crm.models.users import SYSTEM, NewService, NewUser
from crm.policy import Role, role_word
from crm.services import key_rotation, record_checks, search_rebuild, setup, trail, users
from crm.services.key_rotation import Rotation
from crm.services.record_checks import Comparison
from crm.telling import told_plainly
from crm.web import demonstration

app = typer.Typer(
    help="Run the employer engagement CRM without a screen.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
)
user_commands = typer.Typer(help="Colleagues who can sign in.", no_args_is_help=True)
app.add_typer(user_commands, name="users")
cli_backups.add_to(app)
T = TypeVar("T")

FromStdin = Annotated[
    bool,
    typer.Option("--password-stdin", help="Read the password from standard input, so that no list shows it."),
]


def _password(from_stdin: bool) -> SecretStr:
    """The first line of standard input, or what is typed twice and not shown."""
    if from_stdin:
        return SecretStr(sys.stdin.readline().rstrip("\r\n"))
    return SecretStr(typer.prompt("Password", hide_input=True, confirmation_prompt=True))


def _do(work: Callable[[], T]) -> T:
    """Bring the installation up to date, then do the work."""
    with told_plainly():
        startup.prepare()
        return work()


@app.command()
def init(
    admin: Annotated[str, typer.Option(help="E-mail address of the first administrator.")],
    service_name: Annotated[str, typer.Option(help="Name of the service.")] = "Supported employment",
    name: Annotated[str, typer.Option(help="Name of the first administrator.")] = "Administrator",
    password_stdin: FromStdin = False,
) -> None:
    """Set the service up with its first administrator."""

    def work() -> None:
        new = NewService(
            service_name=service_name, name=name, email=admin, password=_password(password_stdin)
        )
        with transaction() as session:
            setup.create(session, new)

    _do(work)
    typer.echo(f"“{service_name}” is set up; {admin} can sign in as its administrator.")


@app.command()
def demo() -> None:
    """Fill an empty service with fictional people and employers."""
    _do(demonstration.load)
    typer.echo("The service is a demonstration now; all people and employers in it are fictional.")


@app.command()
def migrate() -> None:
    """Bring the database up to date."""
    _do(lambda: None)
    typer.echo("The database is up to date.")


@app.command()
def verify_audit() -> None:
    """Read the whole audit trail and say whether it and the records are as they were written."""

    def work() -> tuple[Verdict, Comparison]:
        with one_moment() as session:
            return trail.verify(session, by=SYSTEM), record_checks.compare(session, by=SYSTEM)

    verdict, records = _do(work)
    said = f"{verdict.count:,} entries, the last sealed {verdict.head[:12] or 'not at all'}."
    if verdict.unsealed:
        said += f" {verdict.unsealed:,} more are older than the seals."
    if not verdict.is_whole:
        told = f"The audit trail is NOT whole: {_fault(verdict)} {said} {records.words}"
        typer.echo(told.rstrip(), err=True)
        raise typer.Exit(1)
    trail.note_anchor()
    typer.echo(f"The audit trail is whole: {said}")
    if records.count:
        typer.echo(f"The records are NOT all as they were saved last: {records.words}", err=True)
        raise typer.Exit(1)
    typer.echo(f"All {records.records:,} records are as they were saved last.")


def _fault(verdict: Verdict) -> str:
    faults: list[str] = []
    if verdict.broken_at is not None:
        faults.append(f"from entry {verdict.broken_at} on it does not fit its seals.")
    if verdict.missing:
        faults.append(f"{verdict.missing:,} entries that an anchor tells of are missing at the end.")
    if verdict.is_rebuilt:
        faults.append("its seals are not those that an anchor tells of.")
    return " ".join(faults)


@app.command()
def jobs(
    serve: Annotated[
        bool, typer.Option("--serve", help="Go on until standard input closes, as the app's own child does.")
    ] = False,
) -> None:
    """Do the background work that is due, and end; run it every few minutes where no app does it."""
    if serve:
        worker.serve()
        return
    done = _do(work.run_due)
    typer.echo(f"Background work done: {done:,} due.")


@app.command()
def reindex() -> None:
    """Make the index of the search anew from the records, while people work."""
    done = _do(search_rebuild.rebuild)
    typer.echo(f"The search index holds {done:,} records and is as they are.")


@app.command()
def rotate_keys() -> None:
    """Make a new key and lock again with it what is kept locked; run it again if it was stopped."""

    def work() -> Rotation:
        return key_rotation.rotate(by=SYSTEM)

    done = _do(work)
    said = ", ".join(f"{number:,} {called}" for called, number in done.locked_again.items())
    begun = "A new key was made" if done.is_new else "An earlier change of keys was finished"
    typer.echo(
        f"{begun}; locked again: {said}. Keep the older keys as long as you keep backups from before today."
    )


@app.command()
def schema_step(message: Annotated[str, typer.Argument(help="What changes, in a few words.")]) -> None:
    """For developers: write the migration from the database as it is to the tables of the code."""
    with told_plainly():
        schema.upgrade(settings().database_url)
        written = schema.add_step(settings().database_url, message)
    typer.echo(f"Written to {written.name}; read it before you commit it.")


@user_commands.command("add")
def add_user(
    email: str,
    name: Annotated[str, typer.Option(help="The colleague's name.")],
    role: Annotated[list[Role], typer.Option(help="What they may do; repeat it for several roles.")],
    password_stdin: FromStdin = False,
) -> None:
    """Add a colleague who can sign in."""

    def work() -> None:
        new = NewUser(name=name, email=email, roles=frozenset(role), password=_password(password_stdin))
        with transaction() as session:
            users.add(session, new, by=SYSTEM)

    _do(work)
    typer.echo(f"{name} can sign in as {' and '.join(role_word(one) for one in role)}.")


def main() -> None:
    """Run the command that the arguments name."""
    logs.set_up()
    app(prog_name="python -m crm")
