"""Pages of what fits in some scopes: as it was typed, and where few fit, as it may have been meant."""

from collections.abc import Sequence

from sqlmodel import Session

from crm.models.search_text import Term
from crm.services.listing import Listing
from crm.services.search_query import Hit, Wanted, hits
from crm.services.search_scope import Scope
from crm.services.search_similar import Similar, similar, uncommon

FEW = 5
"""Fewer than this many of a kind, and words that are written alike are looked for too."""


def page(session: Session, scope: Scope, terms: Sequence[Term], *, offset: int, limit: int) -> Listing[Hit]:
    """A page of one scope."""
    return pages(session, [scope], terms, offset=offset, limit=limit)[0]


def pages(
    session: Session, scopes: Sequence[Scope], terms: Sequence[Term], *, offset: int, limit: int
) -> list[Listing[Hit]]:
    """A page of each scope; where few are found, once more with words that are written alike."""
    if not terms:
        return [Listing[Hit]([], 0) for _ in scopes]
    found = [hits(session, Wanted(scope, terms), offset=offset, limit=limit) for scope in scopes]
    few = [scope for scope, page in zip(scopes, found, strict=True) if page.total < FEW]
    alike = _alike(session, few, terms)
    for place, scope in enumerate(scopes):
        written = {word: lots[scope.names] for word, lots in alike.items() if lots.get(scope.names)}
        if scope in few and written:
            found[place] = hits(session, Wanted(scope, terms, written), offset=offset, limit=limit)
    return found


def _alike(session: Session, scopes: Sequence[Scope], terms: Sequence[Term]) -> dict[str, Similar]:
    lots = [scope.names for scope in scopes]
    words = list(dict.fromkeys(term.word for term in terms if term.word)) if lots else []
    return {word: similar(session, where, word) for word, where in uncommon(session, lots, words).items()}
