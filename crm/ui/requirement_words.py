"""Driving, DBS checks and qualifications in words: what a job needs, what somebody has, what to do."""

from collections.abc import Sequence

from crm.services.requirements import Needed, Requirement, Shown
from crm.ui.tables import Cell
from crm.ui.words import day

_CALLED = {Needed.DRIVING: "Driving licence", Needed.DBS: "DBS check", Needed.QUALIFICATION: "Qualification"}

_MEASURES: dict[Needed, str] = {
    Needed.DRIVING: "Ask whether the driving is needed or could be shared; else record the licence, or plan "
    "lessons",
    Needed.DBS: "Apply for the check with the employer before the start date; it takes some weeks",
    Needed.QUALIFICATION: "Ask whether experience counts instead, or whether it can be gained on the job",
}
_ASK = {
    Needed.DRIVING: "Whether driving is needed is not recorded",
    Needed.DBS: "Whether a DBS check is needed is not recorded",
    Needed.QUALIFICATION: "Which qualifications are needed is not recorded",
}


def called(requirement: Requirement) -> str:
    """What is needed, as it is called."""
    name = _CALLED[requirement.needed]
    return f"{name} “{requirement.asked}”" if requirement.asked else name


def stands(requirement: Requirement) -> str:
    """What the person has to show for it: never a no where nobody has asked."""
    name = f" ({requirement.name})" if requirement.name else ""
    until = day(requirement.until)
    words = {
        Shown.HAS_IT: f"has it{name}" + (f", until {until}" if requirement.until else ""),
        Shown.RUNS_OUT: f"has it{name}, runs out on {until}",
        Shown.RAN_OUT: f"ran out on {until}{name}",
        Shown.PROVISIONAL: f"provisional so far{name}",
        Shown.NOT_RECORDED: "not recorded whether they have it",
    }
    return words[requirement.shown]


def measure(requirement: Requirement) -> str:
    """What to do about it, nothing where the person has it."""
    if requirement.shown in (Shown.RUNS_OUT, Shown.RAN_OUT):
        return "Renew it with the person before the start date"
    if requirement.shown is Shown.NOT_RECORDED:
        return f"Ask the person. {_MEASURES[requirement.needed]}"
    return _MEASURES[requirement.needed] if requirement.is_gap else ""


def at_a_glance(requirements: Sequence[Requirement]) -> str:
    """All that a job needs beside skills in one line: Driving licence: has it (category B)."""
    return "; ".join(f"{called(each)}: {stands(each)}" for each in requirements)


def gap_cells(requirements: Sequence[Requirement], unasked: Sequence[Needed]) -> list[tuple[Cell, ...]]:
    """What is left to arrange or to ask, as rows of the table of gaps; none of it counts for points."""
    rows: list[tuple[Cell, ...]] = [
        (f"{called(each)}: {stands(each)}", measure(each), "0") for each in requirements if each.is_gap
    ]
    return rows + [(_ASK[each], "Ask the employer", "0") for each in unasked]


def met_words(requirements: Sequence[Requirement]) -> str:
    """What the job needs beside skills and the person has, in a line; nothing where there is none."""
    return at_a_glance([each for each in requirements if not each.is_gap])
