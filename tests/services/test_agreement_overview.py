"""Agreements at a glance: hand counts of a small scene, and every number has exactly its rows behind it."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta
from random import Random
from statistics import median
from typing import Any

import pytest
from sqlmodel import Session

from crm.errors import NotAllowedError
from crm.models.agreement_choices import AgreementKind, AgreementStage, Covers, Promise
from crm.models.agreement_parts import AgreementMember, AgreementSite
from crm.models.agreements import Agreement, AgreementMove
from crm.models.employers import Employer
from crm.models.seekers import SeekerStatus
from crm.models.users import User
from crm.policy import Role
from crm.services import (
    agreement_coverage,
    agreement_figures,
    agreement_honour,
    agreement_outlook,
    agreement_stages,
    agreements,
    records,
    seekers,
)
from crm.services.agreement_coverage import AreaCoverage, Coverage
from crm.services.agreement_filters import NO_DAY, OVERDUE, AgreementFilter, Phase
from crm.services.agreement_honour import Period
from crm.services.agreement_outlook import OwnerLoad, Signings
from crm.services.promises import Count
from crm.services.seekers import SeekerFilter
from tests.makers import make_actor, make_user
from tests.makers_duplicates import merge_two
from tests.makers_employers import TODAY, make_employer, make_site
from tests.makers_people import make_seeker
from tests.makers_promises import broken, disputed, kept, make_use
from tests.makers_teams import make_team

MANAGER = make_actor(Role.MANAGER)
SIGNED = (*agreement_stages.IN_FORCE, AgreementStage.LAPSED)


def ago(days: int) -> date:
    """So many days before TODAY; after it, where they are fewer than none."""
    return TODAY - timedelta(days=days)


def stored(
    session: Session, employer: Employer, stage: str = "active", days: int = 0, **facts: Any
) -> Agreement:
    """An agreement as it is kept, in this stage for so many days."""
    said: dict[str, Any] = {"kind": AgreementKind.GUARANTEED_INTERVIEW, "covers": Covers.EVERYONE, **facts}
    if stage in SIGNED:
        said |= {"signed_on": ago(1000), "starts_on": ago(1000), "ends_on": said.get("ends_on") or ago(-400)}
    said |= {"stage": AgreementStage(stage), "stage_since": ago(days)}
    return records.add(session, Agreement(employer_id=employer.key, **said))


def people(session: Session, number: int, postcode: str | None, **facts: Any) -> None:
    for nth in range(number):
        make_seeker(session, f"Person {nth}", postcode=postcode, **facts)


def total(session: Session, wanted: AgreementFilter) -> int:
    return agreements.listing(session, wanted, offset=0, limit=1, by=MANAGER, today=TODAY).total


def stages(
    session: Session, wanted: AgreementFilter = agreement_figures.EVERY
) -> dict[str, tuple[float, ...]]:
    found = agreement_figures.by_stage(session, wanted, by=MANAGER, today=TODAY)
    return {one.stage.value: (one.agreements, one.median_days, one.longest_days) for one in found}


def test_medians_and_the_longest_days_are_counted_by_date_without_archived_ones(session: Session):
    bakery = make_employer(session)
    for days in (10, 40, 3):
        stored(session, bakery, "drafting", days)
    for days in (7, 20):
        stored(session, bakery, "active", days)
    stored(session, bakery, "active", 400, ends_on=ago(5))
    stored(session, bakery, "lapsed", 30)
    aside = stored(session, bakery, "drafting", 99)
    agreements.archive(session, aside.key, why="Typed twice", version=1, by=MANAGER)
    assert stages(session) == {
        "drafting": (3, 10, 40),
        "active": (2, 13.5, 20),
        "lapsed": (2, 17, 30),
    }


def test_signatures_are_expected_by_month_and_those_whose_day_is_over_come_first(session: Session):
    bakery = make_employer(session)
    for on in (date(2026, 11, 2), date(2026, 11, 23), date(2026, 12, 31), date(2027, 1, 1), None):
        stored(session, bakery, "with_employer", expected_signing_on=on)
    stored(session, bakery, "active", expected_signing_on=date(2026, 12, 1))
    stored(session, bakery, "declined", expected_signing_on=date(2026, 12, 1))
    assert agreement_outlook.signings(session, by=MANAGER, today=TODAY) == [
        Signings(OVERDUE, 1),
        Signings("2026-11", 1),
        Signings("2026-12", 1),
        Signings("2027-01", 1),
        Signings(NO_DAY, 1),
    ]


def test_each_colleague_is_said_to_have_what_is_on_the_way_in_force_and_moved_lately(session: Session):
    bakery, ines = make_employer(session), make_user(session, name="Ines Marlow")
    stored(session, bakery, "discussed", 12, owner_id=ines.key)
    waits = stored(session, bakery, "with_employer", 61, owner_id=ines.key)
    stored(session, bakery, "active", 5, owner_id=ines.key)
    stored(session, bakery, "active", 500, owner_id=ines.key, ends_on=ago(1))
    stored(session, bakery, "idea", 3)
    stored(session, bakery, "declined", 3)
    for days in (30, 30, 31):
        move: dict[str, Any] = {"from_stage": AgreementStage.IDEA, "to_stage": AgreementStage.DISCUSSED}
        records.add(session, AgreementMove(agreement_id=waits.key, moved_on=ago(days), **move))
    assert agreement_outlook.by_owner(session, by=MANAGER, today=TODAY) == [
        OwnerLoad(ines.key, "Ines Marlow", 2, 1, 1, 61),
        OwnerLoad(None, None, 1, 0, 0, 3),
    ]


def test_an_agreement_holds_at_its_sites_or_at_every_site_of_its_employers(session: Session):
    head = make_employer(session, "Head office", sector="Retail")
    leeds, _ = (make_site(session, head, postcode=code) for code in ("LS1 4DY", "BD1 1HX"))
    branch = make_employer(session, "Branch", sector="Care")
    make_site(session, branch, postcode="M1 1AE")
    everywhere = stored(session, head)
    for left_on in (None, ago(1)):
        other = branch if left_on is None else make_employer(session, "Left", sector="Farming")
        joined: dict[str, Any] = {"employer_id": other.key, "left_on": left_on}
        records.add(session, AgreementMember(agreement_id=everywhere.key, **joined))
    in_leeds = stored(session, head, kind=AgreementKind.MOCK_INTERVIEW)
    records.add(session, AgreementSite(agreement_id=in_leeds.key, site_id=leeds.key))
    stored(session, make_employer(session, "Nowhere"))
    stored(session, head, "drafting")
    stored(session, head, ends_on=ago(1))
    areas = agreement_coverage.by_area(session, by=MANAGER, today=TODAY)
    assert areas == [
        AreaCoverage("LS", 2, 1, None),
        AreaCoverage("BD", 1, 1, None),
        AreaCoverage("M", 1, 1, None),
        AreaCoverage("", 1, 1, None),
    ]
    assert agreement_coverage.by_sector(session, by=MANAGER, today=TODAY) == [
        Coverage("Retail", 2, 1),
        Coverage("Care", 1, 1),
        Coverage("", 1, 1),
    ]


def test_areas_say_how_many_look_for_work_and_where_nothing_holds(session: Session):
    make_site(session, bakery := make_employer(session), postcode="LS1 4DY")
    stored(session, bakery)
    people(session, 6, "LS2 9JT")
    people(session, 5, "HX1 1AA")
    people(session, 3, "LS2 9JT", status=SeekerStatus.IN_WORK)
    found = agreement_coverage.by_area(session, by=MANAGER, today=TODAY)
    assert found == [AreaCoverage("LS", 1, 1, 6), AreaCoverage("HX", 0, 0, 5)]
    assert [one.place for one in found if one.is_gap] == ["HX"]


def test_fewer_than_five_people_are_not_shown_nor_listed_with_what_would_tell_their_number(session: Session):
    make_site(session, bakery := make_employer(session), postcode="WF1 1AA")
    stored(session, bakery)
    people(session, 10, "BD1 1HX")
    people(session, 6, "LS2 9JT")
    people(session, 2, "WF2 9JT")
    people(session, 1, "YO1 7HH")
    found = agreement_coverage.by_area(session, by=MANAGER, today=TODAY)
    assert found == [AreaCoverage("LS", 0, 0, 6), AreaCoverage("WF", 1, 1, None)]
    listed = {area: looking_in(session, area) for area in ("LS", "BD", "WF", "YO", "")}
    assert listed == {"LS": 6, "BD": 0, "WF": 0, "YO": 0, "": 0}


def looking_in(session: Session, area: str) -> int:
    wanted = SeekerFilter(area=area)
    return seekers.listing(session, wanted, offset=0, limit=1, by=MANAGER, today=TODAY).total


def honours(
    session: Session, wanted: AgreementFilter = agreement_figures.EVERY, period: str | None = None
) -> Any:
    page = agreement_honour.by_employer(session, wanted, period, offset=0, limit=50, by=MANAGER, today=TODAY)
    assert page.total == len(page.rows)
    return [(one.employer, one.honour.kept, one.honour.broken, one.honour.disputed) for one in page.rows]


def test_the_lowest_honour_rate_comes_first_and_only_interviews_that_count_are_in_it(session: Session):
    bakery, hotel = make_employer(session), make_employer(session, "Harbour Hotel")
    promised, other = stored(session, bakery), stored(session, hotel)
    for told in (kept(), kept(), broken(), disputed()):
        make_use(session, promised, **told)
    make_use(session, other, **kept())
    make_use(session, other)
    make_use(session, other, promise=Promise.TRAINING, **broken())
    first = make_use(session, other, promise=Promise.TRAINING, **kept())
    make_use(session, other, after_use_id=first.key, **broken())
    make_use(session, stored(session, make_employer(session, "All disputed")), **disputed())
    assert honours(session) == [
        ("Fernside Bakery", 2, 1, 1),
        ("Harbour Hotel", 1, 0, 0),
        ("All disputed", 0, 0, 1),
    ]
    mock = AgreementFilter(kind=AgreementKind.MOCK_INTERVIEW)
    assert honours(session, mock) == []


@pytest.mark.parametrize(
    ("period", "counted"), [(None, 4), (Period.YEAR, 3), (Period.FINANCIAL_YEAR, 2), (Period.QUARTER, 1)]
)
def test_a_period_holds_those_put_forward_in_it(session: Session, period: str | None, counted: int):
    agreement = stored(session, make_employer(session))
    for on in (ago(90), date(2026, 4, 1), date(2026, 3, 31), ago(366)):
        make_use(session, agreement, referred_on=on, **broken())
    assert honours(session, period=period) == [("Fernside Bakery", 0, counted, 0)]


def test_the_financial_year_begins_on_the_first_of_april():
    assert agreement_honour.first_day(Period.FINANCIAL_YEAR, date(2026, 4, 1)) == date(2026, 4, 1)
    assert agreement_honour.first_day(Period.FINANCIAL_YEAR, date(2026, 3, 31)) == date(2025, 4, 1)


def test_merging_two_employers_moves_every_figure_to_the_one_that_is_kept(session: Session):
    keep, lose = make_employer(session, "Fernside Bakery"), make_employer(session, "Fernside Bakery Ltd")
    make_site(session, lose, postcode="LS1 4DY")
    make_use(session, stored(session, keep), **kept())
    make_use(session, stored(session, lose), **broken())
    assert honours(session) == [("Fernside Bakery Ltd", 0, 1, 0), ("Fernside Bakery", 1, 0, 0)]
    merge_two(session, keep, lose)
    assert honours(session) == [("Fernside Bakery", 1, 1, 0)]
    held = agreement_coverage.by_area(session, by=MANAGER, today=TODAY)
    assert [(one.place, one.agreements) for one in held] == [("LS", 2)]


def test_coaches_see_the_figures_and_not_who_has_how_much(session: Session):
    stored(session, make_employer(session))
    for role in (Role.JOB_COACH, Role.ENGAGEMENT_OFFICER):
        by = make_actor(role)
        assert agreement_figures.by_stage(session, by=by, today=TODAY)
        assert agreement_coverage.by_area(session, by=by, today=TODAY)
        with pytest.raises(NotAllowedError):
            agreement_outlook.by_owner(session, by=by, today=TODAY)
    assert agreement_outlook.by_owner(session, by=make_actor(Role.AUDITOR), today=TODAY)


def test_an_administrator_sees_no_figures_of_agreements(session: Session):
    by = make_actor(Role.ADMINISTRATOR)
    with pytest.raises(NotAllowedError):
        agreement_coverage.by_area(session, by=by, today=TODAY)
    with pytest.raises(NotAllowedError):
        agreement_honour.by_employer(session, offset=0, limit=1, by=by, today=TODAY)


class Scene:
    """A service drawn from a seed: agreements at every stage, members, sites, people and promises."""

    def __init__(self, session: Session, seed: int) -> None:
        self._session, self._random = session, Random(seed)
        self.owners: list[User] = [make_user(session, name=name) for name in ("Ines", "Jo", "Mo")]
        self.team = make_team(session, "North", *self.owners[:2])
        self._employers = [self._employer(nth) for nth in range(5)]
        codes = ["LS1 4DY", "BD1 1HX", "M1 1AE", "HX1 1AA", None]
        self._seekers = [
            make_seeker(session, f"Person {nth}", postcode=self._pick(codes), status=self._pick(STATUSES))
            for nth in range(20)
        ]
        for _ in range(25):
            self._agreement()

    def _pick(self, some: Any) -> Any:
        return self._random.choice(list(some))

    def _employer(self, nth: int) -> tuple[Employer, list[int]]:
        employer = make_employer(self._session, f"Employer {nth}", sector=self._pick(["Care", "care ", None]))
        codes = self._random.sample(["LS1 1AA", "BD2 2BB", "S1 1AA"], k=self._random.randint(0, 2))
        return employer, [make_site(self._session, employer, code, postcode=code).key for code in codes]

    def _agreement(self) -> None:
        employer, sites = self._pick(self._employers)
        stage, days = self._pick(AgreementStage), self._random.randint(0, 60)
        row = stored(
            self._session,
            employer,
            stage,
            days,
            kind=self._pick(AgreementKind),
            owner_id=self._pick([None, *(owner.key for owner in self.owners)]),
            ends_on=self._pick([None, ago(self._random.randint(-100, 10))]),
            expected_signing_on=self._pick([None, ago(self._random.randint(-70, 20))]),
        )
        if sites and self._random.random() < 0.4:
            records.add(self._session, AgreementSite(agreement_id=row.key, site_id=self._pick(sites)))
        if self._random.random() < 0.3:
            other, left_on = self._pick(self._employers)[0], self._pick([None, ago(3)])
            member: dict[str, Any] = {"employer_id": other.key, "left_on": left_on}
            records.add(self._session, AgreementMember(agreement_id=row.key, **member))
        if self._random.random() < 0.4:
            moved: dict[str, Any] = {
                "from_stage": AgreementStage.IDEA,
                "to_stage": stage,
                "moved_on": ago(days),
            }
            records.add(self._session, AgreementMove(agreement_id=row.key, **moved))
        for told in self._random.sample([kept(), broken(), disputed(), {}], k=self._random.randint(0, 2)):
            make_use(self._session, row, self._pick(self._seekers), **told)

    def filters(self) -> Iterator[AgreementFilter]:
        """What the figures are narrowed by, one after the other."""
        yield AgreementFilter()
        yield AgreementFilter(team_id=self.team.key, kind=AgreementKind.COMBINED)


STATUSES = (SeekerStatus.ACTIVE, SeekerStatus.RETURNED, SeekerStatus.IN_WORK)


def numbers(session: Session, base: AgreementFilter) -> Iterator[tuple[int, AgreementFilter]]:
    """Every number of agreements on the page, with the filter of the list that it opens."""
    for one in agreement_figures.by_stage(session, base, by=MANAGER, today=TODAY):
        yield one.agreements, replace(base, stage=one.stage)
    for one in agreement_outlook.signings(session, base, by=MANAGER, today=TODAY):
        yield one.agreements, replace(base, signing=one.when)
    for one in agreement_coverage.by_sector(session, base, by=MANAGER, today=TODAY):
        where = replace(base, sector=one.place, phase=Phase.IN_FORCE)
        yield one.agreements, where
        yield one.with_interviews, replace(where, promises_interviews=True)
    for one in agreement_coverage.by_area(session, base, by=MANAGER, today=TODAY):
        where = replace(base, area=one.place, phase=Phase.IN_FORCE)
        yield one.agreements, where
        yield one.with_interviews, replace(where, promises_interviews=True)
    for one in agreement_outlook.by_owner(session, base, by=MANAGER, today=TODAY):
        whose = replace(base, owner_id=one.owner_id, is_nobodys=one.owner_id is None)
        yield one.on_the_way, replace(whose, phase=Phase.ON_THE_WAY)
        yield one.in_force, replace(whose, phase=Phase.IN_FORCE)
        yield one.has_moved, replace(whose, has_moved=True)


@pytest.mark.parametrize("seed", [1, 2])
def test_every_number_has_exactly_its_rows_behind_it(session: Session, seed: int):
    scene = Scene(session, seed)
    for base in scene.filters():
        compared = [(number, total(session, wanted)) for number, wanted in numbers(session, base)]
        assert all(number == listed for number, listed in compared)
        assert_days(session, base)
        assert_promises(session, base)
    for area, number in agreement_looking(session).items():
        assert looking_in(session, area) == number


def agreement_looking(session: Session) -> dict[str, int]:
    found = agreement_coverage.by_area(session, by=MANAGER, today=TODAY)
    return {one.place: one.looking or 0 for one in found}


def assert_days(session: Session, base: AgreementFilter) -> None:
    for one in agreement_figures.by_stage(session, base, by=MANAGER, today=TODAY):
        wanted = replace(base, stage=one.stage)
        rows = agreements.listing(session, wanted, offset=0, limit=99, by=MANAGER, today=TODAY).rows
        days = [row.days_in_stage for row in rows]
        assert (one.median_days, one.longest_days) == (median(days), max(days))
        at_least = replace(wanted, days=one.longest_days)
        assert total(session, at_least) == days.count(max(days))


def assert_promises(session: Session, base: AgreementFilter) -> None:
    page = agreement_honour.by_employer(session, base, offset=0, limit=99, by=MANAGER, today=TODAY)
    for one in page.rows:
        shown = (one.honour.kept, one.honour.broken, one.honour.disputed)
        for number, count in zip(shown, (Count.KEPT, Count.BROKEN, Count.DISPUTED), strict=True):
            found = agreement_honour.behind(
                session, base, None, one.employer_id, count, offset=0, limit=99, by=MANAGER, today=TODAY
            )
            assert (len(found.rows), found.total) == (number, number)


def test_an_agreement_covers_its_signer_and_its_members(session: Session):
    head, branch = make_employer(session, "Head office"), make_employer(session, "Branch")
    shared = stored(session, head)
    records.add(session, AgreementMember(agreement_id=shared.key, employer_id=branch.key))
    assert total(session, AgreementFilter(employer_id=branch.key)) == 1
    assert total(session, AgreementFilter(employer_id=head.key)) == 1


def test_a_signature_in_what_is_no_month_is_expected_of_nobody(session: Session):
    stored(session, make_employer(session), "idea", expected_signing_on=TODAY)
    assert total(session, AgreementFilter(signing="2026-11")) == 1
    assert total(session, AgreementFilter(signing="9999-12")) == 0
    assert total(session, AgreementFilter(signing="soon")) == 0
