"""The preview of an import of adverts: figures, employers to decide about, the adverts themselves."""

import streamlit as st

from crm.models.imports import ImportKind
from crm.readers.adverts import Advert
from crm.services import upload_reading
from crm.services.vacancy_imports import Choice
from crm.services.vacancy_previews import Fate, Lot, NamedEmployer, Preview
from crm.ui.holding import Shelf
from crm.ui.tables import Cell, table
from crm.ui.words import NOT_RECORDED, count, day, hours_range, plain

SHELF: Shelf[Lot] = Shelf(ImportKind.VACANCIES, upload_reading.adverts_in)
"""The adverts that people are looking at before they import them."""

_MOST_ASKED = 40
_MOST_SHOWN = 15


def draw_figures(lot: Lot, found: Preview) -> None:
    """What would become of the adverts, and of the employers they name."""
    same = sum(one.same is not None for one in found.employers.values())
    rows: list[tuple[Cell, ...]] = [
        ("New, would be imported", found.count(Fate.NEW)),
        ("Already here, or twice in this upload: would be skipped", found.count(Fate.HERE)),
        ("No employer named: kept aside with the reason", found.count(Fate.UNNAMED)),
        ("Cannot be read: kept aside with the reason", len(lot.refused)),
        ("Employers that are recorded already", same),
        ("Employers that are perhaps recorded: see below", len(found.uncertain)),
        ("Employers that are new, would be added", len(found.employers) - same - len(found.uncertain)),
    ]
    total = count(len(lot.adverts) + len(lot.refused), "advert")
    table(f"{total} in {lot.name}", ["What was found", "Number"], rows, numbers="Number")


def draw_choices(found: Preview) -> dict[str, int | Choice]:
    """Ask about the employers that are perhaps recorded, those with the most adverts first.

    Whoever is not asked about is added: two records of one employer can be merged, adverts that were put
    under the wrong employer mislead.
    """
    uncertain = list(found.uncertain.items())
    if not uncertain:
        return {}
    st.header("Perhaps the same employer", anchor=False)
    st.html("<p>Choose the recorded employer where it is the same. Otherwise it is added as a new one.</p>")
    choices: dict[str, int | Choice] = {}
    for bare, named in uncertain[:_MOST_ASKED]:
        choices[bare] = _ask(bare, named)
    if len(uncertain) > _MOST_ASKED:
        rest = count(len(uncertain) - _MOST_ASKED, "more employer")
        st.info(f"{rest} with fewer adverts will be added as new.")
    return choices


def _ask(bare: str, named: NamedEmployer) -> int | Choice:
    options: dict[int | Choice, str] = {
        Choice.ADD: f"Add {named.name} as a new employer",
        **{known.id: f"It is {known.name}" for known in named.perhaps},
        Choice.SKIP: "Skip its adverts",
    }
    label = f"{plain(named.name)} ({count(named.adverts, 'advert')})"
    return st.selectbox(label, list(options), format_func=options.__getitem__, key=f"employer-of-{bare}")


def draw_adverts(lot: Lot, found: Preview) -> None:
    """The first new adverts as they were read, and the first that cannot be taken in, with the reason."""
    new = [advert for advert, fate in zip(lot.adverts, found.fates, strict=True) if fate is Fate.NEW][
        :_MOST_SHOWN
    ]
    if new:
        columns = ["Title", "Employer", "Hours a week", "Pay", "Place", "Closes"]
        table(f"The first {len(new)} new adverts", columns, [_advert_cells(advert) for advert in new])
    refused = lot.refused[:_MOST_SHOWN]
    if refused:
        columns = ["Where", "Reason", "Field"]
        rows = [(f"{one.file}, advert {one.position}", one.reason, one.field or "") for one in refused]
        table(f"The first {len(refused)} that cannot be read", columns, rows)


def _advert_cells(advert: Advert) -> tuple[Cell, ...]:
    least = advert.hours_min.value if advert.hours_min else None
    most = advert.hours_max.value if advert.hours_max else None
    return (
        advert.title,
        advert.organisation or NOT_RECORDED,
        hours_range(least, most),
        advert.pay_text or NOT_RECORDED,
        advert.place.text if advert.place else NOT_RECORDED,
        day(advert.closes_on.value if advert.closes_on else None),
    )
