"""How much the components count: what is refused, and what a file of weights may hold."""

from typing import Any

import pytest

from matching.errors import SourceError, WeightsError
from matching.weights import Weights


@pytest.mark.parametrize(
    "weights", [{"skills": -1}, {"hours": float("nan")}, {"skills": 0, "hours": 0, "preference": 0}]
)
def test_weights_that_cannot_be_used_are_refused(weights: dict[str, float]):
    with pytest.raises(WeightsError, match="weight"):
        Weights(**weights)


@pytest.mark.parametrize("text", ["[1]", '{"luck": 1}', "{", '{"skills": "a"}', '{"skills": true}'])
def test_a_file_that_holds_no_weights_is_named(tmp_path: Any, text: str):
    path = tmp_path / "weights.json"
    path.write_text(text)
    with pytest.raises(SourceError, match=r"weights\.json"):
        Weights.from_file(path)


def test_weights_left_out_of_a_file_keep_their_default(tmp_path: Any):
    path = tmp_path / "weights.json"
    path.write_text('{"skills": 50}')
    assert Weights.from_file(path) == Weights(skills=50)
    with pytest.raises(SourceError, match="cannot be read"):
        Weights.from_file(tmp_path / "none.json")


def test_weights_go_up_to_a_million():
    assert Weights(skills=1e6).skills == 1e6
    with pytest.raises(WeightsError, match=r"^The weight of skills must be a number from 0 to 1000000\.$"):
        Weights(skills=1_000_000.5)
    sentence = r"^One of the weights of skills, hours and preference must be above 0\.$"
    with pytest.raises(WeightsError, match=sentence):
        Weights(skills=0, hours=0, preference=0)


def test_a_file_may_hold_every_weight_and_its_refusal_names_them_all(tmp_path: Any):
    path = tmp_path / "weights.json"
    path.write_text('{"skills": 1, "hours": 2, "natural_supports": 3, "preference": 4}')
    assert Weights.from_file(path) == Weights(1, 2, 3, 4)
    path.write_text('{"é": 1}', encoding="utf-8")
    with pytest.raises(SourceError) as refused:
        Weights.from_file(path)
    names = "skills, hours, natural_supports, preference"
    assert str(refused.value) == f"{path} must be an object with weights for {names} and nothing else."
