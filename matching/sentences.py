"""What whole sentences are about: tasks as people describe them, not the names of skills."""

from collections.abc import Callable, Sequence
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from matching.concept import Concept
from matching.folding import fold
from matching.grams import Vectoriser, tfidf
from matching.wording import stems

BY_WORDS, BY_LETTERS, BY_NAMES = 1.0, 1.0, 0.6
"""How much each of the three likenesses counts. Measured by `make eval` on half of the unit groups of
SOC 2020, and held on the other half."""


class Sentences:
    """Scores concepts for sentences, 0 to 1: which of them has a name and a description most like these?

    Three cosines of TF-IDF count together: over the stems of all words, over runs of 3 to 5 letters inside
    words, which forgives "cleans" for "cleaning", and over such runs in the names alone, as a name says more
    than a sentence of the description does.

    Args:
        concepts: What to find, each with its names, and its description or its tasks in one text.
    """

    def __init__(self, concepts: Sequence[Concept]) -> None:
        names = [" ".join(each.labels) for each in concepts]
        texts = [f"{name} {each.description}" for name, each in zip(names, concepts, strict=True)]
        self._parts = [
            _part(BY_WORDS, stems, texts, sublinear_tf=True),
            _part(BY_LETTERS, _runs, texts),
            _part(BY_NAMES, _runs, names, sublinear_tf=True),
        ]
        self._size = len(concepts)

    def scores(self, texts: Sequence[str]) -> NDArray[np.float32]:
        """The score of each concept (columns) for each text (rows)."""
        total = np.zeros((len(texts), self._size), np.float32)
        for part in self._parts:
            if part is not None:
                likeness = part.vectoriser.transform(texts) @ part.of_concepts
                total += np.float32(part.share) * likeness.toarray()
        return total / np.float32(BY_WORDS + BY_LETTERS + BY_NAMES)


class _Part(NamedTuple):
    """One likeness: how much it counts, and what each concept is by it."""

    share: float
    vectoriser: Vectoriser
    of_concepts: Any


def _part(
    share: float, analyser: Callable[[str], list[str]], texts: Sequence[str], **options: Any
) -> _Part | None:
    """The likeness over these texts; none where no text has a word."""
    if not any(map(analyser, texts)):
        return None
    vectoriser = tfidf(analyzer=analyser, **options)
    return _Part(share, vectoriser, vectoriser.fit_transform(texts).T.tocsr())


def _runs(text: str) -> list[str]:
    """Every run of 3 to 5 letters inside the folded words of a text, which begin and end with a space."""
    words = [f" {word} " for word in fold(text).split()]
    return [
        word[start : start + length]
        for word in words
        for length in range(3, 6)
        for start in range(max(1, len(word) - length + 1))
    ]
