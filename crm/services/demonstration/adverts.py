"""An import of a few invented adverts, so that imports have something to show: one is handed back."""

from crm.services import vacancy_imports
from crm.services.demonstration.files import FOLDER
from crm.services.demonstration.scene import Scene
from crm.services.vacancy_previews import read_lot

_NAME = "adverts.json"


def load_adverts(scene: Scene) -> None:
    """Take the adverts in as an officer would, each employer as the import finds it."""
    lot = read_lot([(_NAME, (FOLDER / _NAME).read_bytes())])
    vacancy_imports.take_in(scene.session, lot, {}, by=scene.by)
