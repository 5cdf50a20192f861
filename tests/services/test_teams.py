"""Teams: made, renamed, archived and brought back; colleagues are put in them."""

import pytest
from sqlmodel import Session

from crm.errors import NotAllowedError, RuleBrokenError, StaleFormError
from crm.models.users import SYSTEM, ColleagueInput, NewUser, Team, TeamInput, User
from crm.policy import Role
from crm.services import teams, users
from crm.services.teams import TeamRow
from tests.makers import make_actor, make_user

ADMINISTRATOR = make_actor(Role.ADMINISTRATOR)


def make_team(session: Session, name: str = "North") -> Team:
    return teams.add(session, TeamInput(name=name), by=ADMINISTRATOR)


def put(session: Session, user: User, team_id: int | None) -> User:
    typed = ColleagueInput(name=user.name, email=user.email, roles=user.roles, team_id=team_id)
    return users.change(session, user.key, typed, version=user.version, by=ADMINISTRATOR)


def test_a_team_counts_those_in_it_who_can_be_given_work(session: Session):
    north, south = make_team(session), make_team(session, "south")
    put(session, make_user(session), north.key)
    out = put(session, make_user(session), north.key)
    users.disable(session, out.key, version=out.version, by=SYSTEM)
    assert teams.listing(session, by=ADMINISTRATOR) == [
        TeamRow(north.key, "North", 1, is_archived=False),
        TeamRow(south.key, "south", 0, is_archived=False),
    ]


def test_whoever_acts_is_known_with_their_team(session: Session):
    team = make_team(session)
    assert put(session, make_user(session), team.key).as_actor().team_id == team.key
    new = NewUser(name="Bea", email="bea@example.org", roles=frozenset({Role.MANAGER}), team_id=team.key)
    assert users.add(session, new, by=ADMINISTRATOR).team_id == team.key


def test_a_team_is_renamed_from_the_version_that_the_form_showed(session: Session):
    team = make_team(session)
    teams.change(session, team.key, TeamInput(name="Far north"), version=1, by=ADMINISTRATOR)
    with pytest.raises(StaleFormError):
        teams.change(session, team.key, TeamInput(name="Near north"), version=1, by=ADMINISTRATOR)
    assert teams.find(session, team.key, by=ADMINISTRATOR).name == "Far north"


def test_no_two_teams_have_one_name(session: Session):
    make_team(session)
    with pytest.raises(RuleBrokenError, match="A team is called North already") as refusal:
        make_team(session)
    assert refusal.value.field == "name"
    session.rollback()


def test_a_team_with_somebody_in_it_is_not_archived(session: Session):
    team = make_team(session)
    member = put(session, make_user(session, name="Ann Lee"), team.key)
    with pytest.raises(RuleBrokenError, match="Ann Lee would be in no team"):
        teams.archive(session, team.key, why="Merged", version=1, by=ADMINISTRATOR)
    put(session, member, None)
    teams.archive(session, team.key, why="Merged", version=1, by=ADMINISTRATOR)
    assert teams.names(session, by=ADMINISTRATOR) == {}


def test_nobody_joins_an_archived_team_until_it_is_brought_back(session: Session):
    team, user = make_team(session), make_user(session)
    teams.archive(session, team.key, why="Merged", version=1, by=ADMINISTRATOR)
    with pytest.raises(RuleBrokenError, match="not archived") as refusal:
        put(session, user, team.key)
    assert refusal.value.field == "team_id"
    teams.bring_back(session, team.key, version=2, by=ADMINISTRATOR)
    assert put(session, user, team.key).team_id == team.key


def test_whoever_stays_in_a_team_can_be_changed_although_it_was_archived(session: Session):
    team = make_team(session)
    out = put(session, make_user(session), team.key)
    users.disable(session, out.key, version=out.version, by=SYSTEM)
    teams.archive(session, team.key, why="Merged", version=1, by=ADMINISTRATOR)
    assert put(session, out, team.key).team_id == team.key
    assert teams.names(session, by=ADMINISTRATOR, also=team.key) == {team.key: "North"}


@pytest.mark.parametrize("role", sorted(set(Role) - {Role.ADMINISTRATOR}))
def test_nobody_but_an_administrator_makes_teams(session: Session, role: Role):
    with pytest.raises(NotAllowedError):
        teams.add(session, TeamInput(name="Mine"), by=make_actor(role))
