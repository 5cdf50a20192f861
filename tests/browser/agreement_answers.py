"""What colleagues type and choose on the screens of agreements: drafts of each kind, signatures, outcomes."""

from datetime import timedelta

from crm.models.agreement_choices import AgreementKind, Promise
from crm.ui.outcome_fields import WORDS
from crm.ui.words import today
from tests.browser.agreement_screens import Answer, typed

FIRST, LAST = today() - timedelta(days=300), today() + timedelta(days=65)
OFFICER = "Alex Engagement_Officer"
FOR_DISABLED_PEOPLE = ("Whom it covers", "Disabled people")
FOR_EVERYONE = ("Whom it covers", "Everyone we support")
DRAFTS: dict[AgreementKind, list[Answer]] = {
    AgreementKind.GUARANTEED_INTERVIEW: [
        ("Owner", OFFICER),
        ("Interview within how many days of being put forward", "14"),
    ],
    AgreementKind.MOCK_INTERVIEW: [("Sessions of mock interviews a year", "4")],
    AgreementKind.PRE_EMPLOYMENT_TRAINING: [
        ("Weeks of training, 6 at most", "4"),
        ("Hours of training a week, 30 at most", "16"),
        ("Is whoever finishes guaranteed an interview?", "Yes"),
    ],
    AgreementKind.WORK_TRIAL: [
        ("Weeks of a trial or placement", "2"),
        ("Is the trial or placement paid?", "Yes"),
    ],
    AgreementKind.COMBINED: [
        ("Interview within how many days of being put forward", "14"),
        ("Places in mock interviews a year", "10"),
    ],
}
SIGNING: list[Answer] = [
    ("Signed on", typed(today())),
    ("Signed for the employer by", "Dana Holt"),
    ("As what they signed", "Head of personnel"),
    ("Signed for us by", "Ottilie Gray"),
    ("How it was signed", "On paper"),
]
EXPECTED: list[Answer] = [("We expect it back signed on", typed(LAST))]
RENEWED: list[Answer] = [("Renewed until", typed(LAST + timedelta(days=365)))]
DATES: list[Answer] = [("Starts on", typed(FIRST)), ("Ends on", typed(LAST))]
NOT_GIVEN = "Not given by the employer"
WHY = "If it was not given: why, in the words you were told"
WHICH = "If no or disputed: which of the criteria?"


def kept_answers(promise: Promise) -> list[Answer]:
    words = WORDS[promise]
    return [(words.criteria, "Yes"), (words.happens_on, typed(today())), (words.given, "Yes")]


def broken_answers(promise: Promise) -> list[Answer]:
    words = WORDS[promise]
    return [(words.criteria, "Yes"), (words.given, NOT_GIVEN), (WHY, "The post was filled first")]


def disputed_answers(promise: Promise) -> list[Answer]:
    words = WORDS[promise]
    why = "They say that nobody told them"
    return [(words.criteria, "Disputed"), (WHICH, "Forklift licence"), (words.given, NOT_GIVEN), (WHY, why)]


OUTCOMES = (kept_answers, broken_answers, disputed_answers)
