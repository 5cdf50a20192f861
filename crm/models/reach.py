"""Ways to reach somebody: e-mail addresses and telephone numbers, as typed and as stored."""

from typing import Annotated

import phonenumbers
from email_validator import EmailNotValidError, validate_email
from pydantic import AfterValidator, BeforeValidator


def tidy_email(value: str) -> str:
    """An e-mail address as it is compared: checked for its shape, offline, and in small letters.

    Raises:
        ValueError: it does not have the shape of an e-mail address.
    """
    try:
        return validate_email(value, check_deliverability=False).normalized.casefold()
    except EmailNotValidError as problem:
        raise ValueError(f"This is not an e-mail address: {problem}") from problem


def tidy_phone(value: object) -> object:
    """A telephone number as E.164, read as a UK number unless it starts with +; blank becomes None.

    Raises:
        ValueError: it cannot be a telephone number.
    """
    if value is None or (isinstance(value, str) and not value.strip()):
        return None
    try:
        number = phonenumbers.parse(str(value), "GB")
    except phonenumbers.NumberParseException as problem:
        raise ValueError(
            "This does not look like a telephone number, for example 0113 496 0000."
        ) from problem
    if number.extension:
        raise ValueError("An extension cannot be kept with the number: write it into the notes.")
    if not phonenumbers.is_possible_number(number):
        raise ValueError("This telephone number has too few or too many digits.")
    return phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164)


def _email_or_none(value: object) -> object:
    return tidy_email(str(value)) if value is not None and str(value).strip() else None


Email = Annotated[str, AfterValidator(tidy_email)]
OptionalEmail = Annotated[str | None, BeforeValidator(_email_or_none)]
Phone = Annotated[str | None, BeforeValidator(tidy_phone)]
