"""An agreement on its screens, as an officer and a manager use them: drafted, moved, used, read off again."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from playwright.sync_api import Locator, expect

from crm.models.agreement_choices import AgreementStage
from crm.ui.words import say
from tests.browser.conftest import Visitor

Answer = tuple[str, str]
"""A field by its label, and what is typed or chosen there."""

RATES = ["Employer", "Honour rate", "Kept", "Broken", "Disputed", "Range"]


def typed(day: date) -> str:
    """A day as it is typed into the three parts of a date field."""
    return f"{day:%d%m%Y}"


@dataclass(frozen=True, slots=True)
class Screens:
    """The screens of agreements in the window of one colleague."""

    visitor: Visitor

    def draft(self, employer_id: int, kind: str, answers: Sequence[Answer]) -> int:
        """Write a new agreement of an employer, and give its id."""
        page = self.visitor.page
        self.visitor.follow("agreement-edit", employer=employer_id)
        page.get_by_role("radiogroup").get_by_text(kind, exact=True).click()
        self.visitor.settle()
        self.answer(answers)
        self._press("Save agreement")
        expect(page.get_by_text("The agreement is saved.")).to_be_visible()
        return self._id()

    def move(self, agreement_id: int, stage: AgreementStage, answers: Sequence[Answer] = ()) -> None:
        """Move an agreement to a stage, saying what it needs."""
        self.visitor.follow("agreement-move", id=agreement_id, to=stage.value)
        self.answer(answers)
        self._press(f"Move to {say(stage).lower()}")
        expect(self.visitor.page.get_by_text(f"The agreement has moved to: {say(stage)}.")).to_be_visible()

    def put_forward(self, agreement_id: int, seeker_id: int) -> int:
        """Put somebody forward under an agreement, and give the id of the promise."""
        self.visitor.follow("refer", agreement=agreement_id, seeker=seeker_id)
        self._press("Put forward")
        expect(self.visitor.page.get_by_text("Put forward. Tell the employer now")).to_be_visible()
        return self._id()

    def say_what_happened(self, use_id: int, answers: Sequence[Answer]) -> None:
        """Record what became of a promise."""
        self.visitor.follow("promise-outcome", id=use_id)
        self.answer(answers)
        self._press("Save what happened")
        expect(self.visitor.page.get_by_text("What happened is saved.")).to_be_visible()

    def merge(self, kept_id: int, loser_id: int) -> None:
        """Merge one employer into another."""
        self.visitor.follow("merge", keep=kept_id, other=loser_id)
        self._press("Merge them")
        expect(self.visitor.page.get_by_text("It can be undone for 30 days")).to_be_visible()

    def undo_merge(self, kept_id: int, loser: str) -> None:
        """Undo the merge of one employer into another, from the page of the one that was kept."""
        page = self.visitor.page
        self.visitor.follow("employer", id=kept_id)
        page.get_by_role("link", name=re.compile("look, or undo it")).click()
        self._press("Undo the merge")
        expect(page.get_by_text(f"{loser} is back")).to_be_visible()

    def expect_rates(self, employer: str, *cells: str) -> None:
        """These numbers stand at this employer among the agreements at a glance."""
        self.visitor.follow("agreement-pipeline", view="Promises")
        row = self.visitor.page.get_by_role("row").filter(has_text=employer)
        expect(row.locator("th, td")).to_have_text([employer, *cells])

    def expect_no_rates(self, employer: str) -> None:
        """No number stands at this employer among the agreements at a glance."""
        self.visitor.follow("agreement-pipeline", view="Promises")
        expect(self.visitor.page.get_by_role("heading", name="Promises of interviews")).to_be_visible()
        expect(self.visitor.page.get_by_role("row").filter(has_text=employer)).to_have_count(0)

    def expect_said(self, address: str, key: int, *sentences: str) -> None:
        """The page of a record says these sentences, word for word."""
        self.visitor.follow(address, id=key)
        for words in sentences:
            expect(self.visitor.page.get_by_text(words, exact=True)).to_be_visible()

    def answer(self, answers: Sequence[Answer]) -> None:
        """Fill in fields: each in the way of its kind, one after the other has been heard."""
        page = self.visitor.page
        for label, value in answers:
            self.visitor.settle()
            box = page.get_by_label(label, exact=True)
            kind = box.get_attribute("role")
            if kind == "radiogroup":
                box.get_by_text(value, exact=True).click()
            elif kind == "combobox":
                self.visitor.choose(label, value)
            elif kind == "group":
                self._type_day(box, value)
            else:
                box.fill(value)
                box.blur()

    def _type_day(self, box: Locator, value: str) -> None:
        """Type a day over its calendar, which opens with the focus, and close that."""
        calendar = self.visitor.page.get_by_test_id("stDateInputCalendar")
        box.get_by_role("spinbutton").first.focus()
        calendar.wait_for()
        self.visitor.page.keyboard.type(value)
        self.visitor.settle()
        self.visitor.page.keyboard.press("Escape")
        expect(calendar).to_have_count(0)

    def _press(self, name: str) -> None:
        self.visitor.settle()
        self.visitor.page.get_by_role("button", name=name, exact=True).click()

    def _id(self) -> int:
        self.visitor.settle()
        found = re.search(r"[?&]id=(\d+)", self.visitor.page.url)
        assert found, self.visitor.page.url
        return int(found[1])
