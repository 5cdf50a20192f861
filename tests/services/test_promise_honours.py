"""Whose promises are kept, site by site."""

import pytest
from sqlmodel import Session

from crm.errors import NotAllowedError
from crm.models.users import SYSTEM
from crm.policy import Role
from crm.services.promise_counts import Promised, Tally
from crm.services.promise_honours import honour_by_site
from tests.makers import make_user
from tests.makers_employers import TODAY, make_active, make_employer, make_site
from tests.makers_promises import broken, disputed, kept, make_use


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
    assert honour_by_site(session, employer.key, of=Promised.TRIAL, by=SYSTEM, today=TODAY) == []


def test_whoever_sees_no_promises_sees_no_sites_of_them(session: Session):
    agreement = make_active(session, employer := make_employer(session))
    make_use(session, agreement, site_id=make_site(session, employer).key, **kept())
    administrator = make_user(session, Role.ADMINISTRATOR).as_actor()
    with pytest.raises(NotAllowedError):
        honour_by_site(session, employer.key, by=administrator, today=TODAY)
