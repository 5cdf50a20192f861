"""Places by postcode, distances and estimated journeys; the bar that shows how far a run is."""

import math

import pytest

from matching.postcodes import locate, point_of
from matching.progress import ProgressBar
from matching.records import Place, Travel
from matching.travel import EARTH_KM, Mode, kilometres, mode_of, travel_minutes

LEEDS = (53.7956, -1.5529)


@pytest.mark.parametrize("postcode", ["LS1 4AP", "ls14ap", " ls1  4 ", "LS1 4"])
def test_a_postcode_is_in_the_middle_of_its_sector(postcode: str):
    assert locate(postcode) == LEEDS


def test_an_unknown_sector_falls_back_to_its_district():
    assert locate("LS1 0ZZ") == locate("LS1")
    assert locate("LS1") is not None


def test_a_district_that_could_be_read_as_a_sector_is_the_district():
    assert locate("M11") != locate("M1 1")


@pytest.mark.parametrize("postcode", ["BT1 1AA", "Leeds", "", "ZZ9 9ZZ"])
def test_a_postcode_that_is_not_in_great_britain_is_not_known(postcode: str):
    assert locate(postcode) is None


def test_a_point_goes_before_a_postcode():
    assert point_of(Place(1.0, 2.0, "LS1 4AP")) == (1.0, 2.0)
    assert point_of(Place(postcode="LS1 4AP")) == LEEDS
    assert point_of(Place()) is None


def test_a_degree_of_latitude_is_about_111_kilometres():
    assert kilometres((53.0, -1.0), (54.0, -1.0)) == pytest.approx(111.19, abs=0.01)
    assert kilometres((0.0, 0.0), (0.0, 180.0)) == pytest.approx(20015.1, abs=0.1)


def test_walking_takes_longer_than_the_bus_over_some_kilometres():
    near = (53.83, -1.5529)
    walk, bus = (travel_minutes(LEEDS, mode_of(Travel(mode)), near) for mode in ("Walk", "bus"))
    assert walk is not None
    assert bus is not None
    assert walk > bus > 12


@pytest.mark.parametrize(
    ("mode", "minutes"),
    [
        ("walk", 156),
        ("wheelchair", 180),
        ("bike", 55),
        ("bus", 60),
        ("train", 43),
        ("Taxi", 27),
        ("lift", 27),
    ],
)
def test_ten_kilometres_take_as_long_as_is_written_down_for_each_way_to_travel(mode: str, minutes: int):
    there = (LEEDS[0] + math.degrees(10 / EARTH_KM), LEEDS[1])
    assert travel_minutes(LEEDS, mode_of(Travel(mode)), there) == minutes


def test_on_foot_no_minutes_are_added_to_the_way_itself():
    assert travel_minutes(LEEDS, mode_of(Travel("walk")), LEEDS) == 0
    assert mode_of(Travel("walk")) == Mode(15.6, 0)


@pytest.mark.parametrize("mode", [None, "teleport"])
def test_a_mode_that_is_not_known_gives_no_estimate(mode: str | None):
    assert travel_minutes(LEEDS, mode_of(Travel(mode)), LEEDS) is None
    assert travel_minutes(None, mode_of(Travel("bus")), LEEDS) is None


def test_the_bar_of_a_log_has_a_line_at_every_tenth(capsys: pytest.CaptureFixture[str]):
    bar = ProgressBar("Ranking")
    for done in range(101):
        bar(done, 100)
    lines = capsys.readouterr().err.splitlines()
    assert len(lines) == 11
    assert lines[-1] == f"Ranking [{'#' * 30}] 100 of 100"
