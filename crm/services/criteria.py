"""What a vacancy asks for, row by row, each settled against the vocabulary when it is saved."""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlmodel import Session, col, select

from crm.errors import RuleBrokenError
from crm.models.users import Actor
from crm.models.vacancies import Vacancy, VacancyCriterion, VacancyCriterionInput
from crm.policy import Action
from crm.services import records, skills
from crm.services.access import ensure
from crm.services.archiving import reason_given


@dataclass(frozen=True, slots=True)
class CriterionRow:
    """One criterion with the label of the concept that it was settled to; own words mean themselves."""

    criterion: VacancyCriterion
    meaning: str


def of_vacancy(
    session: Session, vacancy_id: int, *, is_archived: bool = False, by: Actor
) -> list[CriterionRow]:
    """The criteria of a vacancy, live or archived, essential ones first, then as they were added.

    Raises:
        NotAllowedError: the person may not see vacancies.
    """
    ensure(session, by, Action.VACANCIES_READ)
    archived = col(VacancyCriterion.archived_at)
    query = select(VacancyCriterion).where(
        VacancyCriterion.vacancy_id == vacancy_id,
        archived.is_not(None) if is_archived else archived.is_(None),
    )
    found = session.exec(
        query.order_by(col(VacancyCriterion.is_essential).desc(), col(VacancyCriterion.id))
    ).all()
    return _with_meanings(session, found)


def find(session: Session, criterion_id: int, *, by: Actor) -> CriterionRow:
    """One criterion, archived ones too.

    Raises:
        NotAllowedError: the person may not see vacancies.
        NotFoundError: there is none with this id.
    """
    ensure(session, by, Action.VACANCIES_READ)
    row = records.fetch(session, VacancyCriterion, criterion_id, called="criterion")
    return _with_meanings(session, [row])[0]


def add(
    session: Session,
    vacancy_id: int,
    new: VacancyCriterionInput,
    *,
    settled: str | None = None,
    by: Actor,
) -> VacancyCriterion:
    """Record something that a vacancy asks for; one whose words were `settled` before means that concept.

    Raises:
        NotAllowedError: the person may not, or the vacancy is archived.
        NotFoundError: there is no such vacancy.
        RuleBrokenError: the vacancy asks for the same already.
    """
    _ensure_may(session, vacancy_id, by)
    concept_id, label = settled, new.text
    if concept_id is None:
        found = skills.settle(session, new.text, chosen=new.meanings, by=by)
        concept_id, label = found.concept_id, found.label
    _ensure_once(session, vacancy_id, concept_id, label)
    row = VacancyCriterion(**new.model_dump(), vacancy_id=vacancy_id, concept_id=concept_id)
    return records.add(session, row)


def change(
    session: Session, criterion_id: int, edit: VacancyCriterionInput, *, version: int, by: Actor
) -> VacancyCriterion:
    """Change a criterion; new words are settled anew, the same words keep the meaning that was chosen.

    Raises:
        NotAllowedError: the person may not, or the vacancy or the criterion is archived.
        NotFoundError: there is none with this id.
        RuleBrokenError: the vacancy asks for the same already.
        StaleFormError: somebody saved it after the form was drawn.
    """
    row = _to_change(session, criterion_id, by)
    if row.version == version and (edit.text != row.text or edit.text in edit.meanings):
        settled = skills.settle(session, edit.text, chosen=edit.meanings, by=by)
        if settled.concept_id != row.concept_id:
            _ensure_once(session, row.vacancy_id, settled.concept_id, settled.label)
            row.concept_id = settled.concept_id
    return records.change(session, row, edit, version=version)


def choose(
    session: Session, criterion_id: int, concept_id: str, *, version: int, by: Actor
) -> VacancyCriterion:
    """Say which concept of the vocabulary a criterion means, or that its words stand for themselves.

    Raises:
        NotAllowedError: the person may not, or the vacancy or the criterion is archived.
        NotFoundError: there is no such criterion, or no such concept.
        RuleBrokenError: another criterion of the vacancy means the same.
        StaleFormError: somebody saved it after the screen was drawn.
    """
    row = _to_change(session, criterion_id, by)
    settled = skills.settle(session, row.text, chosen={row.text: concept_id}, by=by)
    if concept_id != row.concept_id:
        _ensure_once(session, row.vacancy_id, concept_id, settled.label)
    return records.change(session, row, {"concept_id": concept_id}, version=version)


def archive(session: Session, criterion_id: int, *, why: str, version: int, by: Actor) -> VacancyCriterion:
    """Put a criterion aside: the job does not ask for it (any more).

    Raises:
        NotAllowedError: the person may not, or the vacancy or the criterion is archived.
        NotFoundError: there is none with this id.
        StaleFormError: somebody saved it after the screen was drawn.
    """
    return records.archive(
        session, _to_change(session, criterion_id, by), why=reason_given(why), version=version
    )


def bring_back(session: Session, criterion_id: int, *, version: int, by: Actor) -> VacancyCriterion:
    """Take a criterion out of the archive.

    Raises:
        NotAllowedError: the person may not, or the vacancy is archived.
        NotFoundError: there is none with this id.
        RuleBrokenError: the vacancy has come to ask for the same in another row.
        StaleFormError: somebody saved it after the screen was drawn.
    """
    row = records.fetch_to_change(session, VacancyCriterion, criterion_id, called="criterion")
    _ensure_may(session, row.vacancy_id, by)
    _ensure_once(session, row.vacancy_id, row.concept_id, row.text)
    return records.bring_back(session, row, version=version)


def _with_meanings(session: Session, found: Sequence[VacancyCriterion]) -> list[CriterionRow]:
    labels = skills.labels(session, [row.concept_id for row in found])
    return [
        CriterionRow(row, row.text if skills.is_own(row.concept_id) else labels[row.concept_id])
        for row in found
    ]


def _to_change(session: Session, criterion_id: int, by: Actor) -> VacancyCriterion:
    row = records.fetch_to_change(session, VacancyCriterion, criterion_id, called="criterion")
    ensure(session, by, Action.VACANCIES_RECORD, row)
    _ensure_may(session, row.vacancy_id, by)
    return row


def _ensure_may(session: Session, vacancy_id: int, by: Actor) -> None:
    ensure(session, by, Action.VACANCIES_RECORD)
    vacancy = records.fetch(session, Vacancy, vacancy_id, called="vacancy")
    ensure(session, by, Action.VACANCIES_RECORD, vacancy)


def _ensure_once(session: Session, vacancy_id: int, concept_id: str, label: str) -> None:
    same = session.exec(
        select(VacancyCriterion.id).where(
            VacancyCriterion.vacancy_id == vacancy_id,
            VacancyCriterion.concept_id == concept_id,
            col(VacancyCriterion.archived_at).is_(None),
        )
    ).first()
    if same is not None:
        raise RuleBrokenError(
            f"This vacancy asks for “{label}” already. Change that row instead.", field="text"
        )
