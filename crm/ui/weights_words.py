"""What other weights would change, and the versions so far, in words and rows."""

from collections.abc import Sequence

from crm.services.weights_effect import Effect
from crm.services.weights_versions import WeightsOfDay
from crm.ui.calling import in_our_words
from crm.ui.tables import Cell
from crm.ui.words import count, moment

_BANDS = ("1 to 3 places", "3 to 10 places", "10 places or more")


def sample_words(found: Effect) -> str:
    """Over whom and what it was worked out, and that a sample is one."""
    people = count(found.people, in_our_words("job seeker"), in_our_words("job seekers"))
    if not found.is_sample:
        return f"Worked out over {people} and all {count(found.vacancies, 'open vacancy', 'open vacancies')}."
    return (
        f"Worked out over {people} and a sample: {found.vacancies:,} of {found.of_vacancies:,} open "
        "vacancies, evenly spread from the oldest to the newest. The other vacancies are not counted."
    )


def effect_rows(found: Effect) -> list[list[Cell]]:
    """What would change, as counts."""
    return [
        ["Pairs that change their group (a group does not depend on weights)", found.regrouped],
        ["Shortlists whose first five in a group change", found.shortlists],
        ["People who come into a first five somewhere", found.moved_in],
        ["People who leave a first five somewhere", found.moved_out],
        ["Most places that anybody's mean place rises", f"{found.most_risen:.1f}"],
        ["Most places that anybody's mean place falls", f"{found.most_fallen:.1f}"],
    ]


def move_bars(found: Effect) -> list[tuple[str, int]]:
    """How many people's mean place rises or falls by how much, the biggest rises first."""
    steady = found.people - sum(found.rises) - sum(found.falls)
    rises = [(f"Up {words}", number) for words, number in zip(_BANDS, found.rises, strict=True)]
    falls = [(f"Down {words}", number) for words, number in zip(_BANDS, found.falls, strict=True)]
    return [*reversed(rises), ("Less than 1 place", steady), *falls]


def move_words(found: Effect) -> str:
    """The same in a sentence, for those who do not see the picture."""
    bars = ", ".join(f"{label.lower()}: {number:,}" for label, number in move_bars(found))
    return f"People by how far their mean place in their group would move. {bars[0].upper()}{bars[1:]}."


def version_rows(versions: Sequence[WeightsOfDay]) -> list[list[Cell]]:
    """The versions of the weights as rows, the one in force marked."""
    return [
        [
            f"{one.version.number}, in force" if place == 0 else str(one.version.number),
            moment(one.version.created_at),
            one.by,
            one.version.why or "",
            *(
                f"{weight:g}"
                for weight in (
                    one.version.weight_skills,
                    one.version.weight_hours,
                    one.version.weight_natural_supports,
                    one.version.weight_preference,
                )
            ),
        ]
        for place, one in enumerate(versions)
    ]
