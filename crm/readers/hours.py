"""Weekly hours from an advert's words. A tag such as FULL_TIME is never a number of hours.

Of 2,213 real adverts whose text says part-time, 2,116 are tagged FULL_TIME: so the words decide, what is
said directly comes before what has to be worked out, and what is not said stays unknown.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from crm.readers import hours_words as words
from crm.readers.adverts import TEXT, WORKED_OUT, Figure
from crm.readers.clock import WorkedOut, from_shifts, from_times
from crm.readers.numbers import RANGE, near, shown, spoken_number, tidy

_WEEKS = {"month": 4.345, "fortnight": 2.0, "annum": 52.0, "year": 52.0, "annual": 52.0}
_MOST = 84.0
_DELAYS = {(24.0, 48.0), (12.0, 24.0)}
_FULL_WEEK = range(30, 49)


@dataclass(frozen=True, slots=True)
class Hours:
    """Hours a week with their origin: least, most, and what is guaranteed where the advert says so.

    `full_week` is the full-time week that the advert only refers to ("based on 37.5 hours"), in hours.
    """

    least: Figure[float] | None = None
    most: Figure[float] | None = None
    guaranteed: Figure[float] | None = None
    full_week: float | None = None


@dataclass(frozen=True, slots=True)
class _Said:
    low: float | None
    high: float | None
    start: int
    end: int
    quote: str
    is_reference: bool
    is_guaranteed: bool


def hours_in_title(title: str) -> Hours:
    """Hours glued on to a title ("Cleaner 16 hours", "Bank Healthcare Assistant")."""
    text = tidy(title)
    source = "field:title"
    said = [*_direct(text), *_readings(words.IN_TITLE, text)]
    said = [one for one in said if not one.is_reference]
    zero = _zero(text, source) or _title_zero(text, source)
    return _with_guarantee(_as_hours(said[:1], source), zero, text)


def hours_in_field(value: str, path: str) -> Hours:
    """Hours from a property such as workHours, where a bare "16" or "16-20" is hours a week."""
    text = tidy(value)
    bare = re.fullmatch(rf"\W*{RANGE}\W*", text)
    if bare:
        said = [_reading(bare, text)]
        return _as_hours([one for one in said if one is not None], f"field:{path}")
    found = hours_in_text(value, f"field:{path}")
    if found.least or found.most or found.guaranteed:
        return found
    return _as_hours(list(_readings(words.IN_TITLE, text))[:1], f"field:{path}")


def hours_in_text(text: str, source: str = TEXT, *, is_part_time: bool = False) -> Hours:
    """Hours from running text: said directly, else worked out from months, shifts, days and clock times."""
    whole = tidy(text)
    is_fraction = any(cue in whole for cue in ("fte", "wte", "full-time equivalent", "full time equivalent"))
    text = near(whole, words.FRACTION_CUE if is_fraction else words.CUE)
    said = _direct(text)
    direct = [one for one in said if not one.is_reference]
    reference = [one for one in said if one.is_reference]
    full_week = next((one.low for one in reference if one.low == one.high), None)
    zero = _zero(whole, source)
    if direct:
        hours = _as_hours(_first_cluster(direct, text), source)
    else:
        hours = _worked_out(text, whole, full_week) or _loose_range(text, source)
        if (
            hours.least is None
            and zero is None
            and reference
            and not is_part_time
            and not words.FRACTION.search(text)
        ):
            hours = _as_hours(reference[:1], source)
    hours = _with_guarantee(hours, zero, text)
    return Hours(hours.least, hours.most, hours.guaranteed, full_week)


def _loose_range(text: str, source: str) -> Hours:
    """Hours given as a plain range ("20-25 hours"), too long for a day; usual waiting times are not hours."""
    said = [one for one in _readings(words.LOOSE_RANGE, text) if (one.low, one.high) not in _DELAYS]
    return _as_hours(said[:1], source)


def _direct(text: str) -> list[_Said]:
    found: dict[int, _Said] = {}
    for pattern in words.DIRECT:
        for said in _readings(pattern, text):
            if not any(said.start < other.end and other.start < said.end for other in found.values()):
                found[said.start] = said
    return [found[start] for start in sorted(found)]


def _readings(pattern: re.Pattern[str], text: str) -> Iterator[_Said]:
    for match in pattern.finditer(text):
        said = _reading(match, text)
        if said is not None:
            yield said


def _reading(match: re.Match[str], text: str) -> _Said | None:
    """What one match says, or None where its surroundings show that it is not this job's weekly hours."""
    groups = match.groupdict()
    low = spoken_number(groups["low"])
    high = spoken_number(groups["high"]) if groups["high"] else low
    start, end = match.span()
    before = text[max(0, start - 60) : start].rpartition("\n")[2]
    after = text[end : end + 50].partition("\n")[0]
    if high < low or not 0 < high <= _MOST or _is_false(text, match, before, after):
        return None
    number_end = match.end("plus") if groups["plus"] else match.end("high" if groups["high"] else "low")
    if another := words.ANOTHER.search(before):
        low = min(low, spoken_number(another["other"]))
    is_reference = bool(words.REFERENCE.search(before) or words.REFERENCE_AFTER.match(after))
    leading = before + text[start : match.start("low")]
    least, most = _open_ends(leading, groups["plus"], text[number_end:end] + after, low, high)
    quote = _quoted(text[start:end], before)
    is_guaranteed = bool(words.GUARANTEED_BEFORE.search(leading) or words.GUARANTEED.search(quote))
    return _Said(least, most, start, end, quote, is_reference, is_guaranteed)


def _is_false(text: str, match: re.Match[str], before: str, after: str) -> bool:
    groups = match.groupdict()
    if groups.get("tail") and words.FALSE_TAIL.match(groups["tail"]):
        return True
    if groups.get("gap") and words.FALSE_GAP.search(groups["gap"]):
        return True
    if words.ROUND_THE_CLOCK.match(text, match.start("low")):
        return True
    return bool(
        (
            words.FALSE_BEFORE.search(before)
            and not re.search(r"contract|guarantee|\bat least\W*$", before[-25:])
        )
        or words.STAFF_IN_GENERAL.search(before)
        or words.FALSE_AFTER.match(after)
    )


def _open_ends(
    leading: str, plus: str | None, trailing: str, low: float, high: float
) -> tuple[float | None, float | None]:
    if high > low:
        return low, high
    unit = words.AFTER_UNIT.sub("", trailing)
    if words.AT_MOST.search(leading) or words.AFTER_MOST.match(unit):
        return None, high
    if plus or words.AT_LEAST.search(leading) or words.AFTER_LEAST.match(unit):
        return low, None
    return low, high


def _quoted(said: str, before: str) -> str:
    limit = words.AT_MOST.search(before) or words.AT_LEAST.search(before)
    return " ".join(((limit[0] if limit else "") + said).split()).strip(" ,(-")


def _first_cluster(said: list[_Said], text: str) -> list[_Said]:
    """The first figure, with those that the words join to it: several posts in one advert."""
    cluster = said[:1]
    for one in said[1:]:
        between = text[cluster[-1].end : one.start]
        if len(between) > 40 or not words.JOINED.fullmatch(between):
            break
        cluster.append(one)
    return cluster


def _as_hours(said: list[_Said], source: str) -> Hours:
    if not said:
        return Hours()
    lows = [one for one in said if one.low is not None]
    highs = [one for one in said if one.high is not None]
    quote = "; ".join(dict.fromkeys(one.quote for one in said))
    low = min((one.low for one in lows if one.low is not None), default=None)
    high = max((one.high for one in highs if one.high is not None), default=None)
    least = None if low is None else Figure(low, source, quote)
    most = None if high is None else Figure(high, source, quote)
    return Hours(least, most, least if said[0].is_guaranteed else None)


def _with_guarantee(hours: Hours, zero: Figure[float] | None, text: str) -> Hours:
    if zero is not None:
        return Hours(hours.least, hours.most, zero, hours.full_week)
    if hours.least is not None and re.search(r"guaranteed (?:minimum )?hours\b|hours guaranteed", text):
        return Hours(hours.least, hours.most, hours.least, hours.full_week)
    return hours


def _zero(text: str, source: str) -> Figure[float] | None:
    if not any(cue in text for cue in words.ZERO_CUES):
        return None
    for found in words.ZERO.finditer(text):
        if not words.NEGATED.search(text[max(0, found.start() - 40) : found.start()]):
            return Figure(0.0, source, found[0])
    return None


def _title_zero(text: str, source: str) -> Figure[float] | None:
    found = words.TITLE_ZERO.search(text)
    return Figure(0.0, source, found[0].strip(" (),-/")) if found else None


def _worked_out(text: str, whole: str, full_week: float | None) -> Hours | None:
    answer = _from_month(text) or from_shifts(text) or _from_fraction(text, full_week) or from_times(whole)
    if answer is None:
        return None
    least, most = (round(hours, 2) for hours in (answer.low, answer.high))
    return Hours(Figure(least, WORKED_OUT, answer.quote), Figure(most, WORKED_OUT, answer.quote))


def _from_month(text: str) -> WorkedOut | None:
    for found in words.MONTHLY.finditer(text):
        groups = found.groupdict()
        amount = spoken_number(groups["n"] or groups["n2"])
        period = groups["period"] or groups["period2"]
        weeks = next(value for word, value in _WEEKS.items() if word in period)
        hours = amount / weeks
        if not 2 <= hours <= 60 or words.FALSE_BEFORE.search(
            text[max(0, found.start() - 40) : found.start()]
        ):
            continue
        return WorkedOut(hours, hours, f"{shown(amount)} ÷ {weeks:g} = {shown(hours)}: “{found[0].strip()}”")
    return None


def _from_fraction(text: str, full_week: float | None) -> WorkedOut | None:
    found = words.FRACTION.search(text)
    if found is None or full_week is None or not full_week or int(full_week) not in _FULL_WEEK:
        return None
    part = float(found["part"] or found["part2"])
    hours = part * full_week
    return (
        WorkedOut(hours, hours, f"{part:g} × {shown(full_week)} = {shown(hours)}: “{found[0]}”")
        if hours > 0
        else None
    )
