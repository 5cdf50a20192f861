"""Every bad file of the reference material through the screens that import."""

from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

import pytest
from sqlmodel import col, select
from streamlit.testing.v1 import AppTest

from crm import db
from crm.config import ROOT
from crm.errors import UnreadableFileError
from crm.models.imports import ImportBatch
from crm.models.users import User
from crm.policy import Role
from crm.readers.tables import read_table
from crm.services import imports, list_imports
from crm.services.employer_imports import EmployerFile
from crm.services.intake_kinds import INTAKES
from tests.makers import make_service, make_user
from tests.pages.opening import checked, open_page, press, shown

BAD = ROOT.parent / "shared" / "reference" / "badinput"
FILES = sorted(path for path in BAD.rglob("*") if path.is_file())
LISTS = [path for path in FILES if path.suffix in {".csv", ".tsv", ".txt", ".xlsx", ".xlsm", ".xls", ".ods"}]
PARTS = 4

pytestmark = [
    pytest.mark.reference,
    pytest.mark.skipif(not BAD.is_dir(), reason="../shared/reference/badinput is not there"),
]


@pytest.fixture
def manager(database: str) -> User:
    with db.transaction() as session:
        make_service(session)
        return make_user(session, Role.MANAGER)


def upload(app: AppTest, path: Path) -> AppTest:
    app.file_uploader[0].set_value((path.name, path.read_bytes(), "application/octet-stream"))
    return checked(app.run())


def labels(app: AppTest) -> list[str]:
    return [button.label for button in app.button]


def last_batch() -> ImportBatch | None:
    with db.reading() as session:
        return session.exec(select(ImportBatch).order_by(col(ImportBatch.id).desc())).first()


def ends_well(app: AppTest) -> bool:
    """Whether the screen says what is wrong, asks for something, or has taken the file in."""
    offered = (label for label in labels(app) if label.startswith(("Import ", "Keep the figures")))
    taking_in = next(offered, None)
    if taking_in is None:
        return "There is a problem" in shown(app) or "Upload something else" in labels(app)
    before = last_batch()
    press(app, taking_in)
    after = last_batch()
    return after is not None and (before is None or after.id != before.id)


def again(app: AppTest, user: User, script: str) -> AppTest:
    """The empty form, ready for the next file."""
    if "Upload something else" in labels(app):
        return press(app, "Upload something else")
    return app if app.file_uploader else open_page(user, script)


@pytest.mark.parametrize("part", range(PARTS))
def test_every_bad_list_is_refused_in_a_sentence_or_taken_in_row_by_row(part: int, manager: User):
    app = open_page(manager, "imports/employers.py")
    left: list[str] = []
    for path in LISTS[part::PARTS]:
        if not ends_well(upload(app, path)):
            left.append(path.name)
        app = again(app, manager, "imports/employers.py")
    assert left == []


def readable() -> Iterator[EmployerFile]:
    """The bad lists that can be read after all; tests/readers has the sentences for the others."""
    for path in LISTS:
        content = path.read_bytes()
        with suppress(UnreadableFileError):
            table = read_table(content, path.name)
            yield EmployerFile(path.name, imports.digest_of(content), table)


def test_every_row_of_every_bad_list_is_accounted_for_whatever_the_rows_are_about(manager: User):
    for file in readable():
        for kind in INTAKES:
            fields = [field.name for field in list_imports.fields_of(kind)]
            columns = [name for name in file.table.header if list_imports.may_hold(kind, name)]
            mapping = dict(zip(fields, columns * len(fields), strict=False))
            with db.reading() as session:
                seen = list_imports.preview(session, kind, file, mapping, by=manager.as_actor())
            assert seen.figures.read == file.table.row_count


def test_every_bad_file_at_once_among_adverts_is_read_and_what_does_not_fit_is_kept(manager: User):
    app = open_page(manager, "imports/vacancies.py")
    app.file_uploader[0].set_value([(path.name, path.read_bytes(), "text/plain") for path in FILES])
    checked(app.run())
    press(app, "Read the adverts")
    assert ends_well(app)
    batch = last_batch()
    assert batch is not None
    assert batch.rows_refused >= len(FILES)
    assert "files/refused/" in shown(open_page(manager, "imports/batch.py", id=batch.key))
