"""How often a phrase finds its concept: 1,500 held-out ESCO labels, beside RapidFuzz; run by `make eval`.

The phrases are alternative labels, drawn with the seed below; the concept each came from is the right answer.
They are held out in three ways, from the strictest reading of "held out of the index" to the mildest:
- every alternative label is out of the index: preferred labels and descriptions are all there is to find by;
- all alternatives of the concepts asked about are out, those of all other concepts stay and compete;
- only the labels asked about are out: their concepts' other labels, and all labels of others, stay.
Where the extra with the language model is installed, its figures stand beside ours.
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
from matching.meaning import is_there, local_encoder
from matching.normalise import SURE_MARGIN, SURE_SCORE, PhraseIndex, Suggestion
from matching.vocabulary import Vocabulary

ESCO = Path("../shared/reference/esco")
SEED = 20261103
HELD_OUT = 1_500
BASELINE = 150
"""RapidFuzz needs seconds a phrase against 111,000 labels, so it is asked about fewer of the same phrases."""

Pairs = list[tuple[str, str]]


def drawn(concepts: list[Concept]) -> Pairs:
    """The labels asked about, each with the concept it belongs to."""
    pairs = [(each.concept_id, label) for each in concepts for label in each.alternatives]
    return random.Random(SEED).sample(pairs, HELD_OUT)


def without(concepts: list[Concept], is_gone: Callable[[Concept, str], bool]) -> Vocabulary:
    """The vocabulary without the alternative labels that are held out."""
    return Vocabulary.from_concepts(
        replace(each, alternatives=tuple(label for label in each.alternatives if not is_gone(each, label)))
        for each in concepts
    )


def ways(concepts: list[Concept], chosen: Pairs) -> dict[str, Vocabulary]:
    """The vocabulary as it is left by each way of holding labels out."""
    pairs, asked = set(chosen), {concept_id for concept_id, _ in chosen}
    return {
        "every alternative label out": without(concepts, lambda _each, _label: True),
        "all alternatives of the concepts asked about out": without(
            concepts, lambda each, _label: each.concept_id in asked
        ),
        "only the labels asked about out": without(
            concepts, lambda each, label: (each.concept_id, label) in pairs
        ),
    }


def recall(answers: Iterable[list[str]], right: Iterable[str], top: int) -> float:
    hits = [concept_id in answer[:top] for answer, concept_id in zip(answers, right, strict=True)]
    return sum(hits) / len(hits)


def print_recall(name: str, answers: list[list[str]], right: list[str]) -> None:
    print(f"{name:<22} recall@1 {recall(answers, right, 1):.3f}   @5 {recall(answers, right, 5):.3f}")


def ids(suggestion: Suggestion) -> list[str]:
    return [candidate.concept_id for candidate in suggestion.candidates]


def print_thresholds(suggestions: list[Suggestion], right: list[str]) -> None:
    print("clear when      share of phrases   of these right   (not counting exact labels)")
    open_ones = [
        (each, concept_id)
        for each, concept_id in zip(suggestions, right, strict=True)
        if each.candidates and each.candidates[0].how != "exact"
    ]
    for score in (0.60, 0.65, 0.70, 0.75):
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


def asked(name: str, index: PhraseIndex, chosen: Pairs) -> list[Suggestion]:
    """What the index says of each phrase, asked one by one as on a screen; prints how well and how fast."""
    times: list[float] = []
    suggestions: list[Suggestion] = []
    for _, phrase in chosen:
        start = time.process_time()
        suggestions += index.suggest([phrase], 5)
        times.append((time.process_time() - start) * 1000)
    times.sort()
    print_recall(name, [ids(each) for each in suggestions], [concept_id for concept_id, _ in chosen])
    at_95 = times[int(len(times) * 0.95)]
    print(f"{'':<22} {times[len(times) // 2]:.1f} CPU ms a phrase, 95 of 100 within {at_95:.1f}")
    return suggestions


def measure(name: str, vocabulary: Vocabulary, chosen: Pairs) -> list[Suggestion]:
    labels = sum(len(concept.labels) for concept in vocabulary.values())
    print(f"\n{name}: {labels:,} labels of {len(vocabulary):,} concepts left")
    start = time.process_time()
    index = PhraseIndex(vocabulary)
    print(f"index built in {time.process_time() - start:.1f} CPU s")
    suggestions = asked("ours", index, chosen)
    if is_there():
        start = time.process_time()
        index = PhraseIndex(vocabulary, local_encoder())
        print(f"index with the language model built in {time.process_time() - start:.1f} CPU s")
        asked("with language model", index, chosen)
    return suggestions


def main() -> int:
    """Print the figures; 1 when ESCO is not there."""
    if not ESCO.is_dir():
        print("ESCO's reference files are not there: nothing to measure.")
        return 1
    from rapidfuzz import fuzz

    concepts = read_esco(*sorted(ESCO.glob("*.zip")))
    chosen = drawn(concepts)
    right, phrases = [concept_id for concept_id, _ in chosen], [phrase for _, phrase in chosen]
    print(f"{HELD_OUT} alternative labels, seed {SEED}")
    few = slice(0, BASELINE)
    suggestions: list[Suggestion] = []
    for name, vocabulary in ways(concepts, chosen).items():
        suggestions = measure(name, vocabulary, chosen)
        print(f"first {BASELINE} of them:")
        print_recall("ours", [ids(each) for each in suggestions[few]], right[few])
        for scorer in (fuzz.token_sort_ratio, fuzz.WRatio):
            print_recall(f"RapidFuzz {scorer.__name__}", fuzzy(vocabulary, phrases[few], scorer), right[few])
    print_thresholds(suggestions, right)
    return 0


if __name__ == "__main__":
    sys.exit(main())
