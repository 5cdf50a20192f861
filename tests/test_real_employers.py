"""The real list of employers comes in whole; on SQLite alone, as it takes most of a minute on PostgreSQL."""

from pathlib import Path

import pytest
import sqlalchemy as sa
from sqlmodel import Session

from crm.models.employers import Employer
from crm.models.imports import ImportKind
from crm.policy import Role
from crm.readers.tables import read_table
from crm.services import imports
from crm.services.employer_imports import EmployerFile
from tests.makers import make_user
from tests.services.test_employer_imports import figures, take_in

REAL = Path("../shared/reference/employers/uk_employers_2021_22.csv")


@pytest.mark.reference
@pytest.mark.skipif(not REAL.exists(), reason="The reference material (../shared) is not here.")
def test_the_real_list_of_10491_employers_comes_in_whole_and_once(session: Session):
    officer = make_user(session, Role.ENGAGEMENT_OFFICER).as_actor()
    content = REAL.read_bytes()
    file = EmployerFile(REAL.name, imports.digest_of(content), read_table(content, REAL.name))
    first, second = take_in(session, file, officer), take_in(session, file, officer)
    assert figures(first) == (10491, 10480, 0, 1, 10)
    assert figures(second) == (10491, 0, 0, 10481, 10)
    counted = session.connection().execute(sa.select(sa.func.count()).select_from(Employer))
    assert counted.scalar_one() == 10480
    assert imports.batches(session, kind=ImportKind.EMPLOYERS, offset=0, limit=5, by=officer).total == 2
