"""Every kind of background work, by the name that stands in the jobs table."""

from collections.abc import Callable, Mapping
from functools import partial

from crm.errors import NotFoundError
from crm.jobs import imports, ranking, upkeep
from crm.jobs.task import Task
from crm.services import list_imports

Work = Callable[[Task], dict[str, object]]
"""Does the work and gives what is to be kept of it; under `said`, a sentence for people."""

KINDS: Mapping[str, Work] = {
    "lapse_agreements": upkeep.lapse_agreements,
    "remind_of_renewals": upkeep.remind_of_renewals,
    "note_anchor": upkeep.note_anchor,
    "tidy_up": upkeep.tidy_up,
    "make_backup": upkeep.make_backup,
    "find_duplicates": upkeep.find_duplicates,
    "compare_records": upkeep.compare_records,
    "match_everybody": ranking.match_everybody,
    "match_one_vacancy": ranking.match_one_vacancy,
    **{f"import_{kind}": partial(imports.import_list, kind=kind) for kind in list_imports.LISTS},
    "import_vacancies": imports.import_vacancies,
    "import_vocabulary": imports.import_vocabulary,
    "undo_import": imports.undo_import,
}


def work_of(kind: str) -> Work:
    """What does this kind of work.

    Raises:
        NotFoundError: this version knows no such kind.
    """
    if kind not in KINDS:
        raise NotFoundError(
            f"This version does not know the work “{kind}”. A newer version may have asked for it."
        )
    return KINDS[kind]
