"""What a composed job has to be paid at least: the minimum wage, and the going rate for the same tasks."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from crm.services import wages
from crm.services.composing_bank import Offer
from crm.services.plain_words import day


@dataclass(frozen=True, slots=True)
class PayCheck:
    """The pay beside both: `broken` holds the job back, `said` is what to know or find out.

    Attributes:
        pay: Pounds an hour, None while it is not agreed.
        going_rate: The highest recorded going rate of the posts that the tasks come from.
        broken: Why this may not be paid.
        said: What else there is to say.
    """

    pay: float | None
    going_rate: float | None
    broken: tuple[str, ...]
    said: tuple[str, ...]


def check(pay: float | None, chosen: Sequence[Offer], on: date) -> PayCheck:
    """Judge the pay on a day: nobody's age is known here, so the rate for people of 21 and over counts."""
    minimum = wages.minimum_wage(on)
    posts = {one.post: one.analysis.going_rate for one in chosen if one.analysis.going_rate}
    post = max(posts, key=lambda title: posts[title] or 0.0, default=None)
    going = posts[post] if post else None
    broken: list[str] = []
    said: list[str] = []
    if minimum is None:
        said.append(f"No minimum wage is loaded for {day(on)}: whether the pay is lawful cannot be judged.")
    elif pay is not None and pay < minimum.pounds:
        broken.append(
            f"£{pay:.2f} an hour is below the minimum wage of £{minimum.pounds:.2f} for people of 21 and "
            "over: it may not be paid to them."
        )
    if minimum is not None:
        said.append(
            f"The minimum wage is £{minimum.pounds:.2f} an hour for people of 21 and over, until "
            f"{day(minimum.last)}. Age is not known here: younger people and apprentices have other rates."
        )
    if going is None:
        said.append("No going rate is recorded for these posts: ask the employer what the tasks are paid.")
    elif pay is not None and pay < going:
        broken.append(
            f"£{pay:.2f} an hour is below the going rate of £{going:.2f} for the same tasks ({post}): "
            "the same task is never paid at a lower grade."
        )
    if pay is None:
        said.append("No pay is given yet: without it there is no wage and no cost difference.")
    return PayCheck(pay, going, tuple(broken), tuple(said))
