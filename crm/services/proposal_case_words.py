"""The business case of a carved job as a proposal says it: pay, figures that stay apart, support, risks."""

from crm.models.carve_cases import CarveCase
from crm.models.carves import JobCarve
from crm.papers.paper import Grid, Section
from crm.services.plain_words import day
from crm.services.proposal_phrases import OPEN, hours, money, typed

APART = (
    "We keep these figures apart, as they are of different kinds. We do not add them up to a saving.",
    "“From” and “to” show where a figure is a guess. What is not known is not counted as nothing.",
)
EMPLOYED = "You employ and pay whoever does this job, as you do all your staff."
ACCESS_TO_WORK = (
    "Access to Work is a government fund. It can pay for support, travel and equipment at work. "
    "Whoever does the job asks for it, once you have offered it to them. We help with that."
)


def pay_section(carve: JobCarve) -> Section:
    """Hours, pay, and what such work is paid elsewhere in the house."""
    rows = (
        ("Hours a week", hours(carve.hours_week)),
        ("Pay an hour", money(carve.pay_hourly)),
        ("Going rate for this work, an hour", money(carve.going_rate)),
    )
    return Section("Hours and pay", (EMPLOYED, Grid(("About", "What we propose"), rows)))


def figures_section(carve: JobCarve) -> Section:
    """What the job frees, the difference in cost, and the new wage: three figures that stay apart."""
    rows = (
        ("Skilled time freed, a week", hours(carve.skilled_hours_freed)),
        ("Difference in cost of that time, a week", money(carve.cost_difference_week)),
        ("New wage a week, without on-costs", money(carve.new_wage_week)),
        ("Work done that nobody gets to now, a week", hours(carve.undone_work_hours)),
    )
    return Section("What it frees, and what it costs", (*APART, Grid(("About", "Figure"), rows)))


def support_section(case: CarveCase | None) -> Section:
    """What support comes with the job, how it ends, and what can pay for more."""
    rows = (
        ("Support to begin with", _text(case.support if case else None)),
        ("How it ends", _text(case.support_fades if case else None)),
    )
    return Section("Support, and how it ends", (ACCESS_TO_WORK, Grid(("About", "How"), rows)))


def risk_section(case: CarveCase | None) -> Section:
    """What could go wrong, and who was asked before."""
    rows = (
        ("Risks", _text(case.risks if case else None)),
        ("Who was asked", _text(case.consulted_who if case else None)),
        ("On", day(case.consulted_on) if case and case.consulted_on else OPEN),
        ("What they said", _text(case.consulted_said if case else None)),
    )
    return Section("Risks, and who was asked", (Grid(("About", "What is known"), rows),))


def _text(words: str | None) -> str:
    return "\n".join(typed(words))
