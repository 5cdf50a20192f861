"""What is kept because somebody looked: the run of a shortlist, the row of a pair. Never the page's loss."""

from sqlmodel import Session

from crm.models.users import Actor
from crm.services import match_runs, matches, opened_matches
from crm.services.matches import Compared
from crm.services.opened_matches import Pair
from crm.ui.tables import link, links
from crm.ui.words import today
from crm.units import carry_out_beside


def keep_run(vacancy_id: int, user: Actor) -> None:
    """Keep the run of the shortlist that was drawn, if its inputs have changed, and lead to all of them."""

    def is_due(session: Session) -> bool:
        return match_runs.is_due(session, vacancy_id, by=user)

    carry_out_beside(is_due, lambda session: match_runs.keep(session, vacancy_id, by=user))
    links([link("Runs of this shortlist", "runs", id=vacancy_id)], label="How this order came about")


def keep_opened(found: Compared, user: Actor) -> None:
    """Keep that somebody looked at this pair, if they did not look since its inputs changed."""
    figures = matches.seen_record(found.match)
    pair = Pair(found.vacancy.key, found.seeker.key, found.digest, figures)

    def is_news(session: Session) -> bool:
        return opened_matches.is_news(session, pair, by=user)

    carry_out_beside(is_news, lambda session: opened_matches.keep(session, pair, by=user, today=today()))
