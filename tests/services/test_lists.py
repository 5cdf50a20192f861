"""Lists that a service edits: what forms offer, what is kept, and what imports make of their words."""

import pytest
from sqlmodel import Session, select

from crm.errors import NotAllowedError, RuleBrokenError
from crm.models.employers import Employer, EmployerInput
from crm.models.lists import ChoiceList, ListChoice, ListChoiceInput
from crm.models.users import SYSTEM, Actor
from crm.policy import Role
from crm.readers.tables import read_table
from crm.services import employer_columns, employer_imports, employers, imports, lists
from crm.services.employer_imports import EmployerFile
from tests.makers import make_actor
from tests.makers_employers import make_employer

ADMINISTRATOR = make_actor(Role.ADMINISTRATOR)
OFFICER = make_actor(Role.ENGAGEMENT_OFFICER)
SECTOR = ChoiceList.SECTOR


def add(session: Session, label: str, *, position: int = 1, is_dormant: bool = False) -> ListChoice:
    new = ListChoiceInput(label=label, position=position, is_dormant=is_dormant)
    return lists.add(session, SECTOR, new, by=ADMINISTRATOR)


def offered(session: Session, also: str | None = None) -> dict[str, str]:
    return lists.labels(session, SECTOR, by=OFFICER, also=also)


def sleep(session: Session, choice: ListChoice) -> None:
    edit = ListChoiceInput(label=choice.label, is_dormant=True)
    lists.change(session, choice.key, edit, version=choice.version, by=ADMINISTRATOR)


def test_a_list_without_a_live_value_is_free_text(session: Session):
    add(session, "Farming", is_dormant=True)
    assert offered(session) == {}
    assert make_employer(session, sector="Anything").sector == "Anything"


def test_live_values_are_offered_in_their_order(session: Session):
    add(session, "Zoos", position=1)
    add(session, "Retail", position=2)
    add(session, "Care", position=2)
    add(session, "Farming", is_dormant=True)
    assert list(offered(session).values()) == ["Zoos", "Care", "Retail"]


def test_a_value_that_is_stored_is_offered_too_although_it_is_dormant(session: Session):
    add(session, "Retail")
    sleep(session, add(session, "Care"))
    assert offered(session, also="Care")["Care"] == "Care (not offered any more)"
    assert offered(session, also="Fish")["Fish"] == "Fish (not offered any more)"
    assert list(offered(session, also="Retail")) == ["Retail"]


def test_what_is_not_a_live_value_is_refused_unless_it_was_stored_before(session: Session):
    care = add(session, "Care")
    add(session, "Retail")
    row = make_employer(session, sector="Care")
    sleep(session, care)
    kept = EmployerInput(name=row.name, sector="Care", website="https://example.org")
    assert employers.change(session, row.key, kept, version=1, by=SYSTEM).sector == "Care"
    with pytest.raises(RuleBrokenError, match="Choose one of the list") as refusal:
        make_employer(session, "Other", sector="Care")
    assert refusal.value.field == "sector"


def test_a_label_changes_and_records_keep_what_they_hold(session: Session):
    choice = add(session, "Retial")
    row = make_employer(session, sector="Retial")
    edit = ListChoiceInput(label="Retail")
    lists.change(session, choice.key, edit, version=1, by=ADMINISTRATOR)
    assert row.sector == "Retial"
    assert lists.shown(session, row, by=OFFICER)[SECTOR] == "Retail"
    assert offered(session) == {"Retial": "Retail"}


def test_words_that_are_not_listed_are_shown_as_they_are(session: Session):
    row = make_employer(session, sector="Fish", lead_source=None)
    shown = lists.shown(session, row, by=OFFICER)
    assert (shown[SECTOR], shown[ChoiceList.LEAD_SOURCE]) == ("Fish", "")


def test_a_list_holds_a_value_once_whatever_its_letters(session: Session):
    add(session, "Retail")
    with pytest.raises(RuleBrokenError, match="has “RETAIL” already"):
        add(session, "RETAIL")
    session.rollback()


def test_the_list_says_how_often_each_value_is_used_and_what_it_lacks(session: Session):
    add(session, "Retail")
    for name, sector in (("A", "Retail"), ("B", "Retail")):
        make_employer(session, name, sector=sector)
    sleep(session, lists.find(session, 1, by=ADMINISTRATOR))
    for name, sector in (("C", "Fish"), ("D", "Fish"), ("E", "Bees"), ("F", None)):
        make_employer(session, name, sector=sector)
    assert [row.uses for row in lists.listing(session, SECTOR, by=ADMINISTRATOR)] == [2]
    assert lists.unlisted(session, SECTOR, limit=9, by=ADMINISTRATOR) == [("Fish", 2), ("Bees", 1)]


def take_in(session: Session, *rows: str, by: Actor) -> None:
    content = "\n".join(["Employer Name,Company Number,Sector", *rows]).encode()
    file = EmployerFile("list.csv", imports.digest_of(content), read_table(content, "list.csv"))
    employer_imports.run(session, file, employer_columns.guess(file.table.header), by=by)


def test_an_import_takes_the_lists_spelling_and_keeps_words_that_it_does_not_know(session: Session):
    add(session, "Retail")
    known = make_employer(session, "Known", company_number="01234567")
    take_in(session, "A,,RETAIL", "B,,Bee keeping", "Known,01234567,retail ", by=SYSTEM)
    found = {row.name: row.sector for row in session.exec(select(Employer))}
    assert found == {"Known": "Retail", "A": "Retail", "B": "Bee keeping"}
    assert known.sector == "Retail"
    assert offered(session) == {"Retail": "Retail"}


@pytest.mark.parametrize("role", sorted(set(Role) - {Role.ADMINISTRATOR}))
def test_nobody_but_an_administrator_edits_lists(session: Session, role: Role):
    with pytest.raises(NotAllowedError):
        lists.add(session, SECTOR, ListChoiceInput(label="Mine"), by=make_actor(role))
    with pytest.raises(NotAllowedError):
        lists.listing(session, SECTOR, by=make_actor(role))
