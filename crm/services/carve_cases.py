"""The business case of a carved job: what staff say of it, and what a proposal still needs."""

from datetime import date

from sqlmodel import Session, select

from crm.errors import RuleBrokenError
from crm.models.carve_cases import CarveCase, CarveCaseInput
from crm.models.carves import JobCarve
from crm.models.users import Actor
from crm.policy import Action
from crm.services import records
from crm.services.access import ensure


def find(session: Session, carve_id: int, *, by: Actor) -> CarveCase | None:
    """The business case of a carved job; None while nobody has begun one.

    Raises:
        NotAllowedError: the person may not see carved jobs.
    """
    ensure(session, by, Action.CARVES_READ)
    return session.exec(select(CarveCase).where(CarveCase.carve_id == carve_id)).first()


def save(
    session: Session, carve_id: int, typed: CarveCaseInput, *, version: int, by: Actor, today: date
) -> CarveCase:
    """Keep what was typed of a business case; `version` is 0 where the form was drawn without one.

    Raises:
        NotAllowedError: the person may not record carved jobs, or this one is archived.
        NotFoundError: there is no such carved job.
        RuleBrokenError: staff were consulted on a day that is yet to come.
        StaleFormError: somebody saved it after the form was drawn.
    """
    carve = records.fetch_to_change(session, JobCarve, carve_id, called="carved job")
    ensure(session, by, Action.CARVES_RECORD, carve)
    if typed.consulted_on is not None and typed.consulted_on > today:
        raise RuleBrokenError("The day on which staff were consulted is still to come.", field="consulted_on")
    case = find(session, carve_id, by=by)
    if case is not None:
        return records.change(session, case, typed, version=version)
    return records.add(session, CarveCase(carve_id=carve_id, **typed.model_dump()))


def missing(case: CarveCase | None, carve: JobCarve) -> tuple[str, ...]:
    """What a proposal to the employer still needs, each as a sentence that says what to record."""
    return (*_missing_of_case(case or CarveCase(carve_id=carve.key)), *missing_of_job(carve))


def _missing_of_case(case: CarveCase) -> tuple[str, ...]:
    asked = (
        (case.need, "Write down what the employer needs, in their own words."),
        (
            case.consulted_who and case.consulted_on,
            "Say who of the staff who work there was consulted, and on which day.",
        ),
        (case.support, "Say what support the job begins with, or that none is needed."),
        (case.support_fades, "Say how that support fades, and by when."),
        (case.risks, "Write down the risks, or that none was found."),
    )
    return tuple(sentence for answer, sentence in asked if not answer)


def missing_of_job(carve: JobCarve) -> tuple[str, ...]:
    """What of it is recorded with the job itself, and not in its case."""
    asked = (
        (carve.pay_hourly, "Record what the job pays an hour."),
        (carve.going_rate, "Record the going rate for the same tasks."),
        (carve.supervisor, "Name who supervises the job."),
        (carve.coworker_contact, "Say how the person works alongside colleagues."),
    )
    return tuple(sentence for answer, sentence in asked if not answer)
