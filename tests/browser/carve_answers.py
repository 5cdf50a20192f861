"""What colleagues type and choose for a carved job on its screens: the job, its business case, its moves."""

from datetime import date, timedelta

from crm.ui.words import today
from tests.browser.agreement_screens import Answer, typed

TITLE, CONTACT = "Finishing assistant", "Dana Holt"
FIRST_DAY = date(2026, 12, 14)
JOB: list[Answer] = [
    ("Job", TITLE),
    ("Pay in £ an hour", "13.20"),
    ("Going rate in £ an hour", "13"),
    ("Supervisor", CONTACT),
    ("Contact with colleagues", "At one table with the finishers"),
    ("How one sees that the work is done well", "Ten leaflets a day are looked at"),
]
CASE: dict[str, list[Answer]] = {
    "": [("What the employer needs, in their own words", "Finishers fold when they should bind")],
    "Quality and support": [
        ("Support that the job begins with", "A finisher shows each task"),
        ("How this support fades, and by when", "Within six weeks"),
    ],
    "Risks, and who was consulted": [
        ("Risks, and what is done about each", "There is little to fold in August"),
        ("Who of them was consulted", "Both finishers"),
        ("Consulted on", typed(today() - timedelta(days=1))),
    ],
}
CONFIRMED: list[Answer] = [
    ("Who at the employer confirmed it", CONTACT),
    ("What the employer needs, in their words", "Orders wait for folding"),
]
TALKED: list[Answer] = [
    ("Who at the employer we talk with", CONTACT),
    ("What is still open", "Which days"),
]
AGREED: list[Answer] = [
    ("Who at the employer agreed", CONTACT),
    ("First day of the job", typed(FIRST_DAY)),
]
