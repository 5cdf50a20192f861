"""From a phrase that somebody wrote to the concept it means: the best few, why, and whether it is clear."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from matching.concept import Concept
from matching.folding import fold
from matching.grams import Grams
from matching.meaning import Encoder, Meanings
from matching.sentences import Sentences
from matching.vocabulary import OWN, Vocabulary

How = Literal["exact", "spelling", "words", "meaning"]
"""Why a concept is offered: the same label, nearly the same letters, shared words, or a like meaning,
which needs a language model, an optional extra."""

SURE_SCORE = 0.65
SURE_MARGIN = 0.20
"""An inexact first candidate counts as clear from this score and this far ahead of the second. Measured by
`make eval` on 1,500 held-out ESCO labels; docs/adr/0004 has the figures."""

LONGEST_PHRASE = 300
"""Letters of a phrase that are looked at: a skill has a name, not a page."""

SENTENCE_WORDS = 6
"""From so many words on a phrase is read as a sentence, or several: what is done, not what it is called."""

LONGEST_SENTENCES = 3_000
"""Letters of sentences that are looked at: about all that one person does."""

MOST_FOR_SENTENCES = 2_000
"""Concepts up to which sentences are read as such: with all of ESCO it would take half a minute to begin."""

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


class PhraseIndex:
    """Finds concepts by the letters and words of their labels and descriptions; build it once.

    A sentence that is not clear is compared with everything that is said of each concept. With an `encoder`
    the order of what is offered follows meaning too. What counts as clear never does: the same words are
    settled alike whether the extra is there or not.
    """

    def __init__(self, vocabulary: Vocabulary, encoder: Encoder | None = None) -> None:
        self._vocabulary = vocabulary
        self._ids = tuple(vocabulary)
        concepts = list(vocabulary.values())
        self._grams = Grams(concepts)
        self._sentences: Sentences | None = None
        self._meanings = Meanings([each.label for each in concepts], encoder) if encoder else None

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
            for phrase, words, scores in zip(tile, folded, self._grams.scores(folded), strict=True):
                found.append(self._suggestion(phrase, words, scores, top))
            if progress is not None:
                progress(len(found), len(phrases))
        return found

    def _suggestion(self, phrase: str, folded: str, scores: NDArray[np.float32], top: int) -> Suggestion:
        exact = self._vocabulary.exact_all(phrase)
        plain = self._ranked(exact, folded, scores, max(top, 2))
        is_ambiguous = _is_ambiguous(plain)
        if is_ambiguous and self._is_sentence(folded):
            scores = self._by_sentences(phrase[:LONGEST_SENTENCES])
            plain = self._ranked(exact, folded, scores, max(top, 2))
        if self._meanings is not None and folded:
            blended = self._meanings.blended(phrase[:LONGEST_PHRASE], scores)
            plain = self._ranked(exact, folded, blended, max(top, 2))
        return Suggestion(phrase, tuple(plain[:top]), is_ambiguous)

    def _is_sentence(self, folded: str) -> bool:
        return len(folded.split()) >= SENTENCE_WORDS and len(self._ids) <= MOST_FOR_SENTENCES

    def _by_sentences(self, text: str) -> NDArray[np.float32]:
        """The scores of sentences; what they need is made when the first one comes."""
        if self._sentences is None:
            self._sentences = Sentences(list(self._vocabulary.values()))
        return self._sentences.scores([text])[0]

    def _ranked(
        self, exact: Sequence[str], folded: str, scores: NDArray[np.float32], wanted: int
    ) -> list[Candidate]:
        """The concepts with this very label, then the best by score."""
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
        return candidates

    def _candidate(self, position: int, folded: str, score: float) -> Candidate:
        concept = self._vocabulary[self._ids[position]]
        how = _how(folded, concept)
        if how is None:
            how = "words" if self._meanings is None else "meaning"
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


def _how(folded: str, concept: Concept) -> How | None:
    from rapidfuzz import fuzz

    known = [fold(label) for label in concept.labels]
    if any(fuzz.ratio(folded, label) >= _NEARLY_THE_SAME for label in known):
        return "spelling"
    words = {word for word in folded.split() if len(word) > 2}
    if any(words.intersection(label.split()) for label in known):
        return "words"
    return "words" if words.intersection(fold(concept.description).split()) else None
