"""What words weighed and which were related when something was compared, kept once for all runs alike.

The whole vocabulary is kept, not only what one run used: it changes with an import, and people every day.
"""

import hashlib
import json
import threading
import zlib
from typing import Any

from sqlmodel import Session

from crm.models.base import utc_now
from crm.models.compared import ComparedWords
from matching.concept import Concept
from matching.vocabulary import Vocabulary


class _Packed:
    """The vocabulary that was packed last in this process, with its digest."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._words: Vocabulary | None = None
        self._packed = ("", b"")

    def of(self, words: Vocabulary) -> tuple[str, bytes]:
        """The digest and the bytes of a vocabulary."""
        with self._lock:
            if words is not self._words:
                plain = json.dumps(_written(words), ensure_ascii=False).encode()
                self._packed = hashlib.sha256(plain).hexdigest(), zlib.compress(plain, 9)
                self._words = words
            return self._packed


_packed = _Packed()


def _written(words: Vocabulary) -> list[list[Any]]:
    """What a comparison looks at of each concept, in the order of ids."""
    return [[key, concept.weight, concept.broader_id] for key, concept in words.items()]


def digest_of_words(words: Vocabulary) -> str:
    """What tells two vocabularies apart, as far as they are compared."""
    return _packed.of(words)[0]


def keep(session: Session, words: Vocabulary) -> str:
    """Keep what is compared of a vocabulary, if nothing alike is kept, and give its digest.

    It is no record, and whoever calls has asked whether a run may be kept.
    """
    digest, content = _packed.of(words)
    if session.get(ComparedWords, digest) is None:
        session.add(ComparedWords(digest=digest, noted_at=utc_now(), content=content))
        session.flush()
    return digest


def words_in(content: bytes) -> Vocabulary:
    """The vocabulary as it was compared: weights and families, without a label."""
    return Vocabulary.from_concepts(
        Concept(key, key, broader_id=broader, weight=weight)
        for key, weight, broader in json.loads(zlib.decompress(content))
    )
