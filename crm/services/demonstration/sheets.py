"""The pages about the invented people that employers were given, and one that was taken back."""

from crm.models.sharing import RecallInput, ShareSheetInput
from crm.policy import Action
from crm.services import share_sheets
from crm.services.demonstration.files import filled, on, parts, rows
from crm.services.demonstration.scene import Scene

_OWN = ("seeker", "employer", "facts", "shared", "expires", "given_by", "recalled", "recalled_why", "told")


def load_sheets(scene: Scene) -> None:
    """Store each page as it was given, with what was agreed by then, and its recall."""
    for row in rows("share_sheets"):
        _sheet(scene, row)


def _sheet(scene: Scene, row: dict[str, str]) -> None:
    values = filled(row, *_OWN) | {
        "facts": parts(row["facts"]),
        "expires_on": on(scene.today, row["expires"]),
    }
    new, seeker_id = ShareSheetInput.model_validate(values), scene.seekers[row["seeker"]]
    by = scene.allowed(row["given_by"], seeker_id, Action.SHEETS_RECORD)
    shared_on = on(scene.today, row["shared"]) or scene.today
    employer_id = scene.employers[row["employer"]]
    kept = share_sheets.share(scene.session, seeker_id, employer_id, new, by=by, today=shared_on)
    recalled_on = on(scene.today, row["recalled"])
    if recalled_on is not None:
        said = RecallInput(recalled_why=row["recalled_why"], told_on=on(scene.today, row["told"]))
        share_sheets.recall(scene.session, kept.key, said, version=kept.version, by=by, today=recalled_on)
