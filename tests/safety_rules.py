"""Our own rules of safety, each a question that is asked about every piece of our code (docs/adr/0007)."""

import ast
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from crm.config import ROOT

Ask = Callable[[ast.AST], bool]


@dataclass(frozen=True, slots=True)
class Rule:
    """What must not be in the code, below these folders; where it may be all the same, and why."""

    sentence: str
    is_broken_by: Ask
    bad: str
    folders: tuple[str, ...] = ("crm", "matching", "pages", "streamlit_app.py")
    excepted: tuple[str, ...] = ()

    def files(self) -> Iterator[Path]:
        """The modules that are asked about."""
        for folder in self.folders:
            place = ROOT / folder
            found = sorted(place.rglob("*.py")) if place.is_dir() else [place]
            yield from (path for path in found if not is_below(path, self.excepted))

    def broken_in(self, source: str) -> list[int]:
        """The lines that break it."""
        return [getattr(node, "lineno", 0) for node in nodes_of(source) if self.is_broken_by(node)]


@cache
def nodes_of(source: str) -> list[ast.AST]:
    """Every piece of a module."""
    return list(ast.walk(ast.parse(source)))


def is_below(path: Path, places: tuple[str, ...]) -> bool:
    """Is it one of these modules, or in one of these folders?"""
    return any(path.is_relative_to(ROOT / place) for place in places)


def name_of(node: ast.AST) -> str:
    """A name with dots, as it is written: `st.session_state.get`."""
    if isinstance(node, ast.Attribute):
        return f"{name_of(node.value)}.{node.attr}"
    return node.id if isinstance(node, ast.Name) else ""


def calls(pattern: str) -> Ask:
    """Is something called whose written name fits?"""
    wanted = re.compile(pattern)
    return lambda node: isinstance(node, ast.Call) and wanted.fullmatch(name_of(node.func)) is not None


def imports(*modules: str) -> Ask:
    """Is one of these modules, or a part of one, imported?"""

    def asked(node: ast.AST) -> bool:
        if isinstance(node, ast.Import):
            names = [alias.name for alias in node.names]
        elif isinstance(node, ast.ImportFrom):
            names = [node.module or "", *(f"{node.module}.{alias.name}" for alias in node.names)]
        else:
            names = []
        return any(name == module or name.startswith(f"{module}.") for name in names for module in modules)

    return asked


def passes(argument: str) -> Ask:
    """Is an argument of this name passed, with any value but False?"""
    return lambda node: (
        isinstance(node, ast.keyword)
        and node.arg == argument
        and not (isinstance(node.value, ast.Constant) and node.value.value is False)
    )


def either(*asked: Ask) -> Ask:
    """Does any of these hold?"""
    return lambda node: any(ask(node) for ask in asked)


_SQL = re.compile(r"\s*(SELECT|INSERT|UPDATE|DELETE|PRAGMA|CREATE|DROP|ALTER|LOCK|SET|GRANT)\b")
_RUNS_SQL = re.compile(r"(.*\.)?(execute|exec_driver_sql|executescript|text)")


def puts_values_into_sql(node: ast.AST) -> bool:
    """Is a statement put together from text, rather than handed its values apart?"""
    if not (isinstance(node, ast.Call) and node.args and _RUNS_SQL.fullmatch(name_of(node.func))):
        return False
    given = node.args[0]
    is_joined = isinstance(given, ast.JoinedStr) and any(
        isinstance(part, ast.FormattedValue) for part in given.values
    )
    is_added = isinstance(given, ast.BinOp) and isinstance(given.op, (ast.Add, ast.Mod))
    is_formatted = isinstance(given, ast.Call) and name_of(given.func).endswith(".format")
    return is_joined or is_added or is_formatted


def holds_sql(node: ast.AST) -> bool:
    """Is this a text that begins like a statement?"""
    return isinstance(node, ast.Constant) and isinstance(node.value, str) and bool(_SQL.match(node.value))


def draws_markup_with_script(node: ast.AST) -> bool:
    """Is there a script, or an attribute that runs one, in a text that is drawn?"""
    text = node.value if isinstance(node, ast.Constant) else None
    found = r"<script(?! defer src=\"/assets/crm\.js\")|<iframe|javascript:|<[^>]*\son\w+\s*="
    return isinstance(text, str) and re.search(found, text, re.IGNORECASE) is not None


def asks_the_clock_without_zone(node: ast.AST) -> bool:
    """Is it asked what time it is, with no time zone said?"""
    if not isinstance(node, ast.Call):
        return False
    name = name_of(node.func)
    if name.endswith("datetime.now"):
        return not node.args and not node.keywords
    return name.endswith(("datetime.utcnow", "datetime.utcfromtimestamp", "date.today", "datetime.today"))


SCREENS = ("pages", "crm/ui")
OUTSIDE = (
    *("requests", "httpx", "aiohttp", "urllib.request", "urllib3", "http.client"),
    *("smtplib", "ftplib", "socket"),
)
RUN_LATER = ("pickle", "marshal", "shelve", "dill")
XML = ("xml.etree", "xml.dom", "xml.sax", "lxml")

RULES = (
    Rule(
        "HTML and scripts of our own never go past Streamlit's cleaning",
        either(
            passes("unsafe_allow_html"),
            passes("unsafe_allow_javascript"),
            calls(r"(.*\.)?components\.(v[12]\.)?(html|iframe|component|declare_component)"),
        ),
        "st.markdown(text, unsafe_allow_html=True)",
    ),
    Rule(
        "No markup that runs a script is written",
        draws_markup_with_script,
        "'<p onclick=\"go()\">'",
        (*SCREENS, "crm/web"),
        excepted=("crm/web/headers.py",),
    ),
    Rule(
        "Nothing is handed out by /media, which asks nobody whether they may",
        calls(r"st\.(download_button|image|audio|video|pdf|logo)"),
        "st.download_button('Take', content)",
        SCREENS,
    ),
    Rule(
        "What people typed is never drawn as Markdown, which would fetch pictures from anywhere",
        calls(r"st\.(markdown|write|latex)"),
        "st.markdown(employer.name)",
        SCREENS,
    ),
    Rule(
        "Nothing is cached for everybody",
        lambda node: name_of(node).startswith("st.cache_"),
        "@st.cache_data\ndef names(): ...",
        SCREENS,
    ),
    Rule(
        "A part of a page that runs on its own asks who is there",
        lambda node: name_of(node) == "st.fragment",
        "@st.fragment\ndef draw(): ...",
        SCREENS,
        excepted=("crm/ui/guard.py",),
    ),
    Rule(
        "Values are handed to a statement apart",
        puts_values_into_sql,
        "c.execute(f'DELETE FROM {name}')",
        excepted=("crm/db.py", "crm/migrations", "crm/schema_shape.py"),  # a PRAGMA takes no parameters
    ),
    Rule("Screens hold no statement", holds_sql, "'SELECT * FROM employer'", SCREENS),
    Rule(
        "Screens reach no table by themselves",
        either(imports("sqlalchemy", "sqlite3"), calls(r"(.*\.)?(select|exec|get_bind)")),
        "session.exec(select(Employer))",
        SCREENS,
    ),
    Rule("Nothing is printed: it would be in the log", calls("print|pprint"), "print(seeker)"),
    Rule("Nobody outside is asked anything", imports(*OUTSIDE), "import urllib.request"),
    Rule("The clock is asked with its zone", asks_the_clock_without_zone, "datetime.now()"),
    Rule(
        "What was read is never run",
        either(imports(*RUN_LATER), calls(r"eval|exec|compile|__import__|yaml\.load")),
        "import pickle",
    ),
    Rule(
        "No shell is asked",
        either(passes("shell"), calls(r"os\.(system|popen)")),
        "subprocess.run(command, shell=True)",
    ),
    Rule("No secret comes from numbers that can be foretold", imports("random"), "import random", ("crm",)),
    Rule("XML of others is read without entities", imports(*XML), "import lxml"),
    Rule("No certificate is waved through", passes("verify"), "fetch(url, verify=None)"),
)
