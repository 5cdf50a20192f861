"""Agreements at a glance: with and without rows, every number leads to its rows, and who sees what."""

import re
from collections import defaultdict
from urllib.parse import parse_qsl, urlsplit

import pytest
from sqlmodel import Session
from streamlit.testing.v1 import AppTest

from crm import db
from crm.models.agreement_choices import AgreementKind, AgreementStage
from crm.models.users import User
from crm.policy import Role
from crm.services.agreement_filters import NO_DAY, OVERDUE, AgreementFilter, Phase
from crm.ui.agreement_narrowing import also_narrowed, parameters
from crm.ui.words import today
from tests.makers import make_service, make_user
from tests.makers_employers import make_active, make_agreement, make_employer, make_site, move_to
from tests.makers_people import make_seeker
from tests.makers_promises import broken, disputed, kept, make_use
from tests.pages.opening import choose, open_page, press, shown

PIPELINE = "agreements/pipeline.py"


@pytest.fixture
def manager(database: str) -> User:
    with db.transaction() as session:
        make_service(session)
        return make_user(session, Role.MANAGER, name="Rosa Hill")


def stored_scene(session: Session) -> int:
    """Two agreements on the way, one in force whose promises were kept, broken and disputed; its employer."""
    bakery = make_employer(session, sector="Food")
    make_site(session, bakery, postcode="LS1 4DY")
    make_agreement(session, make_employer(session, "Harbour Hotel"), today=today())
    waits = make_agreement(session, bakery, today=today(), kind=AgreementKind.MOCK_INTERVIEW)
    move_to(session, waits, AgreementStage.DISCUSSED, on=today())
    active = make_active(session, bakery, ends_on=today())
    amara = make_seeker(session, status="in_work")
    for told in (kept(), kept(), broken(), disputed()):
        make_use(session, active, amara, **told)
    for nth in range(6):
        make_seeker(session, f"Person {nth}", postcode="HX1 1AA")
    return bakery.key


@pytest.fixture
def bakery_id(manager: User) -> int:
    with db.transaction() as session:
        return stored_scene(session)


VIEWS = {
    "Pipeline": "No agreement fits",
    "Places": "No agreement is in force",
    "Promises": "No promise of an interview is due yet",
    "Owners": "Nobody has an agreement on the way or in force",
}


@pytest.mark.parametrize("view", VIEWS)
def test_without_any_record_each_view_says_what_is_missing(manager: User, view: str):
    app = open_page(manager, PIPELINE, view=view)
    assert VIEWS[view] in f"{shown(app)} {[caption.value for caption in app.caption]}"


def numbers_of(app: AppTest) -> list[tuple[int, str, dict[str, str]]]:
    """Every number that is a link in a table: the number, the page that it opens, and its address."""
    found = re.findall(r'<td[^>]*><a class="crm-link" href="([^"]+)"[^>]*>([\d,]+)</a>', shown(app))
    split = [(int(number.replace(",", "")), urlsplit(to.replace("&amp;", "&"))) for to, number in found]
    return [(number, to.path, dict(parse_qsl(to.query))) for number, to in split]


SCRIPTS = {"agreements": "agreements/list.py", "seekers": "seekers/list.py", "agreement-pipeline": PIPELINE}


def test_every_number_opens_a_list_of_as_many_rows(manager: User, bakery_id: int):
    """One of each shape of address; the median of a stage opens the rows that it is the median of."""
    said: dict[tuple[str, frozenset[tuple[str, str]]], set[int]] = defaultdict(set)
    apps = [open_page(manager, PIPELINE, view=view) for view in VIEWS]
    for number, page, address in (one for app in apps for one in numbers_of(app)):
        if "days" not in address:
            said[page, frozenset(address.items())].add(number)
    assert {page for page, _ in said} == set(SCRIPTS)
    shapes = {(page, *sorted(dict(address))): (page, address) for page, address in said}
    for page, address in shapes.values():
        listed = shown(open_page(manager, SCRIPTS[page], **dict(address)))
        total = re.findall(r'role="status">([\d,]+) ', listed)[0]
        assert int(total) in said[page, address]


def test_filters_narrow_every_number_and_stay_in_each_link(manager: User, bakery_id: int):
    app = open_page(manager, PIPELINE)
    choose(app, "Kind", "mock_interview")
    app.run()
    page = shown(app)
    assert "Discussed" in page
    assert "Active" not in page
    assert all(
        address.get("kind") == "Mock interview" for _, to, address in numbers_of(app) if to == "agreements"
    )


def test_where_people_look_and_nothing_holds_is_said_in_words(manager: User, bakery_id: int):
    page = shown(open_page(manager, PIPELINE, view="Places"))
    assert "No agreement in force holds where these look for work: HX (6 people)." in page


def test_the_promises_behind_a_number_and_all_employers_are_views_of_the_page(manager: User, bakery_id: int):
    page = shown(open_page(manager, PIPELINE, behind="broken", employer=bakery_id))
    assert "1 promise in all" in page
    assert "Back to all at a glance" in page
    assert "1 employer in all" in shown(open_page(manager, PIPELINE, every="employer"))
    assert "cannot be shown" in shown(open_page(manager, PIPELINE, behind="broken", employer="x"))


def test_only_who_looks_into_how_the_service_works_sees_who_has_how_much(manager: User, bakery_id: int):
    with db.transaction() as session:
        others = {role: make_user(session, role) for role in (Role.JOB_COACH, Role.AUDITOR)}
    assert "Who has how much" in shown(open_page(manager, PIPELINE, view="Owners"))
    assert "Who has how much" in shown(open_page(others[Role.AUDITOR], PIPELINE, view="Owners"))
    coach = open_page(others[Role.JOB_COACH], PIPELINE, view="Owners")
    assert "By stage" in shown(coach)
    assert "Who has how much" not in shown(coach)
    assert not [button for button in coach.button if button.label.startswith("Download")]


def test_each_table_can_be_taken_away_as_a_file(manager: User, bakery_id: int):
    offered = {
        view: [one.label for one in open_page(manager, PIPELINE, view=view).button if "Download" in one.label]
        for view in VIEWS
    }
    assert [len(labels) for labels in offered.values()] == [3, 2, 1, 1]
    app = open_page(manager, PIPELINE, view="Places")
    assert "files/export/" in shown(press(app, "Download the areas"))


def test_the_list_and_today_lead_to_the_page(manager: User, bakery_id: int):
    for script in ("agreements/list.py", "home/home.py"):
        assert 'href="agreement-pipeline"' in shown(open_page(manager, script))


def test_a_list_says_what_its_address_narrows_it_to(manager: User, bakery_id: int):
    page = shown(
        open_page(manager, "agreements/list.py", owner="nobody", phase="on_the_way", area="not-known")
    )
    assert "Only agreements that nobody looks after yet; on the way; in no known area." in page
    assert "1 agreement in all" in page


def test_an_area_with_too_few_people_opens_no_list_of_them(manager: User, bakery_id: int):
    with db.transaction() as session:
        make_seeker(session, "Amara Nwosu", postcode="WF1 1AA")
    page = shown(open_page(manager, "seekers/list.py", area="WF"))
    assert "Amara" not in page
    assert "Too few do to be listed" in page


FILTERS = [
    AgreementFilter(),
    AgreementFilter(owner_id=3, team_id=2, phase=Phase.IN_FORCE, sector="", promises_interviews=True),
    AgreementFilter(is_nobodys=True, phase=Phase.ON_THE_WAY, signing=OVERDUE),
    AgreementFilter(signing=NO_DAY, has_moved=True),
    AgreementFilter(signing="2026-12", days=40, employer_id=7),
    AgreementFilter(area="LS", sector="Food & drink"),
    AgreementFilter(area=""),
]


@pytest.mark.parametrize("wanted", FILTERS)
def test_an_address_is_read_again_as_the_filter_that_it_was_made_of(wanted: AgreementFilter):
    assert also_narrowed(AgreementFilter(), parameters(wanted)) == wanted


def test_what_is_no_filter_in_an_address_finds_nothing_or_is_left_out():
    read = also_narrowed(AgreementFilter(), {"phase": "gone", "team": "x", "owner": "-1", "moved": "no"})
    assert read == AgreementFilter(team_id=0, owner_id=0)
