"""The commands of `python -m crm` that make, prove and restore backups."""

from pathlib import Path
from typing import Annotated

import typer

from crm import startup
from crm.backup.archive import Manifest
from crm.models.users import SYSTEM
from crm.services import backups, restoring
from crm.services.backup_checks import check
from crm.telling import told_plainly

BackupFile = Annotated[Path, typer.Argument(help="The backup.", exists=True, dir_okay=False)]

_DIFFER = "Not all records in it are as they were saved last:"


def add_to(app: typer.Typer) -> None:
    """Let the command line know these commands."""
    app.command()(backup)
    app.command()(restore)
    app.command()(verify_backup)


def backup(
    to: Annotated[Path | None, typer.Option(help="Folder to write into; CRM_BACKUP_DIR by default.")] = None,
) -> None:
    """Make an encrypted backup while the service runs, check it, and drop those not kept any more."""
    with told_plainly():
        startup.prepare()
        made = backups.make(by=SYSTEM, to=to)
    typer.echo(f"{made.path} was made and checked: {_words(made.manifest)}")
    if made.differing:
        typer.echo(made.differing_words, err=True)
        raise typer.Exit(1)


def verify_backup(file: BackupFile) -> None:
    """Restore a backup into a place that is thrown away, and say whether all of it is there."""
    with told_plainly():
        proved = check(file)
    typer.echo(f"The backup is whole: {_words(proved.manifest)}")
    if proved.records.count:
        typer.echo(f"{_DIFFER} {proved.records.words}", err=True)
        raise typer.Exit(1)


def restore(
    file: BackupFile,
    to: Annotated[str | None, typer.Option(help="Address of the database; DATABASE_URL by default.")] = None,
) -> None:
    """Restore a backup, once it has been checked; what was there before is put aside."""
    with told_plainly():
        done = restoring.restore(file, to=to)
    typer.echo(f"Restored and checked: {_words(done.proved.manifest)}")
    if done.proved.records.count:
        typer.echo(f"{_DIFFER} {done.proved.records.words}", err=True)
    if done.aside:
        typer.echo(f"The database that was there before is kept as {done.aside.name}.")


def _words(manifest: Manifest) -> str:
    return (
        f"{manifest.rows:,} rows of {len(manifest.parts)} tables as they were on "
        f"{manifest.made_at:%Y-%m-%d at %H:%M} UTC, and {manifest.audit.count:,} sealed entries of the audit "
        f"trail, the last {manifest.audit.head[:12] or 'not there'}."
    )
