"""Why two records are thought to be the same, or not, in plain words."""

from collections.abc import Sequence
from dataclasses import dataclass

from crm.likeness.comparing import Comparison
from crm.likeness.party import Party

_NAME_ALIKE = 0.75
_NAME_SAME = 0.999
_STREET_SAME = 0.8
_REGISTER_WORDS = {"company": "company number", "charity": "charity number"}


@dataclass(frozen=True, slots=True)
class Reason:
    """One thing that speaks for two records being the same, or against it."""

    words: str
    is_for: bool = True


def reasons_of(
    compared: Comparison, one: Party, other: Party, *, shared: Sequence[str], differing: Sequence[str]
) -> tuple[Reason, ...]:
    """What was found alike, the weightiest first, then what differs."""
    said = [Reason(f"same {_register(each)}") for each in shared]
    said += [Reason(words) for words in (*_reach(compared, one, other), *_name(compared), *_place(compared))]
    said += [Reason(f"different {_register(each)}s", is_for=False) for each in differing]
    if compared.reach_differs:
        said.append(Reason("different telephone", is_for=False))
    if compared.postcode_differs and not compared.address_same:
        said.append(Reason("another postcode", is_for=False))
    return tuple(said)


def said_together(reasons: Sequence[Reason]) -> str:
    """All reasons as one phrase: “same telephone, name alike, but different company numbers”."""
    speaking_for = [each.words for each in reasons if each.is_for]
    against = [each.words for each in reasons if not each.is_for]
    but = f"but {' and '.join(against)}" if speaking_for and against else " and ".join(against)
    return ", ".join([*speaking_for, *([but] if but else [])])


def _register(register: str) -> str:
    return _REGISTER_WORDS.get(register, f"{register} number")


def _reach(compared: Comparison, one: Party, other: Party) -> list[str]:
    said: list[str] = []
    is_mail = bool(set(one.emails) & set(other.emails))
    if is_mail:
        said.append("same e-mail address")
    if compared.reach_same and not is_mail:
        said.append("same telephone")
    if set(one.domains) & set(other.domains) and not is_mail:
        said.append("same website or e-mail domain")
    return said


def _name(compared: Comparison) -> list[str]:
    if compared.name_whole >= _NAME_SAME:
        return ["same name"]
    if compared.name_whole >= _NAME_ALIKE:
        return ["name alike"]
    return ["one name is part of the other"] if compared.name_part >= _NAME_SAME else []


def _place(compared: Comparison) -> list[str]:
    if compared.address_same:
        return ["same address"]
    if compared.postcode_same:
        return ["same postcode"]
    is_near = compared.street > _STREET_SAME and not compared.number_differs
    return ["same street"] if is_near else []
