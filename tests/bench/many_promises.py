"""A service with thousands of agreements and what came of them, from a seed: straight into the tables.

Beside `big_service`, which makes the employers with their sites, and the colleagues.
"""

import random
from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any

import sqlalchemy as sa
from sqlmodel import col

from crm.models.agreement_choices import AgreementKind, AgreementStage, CriteriaMet, Given, UseResult
from crm.models.agreement_parts import AgreementMember, AgreementSite
from crm.models.agreement_uses import AgreementUse
from crm.models.agreements import Agreement, AgreementMove
from crm.models.employers import Employer
from crm.models.placements import Placement
from crm.models.seekers import JobSeeker
from crm.services.agreement_stages import IN_FORCE, ON_THE_WAY
from tests.bench import big_service
from tests.bench.big_service import NOT_SAID, TODAY, Rows, kept, store

EMPLOYERS, SEEKERS = 5_000, 4_000
_SECTORS = ("Care", "Retail", "Hospitality", "Logistics", "Cleaning", "Food", "Public sector", None)
_AREAS = ("LS", "BD", "HX", "WF", "YO", "HU", "S", "M", "DN", "L")


def fill(engine: sa.Engine, *, agreements: int = 5_000, uses: int = 50_000, seed: int = 1) -> None:
    """Fill a migrated, empty database: employers, sites, people, agreements with all that hangs on them."""
    big_service.fill(engine, employers=EMPLOYERS, people=EMPLOYERS, contacts=0, seed=seed)
    made = _Promises(seed, agreements, uses)
    with engine.execution_options(is_write=True).begin() as connection:
        for table in (Agreement, JobSeeker):
            connection.execute(sa.delete(table))
        for nth, sector in enumerate(_SECTORS):
            every = col(Employer.id) % len(_SECTORS) == nth
            connection.execute(sa.update(Employer).where(every).values(sector=sector))
        for table, rows in made.tables():
            store(connection, table, rows)


class _Promises:
    """Draws every record from one seed, ids counted from 1."""

    def __init__(self, seed: int, agreements: int, uses: int) -> None:
        self._random = random.Random(seed)
        self._agreements, self._uses = agreements, uses

    def tables(self) -> Iterator[tuple[Any, Rows]]:
        """Each table with its rows, after those that it refers to."""
        yield JobSeeker, self._seekers()
        yield Agreement, self._agreement_rows()
        yield AgreementMember, self._members()
        yield AgreementSite, self._sites()
        yield AgreementMove, self._moves()
        yield AgreementUse, self._use_rows()
        yield Placement, self._placements()

    def _pick(self, some: Any) -> Any:
        return some[int(self._random.random() * len(some))]

    def _ago(self, most: int, least: int = 0) -> date:
        return TODAY - timedelta(days=self._random.randint(least, most))

    def _seekers(self) -> Rows:
        for key in range(1, SEEKERS + 1):
            area = self._pick(_AREAS)
            yield kept(
                key,
                preferred_name=f"Person {key}",
                name_key=f"person {key}",
                status=self._pick(["active", "active", "in_work"]),
                postcode=f"{area}{self._random.randint(1, 9)} 1AA",
                module="work_entry",
                wants_more="unknown",
            )

    def _agreement_rows(self) -> Rows:
        stages = [*ON_THE_WAY, *IN_FORCE * 3, AgreementStage.ENDED, AgreementStage.DECLINED]
        for key in range(1, self._agreements + 1):
            stage = self._pick(stages)
            is_waiting = stage in ON_THE_WAY
            yield kept(
                key,
                employer_id=self._random.randint(1, EMPLOYERS),
                kind=self._pick(list(AgreementKind)).value,
                covers="everyone_we_support",
                stage=stage.value,
                stage_since=self._ago(700),
                owner_id=self._random.randint(1, 12),
                expected_signing_on=self._ago(30, -200) if is_waiting else None,
                signed_on=None if is_waiting else self._ago(900, 700),
                ends_on=None if is_waiting else self._ago(100, -700),
                criteria_rule="all_essential",
                interview_alternatives=[],
                **dict.fromkeys(NOT_SAID, "unknown"),
            )

    def _members(self) -> Rows:
        for key in range(1, self._agreements // 5 + 1):
            yield kept(key, agreement_id=key * 5, employer_id=self._random.randint(1, EMPLOYERS))

    def _sites(self) -> Rows:
        for key in range(1, self._agreements // 4 + 1):
            yield kept(key, agreement_id=key * 4, site_id=self._random.randint(1, EMPLOYERS))

    def _moves(self) -> Rows:
        for key in range(1, self._agreements * 3 + 1):
            moved = {"from_stage": "idea", "to_stage": "discussed", "moved_on": self._ago(700)}
            yield kept(key, agreement_id=(key - 1) % self._agreements + 1, **moved)

    def _use_rows(self) -> Rows:
        givens = [Given.YES] * 5 + [Given.NOT_BY_EMPLOYER, Given.NOT_YET, Given.COULD_NOT_ATTEND]
        for key in range(1, self._uses + 1):
            given, on = self._pick(givens), self._ago(700)
            met = self._pick([CriteriaMet.YES] * 8 + [CriteriaMet.NO, CriteriaMet.DISPUTED])
            yield kept(
                key,
                agreement_id=self._random.randint(1, self._agreements),
                employer_id=self._random.randint(1, EMPLOYERS),
                seeker_id=self._random.randint(1, SEEKERS),
                promise=self._pick(["interview"] * 4 + ["mock_interview", "training"]),
                standing="referred",
                asked_on=on,
                referred_on=on,
                due_on=on + timedelta(days=28),
                happens_on=on + timedelta(days=20) if given is Given.YES else None,
                criteria_met=met.value,
                given=given.value,
                result=self._pick(list(UseResult)).value,
                adjustments_given="unknown",
                finished="unknown",
            )

    def _placements(self) -> Rows:
        for key in range(1, self._uses // 10 + 1):
            yield kept(
                key,
                seeker_id=self._random.randint(1, SEEKERS),
                employer_id=self._random.randint(1, EMPLOYERS),
                use_id=key * 10,
                title="Kitchen assistant",
                starts_on=self._ago(700),
            )
