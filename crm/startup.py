"""Before anything is served: secrets made, the file sound, the schema up to date."""

from collections.abc import Generator, Mapping, Sequence
from contextlib import contextmanager, suppress
from ipaddress import IPv6Address, ip_address
from itertools import pairwise
from pathlib import Path

import sqlalchemy as sa
from filelock import FileLock, Timeout
from sqlalchemy.exc import DatabaseError

from crm import schema, secret_check, secret_store
from crm.config import settings
from crm.errors import CrmError, StorageError
from crm.services import search_rebuild

IN_THE_CLEAR = (
    "Other machines could reach this address without encryption. Put a proxy with TLS in front and "
    "set PUBLIC_URL to its https address, or serve on 127.0.0.1."
)


class StartupError(CrmError):
    """The service cannot be started as things are."""


def prepare() -> None:
    """Make this installation ready to serve. It can be called any number of times, by several processes.

    Raises:
        StartupError: the database file is damaged.
        SchemaError: the database was made by a newer version.
        SecretsError: the secrets are lost, or are those of another service.
    """
    url = settings().database_url
    ensure_sound(url)
    secret_check.ensure_fit(url)
    secret_store.audit_key()
    secret_store.values_keys()
    secret_store.metrics_token()
    secret_store.backup_key()
    schema.upgrade(url)
    secret_check.note(url)
    with suppress(StorageError):  # Where the disk is full, people can still read, and are found later.
        search_rebuild.fill_gaps()


def ensure_sound(url: str) -> None:
    """Refuse a SQLite file that fails its own quick check; other databases check themselves.

    Raises:
        StartupError: the file is damaged, or is no database.
    """
    address = sa.make_url(url)
    if address.get_backend_name() != "sqlite" or not address.database or not Path(address.database).exists():
        return
    made = sa.create_engine(url)
    try:
        with made.connect() as connection:
            answer = connection.exec_driver_sql("PRAGMA quick_check(1)").scalar()
    except DatabaseError as problem:
        answer = str(problem.orig)
    except UnicodeDecodeError:
        answer = "it holds text that is none"
    finally:
        made.dispose()
    if answer != "ok":
        raise StartupError(
            f"The database file {Path(address.database).name} is damaged ({answer}). "
            "Nothing was changed. Put it aside and restore the last backup."
        )


@contextmanager
def only_server(url: str | None = None) -> Generator[None]:
    """Hold a SQLite file, the service's own by default, against a second server.

    That one would not share this one's sessions and locks; nor may the file be replaced under it.

    Raises:
        StartupError: another server is running on it.
    """
    address = sa.make_url(url or settings().database_url)
    if address.get_backend_name() != "sqlite" or not address.database:
        yield
        return
    Path(address.database).parent.mkdir(parents=True, exist_ok=True)
    lock = FileLock(f"{address.database}.server.lock")
    try:
        lock.acquire(timeout=0)
    except Timeout as problem:
        raise StartupError(
            "The service is running already on this database. Use that one, or stop it first."
        ) from problem
    try:
        yield
    finally:
        lock.release()


def ensure_address_is_safe(address: str | None) -> None:
    """Refuse to be reached from other machines in the clear: passwords would be.

    Raises:
        StartupError: the address is not loopback, and PUBLIC_URL is not https.
    """
    if not is_loopback(address) and not settings().is_https:
        raise StartupError(IN_THE_CLEAR)


def address_of_uvicorn(arguments: Sequence[str], environment: Mapping[str, str]) -> str:
    """Where `uvicorn streamlit_app:app …` listens, as its command line or its environment says."""
    for word, following in pairwise([*arguments, ""]):
        if word == "--host":
            return following
        if word.startswith("--host="):
            return word.removeprefix("--host=")
    return environment.get("UVICORN_HOST", "127.0.0.1")


def is_loopback(address: str | None) -> bool:
    """Does this address lead to this machine only? No address at all stands for all of them."""
    if address == "localhost":
        return True
    try:
        given = ip_address(address or "0.0.0.0")  # noqa: S104
    except ValueError:
        return False
    mapped = given.ipv4_mapped if isinstance(given, IPv6Address) else None
    return (mapped or given).is_loopback
