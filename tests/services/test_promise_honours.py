"""Honour rates employer by employer: whom they belong to, in what order, a page at a time."""

from datetime import timedelta
from typing import Any

import pytest
from sqlmodel import Session

from crm.errors import NotAllowedError
from crm.models.agreement_choices import AgreementKind, Promise, Standing
from crm.models.agreements import Agreement
from crm.models.users import SYSTEM
from crm.policy import Role
from crm.services.promise_counts import Promised, PromiseFilter, Tally
from crm.services.promise_honours import (
    HonourOrder,
    honour_by_agreement,
    honour_by_employer,
    honour_by_site,
)
from tests.makers import make_user
from tests.makers_employers import TODAY, make_active, make_employer, make_site
from tests.makers_promises import broken, disputed, kept, make_use


@pytest.fixture
def three(session: Session) -> dict[str, Agreement]:
    """A bakery that kept 1 of 2, a garage that kept 2 of 2, and a school with nothing due yet."""
    made = {name: make_active(session, make_employer(session, name)) for name in ("Bakery", "Garage", "Zoo")}
    for facts in (kept(), broken(), disputed()):
        make_use(session, made["Bakery"], **facts)
    for facts in (kept(), kept()):
        make_use(session, made["Garage"], **facts)
    make_use(session, made["Zoo"])
    return made


def listed(session: Session, wanted: PromiseFilter | None = None, **more: Any) -> list[str]:
    asked: dict[str, Any] = {"offset": 0, "limit": 10, "by": SYSTEM, "today": TODAY, **more}
    return [row.employer for row in honour_by_employer(session, wanted or PromiseFilter(), **asked).rows]


@pytest.mark.parametrize(
    ("order", "names"),
    [
        (HonourOrder.LOWEST_RATE, ["Bakery", "Garage", "Zoo"]),
        (HonourOrder.HIGHEST_RATE, ["Garage", "Bakery", "Zoo"]),
        (HonourOrder.MOST_BROKEN, ["Bakery", "Garage", "Zoo"]),
        (HonourOrder.MOST_PROMISES, ["Bakery", "Garage", "Zoo"]),
        (HonourOrder.NAME, ["Bakery", "Garage", "Zoo"]),
    ],
)
def test_employers_are_listed_in_the_order_asked_and_those_without_a_rate_last(
    session: Session, three: dict[str, Agreement], order: HonourOrder, names: list[str]
):
    assert listed(session, order=order) == names


def test_a_page_of_employers_knows_how_many_there_are(session: Session, three: dict[str, Agreement]):
    page = honour_by_employer(session, PromiseFilter(), offset=1, limit=1, by=SYSTEM, today=TODAY)
    assert ([row.employer for row in page.rows], page.total) == (["Garage"], 3)
    assert page.rows[0].tally == Tally(kept=2)


def test_a_promise_belongs_to_the_employer_that_the_person_was_put_forward_to(
    session: Session, three: dict[str, Agreement]
):
    member = make_employer(session, "Member")
    make_use(session, three["Zoo"], employer_id=member.key, **broken())
    assert "Member" in listed(session)
    found = honour_by_agreement(session, PromiseFilter(), offset=0, limit=9, by=SYSTEM, today=TODAY)
    zoo = next(row for row in found.rows if row.agreement_id == three["Zoo"].key)
    assert (zoo.employer, zoo.kind) == ("Zoo", AgreementKind.GUARANTEED_INTERVIEW)
    assert zoo.tally == Tally(broken=1, not_due=1)
    assert zoo.tally.honour.rate == 0


def test_lists_are_narrowed_by_the_day_of_the_referral(session: Session, three: dict[str, Agreement]):
    facts = {"referred_on": TODAY - timedelta(days=300), "asked_on": TODAY - timedelta(days=310)}
    make_use(session, three["Zoo"], **facts, **kept())
    early = PromiseFilter(until=TODAY - timedelta(days=200))
    assert listed(session, early) == ["Zoo"]
    assert listed(session, PromiseFilter(since=TODAY)) == []


def test_interviews_after_training_are_listed_apart(session: Session, three: dict[str, Agreement]):
    training = make_use(session, three["Zoo"], promise=Promise.TRAINING, **kept())
    make_use(session, three["Zoo"], after_use_id=training.key, **broken())
    make_use(session, three["Garage"], standing=Standing.ASKED, referred_on=None)
    assert listed(session, of=Promised.AFTER_TRAINING) == ["Zoo"]
    assert listed(session, of=Promised.TRAINING) == ["Zoo"]
    assert listed(session) == ["Bakery", "Garage", "Zoo"]


def test_who_may_not_see_promises_sees_no_honour(session: Session):
    administrator = make_user(session, Role.ADMINISTRATOR).as_actor()
    with pytest.raises(NotAllowedError):
        listed(session, by=administrator)


def test_promises_are_told_site_by_site_and_those_of_no_site_in_none(session: Session):
    agreement = make_active(session, employer := make_employer(session))
    yard, shop = make_site(session, employer, "Yard"), make_site(session, employer, "Shop")
    for site, facts in ((yard, kept()), (yard, broken()), (shop, disputed())):
        make_use(session, agreement, site_id=site.key, **facts)
    make_use(session, agreement, **kept())
    told = honour_by_site(session, employer.key, by=SYSTEM, today=TODAY)
    assert [(one.site, one.tally) for one in told] == [
        ("Shop", Tally(disputed=1)),
        ("Yard", Tally(kept=1, broken=1)),
    ]
