"""The commands of the package, on files, as an analyst runs them."""

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner, Result

from crm.config import ROOT
from matching.cli import app
from matching.match_line import as_line
from matching.vocabulary_file import write_concepts
from tests.bench import generate
from tests.matching.makers import VOCABULARY, WORKABLE_JOB, WORKABLE_SEEKER, days, job, matched, seeker, skill

HOME, FAR = {"lat": 53.8, "lon": -1.55}, {"lat": 50.4, "lon": -4.1}


class Files:
    """Input files in a folder, and the commands run on them."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.out = folder / "out.jsonl"
        write_concepts(VOCABULARY.values(), folder / "skills.csv")
        self.write(
            "s.jsonl",
            {"id": "ann"} | WORKABLE_SEEKER,
            {"id": "bob"},
            {"id": "cy", "waiting_since": "2025-01-01"},
        )
        self.write(
            "j.jsonl", {"id": "cook", "title": "Cook"} | WORKABLE_JOB, {"id": "any", "title": "Anything"}
        )

    def write(self, name: str, *records: dict[str, Any]) -> Path:
        """Write records as JSON Lines."""
        path = self.folder / name
        path.write_text("".join(f"{json.dumps(record)}\n" for record in records), encoding="utf-8")
        return path

    def run(self, command: str, *more: str, out: bool = True) -> Result:
        """Run a command on the folder's files."""
        files = ["--seekers", "s.jsonl", "--jobs", "j.jsonl", "--vocabulary", "skills.csv"]
        where = ["--out", str(self.out)] if out else []
        asked = [str(self.folder / each) if "." in each else each for each in files]
        return CliRunner().invoke(app, [command, *asked, *where, *more])

    def rows(self) -> list[dict[str, Any]]:
        """The rows written."""
        return [json.loads(line) for line in self.out.read_text(encoding="utf-8").splitlines()]


@pytest.fixture
def files(tmp_path: Path) -> Files:
    return Files(tmp_path)


def test_rank_writes_every_person_for_every_job(files: Files):
    result = files.run("rank")
    assert result.exit_code == 0, result.output
    ranked = [(row["job_id"], row["seeker_id"], row["rank"]) for row in files.rows()]
    assert ranked[:3] == [("cook", "ann", 1), ("cook", "cy", 2), ("cook", "bob", 3)]
    assert ranked[3:] == [("any", "cy", 1), ("any", "ann", 2), ("any", "bob", 3)]
    assert "Ranking [" in result.stderr
    assert "6 rows written" in result.stdout


def test_rank_by_seeker_writes_every_job_for_every_person(files: Files):
    assert files.run("rank", "--by", "seeker").exit_code == 0
    assert [row["seeker_id"] for row in files.rows()] == ["ann", "ann", "bob", "bob", "cy", "cy"]
    assert files.rows()[0]["job_id"] == "cook"


def test_top_shortens_each_list_and_says_so(files: Files):
    result = files.run("rank", "--top", "1")
    assert [row["rank"] for row in files.rows()] == [1, 1]
    assert "Only the first 1 of each list" in result.stdout


def test_the_same_input_gives_the_same_bytes(files: Files):
    files.run("rank")
    first = files.out.read_bytes()
    files.run("rank")
    assert files.out.read_bytes() == first


def test_weights_from_a_file_are_used(files: Files):
    weights = files.write("w.json", {"skills": 0, "hours": 1, "natural_supports": 0, "preference": 0})
    files.run("rank", "--weights", str(weights))
    assert [part["weight"] for part in files.rows()[0]["components"]] == [0.0, 1.0, 0.0, 0.0]


@pytest.mark.parametrize("by", ["job", "seeker"])
def test_the_travel_limit_leaves_out_only_who_is_known_to_be_beyond_it(files: Files, by: str):
    travel = {"mode": "bus", "max_minutes": 60}
    files.write("s.jsonl", {"id": "ann", "home": HOME, "travel": travel}, {"id": "bob"})
    files.write(
        "j.jsonl", {"id": "far", "title": "Far", "place": FAR}, {"id": "near", "title": "Near", "place": HOME}
    )
    result = files.run("rank", "--travel-limit", "--by", by)
    pairs = {(row["job_id"], row["seeker_id"]) for row in files.rows()}
    assert pairs == {("far", "bob"), ("near", "ann"), ("near", "bob")}
    assert "far: 1 people left out" in result.stdout


def test_a_bad_record_stops_the_run_before_anything_is_written(files: Files):
    files.write("s.jsonl", {"id": "ann", "diagnosis": "x"})
    result = files.run("rank")
    assert result.exit_code == 1
    assert "s.jsonl, line 1: diagnosis may not be used in matching" in result.stderr
    assert not files.out.exists()


def test_unknown_keys_are_warned_of_once(files: Files):
    files.write("s.jsonl", {"id": "ann", "hat": 1}, {"id": "bob", "hat": 2})
    assert files.run("rank").stderr.count("'hat' is not one that matching uses") == 1


def test_weights_that_cannot_be_read_stop_the_run(files: Files):
    result = files.run("rank", "--weights", str(files.folder / "none.json"))
    assert result.exit_code == 1
    assert "none.json cannot be read" in result.stderr


def test_an_output_that_cannot_be_written_is_said(files: Files):
    files.out = files.folder / "missing" / "out.jsonl"
    result = files.run("rank")
    assert result.exit_code == 1
    assert "cannot be written" in result.stderr


def test_no_jobs_make_an_empty_file(files: Files):
    files.write("j.jsonl")
    assert files.run("rank").exit_code == 0
    assert files.rows() == []


def test_carve_writes_a_row_for_every_person_and_employer(files: Files):
    task = {"id": "t1", "name": "Mop", "hours_week": 30, "essential": "could_move", "nature": "visible"}
    files.write(
        "j.jsonl",
        {"id": "j", "title": "Porter", "employer": "Inn", "tasks": [task], "pattern": days(0), "x": 1},
    )
    result = files.run("carve", "--goal", "8", "--pay", "13", "--top", "2")
    assert result.exit_code == 0, result.output
    assert [row["rank"] for row in files.rows()] == [1, 2]
    assert "'x' is not one that matching uses" in result.stderr


def test_normalise_writes_candidates_for_each_phrase(files: Files):
    (files.folder / "p.txt").write_text("Mop floors\n", encoding="utf-8")
    asked = ["--phrases", "p.txt", "--vocabulary", "skills.csv", "--out", "out.jsonl"]
    paths = [str(files.folder / each) if "." in each else each for each in asked]
    assert CliRunner().invoke(app, ["normalise", *paths]).exit_code == 0
    assert files.rows()[0]["candidates"][0]["how"] == "exact"


def test_explain_prints_the_whole_comparison(files: Files):
    result = files.run("explain", "--seeker", "ann", "--job", "cook", out=False)
    assert result.exit_code == 0
    assert "Cook (job cook), for ann" in result.stdout
    assert "Workable now" in result.stdout
    assert "In place at work: a named buddy." in result.stdout
    assert "decides nothing" in result.stdout


def test_explain_says_when_nothing_is_recorded(files: Files):
    result = files.run("explain", "--seeker", "bob", "--job", "any", out=False)
    assert "Nothing is recorded yet that could be compared." in result.stdout


def test_explain_shows_tasks_journeys_and_left_out_needs(files: Files):
    files.write(
        "s.jsonl",
        {"id": "ann", "home": HOME, "travel": {"mode": "bus"}, "support_needs": [], "hours": {"now_max": 9}},
    )
    tasks = [{"id": "t", "name": "Mopping", "skills": ["mop floors"]}, {"id": "u", "name": "Rest"}]
    files.write(
        "j.jsonl",
        {
            "id": "cook",
            "title": "Cook",
            "employer": "Inn",
            "tasks": tasks,
            "place": HOME,
            "hours": {"min": 8},
        },
    )
    text = files.run("explain", "--seeker", "ann", "--job", "cook", out=False).stdout
    assert "Cook at Inn" in text
    assert "Natural supports: left out" in text
    assert "about 12 minutes each way" in text
    assert "  Mopping: not recorded (mop floors: not recorded)" in text
    assert "8 hours a week missing" in text


def test_explain_says_what_would_have_to_be_true(files: Files):
    assert "have to be true" not in files.run("explain", "--seeker", "ann", "--job", "cook", out=False).stdout
    files.write(
        "s.jsonl",
        {"id": "ann", **WORKABLE_SEEKER, "skills": [skill("mop floors", 0)], "home": HOME}
        | {"travel": {"mode": "walk", "max_minutes": 5}},
    )
    files.write(
        "j.jsonl", {"id": "cook", "title": "Cook", **WORKABLE_JOB, "place": {"lat": 53.9, "lon": -1.5}}
    )
    text = files.run("explain", "--seeker", "ann", "--job", "cook", out=False).stdout
    assert "What would have to be true for this to be workable now (" in text
    assert "  Ask the employer whether a colleague could take on: mop floors" in text
    assert "    or, instead of “Ask the employer whether" in text
    assert "  For the journey: Plan travel training" in text
    files.write("j.jsonl", {"id": "cook", "title": "Cook"})
    bare = files.run("explain", "--seeker", "ann", "--job", "cook", out=False).stdout
    assert "  Not to be settled so: Nothing is recorded of what the job asks." in bare


@pytest.mark.parametrize(("who", "what"), [("nobody", "cook"), ("ann", "nothing")])
def test_explain_names_an_id_that_is_not_in_the_file(files: Files, who: str, what: str):
    result = files.run("explain", "--seeker", who, "--job", what, out=False)
    assert result.exit_code == 1
    assert "has no record with the id" in result.stderr


def test_a_line_is_the_record_as_json():
    match = matched(seeker('quo"te\n', **WORKABLE_SEEKER), job(**WORKABLE_JOB, place=HOME))
    for each in (match, matched(seeker(), job())):
        line = as_line(each, 3)
        assert json.loads(line) == json.loads(json.dumps(each.record(3)))
        assert line.endswith("}\n")


RANKING = """
import sys
from pathlib import Path

from matching.rank_files import RankOptions, rank_to_file
from matching.records import read_jobs, read_seekers
from tests.matching.makers import VOCABULARY

folder, by, processes = Path(sys.argv[1]), sys.argv[2], int(sys.argv[3])
rank_to_file(
    read_seekers(folder / "seekers.jsonl"),
    read_jobs(folder / "jobs.jsonl"),
    folder / f"{processes}.jsonl",
    vocabulary=VOCABULARY,
    options=RankOptions(by=by, top=3, processes=processes),
)
"""


@pytest.mark.parametrize("by", ["job", "seeker"])
def test_two_processes_write_the_same_bytes_as_one(tmp_path: Path, by: str):
    seekers, jobs = generate.write(tmp_path, seekers=60, jobs=60)
    assert (seekers.name, jobs.name) == ("seekers.jsonl", "jobs.jsonl")
    # Apart from the test's own process, whose threads must not be there when it forks.
    for processes in ("1", "2"):
        command = [sys.executable, "-c", RANKING, str(tmp_path), by, processes]
        subprocess.run(command, cwd=ROOT, check=True, timeout=120)
    one, two = ((tmp_path / f"{processes}.jsonl").read_bytes() for processes in (1, 2))
    assert one == two
    assert one.count(b"\n") == 180
