"""Text kept locked: encrypted with the newest of the service's keys, and bound to the place it is kept in.

What is locked begins with the name of its key, so that older keys are still found, and it can be told what
the newest key has not locked yet. The name is worked out of the key and does not give it away.
"""

import base64
import binascii
import hashlib
import hmac
import os
from dataclasses import dataclass
from functools import cache

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from crm.errors import SecretsError
from crm.secret_store import values_keys

_IV = 12
_NOT_AS_LOCKED = "Something kept locked was moved or changed outside this product. Tell an administrator."
_NO_KEY = "Something is locked with a key that this machine does not have. Tell an administrator."


@dataclass(frozen=True, slots=True)
class Key:
    """One key of the service: its name, and what it locks and stamps with."""

    name: str
    cipher: AESGCM
    stamping: bytes


def known_keys() -> list[Key]:
    """The keys of this machine, the newest first."""
    return [_key(secret) for secret in values_keys()]


def name_of(secret: bytes) -> str:
    """What a secret is called wherever it must be told apart and not be known."""
    return _worked_out(secret, b"name")[:8].hex()


@cache
def _key(secret: bytes) -> Key:
    return Key(name_of(secret), AESGCM(_worked_out(secret, b"lock")), _worked_out(secret, b"stamp"))


def _worked_out(secret: bytes, use: bytes) -> bytes:
    return HKDF(SHA256(), 32, salt=None, info=b"employer-engagement-crm " + use).derive(secret)


def lock(text: str, place: str) -> str:
    """Lock a text with the newest key; it opens only as that of the same place."""
    key, iv = known_keys()[0], os.urandom(_IV)
    held = iv + key.cipher.encrypt(iv, text.encode(), place.encode())
    return f"{key.name}:{base64.urlsafe_b64encode(held).decode()}"


def unlock(kept: str, place: str) -> str:
    """The text that was locked for this place.

    Raises:
        SecretsError: its key is not here, or it was locked for another place, or changed.
    """
    name, _, held = kept.partition(":")
    try:
        raw = base64.urlsafe_b64decode(held)
        if base64.urlsafe_b64encode(raw).decode() != held:
            raise SecretsError(_NOT_AS_LOCKED)
        return _named(name).cipher.decrypt(raw[:_IV], raw[_IV:], place.encode()).decode()
    except (InvalidTag, binascii.Error, ValueError) as problem:
        raise SecretsError(_NOT_AS_LOCKED) from problem


def stamp(text: str, place: str) -> str:
    """A digest that only the newest key makes of this text at this place."""
    key = known_keys()[0]
    return f"{key.name}:{_digest(key, text, place)}"


def ensure_stamped(kept: str, text: str, place: str) -> None:
    """Let a reader go on if this is the stamp of the text at this place.

    Raises:
        SecretsError: its key is not here, or it is the stamp of something else.
    """
    name, _, digest = kept.partition(":")
    if not kept or not hmac.compare_digest(digest, _digest(_named(name), text, place)):
        raise SecretsError(_NOT_AS_LOCKED)


def _digest(key: Key, text: str, place: str) -> str:
    return hmac.new(key.stamping, f"{place}\n{text}".encode(), hashlib.sha256).hexdigest()


def _named(name: str) -> Key:
    found = next((key for key in known_keys() if key.name == name), None)
    if found is None:
        raise SecretsError(_NO_KEY)
    return found
