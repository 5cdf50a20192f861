"""The whole life of each kind of agreement, to the numbers that it leaves, counted by hand beside them.

An agreement lapses by date, as nobody presses anything for it: its last day is put into the past by the
service that the form calls, in the database that is served.
"""

from collections.abc import Callable, Generator
from dataclasses import dataclass
from pathlib import Path

import pytest
from playwright.sync_api import Browser

from crm.models.agreement_choices import AgreementKind, AgreementStage, Promise
from crm.policy import Role
from crm.ui.words import say, today
from tests.browser.agreement_answers import (
    DATES,
    DRAFTS,
    EXPECTED,
    FOR_DISABLED_PEOPLE,
    FOR_EVERYONE,
    OUTCOMES,
    RENEWED,
    SIGNING,
    kept_answers,
)
from tests.browser.agreement_screens import Screens, typed
from tests.browser.agreement_setting import (
    EMPLOYER_IDS,
    EMPLOYERS,
    PEOPLE,
    TWIN,
    change,
    fill,
    lead_to_signature,
    let_it_run_out,
    put_forward_all,
    renew,
)
from tests.browser.conftest import Visitor
from tests.conftest import copy_of
from tests.serving import AppServer, serve

pytestmark = [pytest.mark.browser, pytest.mark.timeout(480)]

ONE_EACH = "1 of 2 due were kept (50 %; 33 % to 67 % with 1 in dispute)."
"""One kept, one broken, one in dispute: 1 of 2; 1 of 3 if the dispute is a break, 2 of 3 if it is kept."""


@pytest.fixture(scope="module")
def server(template_database: Path, tmp_path_factory: pytest.TempPathFactory) -> Generator[AppServer]:
    folder = copy_of(template_database, tmp_path_factory.mktemp("lives"))
    with serve(folder, fill=fill) as served:
        yield served


@pytest.fixture(scope="module")
def sign_in(browser: Browser, server: AppServer) -> Generator[Callable[[Role], Screens]]:
    """The window of whoever has a role, signed in once for all lives."""
    opened: dict[Role, Visitor] = {}

    def screens_of(role: Role) -> Screens:
        if role not in opened:
            page = browser.new_context(reduced_motion="reduce").new_page()
            server.sign_in(page, role)
            opened[role] = Visitor(page, server)
            opened[role].settle()
        return Screens(opened[role])

    yield screens_of
    for visitor in opened.values():
        visitor.page.context.close()


@dataclass(frozen=True, slots=True)
class Two:
    """An officer and a manager, each before their own screens."""

    officer: Screens
    manager: Screens

    def live_to_renewal(self, employer_id: int) -> tuple[int, list[int]]:
        """A guaranteed interview from its draft to its renewal, all on screens; it and its three promises."""
        kind = AgreementKind.GUARANTEED_INTERVIEW
        agreement = self.officer.draft(employer_id, say(kind), [FOR_DISABLED_PEOPLE, *DRAFTS[kind]])
        self.officer.move(agreement, AgreementStage.DISCUSSED)
        self.officer.move(agreement, AgreementStage.DRAFTING)
        self.manager.move(agreement, AgreementStage.APPROVED)
        self.officer.move(agreement, AgreementStage.WITH_EMPLOYER, EXPECTED)
        self.officer.move(agreement, AgreementStage.SIGNED, SIGNING)
        self.officer.move(agreement, AgreementStage.ACTIVE, DATES)
        uses = [self.officer.put_forward(agreement, seeker) for seeker in PEOPLE]
        for use, answers in zip(uses, OUTCOMES, strict=True):
            self.officer.say_what_happened(use, answers(Promise.INTERVIEW))
        self.officer.move(agreement, AgreementStage.IN_REVIEW)
        self.officer.move(agreement, AgreementStage.RENEWED, RENEWED)
        return agreement, uses

    def expect_everywhere(
        self, employer: str, agreement_id: int, told: str, rates: tuple[str, ...], here: str = ""
    ) -> None:
        """These figures stand at a glance, on the agreement's page, and (`here`) on the employer's."""
        self.manager.expect_rates(employer, *rates)
        self.officer.expect_said("agreement", agreement_id, "Lapsed", f"Interviews: {told}")
        said = f"Interviews promised here: {here or told}"
        self.officer.expect_said("employer", EMPLOYER_IDS[employer], said)


@pytest.fixture
def two(sign_in: Callable[[Role], Screens]) -> Two:
    return Two(sign_in(Role.ENGAGEMENT_OFFICER), sign_in(Role.MANAGER))


def test_a_guaranteed_interview_to_its_lapse_and_its_figures_after_a_change_a_merge_and_its_undoing(
    server: AppServer, two: Two
):
    name = EMPLOYERS[AgreementKind.GUARANTEED_INTERVIEW]
    agreement, uses = two.live_to_renewal(EMPLOYER_IDS[name])
    change(server, lambda session: let_it_run_out(session, agreement))
    two.expect_everywhere(name, agreement, ONE_EACH, ("50 %", "1", "1", "1", "33 % to 67 %"))

    # The broken one was held after all: 2 of 2; 2 of 3 if the dispute is a break, 3 of 3 if it is kept.
    two.officer.say_what_happened(
        uses[1], [("Day of the interview", typed(today())), ("Interviewed?", "Yes")]
    )
    told = "2 of 2 due were kept (100 %; 67 % to 100 % with 1 in dispute)."
    after_change = ("100 %", "2", "0", "1", "67 % to 100 %")
    two.expect_everywhere(name, agreement, told, after_change)

    # The twin kept one of two: together 3 of 4; 3 of 5 and 4 of 5 with the dispute. The agreement's own stay.
    two.manager.merge(EMPLOYER_IDS[name], EMPLOYER_IDS[TWIN])
    here = "3 of 4 due were kept (75 %; 60 % to 80 % with 1 in dispute)."
    two.expect_everywhere(name, agreement, told, ("75 %", "3", "1", "1", "60 % to 80 %"), here)
    two.manager.expect_no_rates(TWIN)

    two.manager.undo_merge(EMPLOYER_IDS[name], TWIN)
    two.expect_everywhere(name, agreement, told, after_change)
    two.manager.expect_rates(TWIN, "50 %", "1", "1", "0", "No disputes")
    twins = "Interviews promised here: 1 of 2 due were kept (50 %)."
    two.officer.expect_said("employer", EMPLOYER_IDS[TWIN], twins)


@dataclass(frozen=True, slots=True)
class Life:
    """What three people were promised: the first got it, the second did not, of the third it is disputed."""

    kind: AgreementKind
    promises: tuple[Promise, ...]
    told: tuple[str, ...]
    rates: tuple[str, ...] = ()


LIVES = [
    Life(AgreementKind.MOCK_INTERVIEW, (Promise.MOCK_INTERVIEW,) * 3, (f"Mock interviews: {ONE_EACH}",)),
    Life(
        AgreementKind.PRE_EMPLOYMENT_TRAINING,
        (Promise.TRAINING,) * 3,
        (f"Training: {ONE_EACH}", "Interviews after training: 1 of 1 due was kept (100 %)."),
    ),
    Life(AgreementKind.WORK_TRIAL, (Promise.TRIAL,) * 3, (f"Work trials: {ONE_EACH}",)),
    Life(
        AgreementKind.COMBINED,
        (Promise.INTERVIEW, Promise.INTERVIEW, Promise.MOCK_INTERVIEW),
        (
            "Interviews: 1 of 2 due were kept (50 %).",
            "Mock interviews: none was due and settled; 0 % to 100 % with 1 in dispute.",
        ),
        ("50 %", "1", "1", "0", "No disputes"),
    ),
]


@pytest.mark.parametrize("life", LIVES, ids=[one.kind.value for one in LIVES])
def test_another_kind_of_agreement_from_its_draft_to_lapse(server: AppServer, two: Two, life: Life):
    officer, name = two.officer, EMPLOYERS[life.kind]
    employer = EMPLOYER_IDS[name]
    agreement = officer.draft(employer, say(life.kind), [FOR_EVERYONE, *DRAFTS[life.kind]])
    change(server, lambda session: lead_to_signature(session, agreement))
    officer.move(agreement, AgreementStage.SIGNED, SIGNING)
    uses = change(server, lambda session: put_forward_all(session, agreement, life.promises))
    for use, promise, answers in zip(uses, life.promises, OUTCOMES, strict=True):
        officer.say_what_happened(use, answers(promise))
    if Promise.TRAINING in life.promises:
        finished = [("Training finished?", "Yes"), ("Finished on", typed(today()))]
        officer.say_what_happened(uses[0], finished)
        promised = max(uses) + 1  # the interview that finishing made
        officer.say_what_happened(promised, kept_answers(Promise.INTERVIEW))
    change(server, lambda session: renew(session, agreement))
    change(server, lambda session: let_it_run_out(session, agreement))

    officer.expect_said("agreement", agreement, "Lapsed", *life.told)
    here = [words.replace(":", " promised here:", 1) for words in life.told]
    officer.expect_said("employer", employer, *here)
    if life.rates:
        two.manager.expect_rates(name, *life.rates)
    else:
        two.manager.expect_no_rates(name)
