"""How often a phrase finds its concept: 1,500 held-out ESCO labels, beside RapidFuzz; run by `make eval`.

Each held-out label is an alternative label taken out of the vocabulary; the concept it came from is the right
answer. Labels that fold to another label, of the same concept or of another one, stay in.
"""

import random
import sys
import time
from collections.abc import Callable, Iterable
from dataclasses import replace
from pathlib import Path

from matching.concept import Concept
from matching.esco import read_esco
from matching.folding import fold
from matching.normalise import SURE_MARGIN, SURE_SCORE, PhraseIndex, Suggestion
from matching.vocabulary import Vocabulary

ESCO = Path("../shared/reference/esco")
SEED = 20261103
HELD_OUT = 1_500
BASELINE = 150
"""RapidFuzz needs seconds a phrase against 111,000 labels, so it is asked about fewer of the same phrases."""


def held_out(concepts: list[Concept]) -> tuple[Vocabulary, list[tuple[str, str]]]:
    """The vocabulary without some labels, and those labels with the concept they belong to."""
    pairs = [(each.concept_id, label) for each in concepts for label in each.alternatives]
    chosen = random.Random(SEED).sample(pairs, HELD_OUT)
    gone = set(chosen)
    left = [
        replace(
            each,
            alternatives=tuple(label for label in each.alternatives if (each.concept_id, label) not in gone),
        )
        for each in concepts
    ]
    return Vocabulary.from_concepts(left), chosen


def recall(answers: Iterable[list[str]], right: Iterable[str], top: int) -> float:
    hits = [concept_id in answer[:top] for answer, concept_id in zip(answers, right, strict=True)]
    return sum(hits) / len(hits)


def print_recall(name: str, answers: list[list[str]], right: list[str]) -> None:
    print(f"{name:<15} recall@1 {recall(answers, right, 1):.3f}   @5 {recall(answers, right, 5):.3f}")


def ids(suggestion: Suggestion) -> list[str]:
    return [candidate.concept_id for candidate in suggestion.candidates]


def print_thresholds(suggestions: list[Suggestion], right: list[str]) -> None:
    print("clear when      share of phrases   of these right   (not counting exact labels)")
    open_ones = [
        (each, concept_id)
        for each, concept_id in zip(suggestions, right, strict=True)
        if each.candidates and each.candidates[0].how != "exact"
    ]
    for score in (0.65, 0.70, 0.75, 0.80):
        for margin in (0.10, 0.15, 0.20, 0.25):
            clear = [
                each.candidates[0].concept_id == concept_id
                for each, concept_id in open_ones
                if each.candidates[0].score >= score
                and each.candidates[0].score - each.candidates[1].score >= margin
            ]
            mark = " <- in force" if (score, margin) == (SURE_SCORE, SURE_MARGIN) else ""
            print(
                f"{score:.2f} by {margin:.2f}    {len(clear) / len(open_ones):>8.3f}"
                f"   {sum(clear) / max(len(clear), 1):>18.3f}{mark}"
            )


def fuzzy(vocabulary: Vocabulary, phrases: list[str], scorer: Callable[..., float]) -> list[list[str]]:
    from rapidfuzz import process

    owners = [(each.concept_id, fold(label)) for each in vocabulary.values() for label in each.labels]
    labels = [label for _, label in owners]
    answers: list[list[str]] = []
    for phrase in phrases:
        found = process.extract(fold(phrase), labels, scorer=scorer, limit=30)
        answers.append(list(dict.fromkeys(owners[position][0] for _, _, position in found)))
    return answers


def main() -> int:
    """Print the figures; 1 when ESCO is not there."""
    if not ESCO.is_dir():
        print("ESCO's reference files are not there: nothing to measure.")
        return 1
    from rapidfuzz import fuzz

    vocabulary, chosen = held_out(read_esco(*sorted(ESCO.glob("*.zip"))))
    right, phrases = [concept_id for concept_id, _ in chosen], [phrase for _, phrase in chosen]
    start = time.process_time()
    index = PhraseIndex(vocabulary)
    built = time.process_time() - start
    start = time.process_time()
    suggestions = index.suggest(phrases, 5)
    each = (time.process_time() - start) / len(phrases) * 1000
    answers = [ids(suggestion) for suggestion in suggestions]
    labels = sum(len(concept.labels) for concept in vocabulary.values())
    print(
        f"{len(phrases)} held-out labels, seed {SEED}; {labels:,} labels of {len(vocabulary):,} concepts left"
    )
    print(f"index built in {built:.1f} CPU s, {each:.1f} CPU ms a phrase")
    few = slice(0, BASELINE)
    print_recall("ours", answers, right)
    print(f"first {BASELINE} of them:")
    print_recall("ours", answers[few], right[few])
    for name, scorer in (("token_sort", fuzz.token_sort_ratio), ("WRatio", fuzz.WRatio)):
        print_recall(name, fuzzy(vocabulary, phrases[few], scorer), right[few])
    print_thresholds(suggestions, right)
    return 0


if __name__ == "__main__":
    sys.exit(main())
