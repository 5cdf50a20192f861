"""Jobs carved from tasks of the invented employers, built by the engine and kept as staff keep them."""

from crm.models.carves import CarveWish
from crm.services import carve_building
from crm.services.demonstration.files import parts, rows
from crm.services.demonstration.scene import Scene


def load_carves(scene: Scene) -> None:
    """Build each carved job and keep it as an idea; `load_carve_moves` moves it on."""
    for row in rows("carves"):
        _carve(scene, row)


def _carve(scene: Scene, row: dict[str, str]) -> None:
    by, employer_id = scene.staff[row["by"]], scene.employers[row["employer"]]
    wish = CarveWish(
        analysis_ids=[scene.analyses[key] for key in parts(row["analyses"])],
        pay_hourly=float(row["pay_hourly"]),
    )
    found = carve_building.for_one(
        scene.session, employer_id, scene.seekers[row["seeker"]], wish, by=by, today=scene.today, count=1
    )
    carve_building.keep(scene.session, found.ground, found.jobs[0], by=by)
