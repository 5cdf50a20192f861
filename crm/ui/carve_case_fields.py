"""The fields of a business case; what can be a guess is a pair, from and up to."""

from crm.models.carve_cases import AccessToWork
from crm.ui.field import Field
from crm.ui.fields import choice, day, line, number, text

_GUESS = "Leave empty where the figure is known and no guess."
_AVOIDED = "Overtime and agency work avoided"
_COSTS = "Costs"
_SUPPORT = "Quality and support"
_RISKS = "Risks, and who was consulted"


def fields() -> list[Field]:
    """All fields, in the order of the form."""
    return [
        text("need", "What the employer needs, in their own words"),
        text(
            "undone_worth",
            "What it is worth that work gets done which nobody gets to now",
            hint="In words, as the employer says it. The hours come from the tasks.",
        ),
        *_pair("overtime_hours", "Overtime avoided in hours a week", _AVOIDED),
        *_pair("overtime_rate", "Overtime rate in £ an hour", _AVOIDED),
        *_pair("agency_hours", "Agency work avoided in hours a week", _AVOIDED),
        *_pair("agency_rate", "Agency rate in £ an hour", _AVOIDED),
        *_on_costs(),
        *_pair("once_cost", "Costs that arise once in £", _COSTS),
        line("once_for", "What these costs are for", section=_COSTS, hint="For example clothes or a tool."),
        *_support(),
        *_consulted(),
    ]


def _pair(name: str, label: str, section: str) -> list[Field]:
    return [
        number(name, f"{label}, from", section=section),
        number(f"{name}_most", f"{label}, up to", section=section, hint=_GUESS),
    ]


def _on_costs() -> list[Field]:
    hint = "Employer’s National Insurance, pension, holiday: ask their payroll. Leave empty if nobody knows."
    return [
        number("on_costs_percent", "On-costs in percent of the wage, from", section=_COSTS, hint=hint),
        number(
            "on_costs_percent_most", "On-costs in percent of the wage, up to", section=_COSTS, hint=_GUESS
        ),
    ]


def _support() -> list[Field]:
    return [
        text("quality", "What becomes better, and how it is checked", section=_SUPPORT),
        text(
            "support",
            "Support that the job begins with",
            section=_SUPPORT,
            hint="Colleagues first, then a coach. Say so if none is needed.",
        ),
        text("support_fades", "How this support fades, and by when", section=_SUPPORT),
        choice(
            "access_to_work",
            "Access to Work",
            AccessToWork,
            section=_SUPPORT,
            hint="It can pay for support, travel and equipment. It is asked for, never promised.",
        ),
    ]


def _consulted() -> list[Field]:
    return [
        text("risks", "Risks, and what is done about each", section=_RISKS),
        text("consulted_said", "What the staff who work there said", section=_RISKS),
        line(
            "consulted_who",
            "Who of them was consulted",
            section=_RISKS,
            hint="Their roles are enough: the packers of the early shift.",
        ),
        day("consulted_on", "Consulted on", section=_RISKS),
    ]
