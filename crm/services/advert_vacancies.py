"""A job advert as a vacancy: what fits is taken over with its origin, what does not is left out and said."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from pydantic import ValidationError

from crm.models.vacancies import Contract, VacancyInput, VacancyKind
from crm.readers.adverts import Advert, Figure

Origin = dict[str, str]
"""Where a figure came from (`source`, `quote`); its `value` where no field holds it; why it is `left_out`."""

_CONTRACTS = {
    "permanent": Contract.PERMANENT,
    "fixed term": Contract.FIXED_TERM,
    "temporary": Contract.TEMPORARY,
    "seasonal": Contract.TEMPORARY,
    "zero hours": Contract.ZERO_HOURS,
}
_KINDS = {
    "apprenticeship": VacancyKind.APPRENTICESHIP,
    "supported internship": VacancyKind.SUPPORTED_INTERNSHIP,
    "volunteering": VacancyKind.WORK_EXPERIENCE,
}
_LINE = 300
_TEXT = 20_000
_TITLE = 200


@dataclass(frozen=True, slots=True)
class AdvertVacancy:
    """The validated input of a vacancy, and the origin of each of its figures by field name."""

    values: VacancyInput
    origins: dict[str, Origin]


def vacancy_of(advert: Advert) -> AdvertVacancy:
    """The vacancy that an advert describes; hours and pay that it does not give stay unknown.

    A value that cannot be true of a vacancy (84 hours a week, a date in 1890) is left out, and its origin
    says so.

    Raises:
        ValidationError: the title itself cannot be kept.
    """
    values, origins = _taken(advert), dict(_origins(advert))
    try:
        return AdvertVacancy(VacancyInput.model_validate(values), origins)
    except ValidationError as error:
        for field, reason in _refused(error):
            values.pop(field, None)
            origins[field] = origins.get(field, _origin("field", "")) | {"left_out": reason}
    return AdvertVacancy(VacancyInput.model_validate(values), origins)


def _refused(error: ValidationError) -> Iterator[tuple[str, str]]:
    for item in error.errors(include_url=False, include_input=False):
        reason = str(item["msg"]).removeprefix("Value error, ")
        fields = [str(item["loc"][0])] if item["loc"] else ["hours_min", "hours_max"]
        yield from ((field, reason) for field in fields)


def _taken(advert: Advert) -> dict[str, Any]:
    place = advert.place
    contract = advert.contract.value if advert.contract else ""
    found: dict[str, Any] = {
        "title": advert.title[:_TITLE],
        "kind": _KINDS.get(contract, VacancyKind.ADVERTISED),
        "contract": _CONTRACTS.get(contract, Contract.UNKNOWN),
        "hours_min": _value(advert.hours_min),
        "hours_max": _value(advert.hours_max),
        "guaranteed_hours": _value(advert.guaranteed_hours),
        "pay_hourly": _value(advert.pay_min or advert.pay_max) if _is_in_pounds(advert) else None,
        "pay_as_written": (advert.pay_text or "")[:_LINE],
        "place": place.text[:_LINE] if place else None,
        "postcode": place.postcode if place else None,
        "starts_on": _value(advert.starts_on),
        "closes_on": _value(advert.closes_on),
        "description": advert.text[:_TEXT],
    }
    return {field: value for field, value in found.items() if value is not None}


def _is_in_pounds(advert: Advert) -> bool:
    return advert.currency in (None, "GBP")


def _value(figure: Figure[float] | Figure[date] | None) -> float | date | None:
    return None if figure is None else figure.value


def _origins(advert: Advert) -> Iterator[tuple[str, Origin]]:
    pay = advert.pay_min or advert.pay_max
    figures: dict[str, Figure[float] | Figure[date] | Figure[str] | None] = {
        "hours_min": advert.hours_min,
        "hours_max": advert.hours_max,
        "guaranteed_hours": advert.guaranteed_hours,
        "pay_hourly": pay,
        "contract": advert.contract,
        "starts_on": advert.starts_on,
        "closes_on": advert.closes_on,
    }
    for field, figure in figures.items():
        if figure is not None:
            yield field, _origin(figure.source, figure.quote)
    if pay and not _is_in_pounds(advert):
        reason = f"It is in {advert.currency}, not in pounds; nothing is converted."
        yield "pay_hourly", _origin(pay.source, pay.quote) | {"left_out": reason}
    if advert.pay_text:
        yield "pay_as_written", _origin(pay.source if pay else "field:baseSalary", "")
    if advert.place:
        yield "place", _origin("field:jobLocation", "")
    if advert.place and advert.place.postcode:
        yield "postcode", _origin("field:jobLocation", "")
    yield from _beside(advert)


def _beside(advert: Advert) -> Iterator[tuple[str, Origin]]:
    """What the vacancy has no field of its own for, and is worth showing."""
    for name, figure in (("employment_type", advert.employment_type), ("posted_on", advert.posted_on)):
        if figure is not None:
            yield name, _origin(figure.source, figure.quote) | {"value": str(figure.value)}
    if len(advert.text) > _TEXT:
        yield "description", _origin("text", "") | {"left_out": f"All after the first {_TEXT:,} characters."}
    if advert.title_as_written != advert.title[:_TITLE]:
        yield "title", _origin("field:title", advert.title_as_written)
    if advert.notes:
        yield "notes", _origin("worked out", "") | {"value": " ".join(advert.notes)}


def _origin(source: str, quote: str) -> Origin:
    return {"source": source, "quote": quote[:_LINE]}
