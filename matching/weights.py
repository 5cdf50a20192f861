"""How much each component counts in the total."""

import json
import math
from dataclasses import asdict, dataclass, fields
from pathlib import Path
from typing import cast

from matching.errors import SourceError, WeightsError


@dataclass(frozen=True, slots=True)
class Weights:
    """Relative weights of the four components; only ratios matter. Our own proposal, to be set per service.

    Raises:
        WeightsError: a weight is negative or not finite, or natural supports alone would decide (a person
            without support needs would then be compared on nothing).
    """

    skills: float = 40.0
    hours: float = 25.0
    natural_supports: float = 20.0
    preference: float = 15.0

    def __post_init__(self) -> None:
        """Check the weights."""
        for name, weight in asdict(self).items():
            if isinstance(weight, bool) or not isinstance(weight, int | float) or not 0 <= weight <= 1e6:
                raise WeightsError(f"The weight of {name} must be a number from 0 to 1000000.")
        if not math.fsum((self.skills, self.hours, self.preference)) > 0:
            raise WeightsError("One of the weights of skills, hours and preference must be above 0.")

    @classmethod
    def from_file(cls, path: Path) -> "Weights":
        """Read weights from a JSON file such as {"skills": 40}; those left out keep their default.

        Raises:
            SourceError: the file cannot be read or holds anything but weights.
        """
        try:
            values: object = json.loads(path.read_text(encoding="utf-8"))
        except OSError as error:
            raise SourceError(f"{path} cannot be read: {error.strerror}.") from error
        except (ValueError, RecursionError) as error:
            raise SourceError(f"{path} is not JSON text.") from error
        names = [field.name for field in fields(cls)]
        if not isinstance(values, dict) or not values.keys() <= set(names):
            raise SourceError(
                f"{path} must be an object with weights for {', '.join(names)} and nothing else."
            )
        try:
            return cls(**cast("dict[str, float]", values))
        except WeightsError as error:
            raise SourceError(f"{path}: {error}") from error
