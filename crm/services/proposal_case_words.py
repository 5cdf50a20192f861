"""The business case of a carved job as a proposal says it: pay, figures that stay apart, support, risks."""

from collections.abc import Iterator

from crm.models.carve_cases import CarveCase
from crm.models.carves import JobCarve
from crm.papers.paper import Grid, Section
from crm.services.carve_case_words import difference_a_week, hours_a_week, left_out, pounds, pounds_a_week
from crm.services.carve_figures import CaseFigures
from crm.services.plain_words import day
from crm.services.proposal_phrases import OPEN, hours, money, typed

APART = (
    "These are three figures of different kinds: time, a difference in cost, and a wage. We keep them apart. "
    "We do not add them up to a saving.",
    "Where a figure rests on a guess, we give its least and its most.",
)
DIFFERENCE = "The difference is what the freed time costs now, less what the same time costs in the new job."
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


def figures_section(found: CaseFigures, case: CarveCase | None) -> Section:
    """What the job frees, the difference in cost and the new wage, apart; and below, what else it brings."""
    cost, difference = found.freed_cost, found.difference
    rows = (
        ("Skilled time freed", hours_a_week(found.freed_hours.value)),
        ("What that time costs now", pounds_a_week(cost.value, is_from=cost.is_from)),
        ("The difference", difference_a_week(difference.value, is_from=difference.is_from)),
        ("New wage, without on-costs", pounds_a_week(found.wage.value)),
        ("New wage, with on-costs", pounds_a_week(found.wage_with_on_costs.value)),
    )
    figures = Grid(("About", "Figure"), rows, "Time, difference and wage")
    about = (*APART, DIFFERENCE, *filter(None, [left_out(difference.left_out)]), figures)
    others = tuple(_others(found, case))
    beside = (Grid(("About", "What we know"), others, "What else it brings, and what it costs once"),)
    return Section("What it frees, and what it costs", (*about, *(beside if others else ())))


def _others(found: CaseFigures, case: CarveCase | None) -> Iterator[tuple[str, str]]:
    """What is recorded beside the three figures; what is not is left out."""
    if found.undone_hours.lines:
        yield "Work done that nobody gets to now", hours_a_week(found.undone_hours.value)
    if case and case.undone_worth:
        yield "What that work is worth to you", _text(case.undone_worth)
    if found.overtime.value:
        yield "Overtime that it avoids", pounds_a_week(found.overtime.value)
    if found.agency.value:
        yield "Agency work that it avoids", pounds_a_week(found.agency.value)
    if case and case.quality:
        yield "Quality", _text(case.quality)
    if found.once.value:
        what_for = f", for: {case.once_for}" if case and case.once_for else ""
        yield "What it costs once", f"{pounds(found.once.value)}{what_for}"


def support_section(case: CarveCase | None) -> Section:
    """What support comes with the job, how it ends, and what can pay for more."""
    rows = (
        ("Support to begin with", _text(case.support if case else None)),
        ("How it ends", _text(case.support_fades if case else None)),
    )
    return Section("Support, and how it ends", (ACCESS_TO_WORK, Grid(("About", "How"), rows)))


def risk_section(case: CarveCase | None) -> Section:
    """What could go wrong, who was asked before, and what they said as far as it is recorded."""
    said = (("What they said", _text(case.consulted_said)),) if case and case.consulted_said else ()
    rows = (
        ("Risks", _text(case.risks if case else None)),
        ("Who was asked", _text(case.consulted_who if case else None)),
        ("On", day(case.consulted_on) if case and case.consulted_on else OPEN),
        *said,
    )
    return Section("Risks, and who was asked", (Grid(("About", "What is known"), rows),))


def _text(words: str | None) -> str:
    return "\n".join(typed(words))
