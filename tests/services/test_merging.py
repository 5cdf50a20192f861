"""Merging: field by field, everything linked moves, the pointer leads on, and it can be undone."""

from datetime import timedelta

import pytest
from sqlmodel import Session, SQLModel, select

from crm import db
from crm.errors import NotAllowedError, RuleBrokenError, StaleFormError
from crm.models.audit import AuditEntry
from crm.models.contacts import AccountDates
from crm.models.employers import EmployerInput, EmployerPerson, EmployerPersonInput, RelationshipStage
from crm.models.tables import MODULES
from crm.models.users import SYSTEM, Actor
from crm.policy import Role
from crm.services import employer_tags, employers, merge_plan, merging, unmerging
from crm.services.employer_parts import PEOPLE, SITES
from crm.services.merge_fields import Side
from tests.makers import make_user
from tests.makers_contacts import make_contact, make_task
from tests.makers_duplicates import TODAY, make_twins, merge_two
from tests.makers_employers import make_agreement, make_employer, make_site
from tests.makers_jobs import make_analysis, make_vacancy


@pytest.fixture
def officer(session: Session) -> Actor:
    return make_user(session, Role.ENGAGEMENT_OFFICER, name="Ines Marlow").as_actor()


def pointing_columns() -> set[str]:
    """Every column of the schema that can point at an employer, as `table.column`."""
    found: set[str] = set()
    for table in SQLModel.metadata.tables.values():
        for column in table.columns:
            refers = any(key.column.table.name == "employer" for key in column.foreign_keys)
            names_any_record = column.name == "record_id" and "record_kind" in table.columns
            if refers or names_any_record:
                found.add(f"{table.name}.{column.name}")
    return found


def test_whatever_points_at_an_employer_has_its_place_in_the_plan():
    assert len(MODULES) > 1
    moving = {f"{link.name}.{link.column}" for link in merge_plan.MOVES}
    assert pointing_columns() == moving | merge_plan.STAYS.keys()
    assert moving.isdisjoint(merge_plan.STAYS)


def test_what_moves_is_in_no_rule_of_uniqueness_that_a_merge_could_break():
    moving = {(link.name, link.column) for link in merge_plan.MOVES if link.once_by is None}
    unique = {
        (table.name, column.name)
        for table in SQLModel.metadata.tables.values()
        for index in (*table.indexes, *table.constraints)
        if getattr(index, "unique", False) or type(index).__name__ == "UniqueConstraint"
        for column in getattr(index, "columns", ())
    }
    assert moving.isdisjoint(unique)


def test_a_merge_is_shown_before_it_is_done(session: Session, officer: Actor):
    kept, loser = make_twins(session, website="fernside.example")
    make_agreement(session, loser)
    shown = merging.preview(session, kept.key, loser.key, by=officer)
    assert [(each.field, each.offered) for each in shown.differences] == [
        ("name", Side.KEPT),
        ("website", Side.LOSER),
    ]
    assert shown.moving_words == "1 site, 1 person, 1 agreement"
    assert shown.consents_left == 0


def test_everything_linked_moves_over_and_old_links_lead_to_the_one_that_is_kept(
    session: Session, officer: Actor
):
    kept, loser = make_twins(session)
    contact, task = make_contact(session, loser), make_task(session, employer_id=loser.key)
    moving = [make_vacancy(session, loser), make_analysis(session, loser), make_agreement(session, loser)]
    moving += [contact, task]
    made = merge_two(session, kept, loser, by=officer)
    assert {row.employer_id for row in moving} == {kept.key}
    assert session.get_one(AccountDates, kept.key).last_contact_on == contact.held_on
    assert session.get(AccountDates, loser.key, populate_existing=True) is None
    assert len(SITES.of(session, kept.key, by=officer)) == 2
    assert loser.archived_why == f"Merged into {kept.name}: {made.why}"
    assert merging.kept_instead_of(session, loser.key, by=officer) == kept.key
    assert merging.kept_instead_of(session, kept.key, by=officer) is None
    assert made.undo_until == TODAY + timedelta(days=30)


def test_a_tag_that_both_have_stays_and_another_moves(session: Session):
    kept, loser = make_twins(session)
    employer_tags.put(session, kept.key, "Bakers")
    for tag in ("bakers", "Leeds"):
        employer_tags.put(session, loser.key, tag)
    assert merging.preview(session, kept.key, loser.key, by=SYSTEM).moving["employer_tag"] == 1
    merge_two(session, kept, loser)
    assert employer_tags.of(session, kept.key, by=SYSTEM) == ["Bakers", "Leeds"]


def test_links_lead_on_over_several_merges(session: Session):
    (first, second), third = make_twins(session), make_employer(session, "Fernside")
    merge_two(session, second, first)
    made = merge_two(session, third, second)
    assert merging.kept_instead_of(session, first.key, by=SYSTEM) == third.key
    earlier = made.key - 1
    with pytest.raises(RuleBrokenError, match="Undo that merge first"):
        unmerging.undo(session, earlier, version=1, by=SYSTEM, today=TODAY)


def test_each_field_is_kept_as_it_was_chosen(session: Session):
    kept = make_employer(session, "Fernside", unmet_needs="Bakers", website="a.example", sector=None)
    loser = make_employer(session, "Fernside Ltd", unmet_needs="Drivers", website="b.example")
    merge_two(session, kept, loser, {"name": Side.LOSER, "website": Side.KEPT})
    assert (kept.name, kept.name_key, kept.website) == ("Fernside Ltd", "fernside ltd", "a.example")
    assert kept.unmet_needs == "Bakers\n\nDrivers"


def test_do_not_contact_is_offered_whichever_record_says_so(session: Session):
    kept = make_employer(session, stage=RelationshipStage.PARTNER)
    loser = make_employer(session, stage=RelationshipStage.DO_NOT_CONTACT)
    merge_two(session, kept, loser)
    assert kept.stage is RelationshipStage.DO_NOT_CONTACT


def test_a_colleagues_account_is_merged_only_by_them_or_a_manager(session: Session, officer: Actor):
    manager = make_user(session, Role.MANAGER, name="Noor Abadi").as_actor()
    colleague = make_user(session, name="Sam Okafor").as_actor()
    kept, loser = make_twins(session, owner_id=colleague.id)
    with pytest.raises(NotAllowedError, match="Sam Okafor"):
        merge_two(session, kept, loser, by=officer)
    made = merge_two(session, kept, loser, by=manager)
    with pytest.raises(NotAllowedError, match="Sam Okafor"):
        unmerging.undo(session, made.key, version=1, by=officer, today=TODAY)
    unmerging.undo(session, made.key, version=1, by=colleague, today=TODAY)
    assert loser.archived_at is None


def test_nothing_is_merged_from_an_old_page_into_itself_twice_or_without_a_reason(session: Session):
    kept, loser = make_twins(session)
    with pytest.raises(RuleBrokenError, match="Say in a few words"):
        merge_two(session, kept, loser, why=" ")
    with pytest.raises(RuleBrokenError, match="one and the same"):
        merge_two(session, kept, kept)
    old = merging.MergeWanted(kept.key, loser.key, 1, 1, {}, "Twice")
    employers.change(session, loser.key, EmployerInput(name="Fernside"), version=1, by=SYSTEM)
    with pytest.raises(StaleFormError, match="Fernside was saved by somebody"):
        merging.merge(session, old, by=SYSTEM, today=TODAY)
    merge_two(session, kept, loser)
    with pytest.raises(NotAllowedError, match="archived"):
        merge_two(session, kept, loser)
    with pytest.raises(RuleBrokenError, match="Undo the merge instead"):
        employers.bring_back(session, loser.key, version=loser.version, by=SYSTEM)


def test_what_has_changed_since_stays_and_is_named(session: Session):
    kept, loser = make_twins(session, website="fernside.example")
    made = merge_two(session, kept, loser)
    moved = next(row for row in made.moved if row["table"] == "employer_person")
    person = session.get_one(EmployerPerson, moved["id"])
    typed = {"name": "Dana Holt-Reyes", "phone": "0113 496 0000"}
    edit = EmployerPersonInput.model_validate(typed)
    PEOPLE.change(session, person.key, edit, version=2, by=SYSTEM)
    after = EmployerInput.model_validate(kept, from_attributes=True).model_copy(
        update={"website": "new.example"}
    )
    employers.change(session, kept.key, after, version=kept.version, by=SYSTEM)
    assert unmerging.preview(session, made.key, by=SYSTEM).going_words == "1 site"
    undone = unmerging.undo(session, made.key, version=1, by=SYSTEM, today=TODAY)
    assert undone.stays == ["1 person", "the field “website”"]
    assert (person.employer_id, kept.website) == (kept.key, "new.example")
    assert made.stayed == undone.stays
    with pytest.raises(RuleBrokenError, match="undone already"):
        unmerging.undo(session, made.key, version=made.version, by=SYSTEM, today=TODAY)


def test_a_merge_can_be_undone_for_thirty_days(session: Session):
    kept, loser = make_twins(session)
    made = merge_two(session, kept, loser)
    assert [row.id for row in unmerging.undoable_into(session, kept.key, by=SYSTEM, today=TODAY)] == [
        made.key
    ]
    with pytest.raises(RuleBrokenError, match="30 days"):
        unmerging.undo(session, made.key, version=1, by=SYSTEM, today=made.undo_until + timedelta(days=1))
    unmerging.undo(session, made.key, version=1, by=SYSTEM, today=made.undo_until)
    assert unmerging.undoable_into(session, kept.key, by=SYSTEM, today=TODAY) == []
    (row,) = unmerging.listing(session, offset=0, limit=25, by=SYSTEM).rows
    assert (row.kept, row.loser, row.undone_on) == (kept.name, loser.name, made.undo_until)


def test_every_row_that_moves_is_in_the_trail(database: str):
    with db.transaction() as session:
        kept, loser = make_twins(session)
        make_site(session, loser, "Depot")
        made = merge_two(session, kept, loser)
    with db.reading() as session:
        entries = session.exec(select(AuditEntry).where(AuditEntry.action != "add")).all()
    said = {(entry.record_kind, entry.action, entry.fields) for entry in entries}
    assert ("EmployerSite", "change", "employer_id") in said
    assert ("Employer", "archive", "archived_why") in said
    assert len(made.moved) == 3


def test_two_texts_that_are_too_long_together_are_refused_in_words(session: Session):
    kept = make_employer(session, policy_notes="a" * 15_000)
    loser = make_employer(session, policy_notes="b" * 15_000)
    with pytest.raises(RuleBrokenError, match="too long"):
        merge_two(session, kept, loser)
    merge_two(session, kept, loser, {"policy_notes": Side.LOSER})
