"""What people of this service have chosen words to mean: learnt from each choice, counted, and reversible."""

from collections import defaultdict
from collections.abc import Sequence

from sqlmodel import Session, col, select

from crm.models.skills import LearntWords
from crm.models.users import Actor
from crm.policy import Action
from crm.services import records
from crm.services.access import ensure
from crm.services.archiving import reason_given
from matching.folding import fold


def key_of(phrase: str) -> str:
    """How words are kept, so that case, accents and plurals do not matter."""
    return fold(phrase) or phrase.strip()


def chosen_before(session: Session, phrases: Sequence[str]) -> dict[str, list[LearntWords]]:
    """What each phrase was chosen to mean, the most often chosen first; what was set aside is left out."""
    keys = {phrase: key_of(phrase) for phrase in phrases}
    query = select(LearntWords).where(
        col(LearntWords.words_key).in_(sorted(set(keys.values()))), col(LearntWords.archived_at).is_(None)
    )
    found: defaultdict[str, list[LearntWords]] = defaultdict(list)
    for row in session.exec(query.order_by(col(LearntWords.times).desc(), col(LearntWords.concept_id))):
        found[row.words_key].append(row)
    return {phrase: found.get(key, []) for phrase, key in keys.items()}


def meanings(session: Session, phrases: Sequence[str]) -> dict[str, str]:
    """What each phrase means here, where one meaning was chosen more often than any other."""
    return {
        phrase: rows[0].concept_id
        for phrase, rows in chosen_before(session, phrases).items()
        if rows and (len(rows) == 1 or rows[0].times > rows[1].times)
    }


def note(session: Session, phrase: str, concept_id: str, *, by: Actor) -> LearntWords:
    """Learn from a choice; one that was set aside is used again once somebody chooses it anew.

    Raises:
        NotAllowedError: the person has no role here.
    """
    ensure(session, by, Action.SERVICE_READ)
    key = key_of(phrase)
    query = select(LearntWords).where(LearntWords.words_key == key, LearntWords.concept_id == concept_id)
    row = session.exec(query.with_for_update()).first()
    if row is None:
        new = LearntWords(words_key=key, words=phrase.strip(), concept_id=concept_id)
        return records.add(session, new)
    if row.archived_at is not None:
        records.bring_back(session, row, version=row.version)
    return records.change(session, row, {"times": row.times + 1}, version=row.version)


def listed(session: Session, *, is_archived: bool = False, by: Actor) -> list[LearntWords]:
    """All that was learnt and is in use, or all that was set aside, by its words.

    Raises:
        NotAllowedError: the person may not settle words.
    """
    ensure(session, by, Action.VOCABULARY_RECORD)
    archived = col(LearntWords.archived_at)
    query = select(LearntWords).where(archived.is_not(None) if is_archived else archived.is_(None))
    return list(session.exec(query.order_by(col(LearntWords.words_key), col(LearntWords.times).desc())))


def archive(session: Session, learnt_id: int, *, why: str, version: int, by: Actor) -> LearntWords:
    """Use a choice no more for words typed from now on; records settled by it stay as they are.

    Raises:
        NotAllowedError: the person may not settle words.
        NotFoundError: there is none with this id.
        StaleFormError: somebody saved it after the screen was drawn.
    """
    row = records.fetch_to_change(session, LearntWords, learnt_id, called="choice")
    ensure(session, by, Action.VOCABULARY_RECORD, row)
    return records.archive(session, row, why=reason_given(why), version=version)


def bring_back(session: Session, learnt_id: int, *, version: int, by: Actor) -> LearntWords:
    """Use a choice again.

    Raises:
        NotAllowedError: the person may not settle words.
        NotFoundError: there is none with this id.
        StaleFormError: somebody saved it after the screen was drawn.
    """
    ensure(session, by, Action.VOCABULARY_RECORD)
    row = records.fetch_to_change(session, LearntWords, learnt_id, called="choice")
    return records.bring_back(session, row, version=version)
