"""What every test may ask for: a database of its own, the running app, a browser. No network but loopback."""

import gc
import ipaddress
import logging
import os
import shutil
import socket
import sys
import threading
from collections import Counter
from collections.abc import Generator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import coverage
import pytest
import sqlalchemy as sa
import structlog
from argon2 import PasswordHasher
from hypothesis import settings as hypothesis_settings
from playwright.sync_api import Browser
from sqlalchemy.util import LRUCache
from sqlmodel import Session

from crm import config, db, schema
from crm.services import passwords, refusals
from tests import postgresql
from tests.serving import AppServer, running_browser, serve

STEADY = 60
"""Examples of a law that says no number of its own, in every run of the tests."""

MEASURED_CASES = 3
"""So many cases of a test note which lines run; more of the same seldom reach another."""

IS_MEASURED = pytest.StashKey[bool]()

STATEMENTS = 5_000
"""More than the product has; SQLAlchemy forgets the oldest of 500 otherwise."""

hypothesis_settings.register_profile("steady", deadline=None, derandomize=True, max_examples=STEADY)
hypothesis_settings.register_profile(
    "thorough", deadline=None, database=None, print_blob=True, max_examples=500
)
hypothesis_settings.load_profile("steady")
_connect = socket.socket.connect


def at_least(few: int) -> int:
    """So few examples of a law that is dear to try, unless the run asks for more of everything."""
    asked = hypothesis_settings.get_current_profile_name()
    return few if asked == "steady" else hypothesis_settings().max_examples


def _connect_here_only(self: socket.socket, address: Any) -> None:
    if self.family in (socket.AF_INET, socket.AF_INET6) and not _is_loopback(str(address[0])):
        raise RuntimeError(f"A test tried to reach {address[0]}: tests use loopback only.")
    _connect(self, address)


def _is_loopback(host: str) -> bool:
    return host == "localhost" or ipaddress.ip_address(host).is_loopback


def _forget_settings() -> None:
    """Let the next call read the environment again."""
    if db.engine.cache_info().currsize:
        db.engine().dispose()
    db.engine.cache_clear()
    config.settings.cache_clear()
    refusals._waiting.clear()


def _forget_indexes() -> None:
    """Keep nothing of one database for the next at its address, which only tests have."""
    matching = sys.modules.get("crm.services.match_index")
    words = sys.modules.get("crm.services.vocabularies")
    known = sys.modules.get("crm.services.known_work")
    indexes = (matching.PEOPLE, matching.OPENINGS) if matching else ()
    for kept in (*indexes, *((known.KNOWN_WORK,) if known else ())):
        kept._key = None
    if words:
        words._whole._key = None


@pytest.fixture(scope="session", autouse=True)
def _apart(tmp_path_factory: pytest.TempPathFactory) -> Generator[None]:  # pyright: ignore[reportUnusedFunction]
    """Keep the whole run away from the records and secrets of this machine, and from the network."""
    apart = tmp_path_factory.mktemp("apart")
    with pytest.MonkeyPatch.context() as patch:
        for name in [name for name in os.environ if name.startswith("CRM_")]:
            patch.delenv(name)
        patch.setenv("CRM_SECRETS_DIR", str(apart / "secrets"))
        patch.setenv("CRM_BACKUP_DIR", str(apart / "backups"))
        patch.setenv("CRM_JOBS", "false")
        patch.setenv("DATABASE_URL", f"sqlite:///{apart / 'nobody-asked-for-a-database.db'}")
        patch.delenv("PUBLIC_URL", raising=False)
        patch.setattr(socket.socket, "connect", _connect_here_only)
        _forget_settings()
        yield


@pytest.fixture(scope="session", autouse=True)
def _statements_kept() -> Generator[None]:  # pyright: ignore[reportUnusedFunction]
    """Every database of a kind knows the statements made for the first one: a test has one of its own.

    The service has one as long as it runs, so a statement is made once there too.
    """
    plain = db.make_engine
    kept: dict[str, tuple[sa.Dialect, LRUCache[Any, Any]]] = {}

    def make_engine(url: str) -> sa.Engine:
        made = plain(url)
        first = (made.dialect, LRUCache[Any, Any](STATEMENTS))
        made.dialect, made._compiled_cache = kept.setdefault(made.dialect.name, first)
        return made

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(db, "make_engine", make_engine)
        yield


@pytest.fixture(scope="session", autouse=True)
def real_hasher() -> Generator[PasswordHasher]:
    """Passwords cost next to nothing in tests; this is the hasher that the product uses."""
    real = passwords._HASHER
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(passwords, "_HASHER", PasswordHasher(time_cost=1, memory_cost=8, parallelism=1))
        yield real


@pytest.fixture(scope="session")
def template_database(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An empty, migrated database, made once and copied for each test."""
    path = tmp_path_factory.mktemp("template") / "template.db"
    schema.upgrade(f"sqlite:///{path}")
    return path


@pytest.fixture
def quick_schema(template_database: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A database that does not exist yet is copied instead of being led through every step of the schema.

    For tests that make many; that the steps lead to the same tables is tested in tests/test_schema.py.
    """
    slow, head = schema.upgrade, schema.revision(f"sqlite:///{template_database}")

    def upgrade(url: str, target: str = "head") -> None:
        made = Path(url.removeprefix("sqlite:///"))
        is_new = url.startswith("sqlite:///") and not made.exists()
        if is_new and target in ("head", head):
            made.parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(template_database, made)
        else:
            slow(url, target)

    monkeypatch.setattr(schema, "upgrade", upgrade)


@pytest.fixture
def log_restored() -> Generator[None]:
    """The log may be set up in this test as it is for the running service; afterwards it is as before."""
    kept = (logging.getLogRecordFactory(), sys.excepthook, threading.excepthook)
    access = logging.getLogger("uvicorn.access")
    was_off = access.disabled
    yield
    logging.setLogRecordFactory(kept[0])
    sys.excepthook, threading.excepthook = kept[1:]
    access.disabled = was_off
    structlog.reset_defaults()


@pytest.fixture
def fresh_settings() -> Generator[None]:
    """Settings and engine are read afresh in this test, and forgotten after it."""
    _forget_settings()
    yield
    _forget_settings()


def copy_of(template: Path, folder: Path) -> Path:
    """The folder, with a copy of a migrated database in it as `crm.db`."""
    shutil.copyfile(template, folder / "crm.db")
    return folder


@contextmanager
def use_database(template: Path, path: Path) -> Generator[str]:
    """Use a copy of a migrated database, made at `path`, as the service's own."""
    shutil.copyfile(template, path)
    address = f"sqlite:///{path}"
    with use_address(address):
        yield address


@contextmanager
def use_address(address: str) -> Generator[None]:
    """Use this database as the service's own."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("DATABASE_URL", address)
        _forget_settings()
        yield
        _forget_settings()


@pytest.fixture(scope="session")
def postgresql_server(tmp_path_factory: pytest.TempPathFactory) -> Generator[str]:
    """A PostgreSQL server with a migrated database to copy (see tests/postgresql.py)."""
    with postgresql.running_server(tmp_path_factory.mktemp("pg")) as server:
        postgresql.make_template(server.address)
        yield server.address


ON_BOTH_ENGINES = ("tests/jobs/", "tests/services/", "tests/models/", "tests/test_audit")
"""Tests of these run on SQLite and on PostgreSQL; the others on SQLite, unless told otherwise."""


def pytest_addoption(parser: pytest.Parser) -> None:
    """Let every test that uses a database run on PostgreSQL."""
    parser.addoption("--postgresql", action="store_true", help="use PostgreSQL wherever a database is used")


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    """Say on which engines a test runs that uses a database."""
    if "engine" not in metafunc.fixturenames:
        return
    if metafunc.config.getoption("--postgresql"):
        engines = ["postgresql"]
    else:
        is_on_both = metafunc.definition.nodeid.startswith(ON_BOTH_ENGINES)
        engines = ["sqlite", "postgresql"] if is_on_both else ["sqlite"]
    metafunc.parametrize("engine", engines, indirect=True)


@pytest.hookimpl(wrapper=True)
def pytest_runtest_protocol(item: pytest.Item) -> Generator[None, object, object]:
    """Note which lines run in some tests alone: noting takes as long as the test itself.

    What the others cover beside is not counted, so the figure is rather too low than too high.
    """
    measured = coverage.Coverage.current()
    if measured is None or item.stash[IS_MEASURED]:
        return (yield)
    measured.stop()
    try:
        return (yield)
    finally:
        measured.start()


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Choose the tests that note which lines run: those of the engine, of others the first few cases each.

    PostgreSQL runs the lines that SQLite runs, and a browser those that the tests of pages run.
    """
    cases: Counter[str] = Counter()
    for item in items:
        name = item.nodeid.partition("[")[0]
        is_again = _is_on_postgresql(item) or name.startswith("tests/browser/")
        cases[name] += not is_again
        is_first = cases[name] <= MEASURED_CASES or name.startswith("tests/matching/")
        item.stash[IS_MEASURED] = is_first and not is_again


def _is_on_postgresql(item: pytest.Item) -> bool:
    case = getattr(item, "callspec", None)
    return case is not None and case.params.get("engine") == "postgresql"


@pytest.hookimpl(trylast=True)
def pytest_collection_finish() -> None:
    """What is there by now, every module and test, stays: rubbish is only looked for in what comes after."""
    gc.collect()
    gc.freeze()


@pytest.fixture
def engine(request: pytest.FixtureRequest) -> str:
    """The database engine that this test runs on."""
    return request.param


@pytest.fixture
def database(engine: str, request: pytest.FixtureRequest, tmp_path: Path) -> Generator[str]:
    """The address of a migrated database with nothing in it, in use as the service's own."""
    if engine == "sqlite":
        with use_database(request.getfixturevalue("template_database"), tmp_path / "crm.db") as address:
            yield address
        return
    server = request.getfixturevalue("postgresql_server")
    address = postgresql.lend(server)
    with use_address(address):
        yield address
    postgresql.give_back(server)
    _forget_indexes()


@pytest.fixture
def session(database: str) -> Generator[Session]:
    """One open transaction on the test's database; committed when the test ends well."""
    with db.transaction() as opened:
        yield opened


@pytest.fixture(scope="session")
def components_known() -> Generator[None]:
    """What is installed is looked through for parts of screens once, and not by every app that tests run."""
    from streamlit.components.v2 import manifest_scanner

    found = manifest_scanner.scan_component_manifests()
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(manifest_scanner, "scan_component_manifests", lambda: found)
        yield


@pytest.fixture(scope="session")
def app_server(template_database: Path, tmp_path_factory: pytest.TempPathFactory) -> Generator[AppServer]:
    """The real app on a free port, with a service and one user a role (see tests/serving.py)."""
    folder = tmp_path_factory.mktemp("served")
    shutil.copyfile(template_database, folder / "crm.db")
    with serve(folder) as server:
        yield server


@pytest.fixture(scope="session")
def browser() -> Generator[Browser]:
    """Chromium of this machine; without one, browser tests are skipped, or fail when CI is set."""
    with running_browser() as opened:
        yield opened
