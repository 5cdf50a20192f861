"""How promises count: the one definition, the same in Python and in SQL, whatever is recorded."""

from datetime import date, timedelta
from itertools import product
from typing import Any

import pytest
from sqlmodel import Session, col, select

from crm.models.agreement_choices import CriteriaMet, Given, Promise, Standing
from crm.models.agreement_uses import AgreementUse
from crm.services.promises import Count, Honour, count_of, counted
from tests.makers_employers import TODAY, make_active
from tests.makers_people import make_seeker
from tests.makers_promises import broken, disputed, kept, make_use


def use(**facts: Any) -> AgreementUse:
    said: dict[str, Any] = {
        "promise": Promise.INTERVIEW,
        "standing": Standing.REFERRED,
        "due_on": TODAY,
        **facts,
    }
    return AgreementUse(**said)


@pytest.mark.parametrize(
    ("facts", "expected"),
    [
        (kept(), Count.KEPT),
        (broken(), Count.BROKEN),
        (disputed(), Count.DISPUTED),
        ({"criteria_met": CriteriaMet.DISPUTED, "due_on": TODAY - timedelta(days=1)}, Count.DISPUTED),
        ({}, Count.NOT_DUE),
        ({"due_on": None}, Count.NOT_DUE),
        ({"due_on": TODAY - timedelta(days=1)}, Count.NOT_ANSWERED),
        ({"given": Given.COULD_NOT_ATTEND}, Count.COULD_NOT_ATTEND),
        ({"given": Given.WITHDREW}, Count.WITHDREW),
        ({**broken(), "criteria_met": CriteriaMet.NO}, Count.NOT_OWED),
        ({**broken(), "criteria_met": CriteriaMet.NO, "promise": Promise.TRIAL}, Count.BROKEN),
        ({"standing": Standing.ASKED}, Count.NOT_REFERRED),
    ],
)
def test_a_promise_counts_by_what_became_of_it(facts: dict[str, Any], expected: Count):
    assert count_of(use(**facts), today=TODAY) is expected


def test_the_database_counts_every_promise_as_python_does(session: Session):
    agreement, seeker = make_active(session), make_seeker(session)
    dues: tuple[date | None, ...] = (None, TODAY - timedelta(days=1), TODAY, TODAY + timedelta(days=1))
    for promise, given, met, due in product(Promise, Given, CriteriaMet, dues):
        if given is not Given.NOT_BY_EMPLOYER or met is not CriteriaMet.UNKNOWN:
            facts = {"promise": promise, "given": given, "criteria_met": met, "due_on": due}
            make_use(session, agreement, seeker, happens_on=TODAY, **facts)
    make_use(session, agreement, seeker, standing=Standing.ASKED, referred_on=None)
    query = select(AgreementUse, counted(TODAY)).order_by(col(AgreementUse.id))
    rows = session.exec(query).all()
    assert len(rows) > 200
    assert [(row.id, told) for row, told in rows] == [
        (row.id, count_of(row, today=TODAY).value) for row, _ in rows
    ]


def test_the_honour_rate_leaves_disputes_out_and_tells_their_range():
    found = Honour(kept=6, broken=2, disputed=2)
    assert (found.rate, found.low, found.high) == (0.75, 0.6, 0.8)


def test_without_a_due_promise_there_is_no_honour_rate():
    assert Honour(0, 0, 0).rate is None
    assert Honour(0, 0, 1).rate is None
    assert (Honour(0, 0, 1).low, Honour(0, 0, 1).high) == (0.0, 1.0)
