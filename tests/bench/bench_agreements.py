"""What 5,000 agreements with 50,000 promises to people cost, run by `make bench`: processor time of services
by themselves, and of the server for whole pages in the real browser, its idle share taken off.
"""

import os
import tempfile
import time
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Any

from playwright.sync_api import Page
from sqlmodel import Session

from crm import config, db, schema
from crm.models.users import SYSTEM
from crm.policy import Role
from crm.services import (
    agreement_coverage,
    agreement_figures,
    agreement_honour,
    agreement_outlook,
    agreements,
)
from crm.services.agreement_filters import OVERDUE, AgreementFilter, Phase
from tests.bench.bench_day import FOLLOW, Watch
from tests.bench.big_service import TODAY
from tests.bench.many_promises import fill
from tests.makers import make_user
from tests.serving import AppServer, email_of, running_browser, serve

ROLE = Role.MANAGER
ROUNDS = 7
FIGURES: dict[str, Callable[..., Any]] = {
    "by stage, with medians": agreement_figures.by_stage,
    "expected signatures": agreement_outlook.signings,
    "by owner": agreement_outlook.by_owner,
    "by postcode area, beside job seekers": agreement_coverage.by_area,
    "by sector": agreement_coverage.by_sector,
    "honour rate by employer, the first 20": partial(agreement_honour.by_employer, offset=0, limit=20),
}
LISTS = {
    "all": AgreementFilter(),
    "by words of the employer": AgreementFilter("care"),
    "by stage as of the day": AgreementFilter(stage="lapsed"),
    "ending within 90 days": AgreementFilter(expires_soon=True),
    "of an owner, on the way": AgreementFilter(owner_id=3, phase=Phase.ON_THE_WAY),
    "overdue signatures": AgreementFilter(signing=OVERDUE),
    "100 days or more in their stage": AgreementFilter(days=100),
    "moved in 30 days": AgreementFilter(has_moved=True),
    "that cover an employer": AgreementFilter(employer_id=4711),
    "of a sector, in force": AgreementFilter(sector="Care", phase=Phase.IN_FORCE),
    "of a postcode area, in force": AgreementFilter(area="LS", phase=Phase.IN_FORCE),
}
VIEWS = {"pipeline": "Pipeline", "places": "Places", "promises": "Promises", "owners": "Owners"}
KINDS = ("Guaranteed interview", "Mock interview", "Combined", "Any")
WORDS = ("care", "ash", "bakery", "zz", "wood", "hotel", "norton", "a")


def manager(session: Session) -> None:
    """Somebody of the large service who can sign in."""
    make_user(session, ROLE, name="Alex Manager", email=email_of(ROLE), can_sign_in=True)


def print_services() -> None:
    """Print what each figure and each list costs by itself: the least of some rounds."""
    for name, count in FIGURES.items():
        _print(f"figures {name}", partial(count, by=SYSTEM, today=TODAY), aim=150)
    listing = partial(agreements.listing, offset=0, limit=25, by=SYSTEM, today=TODAY)
    for name, wanted in LISTS.items():
        _print(f"list {name}", partial(listing, wanted=wanted), aim=40)


def _print(what: str, read: Callable[..., object], *, aim: int) -> None:
    spent: list[float] = []
    for _ in range(ROUNDS):
        with db.reading() as session:
            begun = time.process_time()
            read(session)
            spent.append((time.process_time() - begun) * 1000)
    print(f"agreements, {what}: {min(spent):.1f} ms CPU (aim {aim})")


def print_pages(page: Page, server: AppServer) -> None:
    """Print what the pages cost in the browser."""
    watch = Watch(page)
    server.sign_in(page, ROLE, "/agreements")
    search = page.get_by_label("Search by employer")
    search.wait_for()
    page.wait_for_timeout(4000)
    watch.rest()
    watch.print("agreements, filter of the list", lambda number: search.fill(WORDS[number % len(WORDS)]))
    for name, view in VIEWS.items():
        address = f"/agreement-pipeline?view={view}"
        follow = partial(page.evaluate, FOLLOW, address)
        watch.print(f"agreements at a glance by link, {name}", lambda _, go=follow: go(), aim=150)
        watch.print(f"agreements at a glance, filter of {name}", partial(choose_kind, page))


def choose_kind(page: Page, number: int) -> None:
    """Choose the next kind in the filter of the page."""
    page.get_by_label("Kind", exact=True).click()
    page.get_by_role("option", name=KINDS[number % len(KINDS)], exact=True).click()


def main() -> None:
    """Print the figures."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        os.environ["DATABASE_URL"] = f"sqlite:///{folder / 'crm.db'}"
        os.environ["CRM_SECRETS_DIR"] = str(folder / "secrets")
        config.settings.cache_clear()
        db.engine.cache_clear()
        schema.upgrade(os.environ["DATABASE_URL"])
        fill(db.engine())
        print_services()
        db.engine().dispose()
        with serve(folder, is_set_up=False, fill=manager) as server, running_browser() as browser:
            print_pages(browser.new_page(), server)


if __name__ == "__main__":
    main()
