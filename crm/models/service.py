"""What an administrator sets for the whole service: its name and words, and the weights of matching."""

import re
from typing import Annotated

from pydantic import AfterValidator, BaseModel, model_validator

from crm.models.base import Name


def _plain_words(value: str) -> str:
    tidy = " ".join(value.split())
    if len(tidy) > 40:
        raise ValueError("Keep it to 40 characters: it stands in menus and on buttons.")
    if not re.fullmatch(r"[^\W\d_][\w '’-]*", tidy):
        raise ValueError("Use letters, spaces, hyphens and apostrophes only.")
    return tidy if tidy[:2].isupper() else tidy[:1].lower() + tidy[1:]


Word = Annotated[Name, AfterValidator(_plain_words)]


class WordsInput(BaseModel):
    """What the service is called, and what it calls one job seeker and several."""

    name: Name
    seeker_word: Word
    seeker_words: Word


def _weight(value: float) -> float:
    if not 0 <= value <= 100:
        raise ValueError("A weight is between 0 and 100.")
    return value


Weight = Annotated[float, AfterValidator(_weight)]


class WeightsInput(BaseModel):
    """How much each of the four parts of a comparison counts. Only their ratios matter."""

    weight_skills: Weight
    weight_hours: Weight
    weight_natural_supports: Weight
    weight_preference: Weight

    @model_validator(mode="after")
    def _supports_do_not_decide_alone(self) -> "WeightsInput":
        if not self.weight_skills + self.weight_hours + self.weight_preference > 0:
            raise ValueError(
                "One of skills, hours and preference has to be above 0: a person who needs no support "
                "would otherwise be compared on nothing."
            )
        return self


class WeightsEdit(WeightsInput):
    """Other weights for the service, with why: they become its next version."""

    why: Name
