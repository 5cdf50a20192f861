"""Passwords: what is strong enough, and Argon2id digests (RFC 9106, the settings for ordinary memory)."""

import threading
import unicodedata
from functools import cache

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError
from pydantic import SecretStr

from crm.errors import RuleBrokenError
from crm.models.users import LEAST_PASSWORD_LENGTH

_HASHER = PasswordHasher()
_MOST_AT_ONCE = threading.BoundedSemaphore(2)
_COMMON = (
    "password",
    "passwort",
    "letmein",
    "welcome",
    "qwerty",
    "asdfgh",
    "iloveyou",
    "administrator",
    "changeme",
    "employment",
    "supported",
    "123456",
    "abcdef",
)


def ensure_strong(password: SecretStr, *, about: tuple[str, ...] = ()) -> None:
    """Refuse a password that others would guess; `about` holds names and addresses it may not be made of.

    Raises:
        RuleBrokenError: it is too short, or little more than a common word or one of `about`.
    """
    text = password.get_secret_value()
    if len(text) < LEAST_PASSWORD_LENGTH:
        raise RuleBrokenError(
            f"The password has to be at least {LEAST_PASSWORD_LENGTH} characters long. "
            "Three unrelated words are a good one.",
            field="password",
        )
    if len(text) > 1000:
        raise RuleBrokenError("The password can be 1,000 characters long at most.", field="password")
    if _is_easy(text.casefold(), about):
        raise RuleBrokenError(
            "This password is easy to guess: it is mostly a common word, a name or a repeated pattern. "
            "Three unrelated words are a good one.",
            field="password",
        )


def _is_easy(text: str, about: tuple[str, ...]) -> bool:
    """Does little remain once well-known words, own names and repeats are taken away?"""
    parts = [part for words in about for part in words.casefold().replace("@", " ").split() if len(part) > 1]
    rest = text
    for word in (*_COMMON, *parts):
        rest = rest.replace(word, "")
    return len(set(text)) < 5 or len([c for c in rest if c.isalpha()]) < 4


def digest_of(password: SecretStr) -> str:
    """The Argon2id digest to keep; two at once at most, each takes 64 MiB."""
    with _MOST_AT_ONCE:
        return _HASHER.hash(_normal(password))


def is_right(password: SecretStr, digest: str | None) -> bool:
    """Is this the password of the digest? Without a digest it takes just as long, and is never right."""
    try:
        with _MOST_AT_ONCE:
            return _HASHER.verify(digest or _digest_of_nobody(), _normal(password)) and bool(digest)
    except (VerificationError, InvalidHashError):
        return False


def _normal(password: SecretStr) -> str:
    """One form of each character, so that the same keys give the same password on every device."""
    return unicodedata.normalize("NFKC", password.get_secret_value())


@cache
def _digest_of_nobody() -> str:
    return _HASHER.hash("nobody has this password")
