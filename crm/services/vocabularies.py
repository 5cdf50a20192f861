"""The vocabulary of skills: the one that ships in data/, with what the service has imported (ESCO) beside it.

Where both know the same words the shipped one is taken, so that an import never changes what was settled.
"""

import threading
from dataclasses import replace
from functools import cache

from sqlmodel import Session, select

from crm.config import DATA
from crm.models.skills import LoadedConcept
from matching.concept import Concept
from matching.meaning import Encoder, is_there, local_encoder
from matching.normalise import PhraseIndex
from matching.vocabulary import Vocabulary


@cache
def shipped() -> Vocabulary:
    """The vocabulary that comes with the product."""
    return Vocabulary.from_csv(DATA / "skills.csv")


@cache
def shipped_index() -> PhraseIndex:
    """Finds what words nearly say in the shipped vocabulary. The first call takes a second or two."""
    return PhraseIndex(shipped())


def encoder() -> Encoder | None:
    """The language model, where the service has installed the extra."""
    return local_encoder() if is_there() else None


class _Whole:
    """The shipped and the imported vocabulary together, made again when another import has come in."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._key: tuple[str, int] | None = None
        self._vocabulary = Vocabulary({})
        self._index: PhraseIndex | None = None

    def vocabulary(self, session: Session, batch_id: int) -> Vocabulary:
        """All concepts as of this import."""
        key = (str(session.connection().engine.url), batch_id)
        with self._lock:
            if self._key != key:
                loaded = (_beside_shipped(row) for row in session.exec(select(LoadedConcept)))
                self._vocabulary = Vocabulary.from_concepts([*shipped().values(), *loaded])
                self._key, self._index = key, None
            return self._vocabulary

    def index(self, words: Vocabulary) -> PhraseIndex:
        """The index of these concepts, once a process and import; all of ESCO takes some 4 seconds.

        With the language model it takes a minute more: until then it goes by letters and words.
        """
        with self._lock:
            if words is not self._vocabulary:
                return PhraseIndex(words)
            if self._index is None:
                self._index = PhraseIndex(words)
                model = encoder()
                if model is not None:
                    threading.Thread(target=self.learn_meanings, args=(words, model), daemon=True).start()
            return self._index

    def learn_meanings(self, words: Vocabulary, model: Encoder) -> None:
        """Put an index that goes by meaning too in the place of the other, unless another import came in."""
        made = PhraseIndex(words, model)
        with self._lock:
            if words is self._vocabulary:
                self._index = made


_whole = _Whole()


def vocabulary(session: Session) -> Vocabulary:
    """All concepts of this service; the same object until another vocabulary is imported."""
    batch_id = session.exec(select(LoadedConcept.batch_id).limit(1)).first()
    return shipped() if batch_id is None else _whole.vocabulary(session, batch_id)


def index_of(words: Vocabulary) -> PhraseIndex:
    """Finds what words may mean among these concepts, by meaning too where the extra is installed."""
    return _shipped_meanings() if words is shipped() else _whole.index(words)


@cache
def _shipped_meanings() -> PhraseIndex:
    model = encoder()
    return shipped_index() if model is None else PhraseIndex(shipped(), model)


def _beside_shipped(row: LoadedConcept) -> Concept:
    """An imported concept with its labels set apart from those that the shipped vocabulary knows."""
    known = shipped()
    others = tuple(part for part in row.alternatives.split("|") if part and not known.exact_all(part))
    concept = Concept(row.concept_id, row.label, others, row.broader_id, row.description, row.weight)
    return replace(concept, label=f"{row.label} (ESCO)") if known.exact_all(row.label) else concept
