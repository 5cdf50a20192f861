"""The house: what may import what, and what every page and every service does first."""

import ast
import tomllib
from collections.abc import Iterator
from pathlib import Path

import pytest

from crm.config import ROOT
from crm.models.users import Actor
from crm.policy import Action, Role
from crm.services.access import may
from crm.ui.menu import MOST_ENTRIES, SCREENS, menu_of

PAGES = sorted((ROOT / "pages").rglob("*.py"))
SERVICES = sorted((ROOT / "crm" / "services").glob("*.py"))
PAGES_MAY_IMPORT = {
    "streamlit",
    "crm",
    "sqlmodel",
    "datetime",
    "collections",
    "html",
    "dataclasses",
    "functools",
}
BRIDGES = {
    *(
        "matching_inputs",
        "seeker_inputs",
        "disputed_inputs",
        "job_inputs",
        "match_index",
        "matches",
        "ranking_everybody",
        "compared",
        "compared_content",
        "pair_points",
        "hours_told",
        "interview_ways",
        "compared_words",
        "match_runs",
        "run_scores",
        "runs_again",
        "weights_effect",
        "ranking_ground",
        "ranking_parts",
        "suggestion_reasons",
        "shortlists",
        "ranked_people",
        "requirements",
        "known_work",
        "work_for_person",
        "job_sharing",
        "carve_banks",
        "carve_building",
        "carve_rails",
        "composing",
        "composing_bank",
        "composing_keeping",
        "composing_people",
        "carve_ground",
        "carve_posts",
        "carve_ranking",
        "carve_team_building",
    ),
    *("skills", "roles", "vocabularies", "vocabulary_imports", "vocabulary_child"),
    *("learnt_words", "word_offers", "word_review"),
    *("call_people", "call_ground", "call_details", "calls"),
    *("overlays", "pair_changes", "fair_answers", "fair_match"),
}
TOP_LEVEL = {
    *("crm", "matching", "pages", "data", "tests", "docs"),
    *("streamlit_app.py", "pyproject.toml", "Makefile"),
    *("requirements.txt", "requirements-dev.txt", "requirements-meaning.txt"),
    "requirements-pdf.txt",
    *("README.md", "CHANGELOG.md", "LICENSE"),
}


def tree_of(path: Path) -> ast.Module:
    return ast.parse(path.read_text(encoding="utf-8"))


def imports_of(tree: ast.Module) -> Iterator[tuple[str, str]]:
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from ((alias.name, "") for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            yield from ((node.module or "", alias.name) for alias in node.names)


def name_of(path: Path) -> str:
    return str(path.relative_to(ROOT))


def calls_in(node: ast.AST) -> Iterator[ast.Call]:
    return (inner for inner in ast.walk(node) if isinstance(inner, ast.Call))


def test_no_script_lies_directly_in_pages_where_it_would_be_served_without_sign_in():
    assert not list((ROOT / "pages").glob("*.py"))


def test_the_menu_lists_every_page_and_only_pages_that_exist():
    assert {screen.script for screen in SCREENS} == {str(page.relative_to(ROOT / "pages")) for page in PAGES}


def test_every_address_belongs_to_one_page():
    assert len({screen.address for screen in SCREENS}) == len(SCREENS)


@pytest.mark.parametrize("role", Role)
def test_a_role_has_at_most_nine_menu_entries(role: Role):
    actor = Actor(id=1, name="A", email="a@example.org", roles=frozenset({role}))
    assert len(menu_of(actor)) <= MOST_ENTRIES


def test_all_roles_together_have_at_most_nine_menu_entries():
    actor = Actor(id=1, name="A", email="a@example.org", roles=frozenset(Role))
    assert len(menu_of(actor)) <= MOST_ENTRIES


@pytest.mark.parametrize("page", PAGES, ids=name_of)
def test_the_first_thing_a_page_does_is_to_require_a_user(page: Path):
    first = next(
        node
        for node in tree_of(page).body
        if not isinstance(node, (ast.Import, ast.ImportFrom, ast.FunctionDef, ast.ClassDef))
        and not (isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant))
        and not (isinstance(node, ast.Assign) and not list(calls_in(node)))
    )
    called = [call.func.id for call in calls_in(first) if isinstance(call.func, ast.Name)]
    assert called == ["require_user"]


@pytest.mark.parametrize("page", PAGES, ids=name_of)
def test_a_page_holds_no_query_and_reaches_records_through_services_only(page: Path):
    for module, name in imports_of(tree_of(page)):
        assert module.partition(".")[0] in PAGES_MAY_IMPORT, module
        if module.startswith("sqlmodel"):
            assert name == "Session"
        if module == "crm.db":
            assert name in {"reading", "transaction"}


@pytest.mark.parametrize("page", [*PAGES, *sorted((ROOT / "crm" / "ui").rglob("*.py"))], ids=name_of)
def test_no_screen_lets_html_or_scripts_of_its_own_through(page: Path):
    text = page.read_text(encoding="utf-8")
    assert "unsafe_allow" not in text
    assert "components.v1" not in text


@pytest.mark.parametrize("module", SERVICES, ids=name_of)
def test_only_the_bridges_know_the_matching_engine(module: Path):
    engine = [found for found, _ in imports_of(tree_of(module)) if found.partition(".")[0] == "matching"]
    assert not engine or module.stem in BRIDGES


def test_every_bridge_to_the_matching_engine_is_kept_from_restricted_facts():
    contracts = tomllib.loads((ROOT / "pyproject.toml").read_text())["tool"]["importlinter"]["contracts"]
    (kept_out,) = [each for each in contracts if "crm.models.restricted" in each.get("forbidden_modules", ())]
    assert {f"crm.services.{bridge}" for bridge in BRIDGES} <= set(kept_out["source_modules"])


def test_nothing_else_in_the_crm_knows_the_matching_engine():
    others = [path for path in (ROOT / "crm").rglob("*.py") if path.parent.name != "services"]
    knowing = [
        name_of(path)
        for path in others
        if any(module.partition(".")[0] == "matching" for module, _ in imports_of(tree_of(path)))
    ]
    assert knowing == []


def public_services() -> Iterator[tuple[Path, ast.FunctionDef]]:
    for path in SERVICES:
        for node in tree_of(path).body:
            if isinstance(node, ast.FunctionDef) and not node.name.startswith("_"):
                yield path, node


def is_service(node: ast.FunctionDef) -> bool:
    return any(argument.arg == "by" for argument in node.args.kwonlyargs)


WITH_ACTOR = [
    pytest.param(node, id=f"{path.stem}.{node.name}")
    for path, node in public_services()
    if is_service(node) and path.stem not in {"access", "drafts"}
]


@pytest.mark.parametrize("node", WITH_ACTOR)
def test_every_service_asks_whether_the_person_may_or_hands_them_on_to_one_that_does(node: ast.FunctionDef):
    asks = any(isinstance(call.func, ast.Name) and call.func.id == "ensure" for call in calls_in(node))
    hands_on = any(
        keyword.arg == "by" and isinstance(keyword.value, ast.Name) and keyword.value.id == "by"
        for call in calls_in(node)
        for keyword in call.keywords
    )
    asks_through_a_part = any(
        isinstance(argument, ast.Name) and argument.id == "by"
        for call in calls_in(node)
        for argument in call.args
    )
    assert asks or hands_on or asks_through_a_part


TELLING = ("shar", "refer", "put_forward", "introduce", "disclos", "hand_on", "send")
"""How the name of a service begins that tells somebody outside about a person."""


def tells_without_asking(path: Path) -> list[str]:
    """Functions that tell somebody outside about people, in a module that does not ask for their consent."""
    tree = tree_of(path)
    if ("crm.services.consents", "ensure_covered") in imports_of(tree):
        return []
    named = [path.stem] + [node.name for node in tree.body if isinstance(node, ast.FunctionDef)]
    return [name for name in named if name.startswith(TELLING)]


@pytest.mark.parametrize("module", [*SERVICES, *sorted((ROOT / "crm" / "web").glob("*.py"))], ids=name_of)
def test_whatever_tells_an_employer_about_a_person_asks_for_their_consent(module: Path):
    assert tells_without_asking(module) == []


def test_being_put_forward_under_an_agreement_is_among_what_tells_an_employer():
    named = [node.name for path, node in public_services() if path.stem == "agreement_uses"]
    assert {name for name in named if name.startswith(TELLING)} == {"refer", "refer_asked", "refer_finisher"}


def test_a_module_that_tells_an_employer_and_does_not_ask_is_found(tmp_path: Path):
    module = tmp_path / "leaflets.py"
    module.write_text("def share_profile(): ...\n")
    assert tells_without_asking(module) == ["share_profile"]
    module.write_text(
        "from crm.services.consents import ensure_covered\n\ndef share_profile(): ensure_covered()\n"
    )
    assert tells_without_asking(module) == []


def services_with_actor() -> Iterator[tuple[Path, ast.FunctionDef]]:
    """Every function and method of the services that is told who asks."""
    for path in SERVICES:
        for node in ast.walk(tree_of(path)):
            if isinstance(node, ast.FunctionDef) and is_service(node):
                yield path, node


def names_called(node: ast.AST) -> set[str]:
    return {call.func.id for call in calls_in(node) if isinstance(call.func, ast.Name)}


LISTS = [
    pytest.param(node, id=f"{path.stem}.{node.name}")
    for path, node in services_with_actor()
    if node.returns is not None and ast.unparse(node.returns).startswith("Listing[")
]


def hands_on(node: ast.FunctionDef) -> bool:
    """Does it only give what another service lists?"""
    last = node.body[-1]
    return isinstance(last, ast.Return) and (
        isinstance(last.value, ast.Call) and isinstance(last.value.func, ast.Attribute)
    )


@pytest.mark.parametrize("node", LISTS)
def test_every_list_is_made_through_a_scope(node: ast.FunctionDef):
    assert "scoped" in names_called(node) or hands_on(node)


PEOPLES_TABLES = {"JobSeeker", "VocationalProfile", "ProfileSkill", "SupportNeed", "MatchDecision"}
ON_PEOPLE = [
    pytest.param(node, id=f"{path.stem}.{node.name}")
    for path, node in services_with_actor()
    if any(
        isinstance(call.func, ast.Attribute | ast.Name)
        and ast.unparse(call.func) in {"select", "sa.select"}
        and PEOPLES_TABLES & {found.id for found in ast.walk(call) if isinstance(found, ast.Name)}
        for call in calls_in(node)
    )
]


@pytest.mark.parametrize("node", ON_PEOPLE)
def test_no_query_about_people_is_made_without_a_scope(node: ast.FunctionDef):
    assert "scoped" in names_called(node)


def test_every_action_is_allowed_to_somebody():
    assert {action for action in Action if not any(_role_may(role, action) for role in Role)} == set()


def _role_may(role: Role, action: Action) -> bool:
    return may(Actor(id=1, name="A", email="a@example.org", roles=frozenset({role})), action)


def test_table_modules_keep_their_annotations_as_they_are():
    for path in (ROOT / "crm" / "models").glob("*.py"):
        assert "from __future__ import annotations" not in path.read_text(encoding="utf-8"), path.name


@pytest.mark.parametrize("library", ["sklearn", "docx", "weasyprint"])
def test_what_is_slow_to_import_is_imported_only_where_it_is_used(library: str):
    for path in [*(ROOT / "crm").rglob("*.py"), *(ROOT / "matching").rglob("*.py")]:
        for node in tree_of(path).body:
            assert library not in {module.partition(".")[0] for module in modules_of(node)}, path


def modules_of(node: ast.stmt) -> list[str]:
    """The modules that a statement imports."""
    if isinstance(node, ast.ImportFrom):
        return [node.module or ""]
    return [alias.name for alias in node.names] if isinstance(node, ast.Import) else []


def test_the_top_level_holds_what_it_should_and_no_more():
    import subprocess

    tracked = subprocess.run(
        ["git", "ls-files"], cwd=ROOT, capture_output=True, text=True, check=True
    ).stdout.splitlines()
    found = {line.partition("/")[0] for line in tracked}
    assert {name for name in found if not name.startswith(".")} <= TOP_LEVEL
