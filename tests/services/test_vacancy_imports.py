"""Adverts come in all at once: every one accounted for, figures with their origin, employers not doubled."""

import pytest
from sqlmodel import Session, col, select

from crm.errors import NotAllowedError, RuleBrokenError, UnreadableFileError
from crm.models.employers import Employer
from crm.models.imports import ImportBatch
from crm.models.users import SYSTEM
from crm.models.vacancies import Contract, Vacancy
from crm.policy import Role
from crm.readers.adverts import Advert
from crm.services import employers, imports, vacancy_previews
from crm.services.advert_vacancies import vacancy_of
from crm.services.vacancy_imports import Choice, take_in
from crm.services.vacancy_previews import Fate, Lot, preview, read_lot
from tests.makers import make_actor
from tests.makers_employers import make_employer
from tests.makers_jobs import advert, json_lines


def lot_of(*adverts: dict[str, object]) -> Lot:
    return read_lot([("ads.jsonl", json_lines(*adverts))])


def the_advert(**changes: object) -> Advert:
    return lot_of(advert(**changes)).adverts[0]  # pyright: ignore[reportArgumentType]


def figures(batch: ImportBatch) -> tuple[int, int, int, int]:
    return batch.rows_read, batch.rows_added, batch.rows_skipped, batch.rows_refused


def vacancies_here(session: Session) -> list[Vacancy]:
    return list(session.exec(select(Vacancy).order_by(col(Vacancy.id))))


def test_a_figure_comes_in_with_where_it_stood():
    taken = vacancy_of(the_advert())
    assert (taken.values.hours_min, taken.values.pay_hourly, taken.values.postcode) == (16, 12.6, "LS1 4DY")
    assert taken.origins["hours_min"]["source"] == "text"
    assert "16 hours per week" in taken.origins["hours_min"]["quote"]
    assert taken.origins["pay_hourly"]["source"].startswith("field:baseSalary")
    assert taken.origins["employment_type"]["value"] == "part time"


def test_what_an_advert_does_not_say_stays_unknown():
    bare = {"description": "Pack bread.", "baseSalary": None, "employmentType": None, "jobLocation": None}
    taken = vacancy_of(the_advert(**bare, validThrough=None))
    values = taken.values
    assert (values.hours_min, values.hours_max, values.guaranteed_hours, values.pay_hourly) == (None,) * 4
    assert (values.place, values.closes_on, values.contract) == (None, None, Contract.UNKNOWN)
    assert taken.origins == {}


def test_pay_in_another_currency_is_kept_as_written_and_not_converted():
    pay = {"currency": "USD", "value": {"value": 20, "unitText": "HOUR"}}
    taken = vacancy_of(the_advert(baseSalary=pay))
    assert taken.values.pay_hourly is None
    assert taken.values.pay_as_written
    assert "USD" in taken.origins["pay_hourly"]["left_out"]


def test_a_value_that_no_vacancy_can_have_is_left_out_and_said():
    place = {"address": {"addressLocality": "Austin", "postalCode": "78701", "addressCountry": "US"}}
    taken = vacancy_of(the_advert(jobLocation=place, description="x" * 30_000))
    assert taken.values.postcode is None
    assert "postcode" in taken.origins["postcode"]["left_out"]
    assert len(taken.values.description or "") == 20_000
    assert "20,000" in taken.origins["description"]["left_out"]


def test_a_preview_says_what_would_come_in_and_stores_nothing(session: Session):
    make_employer(session, "FERNSIDE BAKERY LTD.")
    lot = lot_of(
        advert(1),
        advert(2, hiringOrganization={"name": "Oakhill Laundry"}),
        advert(1),
        advert(4, hiringOrganization=None),
        advert(5, title=None),
    )
    found = preview(session, lot, by=SYSTEM)
    assert found.fates == (Fate.NEW, Fate.NEW, Fate.HERE, Fate.UNNAMED)
    assert len(lot.refused) == 1
    assert found.employers["fernside bakery"].same
    assert found.employers["oakhill laundry"].same is None
    assert found.uncertain == {}
    assert vacancies_here(session) == []


def test_every_advert_is_accounted_for_and_a_second_time_all_are_skipped(session: Session):
    lot = lot_of(advert(1), advert(2), advert(1), advert(4, hiringOrganization=None), advert(5, title=None))
    heard: list[tuple[int, int]] = []
    batch = take_in(session, lot, {}, by=SYSTEM, progress=lambda done, of: heard.append((done, of)))
    assert figures(batch) == (5, 2, 1, 2)
    assert batch.notes[0].startswith("1 employer was added")
    assert heard == [(4, 4)]
    refused = imports.refused_rows(session, batch.key, offset=0, limit=9, by=SYSTEM).rows
    assert [row.reason for row in refused if row.field == "hiringOrganization"] == [
        "The advert names no employer."
    ]
    again = take_in(session, lot, {}, by=SYSTEM)
    assert figures(again) == (5, 0, 3, 2)
    assert len(vacancies_here(session)) == 2
    assert len(session.exec(select(Employer)).all()) == 1


def test_an_employer_of_the_same_name_is_not_added_again(session: Session):
    bakery = make_employer(session, "The Fernside Bakery Limited")
    take_in(session, lot_of(advert(1)), {}, by=SYSTEM)
    assert [post.employer_id for post in vacancies_here(session)] == [bakery.key]


def test_a_trading_name_counts_as_a_name(session: Session):
    bakery = make_employer(session, "FB Holdings", trading_name="Fernside Bakery")
    take_in(session, lot_of(advert(1)), {}, by=SYSTEM)
    assert vacancies_here(session)[0].employer_id == bakery.key


def test_a_person_chooses_what_an_employer_much_like_another_is(session: Session):
    bakery = make_employer(session, "Fernside Bakerys")
    lot = lot_of(advert(1))
    found = preview(session, lot, by=SYSTEM)
    assert [known.id for known in found.uncertain["fernside bakery"].perhaps] == [bakery.key]
    skipped = take_in(session, lot, {"fernside bakery": Choice.SKIP}, by=SYSTEM)
    assert figures(skipped) == (1, 0, 1, 0)
    take_in(session, lot, {"fernside bakery": bakery.key}, by=SYSTEM)
    assert vacancies_here(session)[0].employer_id == bakery.key


def test_without_a_choice_an_employer_much_like_another_is_added(session: Session):
    bakery = make_employer(session, "Fernside Bakerys")
    take_in(session, lot_of(advert(1)), {}, by=SYSTEM)
    assert vacancies_here(session)[0].employer_id != bakery.key


def test_two_employers_of_one_name_are_a_question(session: Session):
    twins = [make_employer(session), make_employer(session)]
    found = preview(session, lot_of(advert(1)), by=SYSTEM)
    assert [known.id for known in found.uncertain["fernside bakery"].perhaps] == [one.key for one in twins]


def test_an_employer_that_was_not_offered_cannot_be_chosen(session: Session):
    make_employer(session, "Fernside Bakerys")
    other = make_employer(session, "Oakhill Laundry")
    with pytest.raises(RuleBrokenError, match="not one of those offered"):
        take_in(session, lot_of(advert(1)), {"fernside bakery": other.key}, by=SYSTEM)


def test_an_employer_whose_name_cannot_be_kept_has_its_adverts_refused(session: Session):
    batch = take_in(session, lot_of(advert(1, hiringOrganization={"name": "a\ud800b"})), {}, by=SYSTEM)
    assert figures(batch) == (1, 0, 0, 1)


def test_an_archived_employer_is_not_used(session: Session):
    bakery = make_employer(session)
    employers.archive(session, bakery.key, why="Closed", version=1, by=SYSTEM)
    take_in(session, lot_of(advert(1)), {}, by=SYSTEM)
    assert vacancies_here(session)[0].employer_id != bakery.key


def test_an_upload_without_adverts_or_with_too_many_is_refused_in_words(monkeypatch: pytest.MonkeyPatch):
    with pytest.raises(UnreadableFileError, match="no job advert"):
        read_lot([])
    monkeypatch.setattr(vacancy_previews, "MOST_ADVERTS", 1)
    with pytest.raises(UnreadableFileError, match="more than 1"):
        lot_of(advert(1), advert(2))


def test_several_files_are_one_lot_told_apart_by_their_content(session: Session):
    files = [("a.json", json_lines(advert(1))), ("b.json", json_lines(advert(2)))]
    lot = read_lot(files)
    assert (lot.name, len(lot.adverts)) == ("a.json and 1 more", 2)
    assert lot.digest != read_lot(files[:1]).digest


def test_only_those_who_may_import_do(session: Session):
    coach = make_actor(Role.JOB_COACH)
    with pytest.raises(NotAllowedError):
        preview(session, lot_of(advert(1)), by=coach)
    with pytest.raises(NotAllowedError):
        take_in(session, lot_of(advert(1)), {}, by=coach)
