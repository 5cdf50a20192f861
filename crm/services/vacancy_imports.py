"""Adverts to vacancies: all of an upload comes in at once, every advert accounted for, or nothing does."""

from collections.abc import Mapping
from enum import StrEnum
from typing import Any

from pydantic import ValidationError
from sqlmodel import Session

from crm.errors import RuleBrokenError
from crm.models.base import folded
from crm.models.employers import Employer, EmployerInput
from crm.models.imports import ImportBatch, ImportKind
from crm.models.users import Actor
from crm.models.vacancies import Vacancy
from crm.policy import Action
from crm.readers.adverts import Advert
from crm.services import import_traces, imports
from crm.services.access import ensure
from crm.services.advert_vacancies import vacancy_of
from crm.services.belonging import live_employer
from crm.services.employer_matching import bare_name
from crm.services.imports import ImportFigures
from crm.services.vacancy_previews import Fate, Lot, NamedEmployer, Preview, Progress, preview

_AT_ONCE = 500
_LEAD = "Imported job adverts"
_NAME = 200


class Choice(StrEnum):
    """What to do with the adverts of an employer who is perhaps one that is recorded."""

    ADD = "add"
    SKIP = "skip"


Choices = Mapping[str, int | Choice]
"""By bare name: the id of the recorded employer that is meant, or to add a new one, or to skip."""


def take_in(
    session: Session, lot: Lot, choices: Choices, *, by: Actor, progress: Progress | None = None
) -> ImportBatch:
    """Take the adverts in; an employer about whom nothing was chosen is added.

    Everything is worked out afresh, so that what somebody recorded since the preview is found as well.

    Raises:
        NotAllowedError: the person may not run imports.
        NotFoundError: an employer that was chosen is archived or gone.
        RuleBrokenError: an employer was chosen that was not offered for this name.
    """
    ensure(session, by, Action.IMPORTS_RUN)
    found = preview(session, lot, by=by)
    batch = imports.start_batch(
        session, ImportKind.VACANCIES, file_name=lot.name, file_digest=lot.digest, by=by
    )
    intake = _Intake(session, batch)
    intake.settle_employers(found, choices)
    for number, (advert, fate) in enumerate(zip(lot.adverts, found.fates, strict=True), start=1):
        intake.take(number, advert, fate)
        if number % _AT_ONCE == 0 or number == len(lot.adverts):
            session.flush()
            if progress is not None:
                progress(number, len(lot.adverts))
    intake.keep_traces()
    for refused in lot.refused:
        original = {"advert": refused.original}
        intake.refuse(refused.file, refused.position, refused.field or "", refused.reason, original)
    return imports.finish(session, batch, intake.figures(), notes=intake.notes(), by=by)


class _Intake:
    """One import under way: which employer each name means, and what became of the adverts so far."""

    def __init__(self, session: Session, batch: ImportBatch) -> None:
        self._session = session
        self._batch = batch
        self._employers: dict[str, int] = {}
        self._new: dict[str, Employer] = {}
        self._stored: dict[int, Vacancy] = {}
        self._unusable: dict[str, str] = {}
        self._skipped = self._refused = self._cut = 0

    def settle_employers(self, found: Preview, choices: Choices) -> None:
        """Decide for each name which employer it means, and add those that are new."""
        for bare, named in found.employers.items():
            chosen = choices.get(bare, Choice.ADD)
            if named.same is not None:
                self._employers[bare] = named.same.id
            elif isinstance(chosen, int):
                self._employers[bare] = self._offered(named, chosen)
            elif chosen is Choice.ADD:
                self._add_employer(bare, named.name)
        self._session.flush()
        self._employers |= {bare: employer.key for bare, employer in self._new.items()}

    def take(self, number: int, advert: Advert, fate: Fate) -> None:
        """Store an advert as a vacancy, or note why not."""
        if fate is Fate.HERE:
            self._skip(advert, "This advert is here already, or stands earlier in the same upload.")
            return
        if fate is Fate.UNNAMED:
            self._refuse_advert(advert, "hiringOrganization", "The advert names no employer.")
            return
        bare = bare_name(advert.organisation or "")
        if bare in self._employers:
            self._store(number, advert, self._employers[bare])
        elif bare in self._unusable:
            self._refuse_advert(advert, "hiringOrganization", self._unusable[bare])
        else:
            self._skip(advert, "You chose to skip the adverts of this employer.")

    def refuse(self, file: str, position: int, field: str, reason: str, original: dict[str, Any]) -> None:
        """Keep an advert that cannot be taken in, for correction."""
        self._refused += 1
        imports.refuse(self._session, self._batch, _place(file, position), field, reason, original)

    def keep_traces(self) -> None:
        """Keep what was added, once it is stored, so that the import can be undone."""
        employers, vacancies = self._new.values(), self._stored.values()
        keep, key = import_traces.note_added, self._batch.key
        keep(self._session, key, Employer, [row.key for row in employers], [None] * len(employers))
        keep(self._session, key, Vacancy, [row.key for row in vacancies], self._stored)

    def figures(self) -> ImportFigures:
        """What became of all adverts."""
        return ImportFigures(added=len(self._stored), skipped=self._skipped, refused=self._refused)

    def notes(self) -> list[str]:
        """What is worth saying beside the figures."""
        added = len(self._new)
        were = "employer was" if added == 1 else "employers were"
        notes = [f"{added:,} {were} added, {self._known():,} recorded already."]
        if self._cut:
            notes.append(
                f"In {self._cut:,} adverts a figure could not be right or not be kept; it was left out. "
                "The vacancy says which and why."
            )
        return notes

    def _known(self) -> int:
        return len(set(self._employers.values())) - len(self._new)

    def _offered(self, named: NamedEmployer, chosen: int) -> int:
        if chosen not in {known.id for known in named.perhaps}:
            raise RuleBrokenError(
                f"The employer chosen for “{named.name}” is not one of those offered any more. Choose again."
            )
        return live_employer(self._session, chosen).key

    def _add_employer(self, bare: str, name: str) -> None:
        try:
            new = EmployerInput(name=name[:_NAME], lead_source=_LEAD)
        except ValidationError as problem:
            self._unusable[bare] = _reason(problem)
            return
        row = Employer(**new.model_dump(), name_key=folded(new.name), import_batch_id=self._batch.key)
        self._session.add(row)
        self._new[bare] = row

    def _store(self, number: int, advert: Advert, employer_id: int) -> None:
        try:
            vacancy = vacancy_of(advert)
        except ValidationError as problem:
            self._refuse_advert(advert, "title", _reason(problem))
            return
        row = Vacancy(
            **vacancy.values.model_dump(),
            title_key=folded(vacancy.values.title),
            employer_id=employer_id,
            figure_sources=vacancy.origins,
            advert_url=advert.url,
            advert_fingerprint=advert.fingerprint,
            import_batch_id=self._batch.key,
        )
        self._session.add(row)
        self._stored[number] = row
        self._cut += any("left_out" in origin for origin in vacancy.origins.values())

    def _skip(self, advert: Advert, reason: str) -> None:
        self._skipped += 1
        place = _place(advert.file, advert.position)
        imports.skip(self._session, self._batch, place, "", reason, _original(advert))

    def _refuse_advert(self, advert: Advert, field: str, reason: str) -> None:
        self.refuse(advert.file, advert.position, field, reason, _original(advert))


def _reason(problem: ValidationError) -> str:
    return str(problem.errors()[0]["msg"]).removeprefix("Value error, ")


def _place(file: str, position: int) -> str:
    return f"{file}, advert {position}"


def _original(advert: Advert) -> dict[str, Any]:
    return {
        "title": advert.title_as_written,
        "organisation": advert.organisation,
        "place": advert.place.text if advert.place else None,
        "url": advert.url,
        "text": advert.text,
    }
