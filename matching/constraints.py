"""The constraints of an integer programme, as they are written down and as SciPy takes them."""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray
from scipy import sparse

Vector = NDArray[np.float64]

Row = tuple[dict[int, float], float]
"""The coefficients of variables by their position, and the limit that their sum does not exceed."""


def as_matrix(rows: Sequence[Row], width: int) -> tuple[sparse.csr_array[np.float64], Vector]:
    """Return the coefficients, a line for each row and `width` columns of variables, and the limits."""
    entries = [(line, at, value) for line, (row, _) in enumerate(rows) for at, value in row.items()]
    lines, columns, values = (np.array(part) for part in zip(*entries, strict=True))
    matrix = sparse.csr_array((values.astype(np.float64), (lines, columns)), shape=(len(rows), width))
    return matrix, np.array([limit for _, limit in rows], dtype=np.float64)
