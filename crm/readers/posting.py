"""One JobPosting record, whatever its property names look like, ready to be asked by schema.org's names."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import cast

from crm.readers.values import is_too_deep, listed, mapping, says_something, text_of, unpacked

_ALIASES = {
    name: (name.lower(), *aliases.split())
    for name, aliases in {
        "title": "jobtitle name positiontitle position role vacancytitle",
        "hiringOrganization": "hiringorganisation hiringorganizationname company companyname employer "
        "employername organization organisation organizationname advertiser",
        "jobLocation": "location joblocationaddress address worklocation locationname city town "
        "joblocationaddressaddresslocality",
        "description": "jobdescription descriptionhtml fulldescription summary text",
        "baseSalary": "salary estimatedsalary pay wage wages salaryrange salarytext rate basesalaryvalue "
        "compensation",
        "salaryCurrency": "currency basesalarycurrency",
        "salaryUnit": "unittext payperiod salaryperiod salarytype basesalaryvalueunittext",
        "workHours": "hours workinghours hoursperweek weeklyhours contractedhours hoursofwork "
        "scheduledweeklyhours expectedhours",
        "employmentType": "jobtype contracttype employmenttypes timetype worktype",
        "datePosted": "posteddate postedon datepublished posted posteddatetime",
        "validThrough": "closingdate expirydate expirationdate closes deadline validto",
        "jobStartDate": "startdate",
        "jobLocationType": "remote workplacetype",
        "url": "joburl link mainentityofpage sameas applyurl pageurl",
        "identifier": "jobid id reference jobreference ref requisitionid externalid",
    }.items()
}
_MORE_TEXT = (
    "responsibilities", "qualifications", "skills", "experiencerequirements", "educationrequirements",
    "jobbenefits", "benefits", "incentivecompensation", "specialcommitments", "requirements",
)  # fmt: skip
_TELLING = (*tuple(_ALIASES)[:5], "employmentType", "datePosted")
_DEPTH = 14


def plain_key(key: str) -> str:
    """A property name without prefix, case and punctuation: schema:jobLocation is joblocation."""
    tail = key.rsplit("/", 1)[-1].rsplit("#", 1)[-1].rsplit(":", 1)[-1]
    return "".join(character for character in tail.lower() if character.isalnum())


@dataclass(frozen=True, slots=True)
class Posting:
    """A record seen through schema.org's property names; `nodes` are what its @id references point to."""

    record: Mapping[str, object]
    nodes: Mapping[str, Mapping[str, object]] = field(default_factory=dict[str, Mapping[str, object]])
    _keys: dict[str, str] = field(default_factory=dict[str, str])

    def __post_init__(self) -> None:
        for key in self.record:
            self._keys.setdefault(plain_key(str(key)), key)

    def find(self, name: str) -> tuple[str, object]:
        """A property’s path and value under any of its names; the value is None where none says anything."""
        for alias in _ALIASES[name]:
            key = self._keys.get(alias)
            if key is not None:
                value = self._resolved(unpacked(self.record[key]))
                if says_something(value):
                    return key, value
        return name, None

    def text(self, name: str) -> str | None:
        """A property as one line of text."""
        return text_of(self.find(name)[1])

    def more_text(self) -> Iterator[str]:
        """The words of the properties that belong to the text of the advert beside its description."""
        for alias in _MORE_TEXT:
            key = self._keys.get(alias)
            found = listed(unpacked(self.record[key])) if key else ()
            for item in found:
                words = item if isinstance(item, str) else text_of(item)
                if words:
                    yield words

    def _resolved(self, value: object) -> object:
        held = mapping(value)
        if held is not None and set(held) <= {"@id", "@type"} and isinstance(held.get("@id"), str):
            return self.nodes.get(str(held["@id"]), held)
        return value


def listed_mappings(value: object) -> list[Mapping[str, object]]:
    """The objects in a list."""
    return [held for item in listed(value) if (held := mapping(unpacked(item))) is not None]


def postings_in(document: object) -> list[Posting]:
    """Every JobPosting in a parsed document, at any depth: alone, in lists, @graph, itemListElement.

    Records without a type count when they carry a title and another telling property.
    """
    if is_too_deep(document):
        return []
    nodes: dict[str, Mapping[str, object]] = {}
    found: list[Posting] = []
    _collect(document, found, nodes, _DEPTH)
    return found


def _collect(value: object, found: list[Posting], nodes: dict[str, Mapping[str, object]], depth: int) -> None:
    held = mapping(value)
    if held is not None:
        name = held.get("@id")
        if isinstance(name, str) and len(held) > 1:
            nodes[name] = held
        if _is_posting(held):
            found.append(Posting(held, nodes))
            return
    inner: Sequence[object] = list(held.values()) if held is not None else _listed(value)
    if depth:
        for item in inner:
            _collect(item, found, nodes, depth - 1)


def _listed(value: object) -> Sequence[object]:
    return listed(cast("object", value)) if isinstance(value, list | tuple) else []


def _is_posting(held: Mapping[str, object]) -> bool:
    kinds = [str(kind) for key in ("@type", "type", "_type") for kind in listed(held.get(key))]
    if any(plain_key(kind) == "jobposting" for kind in kinds):
        return True
    return not any(key in held for key in ("@type", "@graph")) and names_a_posting(held)


def names_a_posting(names: Mapping[str, object] | Sequence[str]) -> bool:
    """Do property or column names describe a job: a title, and at least one other telling property?"""
    keys = {plain_key(str(key)) for key in names}
    keys.discard("name")  # what every organisation and person has too
    telling = {name for name in _TELLING if keys.intersection(_ALIASES[name])}
    return "title" in telling and len(telling) > 1
