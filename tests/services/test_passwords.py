"""What is strong enough, and how it is kept."""

import pytest
from argon2 import PasswordHasher
from pydantic import SecretStr

from crm.errors import RuleBrokenError
from crm.services.passwords import digest_of, ensure_strong, is_right


def test_passwords_are_kept_as_argon2id_with_64_mib(real_hasher: PasswordHasher):
    assert real_hasher.hash("lantern").startswith("$argon2id$v=19$m=65536,t=3,p=4$")


def test_the_same_password_gives_another_digest_each_time_and_both_are_right():
    password = SecretStr("lantern river tuesday")
    first, second = digest_of(password), digest_of(password)
    assert first != second
    assert is_right(password, first)
    assert is_right(password, second)


def test_an_accent_typed_in_two_ways_is_the_same_password():
    assert is_right(SecretStr("cafe\u0301 river tuesday"), digest_of(SecretStr("caf\u00e9 river tuesday")))


@pytest.mark.parametrize("digest", [None, "", "not a digest"])
def test_without_a_usable_digest_no_password_is_right(digest: str | None):
    assert not is_right(SecretStr("nobody has this password"), digest)


@pytest.mark.parametrize(
    "text",
    ["elevenchars", "x" * 1001, "Password1234!", "111111111111", "SamOkafor2026", "qwertyqwerty1"],
)
def test_what_others_would_guess_is_refused(text: str):
    with pytest.raises(RuleBrokenError) as refusal:
        ensure_strong(SecretStr(text), about=("Sam Okafor", "sam@example.org"))
    assert refusal.value.field == "password"


@pytest.mark.parametrize("text", ["lantern river tuesday", "Xk7#mQ2$vR9!", "ÀÉÎõü-æøå-ßþð"])
def test_what_is_long_and_unusual_is_accepted(text: str):
    ensure_strong(SecretStr(text), about=("Sam Okafor", "sam@example.org"))
