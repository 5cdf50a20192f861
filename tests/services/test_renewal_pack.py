"""The renewal pack tells what became of people so that nobody can be told from it."""

from datetime import timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlmodel import Session

from crm.errors import NotAllowedError, NotFoundError
from crm.models.agreement_choices import UseResult
from crm.models.users import SYSTEM
from crm.policy import Role
from crm.services.renewal_pack import Hidden, cautious, pack
from tests.makers import make_service, make_user
from tests.makers_employers import TODAY, make_active
from tests.makers_placements import make_start
from tests.makers_promises import kept, make_use

few = st.integers(0, 30)


@given(st.lists(few, max_size=6), st.lists(few, max_size=2))
def test_no_number_is_told_that_is_under_5_or_gives_one_away(numbers: list[int], beside: list[int]):
    told = cautious(numbers, beside=beside)
    exact = [one for one in told if isinstance(one, int)]
    assert all(one >= 5 for one in exact)
    assert all(abs(one - other) >= 5 for one in exact for other in beside)
    assert all(after - before >= 5 for before, after in pairwise(sorted(exact)))
    for number, one in zip(numbers, told, strict=True):
        assert (number < 5) == (one is Hidden.FEW)
        assert one is Hidden.MORE or one is Hidden.FEW or one == number


@pytest.mark.parametrize(
    ("numbers", "expected"),
    [
        ([0], [Hidden.FEW]),
        ([4], [Hidden.FEW]),
        ([5], [5]),
        ([16], [Hidden.MORE]),
        ([10, 6], [10, Hidden.MORE]),
        ([10, 10], [10, Hidden.MORE]),
        ([12, 7], [12, 7]),
    ],
)
def test_numbers_beside_20_interviews(numbers: list[int], expected: list[int | Hidden]):
    assert cautious(numbers, beside=[20]) == expected


def test_a_pack_says_few_until_there_are_enough_people(session: Session):
    make_service(session)
    agreement = make_active(session)
    uses = [make_use(session, agreement, **kept(), result=UseResult.OFFERED) for _ in range(4)]
    make_start(session, uses[0], starts_on=TODAY - timedelta(days=91), seen_on=TODAY)
    found = pack(session, agreement.key, by=SYSTEM, today=TODAY)
    assert {found.results.offers, found.results.starts, found.results.stayed_13} == {Hidden.FEW}
    assert found.median_days is None
    for _ in range(5):
        make_use(session, agreement, **kept(), result=UseResult.NOT_OFFERED)
    make_use(session, agreement, **kept(), result=UseResult.OFFERED)
    found = pack(session, agreement.key, by=SYSTEM, today=TODAY)
    assert (found.results.offers, found.results.starts) == (5, Hidden.FEW)
    assert found.median_days == 14


def test_the_pack_of_an_unknown_agreement_is_not_found_and_an_administrator_sees_none(session: Session):
    with pytest.raises(NotFoundError):
        pack(session, 99, by=SYSTEM, today=TODAY)
    administrator = make_user(session, Role.ADMINISTRATOR).as_actor()
    with pytest.raises(NotAllowedError):
        pack(session, make_active(session).key, by=administrator, today=TODAY)
