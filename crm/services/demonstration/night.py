"""The first night: everybody is compared with every open vacancy, for counts and suggestions."""

from crm.services import ranking_night
from crm.services.demonstration.scene import Scene


def load_night(scene: Scene) -> None:
    """Compare everybody, and suggest to each coach what is workable now for their people."""
    ranking_night.bring_to_end(scene.session, by=scene.by, today=scene.today)
