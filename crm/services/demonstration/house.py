"""How the invented service is set up: its teams, one list of its own, its programmes, tags and views."""

from crm.models.base import folded
from crm.models.employer_lists import EmployerTag, ListPage, SavedView
from crm.models.lists import ChoiceList, ListChoice
from crm.models.programmes import Programme
from crm.models.service import WeightsEdit, WeightsInput
from crm.models.users import Team
from crm.policy import Role
from crm.services import service, weights_versions
from crm.services.demonstration.employers import LEAD
from crm.services.demonstration.files import rows
from crm.services.demonstration.scene import Scene

TEAMS = ("North of the river", "South of the river")
SOURCES = ("Word of mouth", "Job fair", "Their advert", "Family or friend of somebody we support", LEAD)
FUNDER = "An invented funder"


TAGS = {"Autumn job fair": ("gingerbread", "beanstalk", "tortoise"), "Needs early starters": ("gingerbread",)}
VIEWS = {
    "My accounts gone cold": "owner=Mine&cold=true",
    "Partners, the longest without contact first": "stage=Partner&sort=Longest+without+contact+first",
    "Met at the autumn job fair": "tag=Autumn+job+fair",
}


def load_views(scene: Scene) -> None:
    """Store tags of employers, and views of their list that a manager shares with everybody."""
    scene.store(
        EmployerTag(employer_id=scene.employers[key], tag=tag, tag_key=folded(tag))
        for tag, keys in TAGS.items()
        for key in keys
    )
    owner_id = scene.mine.get(Role.MANAGER) or scene.staff["officer"].id or 0
    scene.store(
        SavedView(user_id=owner_id, page=ListPage.EMPLOYERS, name=name, query=query, is_shared=True)
        for name, query in VIEWS.items()
    )


def load_teams(scene: Scene) -> None:
    """Store the teams; colleagues are put into them as they come."""
    scene.teams = [team.key for team in scene.store(Team(name=name) for name in TEAMS)]


def load_lists(scene: Scene) -> None:
    """Store where leads come from, and the programmes; sectors stay free text, to show how that looks."""
    scene.store(
        ListChoice(
            list_name=ChoiceList.LEAD_SOURCE,
            value=source,
            value_key=folded(source),
            label=source,
            position=place,
        )
        for place, source in enumerate(SOURCES, start=1)
    )
    names = sorted({row["programme"] for row in rows("seekers") if row["programme"]})
    stored = scene.store(Programme(name=name, funder=FUNDER) for name in names)
    scene.programmes = {row.name: row.key for row in stored}


TRIED = ((35.0, 30.0, "Coaches said that hours count for too little"), (40.0, 25.0, "Back to version 1"))
"""Weights of skills and hours that were tried in the invented service, and why."""


def load_weights(scene: Scene) -> None:
    """Store the versions of the weights: those that the service began with, others, and the first again."""
    here = service.current(scene.session, by=scene.by)
    if weights_versions.newest(scene.session) is None:
        weights_versions.add(scene.session, here, why="What the product begins with", by=scene.by)
    rest = {name: getattr(here, name) for name in WeightsInput.model_fields}
    for skills, hours, why in TRIED:
        tried = rest | {"weight_skills": skills, "weight_hours": hours, "why": why}
        edit = WeightsEdit.model_validate(tried)
        here = service.change_weights(scene.session, edit, version=here.version, by=scene.by)
