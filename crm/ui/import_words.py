"""Each kind of import in words: what it is called, what it brings in, and by which rule."""

from dataclasses import dataclass

from crm.models.imports import ImportKind
from crm.models.users import Actor
from crm.services import list_imports
from crm.ui.calling import in_our_words
from crm.ui.tables import Link, link

_STAYS = "Then only what is not recorded yet is filled in: nothing that is recorded changes."


@dataclass(frozen=True, slots=True)
class ImportPage:
    """What a kind of list brings in: its things, the page of one of them, and the rule in a sentence."""

    things: str
    page: str
    rule: str


PAGES = {
    ImportKind.EMPLOYERS: ImportPage(
        "employers",
        "employer",
        "A row is about a recorded employer when the company number is the same, else when name and postcode "
        f"are. {_STAYS}",
    ),
    ImportKind.SITES: ImportPage(
        "sites",
        "site-edit",
        "The employer is found by company number, else by name and postcode. A row is about a recorded site "
        f"of that employer when its name and postcode are the same. {_STAYS}",
    ),
    ImportKind.PEOPLE: ImportPage(
        "people",
        "person-edit",
        "The employer is found by company number, else by name and postcode. A row is about a recorded "
        f"person when somebody of the same name works there. {_STAYS}",
    ),
    ImportKind.CONTACTS: ImportPage(
        "contacts",
        "",
        "The employer is found by company number, else by name and postcode. A row is about a recorded "
        f"contact when date, kind and what was said are the same. {_STAYS}",
    ),
    ImportKind.VACANCY_LIST: ImportPage(
        "vacancies",
        "vacancy",
        "The employer is found by company number, else by name and postcode. A row is about a recorded "
        f"vacancy when title, place and closing date are the same. {_STAYS}",
    ),
    ImportKind.SEEKERS: ImportPage(
        "people",
        "seeker",
        "A row is about a recorded person when the name is the same and so is the e-mail address, the "
        f"telephone number or the postcode. {_STAYS} Health, benefits and dates of birth do not come in.",
    ),
}

_CALLED = {
    ImportKind.EMPLOYERS: "Employers",
    ImportKind.SITES: "Sites of employers",
    ImportKind.PEOPLE: "People at employers",
    ImportKind.CONTACTS: "Contacts with employers",
    ImportKind.VACANCY_LIST: "List of vacancies",
    ImportKind.SEEKERS: "Job seekers",
    ImportKind.VACANCIES: "Job adverts",
    ImportKind.VOCABULARY: "Vocabulary",
}


def kind_words(kind: str) -> str:
    """A kind of import as screens call it."""
    return in_our_words(_CALLED[ImportKind(kind)]) if kind in set(ImportKind) else kind


def list_links(user: Actor) -> list[Link]:
    """A link to the import of each kind of list that this person may bring in."""
    return [
        link(f"Import {kind_words(kind)[:1].lower()}{kind_words(kind)[1:]}", "import-list", of=kind.value)
        if kind is not ImportKind.EMPLOYERS
        else link("Import employers", "import-employers")
        for kind in list_imports.LISTS
        if list_imports.may_bring_in(user, kind)
    ]


def template_links(kind: ImportKind) -> list[Link]:
    """Empty lists of this kind, as files to fill in."""
    return [
        link("Empty list (Excel, with what each column holds)", f"files/template/{kind.value}.xlsx"),
        link("Empty list (CSV)", f"files/template/{kind.value}.csv"),
    ]
