"""The documents say what the code does: commands, settings, roles, figures, files and links."""

import re
import shlex
from pathlib import Path

import pytest
from typer.main import get_command
from typer.testing import CliRunner

from crm.bootstrap import main as bootstrap
from crm.cli import app as crm_app
from crm.config import ROOT, Settings
from crm.models.agreement_choices import AgreementStage
from crm.models.employers import RelationshipStage
from crm.policy import Role, role_word
from crm.services.agreement_stages import EXPIRES_SOON_DAYS
from crm.services.crowding import APART, FEWEST
from crm.services.ledger import DUE_AHEAD
from crm.services.promise_counts import FIELD_OF
from crm.services.promise_words import COUNT_WORDS
from crm.services.promises import Count
from crm.services.renewal_pack import Hidden
from crm.services.shortlist_groups import MANY, MORE_THAN
from crm.services.small_cells import LEAST
from crm.services.staying import DAYS_AFTER
from crm.services.vacancies import CLOSING_SOON_DAYS
from crm.ui.about import version
from crm.ui.words import say
from crm.web import gate, metrics
from matching.cli import app as matching_app

DOCUMENTS = sorted([ROOT / "README.md", ROOT / "CHANGELOG.md", *(ROOT / "docs").glob("*.md")])
READ = {path: path.read_text(encoding="utf-8") for path in DOCUMENTS}
COMMAND = re.compile(r"python -m (crm|matching) ([a-z][^`\n<]*)")
LINK = re.compile(r"\]\(([^)#]+)[^)]*\)")
SETTLED = (Count.KEPT, Count.BROKEN, Count.DISPUTED)
APPS = {"crm": crm_app, "matching": matching_app}


def commands() -> list[tuple[str, str]]:
    return [(found[1], found[2]) for text in READ.values() for found in COMMAND.finditer(text)]


def said(name: str) -> str:
    return " ".join(READ[ROOT / "docs" / name].split())


def test_commands_in_the_documents_exist_with_their_options():
    assert len(commands()) >= 8
    for app, words in commands():
        node = get_command(APPS[app])
        options: set[str] = set()
        for word in shlex.split(words, comments=True):
            inner = getattr(node, "commands", {})
            if word in inner:
                node = inner[word]
            options |= {word} if word.startswith("--") else set()
        assert "--help" in options or not getattr(node, "commands", {}), words
        known = {option for parameter in node.params for option in parameter.opts} | {"--help"}
        assert options <= known, words


def test_the_matching_commands_of_the_readme_run_as_they_stand(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    shown = [words for app, words in commands() if app == "matching" and "data/demonstration" in words]
    assert [words.split()[0] for words in shown] == ["rank", "carve", "explain"]
    (tmp_path / "data").symlink_to(ROOT / "data")
    monkeypatch.chdir(tmp_path)
    for words in shown:
        result = CliRunner().invoke(matching_app, shlex.split(words))
        assert result.exit_code == 0, result.output
    assert (tmp_path / "matches.jsonl").read_text().count("\n") == 12


@pytest.mark.parametrize("target", ["run", "test", "bench", "eval"])
def test_each_make_target_of_the_readme_is_a_command_of_the_bootstrap(
    target: str, capsys: pytest.CaptureFixture[str]
):
    assert f"make {target}" in READ[ROOT / "README.md"]
    assert bootstrap(["no such command"]) == 2
    assert target in capsys.readouterr().out


def test_every_setting_is_told_to_operators():
    prefix = Settings.model_config.get("env_prefix", "")
    for name, field in Settings.model_fields.items():
        variable = str(field.validation_alias or f"{prefix}{name}".upper())
        assert f"`{variable}`" in READ[ROOT / "docs" / "operate.md"], variable


@pytest.mark.parametrize("role", Role)
def test_every_role_has_its_guide(role: Role):
    guide = f"docs/{role.value.replace('_', '-')}.md"
    assert guide in READ[ROOT / "README.md"]
    assert f"`{role.value}`" in said("administrator.md")
    assert role_word(role) in READ[ROOT / guide].splitlines()[0]


def test_the_officers_guide_names_every_stage():
    guide = said("engagement-officer.md").lower()
    for stage in (*AgreementStage, *RelationshipStage):
        assert say(stage).lower() in guide, stage


def test_figures_are_told_with_the_days_that_the_code_counts():
    guide = said("manager.md")
    assert f"within the next {EXPIRES_SOON_DAYS} days" in guide
    assert f"within the next {CLOSING_SOON_DAYS} days" in guide
    assert f"within {EXPIRES_SOON_DAYS} days" in said("engagement-officer.md")


def test_staying_in_work_is_told_with_the_weeks_and_days_that_the_code_counts():
    guide = said("manager.md")
    for weeks, days in DAYS_AFTER.items():
        assert f"still in work at {weeks} weeks" in guide
        assert f"{days} days after the start" in guide
    assert f"“{Hidden.FEW}”" in guide
    assert f"“{Hidden.MORE}”" in guide


@pytest.mark.parametrize("count", [count for count in Count if count not in SETTLED])
def test_managers_are_told_what_stands_beside_the_honour_rate(count: Count):
    assert COUNT_WORDS[FIELD_OF[count]].lower() in said("manager.md")


def test_the_ledger_is_told_with_the_days_and_the_rule_that_the_code_counts_by():
    guide = said("manager.md")
    assert f"due within {DUE_AHEAD.days} days" in guide
    assert f"none, 1 to {MANY - 1}, {MANY} or more, not asked" in guide
    assert "under 91 days, from 91, from 182, from 365" in guide
    assert sorted(MORE_THAN.values()) == [91, 182, 365]
    assert f"1 to {LEAST - 1} people shortlisted, or 1 to {LEAST - 1} not" in guide
    rule = f"at least {FEWEST} people in each of the groups with the least and the most support needs"
    assert rule in guide
    assert f"more than {APART} standard errors apart" in guide


TEST_ID = re.compile(r"`([\w/]+\.py)::(test_\w+)`")


def test_every_test_that_the_threat_model_names_exists():
    named = TEST_ID.findall(READ[ROOT / "docs" / "SECURITY.md"])
    assert len(named) > 60
    for module, function in named:
        path = ROOT / "tests" / module
        assert path.is_file(), module
        assert f"def {function}(" in path.read_text(encoding="utf-8"), f"{module}::{function}"


def test_every_figure_is_told_to_operators(database: str):
    kinds = {line.split()[2]: line.split()[3] for line in metrics.text().splitlines() if "# TYPE" in line}
    ends = {"counter": "_total", "gauge": "", "summary": ""}
    for name, kind in kinds.items():
        shown = f"`{name.replace('_longest', '')}{ends[kind]}`"
        assert shown in READ[ROOT / "docs" / "operate.md"], shown


def test_the_files_to_deploy_say_what_the_code_does():
    unit = (ROOT / "docs" / "deploy" / "employer-engagement-crm.service").read_text()
    variables = {str(field.validation_alias) for field in Settings.model_fields.values()}
    variables |= {f"CRM_{name}".upper() for name in Settings.model_fields}
    own = re.findall(r"^Environment=((?:CRM|DATABASE|PUBLIC)_\w+)=", unit, re.MULTILINE)
    assert len(own) == 2
    assert set(own) <= variables
    for name in ("Caddyfile", "Caddyfile.several"):
        proxy = (ROOT / "docs" / "deploy" / name).read_text()
        assert f"header_up -{gate.TRUSTED_PREFIX.title()}*" in proxy
        assert "/_stcore/upload_file/* /password/*" in proxy
        assert "127.0.0.1:8501" in proxy


def test_what_the_documents_link_to_is_there():
    for path, text in READ.items():
        for found in LINK.finditer(text):
            target = found[1]
            if "://" not in target:
                assert (path.parent / target).exists(), f"{path.name}: {target}"


def test_the_readme_shows_four_pictures_each_with_words():
    pictures = re.findall(r"!\[([^\]]+)\]\(docs/pictures/(\w+)\.png\)", READ[ROOT / "README.md"])
    assert [name for _, name in pictures] == ["home", "shortlist", "carve", "agreements"]
    assert all(len(words) > 20 for words, _ in pictures)


def test_the_changes_begin_with_this_version():
    first = next(line for line in READ[ROOT / "CHANGELOG.md"].splitlines() if line.startswith("## "))
    assert version() in first


def test_folders_that_the_readme_explains_are_there():
    for name in re.findall(r"^\| `([\w/]+/)`", READ[ROOT / "README.md"], re.MULTILINE):
        assert (ROOT / name).is_dir(), name
