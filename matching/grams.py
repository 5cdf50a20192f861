"""How much the letters and words of phrases are those of each concept: its labels, and what it is about."""

from collections.abc import Iterable, Sequence
from typing import Any, Protocol, cast

import numpy as np
from numpy.typing import NDArray
from scipy import sparse

from matching.concept import Concept
from matching.folding import fold

ABOUT = 0.6
"""How much the label and description together count beside the labels, 1. Measured by `make eval`: from 0.2
to 0.6 every held-out set gains (docs/adr/0014)."""


class Vectoriser(Protocol):
    """What is used here of scikit-learn's untyped TfidfVectorizer."""

    def fit_transform(self, raw_documents: Sequence[str]) -> Any:
        """Learn from texts and give each of them as a row."""
        ...

    def transform(self, raw_documents: Sequence[str]) -> Any:
        """Give each text as a row."""
        ...


class Grams:
    """Scores concepts for phrases by TF-IDF, 0 to 1.

    A concept scores as its best label does: the mean of the cosine over character 2-4-grams, which forgives
    spelling, and the cosine over words, which tells "drive lorries" from "drive sales". Beside it counts the
    cosine with the words of its label and description.
    """

    def __init__(self, concepts: Sequence[Concept]) -> None:
        folded = [tuple(dict.fromkeys(map(fold, each.labels))) for each in concepts]
        self._size = len(concepts)
        self._labels = [label for labels in folded for label in labels]
        self._starts = np.cumsum([0, *map(len, folded)])[:-1]
        self._by_letters = tfidf(analyzer="char", ngram_range=(2, 4))
        self._by_words = tfidf(analyzer=str.split)
        self._by_topic = tfidf(analyzer=str.split, sublinear_tf=True)
        self._of_labels = self._fitted()
        if self._of_labels is not None:
            about = [fold(f"{each.label} {each.description}") for each in concepts]
            self._of_topics = self._by_topic.fit_transform(about).T.tocsr()

    def scores(self, folded: Sequence[str]) -> NDArray[np.float32]:
        """The score of each concept (columns) for each folded phrase (rows)."""
        if self._of_labels is None:
            return np.zeros((len(folded), self._size), np.float32)
        asked = _joined(self._by_letters.transform(_padded(folded)), self._by_words.transform(folded))
        by_label = np.maximum.reduceat((asked @ self._of_labels).toarray(), self._starts, axis=1)
        by_topic = (self._by_topic.transform(folded) @ self._of_topics).toarray()
        return (by_label + np.float32(ABOUT) * by_topic) / np.float32(1 + ABOUT)

    def _fitted(self) -> sparse.csr_array[np.float32] | None:
        if not any(self._labels):
            return None
        letters = self._by_letters.fit_transform(_padded(self._labels))
        words = self._by_words.fit_transform(self._labels)
        return _joined(letters, words).T.tocsr()


def tfidf(**options: Any) -> Vectoriser:
    """TF-IDF of texts that are folded already, or by the `analyzer` given."""
    # scikit-learn takes a second and 150 MB to import: only those who look words up pay for it.
    from sklearn.feature_extraction.text import TfidfVectorizer

    float32: Any = np.float32
    return cast("Vectoriser", TfidfVectorizer(lowercase=False, dtype=float32, **options))


def _padded(texts: Iterable[str]) -> list[str]:
    """Each text between two spaces, so that n-grams know where words begin and end."""
    return [f" {text} " if text else "" for text in texts]


def _joined(letters: Any, words: Any) -> sparse.csr_array[np.float32]:
    """Both matrices side by side, scaled so that a product of two rows is the mean of the two cosines."""
    half = np.float32(0.5**0.5)
    joined = sparse.hstack([letters * half, words * half], format="csr", dtype=np.float32)
    return cast("sparse.csr_array[np.float32]", sparse.csr_array(joined))
