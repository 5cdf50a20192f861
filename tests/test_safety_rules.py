"""No module breaks a rule of safety, and each rule finds what it is there for."""

import pytest

from crm.config import ROOT
from tests.safety_rules import RULES, Rule


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.sentence)
def test_every_module_keeps_to(rule: Rule):
    broken = [
        f"{path.relative_to(ROOT)}:{line}"
        for path in rule.files()
        for line in rule.broken_in(path.read_text(encoding="utf-8"))
    ]
    assert broken == []


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.sentence)
def test_the_rule_finds_what_breaks_it(rule: Rule):
    assert rule.broken_in(rule.bad)


@pytest.mark.parametrize("rule", [rule for rule in RULES if rule.excepted], ids=lambda rule: rule.sentence)
def test_an_exception_is_still_needed(rule: Rule):
    for name in rule.excepted:
        place = ROOT / name
        modules = sorted(place.rglob("*.py")) if place.is_dir() else [place]
        assert any(rule.broken_in(module.read_text(encoding="utf-8")) for module in modules), name
