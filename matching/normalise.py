"""From a phrase that somebody wrote to the concept it means: the best few, why, and whether it is clear."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Any, Literal, Protocol, cast

import numpy as np
from numpy.typing import NDArray
from scipy import sparse

from matching.folding import fold
from matching.vocabulary import OWN, Vocabulary

How = Literal["exact", "spelling", "words", "meaning"]
"""Why a concept is offered: the same label, nearly the same letters, shared words. `meaning` needs a language
model, an optional extra, so nothing here says it."""

SURE_SCORE = 0.75
SURE_MARGIN = 0.20
"""An inexact first candidate counts as clear from this score and this far ahead of the second. Measured by
`make eval` on 1,500 held-out ESCO labels; docs/adr/0004 has the figures."""

LONGEST_PHRASE = 300
"""Letters of a phrase that are looked at: a skill has a name, not a page."""

_NEARLY_THE_SAME = 88.0
_TILE = 32


@dataclass(frozen=True, slots=True)
class Candidate:
    """A concept that a phrase may mean; `score` is 0-1, 1 only for the same label."""

    concept_id: str
    label: str
    score: float
    how: How


@dataclass(frozen=True, slots=True)
class Suggestion:
    """What a phrase may mean, best first; `ambiguous` when a person should choose or nothing fits."""

    phrase: str
    candidates: tuple[Candidate, ...]
    ambiguous: bool


class _Vectoriser(Protocol):
    """What this module uses of scikit-learn's untyped TfidfVectorizer."""

    def fit_transform(self, raw_documents: Sequence[str]) -> Any: ...
    def transform(self, raw_documents: Sequence[str]) -> Any: ...


class PhraseIndex:
    """Finds concepts by the character 2-4-grams and the words of their labels, weighted by TF-IDF.

    A concept scores as its best label does: the mean of the cosine over character n-grams, which forgives
    spelling, and the cosine over words, which tells "drive lorries" from "drive sales". Build it once.
    """

    def __init__(self, vocabulary: Vocabulary) -> None:
        self._vocabulary = vocabulary
        self._ids = tuple(vocabulary)
        folded = [tuple(dict.fromkeys(map(fold, vocabulary[each].labels))) for each in self._ids]
        self._labels = [label for labels in folded for label in labels]
        self._starts = np.cumsum([0, *map(len, folded)])[:-1]
        self._by_letters = _tfidf(analyzer="char", ngram_range=(2, 4))
        self._by_words = _tfidf(analyzer=str.split)
        self._grams = self._fitted()

    def candidates(self, phrase: str, top: int = 5) -> tuple[Candidate, ...]:
        """The best `top` concepts for one phrase, best first."""
        return self.suggest([phrase], top)[0].candidates

    def suggest(
        self, phrases: Sequence[str], top: int = 5, *, progress: Callable[[int, int], None] | None = None
    ) -> list[Suggestion]:
        """A suggestion for each phrase, in their order; `progress` hears how many of how many are done."""
        found: list[Suggestion] = []
        for start in range(0, len(phrases), _TILE):
            tile = phrases[start : start + _TILE]
            folded = [fold(phrase[:LONGEST_PHRASE]) for phrase in tile]
            for phrase, words, scores in zip(tile, folded, self._scores(folded), strict=True):
                found.append(self._suggestion(phrase, words, scores, top))
            if progress is not None:
                progress(len(found), len(phrases))
        return found

    def _fitted(self) -> sparse.csr_array[np.float32] | None:
        if not any(self._labels):
            return None
        letters = self._by_letters.fit_transform(_padded(self._labels))
        words = self._by_words.fit_transform(self._labels)
        return _joined(letters, words).T.tocsr()

    def _scores(self, folded: Sequence[str]) -> NDArray[np.float32]:
        """The score of each concept (columns) for each folded phrase (rows)."""
        if self._grams is None:
            return np.zeros((len(folded), len(self._ids)), np.float32)
        asked = _joined(self._by_letters.transform(_padded(folded)), self._by_words.transform(folded))
        by_label = (asked @ self._grams).toarray()
        return np.maximum.reduceat(by_label, self._starts, axis=1)

    def _suggestion(self, phrase: str, folded: str, scores: NDArray[np.float32], top: int) -> Suggestion:
        wanted = max(top, 2)
        exact = self._vocabulary.exact_all(phrase)
        rounded = np.round(scores.astype(float), 6)
        floor = np.partition(rounded, -wanted)[-wanted] if wanted < len(rounded) else 0.0
        likely = np.flatnonzero((rounded >= floor) & (rounded > 0))
        # Ids are in order, so a stable sort by score settles ties by id.
        best = likely[np.argsort(-rounded[likely], kind="stable")][:wanted]
        offered = [self._vocabulary[concept_id] for concept_id in exact]
        candidates = [Candidate(each.concept_id, each.label, 1.0, "exact") for each in offered]
        for position in best.tolist():
            if self._ids[position] not in exact:
                score = min(float(rounded[position]), 0.999999)
                candidates.append(self._candidate(position, folded, score))
        return Suggestion(phrase, tuple(candidates[:top]), _is_ambiguous(candidates))

    def _candidate(self, position: int, folded: str, score: float) -> Candidate:
        concept = self._vocabulary[self._ids[position]]
        how = _how(folded, (fold(label) for label in concept.labels))
        return Candidate(concept.concept_id, concept.label, score, how)


def resolve(
    phrases: Iterable[str], vocabulary: Vocabulary, index: PhraseIndex | None = None
) -> dict[str, str]:
    """The concept id of each phrase, or `own:` and its folded words where nothing unambiguous fits.

    Exact labels need no index, and words of one's own are never forced into the vocabulary. Without `index`
    one is built when a phrase needs it (8 s for all of ESCO): pass the one you keep.
    """
    found: dict[str, str] = {}
    open_phrases: list[str] = []
    for phrase in dict.fromkeys(phrases):
        concept_id = vocabulary.exact(phrase)
        if concept_id is None:
            open_phrases.append(phrase)
        else:
            found[phrase] = concept_id
    if open_phrases and len(vocabulary):
        searched = index or PhraseIndex(vocabulary)
        for suggestion in searched.suggest(open_phrases, top=1):
            if not suggestion.ambiguous:
                found[suggestion.phrase] = suggestion.candidates[0].concept_id
    return found | {phrase: own_words(phrase) for phrase in open_phrases if phrase not in found}


def own_words(phrase: str) -> str:
    """The id of words that stand in no vocabulary; the phrase itself where folding leaves nothing of it."""
    return OWN + (fold(phrase) or phrase.strip())


def _is_ambiguous(candidates: Sequence[Candidate]) -> bool:
    if not candidates:
        return True
    exact = sum(candidate.how == "exact" for candidate in candidates)
    if exact:
        return exact > 1
    second = candidates[1].score if len(candidates) > 1 else 0.0
    return candidates[0].score < SURE_SCORE or candidates[0].score - second < SURE_MARGIN


def _how(folded: str, labels: Iterable[str]) -> How:
    from rapidfuzz import fuzz

    words = {word for word in folded.split() if len(word) > 2}
    known = list(labels)
    if any(fuzz.ratio(folded, label) >= _NEARLY_THE_SAME for label in known):
        return "spelling"
    return "words" if any(words.intersection(label.split()) for label in known) else "spelling"


def _tfidf(**options: Any) -> _Vectoriser:
    # scikit-learn takes a second and 150 MB to import: only those who look words up pay for it.
    from sklearn.feature_extraction.text import TfidfVectorizer

    float32: Any = np.float32
    return cast("_Vectoriser", TfidfVectorizer(lowercase=False, dtype=float32, **options))


def _padded(texts: Iterable[str]) -> list[str]:
    """Each text between two spaces, so that n-grams know where words begin and end."""
    return [f" {text} " if text else "" for text in texts]


def _joined(letters: Any, words: Any) -> sparse.csr_array[np.float32]:
    """Both matrices side by side, scaled so that a product of two rows is the mean of the two cosines."""
    half = np.float32(0.5**0.5)
    joined = sparse.hstack([letters * half, words * half], format="csr", dtype=np.float32)
    return cast("sparse.csr_array[np.float32]", sparse.csr_array(joined))
