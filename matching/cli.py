"""The commands of the matching package; each either writes its whole file or says in a sentence why not."""

import sys
from collections.abc import Generator
from contextlib import contextmanager
from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from matching.compare import compare
from matching.concepts import Concepts
from matching.errors import MatchingError, SourceError
from matching.postcodes import DATA
from matching.progress import ProgressBar
from matching.records import Job, Seeker, read_jobs, read_seekers
from matching.uncollected import uncollected
from matching.vocabulary import Vocabulary
from matching.weights import Weights

app = typer.Typer(
    help="Match people and jobs from JSON Lines files.", no_args_is_help=True, pretty_exceptions_enable=False
)


class By(StrEnum):
    """Whose lists are made."""

    JOB = "job"
    SEEKER = "seeker"


SeekersFile = Annotated[Path, typer.Option("--seekers", help="Seekers, one JSON record a line.")]
JobsFile = Annotated[Path, typer.Option("--jobs", help="Jobs, one JSON record a line.")]
OutFile = Annotated[Path, typer.Option("--out", help="The file to write.")]
VocabularyFile = Annotated[
    Path | None,
    typer.Option(
        "--vocabulary",
        help="Skills vocabulary: ours or ESCO's skills_en.csv.",
        show_default="data/skills.csv",
    ),
]
WeightsFile = Annotated[Path | None, typer.Option("--weights", help="Weights of the components, as JSON.")]
Top = Annotated[int | None, typer.Option("--top", min=1, help="Write only the first rows of each list.")]


@app.command()
def rank(
    seekers: SeekersFile,
    jobs: JobsFile,
    out: OutFile,
    by: Annotated[By, typer.Option(help="Rank people for each job, or jobs for each person.")] = By.JOB,
    top: Top = None,
    weights: WeightsFile = None,
    vocabulary: VocabularyFile = None,
    travel_limit: Annotated[
        bool, typer.Option("--travel-limit", help="Keep to each person's own limit.")
    ] = False,
) -> None:
    """Rank everybody for every job, with score, band, reasons and gaps."""
    # Imported here, with the arrays under it, so that the other commands start at once.
    from matching.rank_files import RankOptions, rank_to_file

    with _told_in_words(), uncollected():
        chosen = Weights.from_file(weights) if weights else Weights()
        people, posts = _read(seekers, jobs)
        summary = rank_to_file(
            people,
            posts,
            out,
            vocabulary=_vocabulary(vocabulary),
            options=RankOptions(by=by.value, top=top, travel_limit=travel_limit, weights=chosen),
            progress=ProgressBar("Ranking"),
        )
    for job_id, count in sorted(summary.left_out.items()):
        typer.echo(f"{job_id}: {count:,} people left out, further than they wish to travel.")
    if top is not None:
        typer.echo(f"Only the first {top:,} of each list are in the file, as --top asked.")
    typer.echo(f"{summary.rows:,} rows written to {out}.")


@app.command()
def carve(
    seekers: SeekersFile,
    jobs: JobsFile,
    out: OutFile,
    goal: Annotated[
        float, typer.Option(min=0, max=168, help="Hours a week for people without their own goal.")
    ] = 16.0,
    pay: Annotated[float | None, typer.Option(min=0, help="Pounds an hour of the new job.")] = None,
    top: Top = None,
    vocabulary: VocabularyFile = None,
) -> None:
    """Build the best job for each person from each employer's movable tasks."""
    from matching.carve_files import carve_files

    unknown: set[str] = set()
    with _told_in_words():
        rows = carve_files(
            seekers,
            jobs,
            out,
            vocabulary=_vocabulary(vocabulary),
            goal=goal,
            pay=pay,
            top=top,
            unknown=unknown,
            progress=ProgressBar("Carving"),
        )
    _warn(unknown)
    typer.echo(f"{rows:,} rows written to {out}.")


@app.command()
def normalise(
    phrases: Annotated[Path, typer.Option("--phrases", help="Phrases, one a line.")],
    vocabulary: Annotated[Path, typer.Option("--vocabulary", help="Skills vocabulary.")],
    out: OutFile,
    top: Annotated[int, typer.Option("--top", min=1, help="Candidates for each phrase.")] = 5,
    meaning: Annotated[
        bool, typer.Option("--meaning", help="Go by meaning too: needs the extra “meaning”.")
    ] = False,
) -> None:
    """Find the concepts that phrases may mean."""
    from matching.meaning import local_encoder
    from matching.normalise_file import normalise_file

    with _told_in_words():
        encoder = local_encoder() if meaning else None
        rows = normalise_file(phrases, vocabulary, out, top, ProgressBar("Looking up"), encoder=encoder)
    typer.echo(f"{rows:,} rows written to {out}.")


@app.command()
def explain(
    seekers: SeekersFile,
    jobs: JobsFile,
    seeker: Annotated[str, typer.Option("--seeker", help="The seeker's id.")],
    job: Annotated[str, typer.Option("--job", help="The job's id.")],
    weights: WeightsFile = None,
    vocabulary: VocabularyFile = None,
) -> None:
    """Print the whole comparison of one person with one job."""
    from matching.changes import find_changes
    from matching.explain import explain as explained

    with _told_in_words():
        chosen = Weights.from_file(weights) if weights else Weights()
        people, posts = _read(seekers, jobs)
        person = next((each for each in people if each.id == seeker), None)
        post = next((each for each in posts if each.id == job), None)
        if person is None or post is None:
            missing, path = (seeker, seekers) if person is None else (job, jobs)
            raise SourceError(f'{path} has no record with the id "{missing}".')
        words = Concepts(_vocabulary(vocabulary))
        match = compare(person, post, weights=chosen, vocabulary=words)
        changes = find_changes(person, post, weights=chosen, vocabulary=words)
        typer.echo(explained(match, person, post, changes), nl=False)


def _read(seekers: Path, jobs: Path) -> tuple[list[Seeker], list[Job]]:
    unknown: set[str] = set()
    people, posts = read_seekers(seekers, unknown=unknown), read_jobs(jobs, unknown=unknown)
    _warn(unknown)
    return people, posts


def _vocabulary(path: Path | None) -> Vocabulary:
    return Vocabulary.from_csv(path or DATA / "skills.csv")


def _warn(unknown: set[str]) -> None:
    for key in sorted(unknown):
        typer.echo(f"Warning: the key {key!r} is not one that matching uses; it is passed over.", err=True)


@contextmanager
def _told_in_words() -> Generator[None]:
    """Turn an expected problem into its sentence on standard error and exit code 1."""
    try:
        yield
    except MatchingError as error:
        sys.stderr.write(f"{error}\n")
        raise typer.Exit(1) from error
