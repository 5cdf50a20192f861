"""What an agreement says in words, field by field: for reading aloud, and in Easy Read for “you”.

What is not agreed yet is said to be so, and never left out in silence. What people typed is put in as it is.
"""

from collections.abc import Callable
from datetime import date

from crm.models.agreement_choices import (
    Covers,
    Monitoring,
    OptIn,
)
from crm.services.agreement_reach import is_telling
from crm.services.agreement_terms import Terms

Phrase = Callable[[Terms], str]

TO_BE_AGREED = "to be agreed"
SOMEBODY = "somebody still to be named"
_MANY = {"person": "people"}
_MONITORING = {
    Monitoring.MONTHLY: "every month",
    Monitoring.QUARTERLY: "every three months",
    Monitoring.HALF_YEARLY: "every six months",
    Monitoring.YEARLY: "every year",
    Monitoring.UNKNOWN: f"at times {TO_BE_AGREED}",
}


def counted(number: float, one: str, many: str | None = None) -> str:
    """A number with its noun: 1 day, 14 days, 7.5 hours."""
    return f"{number:g} {one if number == 1 else many or one + 's'}"


def on_day(value: date | None, open_words: str) -> str:
    """A date as 3 November 2026, or that it is still open."""
    return f"{value.day} {value:%B %Y}" if value else open_words


def named(parts: tuple[str, ...]) -> str:
    """Names in a row: one; two; three."""
    return "; ".join(parts)


def whom(terms: Terms) -> str:
    """Whom the agreement covers."""
    agreement = terms.agreement
    if agreement.covers is Covers.DISABLED_PEOPLE:
        return "disabled people, as the Equality Act 2010 defines them"
    return (
        f"everyone whom {terms.service} supports" if agreement.covers is Covers.EVERYONE else _groups(terms)
    )


def easy_whom(terms: Terms) -> str:
    """The same in short words."""
    covers = terms.agreement.covers
    if covers is Covers.DISABLED_PEOPLE:
        return "disabled people"
    return f"everyone that {terms.service} helps" if covers is Covers.EVERYONE else _groups(terms)


def _groups(terms: Terms) -> str:
    return terms.agreement.named_groups or f"groups {TO_BE_AGREED}"


def lawful(terms: Terms) -> str:
    """Why it is lawful to cover disabled people only."""
    if terms.agreement.covers is not Covers.DISABLED_PEOPLE:
        return ""
    return (
        "The law allows that: by section 13(3) of the Equality Act 2010, it is not discrimination to treat "
        "disabled people more favourably."
    )


def sites(terms: Terms) -> str:
    """Where the agreement holds."""
    return f"these places: {named(terms.sites)}" if terms.sites else f"every site of {terms.employer}"


def easy_sites(terms: Terms) -> str:
    """The same in short words."""
    return sites(terms) if terms.sites else "every place where they work"


def others_covered(terms: Terms) -> str:
    """The employers that it covers beside the one that signs."""
    return f"It covers these employers too: {named(terms.others)}" if terms.others else ""


def told_by_itself(terms: Terms) -> str:
    """What being put forward tells the employer by itself, and that the person is asked first."""
    if not is_telling(terms.agreement):
        return ""
    what = "is disabled" if terms.agreement.covers is Covers.DISABLED_PEOPLE else "is of one of these groups"
    return (
        f"Being put forward under this agreement tells {terms.employer} that a person {what}. "
        f"{terms.service} says so to each person first, and waits for their own dated yes for this employer."
    )


def easy_told_by_itself(terms: Terms) -> str:
    """The same in short words."""
    if not is_telling(terms.agreement):
        return ""
    is_disabled = terms.agreement.covers is Covers.DISABLED_PEOPLE
    what = "are disabled" if is_disabled else "are in one of these groups"
    return f"If you use it, {terms.employer} will know that you {what}."


def opt_in(terms: Terms) -> str:
    """Who says that somebody uses the promise."""
    return {
        OptIn.CANDIDATE: "Each person decides, and says so when they apply.",
        OptIn.WE_REFER: f"{terms.service} puts people forward, and only those who have said yes to that.",
        OptIn.UNKNOWN: f"Who says that somebody wants to use it is still {TO_BE_AGREED}.",
    }[terms.agreement.opt_in]


def easy_opt_in(terms: Terms) -> str:
    """The same for “you”."""
    return {
        OptIn.CANDIDATE: f"You tell {terms.employer} when you apply.",
        OptIn.WE_REFER: f"{terms.service} puts you forward only if you say yes.",
        OptIn.UNKNOWN: f"How you do that is still {TO_BE_AGREED}.",
    }[terms.agreement.opt_in]


def also_agreed(typed: str | None) -> str:
    """What was typed beside what the clause says."""
    return f"Also agreed: {typed}" if typed else ""


def monitoring(terms: Terms) -> str:
    """How often both sides look at it together."""
    return _MONITORING[terms.agreement.monitoring]


def field(name: str, one: str, open_words: str) -> Phrase:
    """The number in a field of the agreement, with its noun."""

    def words(terms: Terms) -> str:
        number: float | None = getattr(terms.agreement, name)
        return open_words if number is None else counted(number, one, _MANY.get(one))

    return words
