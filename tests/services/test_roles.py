"""Typical roles: shipped ones found however they are called, SOC 2020 imported beside them."""

from io import BytesIO

import pytest
import xlsxwriter  # pyright: ignore[reportMissingTypeStubs]
from sqlmodel import Session

from crm.config import ROOT
from crm.errors import NotAllowedError, NotFoundError, UnreadableFileError
from crm.models.users import SYSTEM
from crm.policy import Role
from crm.services import role_imports, roles
from crm.services.role_imports import RoleFile, UnitGroup
from tests.makers import make_actor

SOC = ROOT.parent / "shared" / "reference" / "soc2020"
HEADER = ("SOC\n2020 Unit Group", "SOC\n2020 \nGroup Title", "Tasks", "Related Job Titles")


def workbook(*rows: tuple[str, ...]) -> bytes:
    content = BytesIO()
    with xlsxwriter.Workbook(content) as book:
        sheet = book.add_worksheet("SOC2020 descriptions")
        for number, row in enumerate([HEADER, *rows]):
            sheet.write_row(number, 0, row)
    return content.getvalue()


def zeppelins() -> RoleFile:
    group = UnitGroup("soc-9999", "Zeppelin hands (SOC 9999)", ("Zeppelin hands",), ("Moor zeppelins",))
    return RoleFile((group,), "soc.xlsx", "0")


def test_a_role_that_is_not_in_the_library_is_not_found(session: Session):
    assert roles.find(session, "barista", by=SYSTEM).name == "Barista"
    assert roles.find(session, roles.OWN, by=SYSTEM).tasks == ()
    with pytest.raises(NotFoundError, match="not in the library"):
        roles.find(session, "soc-9999", by=SYSTEM)


def test_unit_groups_are_read_with_their_tasks_and_other_rows_left_out():
    rows = [
        ("9", "Elementary occupations", "<blank>", "<blank>"),
        ("9999", "Zeppelin hands", "~moors zeppelins\n\n~winches " + "very " * 50, "~Mooring hand"),
    ]
    (group,) = role_imports.read_roles("soc.xlsx", workbook(*rows)).groups
    assert (group.code, group.name) == ("soc-9999", "Zeppelin hands (SOC 9999)")
    assert group.others == ("Zeppelin hands", "Mooring hand")
    assert group.tasks[0] == "Moors zeppelins"
    assert len(group.tasks[1]) <= 200
    assert group.tasks[1].endswith("very…")


def test_another_workbook_is_refused_in_words():
    with pytest.raises(UnreadableFileError, match="no unit groups with tasks"):
        role_imports.read_roles("prices.xlsx", workbook())
    with pytest.raises(UnreadableFileError, match="no unit groups with tasks"):
        role_imports.read_roles("prices.csv", b"name,price\nBread,2\n")


def test_imported_roles_stand_beside_the_shipped_ones_and_take_the_place_of_earlier_ones(session: Session):
    batch = role_imports.take_in(session, zeppelins(), by=SYSTEM)
    assert "Open Government Licence" in batch.notes[0]
    assert [role.role_id for role in roles.search(session, "zeppelin hand", by=SYSTEM)][:1] == ["soc-9999"]
    assert roles.search(session, "kitchen porter", by=SYSTEM)[0].role_id == "kitchen-porter"
    again = role_imports.take_in(session, zeppelins(), by=SYSTEM)
    assert (again.rows_added, again.rows_updated) == (0, 1)
    assert role_imports.loaded(session, by=SYSTEM) == 1


def test_only_who_may_import_a_vocabulary_brings_roles_in(session: Session):
    with pytest.raises(NotAllowedError):
        role_imports.take_in(session, zeppelins(), by=make_actor(Role.JOB_COACH))


@pytest.mark.skipif(not SOC.exists(), reason="SOC 2020 as the ONS publishes it is not beside the project.")
def test_all_of_soc_2020_is_read():
    (path,) = SOC.glob("*.xlsx")
    groups = role_imports.read_roles(path.name, path.read_bytes()).groups
    assert len(groups) > 400
    assert next(group for group in groups if group.code == "soc-9241").tasks
