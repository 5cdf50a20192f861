"""The `normalise` command: a file of phrases in, a file of suggestions out."""

import json
from collections.abc import Callable
from pathlib import Path

from matching.errors import SourceError
from matching.meaning import Encoder
from matching.normalise import PhraseIndex, Suggestion
from matching.vocabulary import Vocabulary
from matching.vocabulary_file import told_as_file
from matching.whole_file import whole_file


def normalise_file(
    phrases: Path,
    vocabulary: Path,
    out: Path,
    top: int = 5,
    progress: Callable[[int, int], None] | None = None,
    *,
    encoder: Encoder | None = None,
) -> int:
    """Look each line of `phrases` up in `vocabulary`, write JSON Lines to `out`, and count the lines written.

    Blank lines are passed over. With an `encoder` the order follows meaning too. Nothing is written unless
    everything could be read.

    Raises:
        SourceError: a file cannot be read or written, or `top` is below 1.
    """
    if top < 1:
        raise SourceError(f"--top is {top}: ask for at least 1 candidate.")
    asked = read_phrases(phrases)
    index = PhraseIndex(Vocabulary.from_csv(vocabulary), encoder)
    suggestions = index.suggest(asked, top, progress=progress)
    with whole_file(out) as lines:
        lines.writelines(f"{json.dumps(as_record(each), ensure_ascii=False)}\n" for each in suggestions)
    return len(suggestions)


def read_phrases(path: Path) -> list[str]:
    """The phrases of a UTF-8 text file, one a line, without blank ones; raises `SourceError`."""
    with told_as_file(path):
        text = path.read_text(encoding="utf-8-sig")
    return [phrase for line in text.split("\n") if (phrase := line.strip())]


def as_record(suggestion: Suggestion) -> dict[str, object]:
    """The suggestion as the contract's record: phrase, candidates, ambiguous."""
    candidates = [
        {"concept_id": each.concept_id, "label": each.label, "score": each.score, "how": each.how}
        for each in suggestion.candidates
    ]
    return {"phrase": suggestion.phrase, "candidates": candidates, "ambiguous": suggestion.ambiguous}
