"""Plain accessible HTML for the few pages outside Streamlit. Everything that is put in is escaped."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from html import escape

from starlette.responses import HTMLResponse


@dataclass(frozen=True, slots=True)
class Problem:
    """What is wrong with a form, and the field to go to, if it is one field's."""

    message: str
    field: str | None = None


def page(
    title: str,
    body: str,
    *,
    service: str,
    problems: Sequence[Problem] = (),
    status: int = 200,
    refresh: int = 0,
) -> HTMLResponse:
    """A whole page, what is wrong first; `refresh` has the browser ask again after so many seconds."""
    prefix = "Error: " if problems else ""
    again = f'<meta http-equiv="refresh" content="{refresh}">' if refresh else ""
    return HTMLResponse(
        f"""<!DOCTYPE html>
<html lang="en-GB">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
{again}<title>{prefix}{escape(title)} – {escape(service)}</title>
<link rel="icon" href="/assets/icon.png">
<link rel="stylesheet" href="/assets/plain.css">
</head>
<body>
<header><p>{escape(service)}</p></header>
<main>
{summary(problems)}
<h1>{escape(title)}</h1>
{body}
</main>
</body>
</html>
""",
        status_code=status,
    )


def summary(problems: Sequence[Problem]) -> str:
    """The list of what is wrong, each entry leading to its field; nothing when all is well."""
    if not problems:
        return ""
    entries = "".join(f"<li>{_entry(problem)}</li>" for problem in problems)
    return (
        '<div class="summary" role="alert" tabindex="-1" autofocus aria-labelledby="problem">'
        f'<h2 id="problem">There is a problem</h2><ul>{entries}</ul></div>'
    )


def _entry(problem: Problem) -> str:
    text = escape(problem.message)
    return f'<a href="#{escape(problem.field)}">{text}</a>' if problem.field else text


@dataclass(frozen=True, slots=True)
class TextField:
    """One line to type into."""

    name: str
    label: str
    kind: str = "text"
    autocomplete: str = "off"
    hint: str = ""

    def draw(self, value: str = "", problems: Iterable[Problem] = ()) -> str:
        """The field with its label, hint and what is wrong with it; a typed password is not sent back."""
        wrong = [problem.message for problem in problems if problem.field == self.name]
        hint = f'<p class="hint" id="{self.name}-hint">{escape(self.hint)}</p>' if self.hint else ""
        error = f'<p class="error" id="{self.name}-error">Error: {escape(wrong[0])}</p>' if wrong else ""
        shown = "" if self.kind == "password" else f' value="{escape(value)}"'
        return (
            f'<div class="field"><label for="{self.name}">{escape(self.label)}</label>{hint}{error}'
            f'<input id="{self.name}" name="{self.name}" type="{self.kind}"{shown} '
            f'autocomplete="{self.autocomplete}"{self._described(bool(hint), bool(error))}></div>'
        )

    def _described(self, has_hint: bool, has_error: bool) -> str:
        ids = [f"{self.name}-hint"] * has_hint + [f"{self.name}-error"] * has_error
        described = f' aria-describedby="{" ".join(ids)}"' if ids else ""
        return described + (' aria-invalid="true"' if has_error else "")


@dataclass(frozen=True, slots=True)
class Choice:
    """One tick box or radio button."""

    value: str
    label: str
    hint: str = ""


def choices(kind: str, name: str, legend: str, offered: Sequence[Choice], chosen: Iterable[str]) -> str:
    """A group of tick boxes (`checkbox`) or radio buttons (`radio`) with its legend."""
    ticked = set(chosen)
    boxes = "".join(
        f'<div class="choice"><input id="{name}-{one.value}" name="{name}" type="{kind}" value="{one.value}"'
        f'{" checked" if one.value in ticked else ""}><label for="{name}-{one.value}">{escape(one.label)}'
        f"{f'<span>{escape(one.hint)}</span>' if one.hint else ''}</label></div>"
        for one in offered
    )
    return f'<fieldset id="{name}"><legend>{escape(legend)}</legend>{boxes}</fieldset>'


def hidden(name: str, value: str) -> str:
    """A value that travels with the form."""
    return f'<input type="hidden" name="{name}" value="{escape(value)}">'


def form(action: str, fields: Iterable[str], button: str) -> str:
    """A form that is posted to `action`."""
    inside = "\n".join(fields)
    return (
        f'<form method="post" action="{escape(action)}" novalidate>\n{inside}\n'
        f"<button>{escape(button)}</button></form>"
    )


def paragraph(text: str) -> str:
    """A paragraph of plain text."""
    return f"<p>{escape(text)}</p>"
