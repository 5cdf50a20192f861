"""Pay from an advert: as written, and by the hour where that is said or can be worked out from known hours.

Nothing is converted between currencies. A salary "pro rata" is that of a full-time week, so it is divided by
the full-time week that the advert names, and by nothing where it names none.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace

from crm.readers import pay_words as words
from crm.readers.adverts import TEXT, WORKED_OUT, Figure
from crm.readers.hours import Hours
from crm.readers.numbers import shown, tidy
from crm.readers.values import listed, mapping, number_of, plain_number, text_of, unpacked

_WEEKS_A_YEAR = 52
_PER_YEAR = {"week": 52.0, "month": 12.0, "year": 1.0}
_DEPTH = 6
_ARTICLES = {"hour": "an hour", "year": "a year"}
_CODE = re.compile(r"[A-Za-z]{3}")


@dataclass(frozen=True, slots=True)
class Pay:
    """Pay as the advert gives it: amounts per period, with their origin; `is_pro_rata` where it says so."""

    least: Figure[float] | None = None
    most: Figure[float] | None = None
    period: str | None = None
    currency: str | None = None
    as_written: str | None = None
    is_pro_rata: bool = False
    note: str | None = None


def pay_in_field(value: object, path: str, currency: str | None, unit: str | None) -> Pay:
    """Pay from a property: a number, a text, a MonetaryAmount, a QuantitativeValue, or a list of them.

    `currency` and `unit` are what neighbouring properties say, used where the value itself is silent.
    """
    for item in listed(unpacked(value)):
        pay = _from_value(item, path, currency, unit, _DEPTH)
        if pay.least or pay.most or pay.as_written:
            return pay
    return Pay(currency=currency)


def _from_value(value: object, path: str, currency: str | None, unit: str | None, depth: int) -> Pay:
    held = mapping(unpacked(value))
    if held is not None and depth:
        return _from_mapping(held, path, currency, unit, depth)
    number = number_of(value)
    if number is not None:
        pay = _settled(number or None, number or None, path, text_of(value) or "", _period(unit), currency)
        return replace(pay, as_written=_as_written(pay, unit))
    text = text_of(value)
    return Pay(currency=currency) if text is None else _from_words(text, path, currency, unit)


def _from_mapping(
    held: Mapping[str, object], path: str, currency: str | None, unit: str | None, depth: int
) -> Pay:
    currency = _code(text_of(held.get("currency") or held.get("salaryCurrency"))) or currency
    unit = text_of(held.get("unitText") or held.get("unitCode") or held.get("duration")) or unit
    low = number_of(held.get("minValue") or held.get("minimum") or held.get("min"))
    high = number_of(held.get("maxValue") or held.get("maximum") or held.get("max"))
    if low or high:
        quote = " to ".join(shown(amount) for amount in (low, high) if amount)
        pay = _settled(low or None, high or None, path, quote, _period(unit), currency)
        return replace(pay, as_written=_as_written(pay, unit))
    for key in ("value", "price", "amount", "median", "name", "description"):
        for inner in listed(unpacked(held.get(key))):
            pay = _from_value(inner, f"{path}.{key}", currency, unit, depth - 1)
            if pay.least or pay.most or pay.as_written:
                return pay
    return Pay(currency=currency)


def _from_words(text: str, path: str, currency: str | None, unit: str | None) -> Pay:
    """A property that holds words: "£12.50 an hour", "12,50", "20000 - 25000", "NMW", "competitive"."""
    source = f"field:{path}"
    tidied = tidy(text)
    found = pay_in_text(tidied, source, is_field=True)
    if found.least is None and found.most is None:
        found = next(_bare_amounts(tidied, source, _period(unit)), Pay())
    period = found.period or _period(unit)
    return replace(found, period=period, currency=found.currency or currency, as_written=text[:200])


def _bare_amounts(text: str, source: str, period: str | None) -> Iterator[Pay]:
    for match in words.BARE.finditer(text):
        pay = _from_match(match, text, source, period)
        if pay is not None:
            yield pay


def pay_in_text(text: str, source: str = TEXT, *, is_field: bool = False) -> Pay:
    """The first pay that running text states with a period, or beside a word such as "salary"."""
    text = tidy(text)
    for pattern in (words.MONEY, words.LABELLED):
        for match in pattern.finditer(text):
            before = text[max(0, match.start() - 50) : match.start()].rpartition("\n")[2]
            if words.NOT_PAY.search(before) or words.NOT_PAY_AFTER.match(match["after"]):
                continue
            pay = _from_match(match, text, source, None)
            is_said = is_field or pattern is words.LABELLED or words.NEAR_LABEL.search(before)
            if pay is not None and (is_said or (pay.period and not pay.note)):
                return pay
    return Pay()


def _from_match(match: re.Match[str], text: str, source: str, period: str | None) -> Pay | None:
    groups = match.groupdict()
    low = _amount(groups["low"], groups["k"] or (groups["k2"] if groups["high"] else None))
    high = _amount(groups["high"], groups["k2"]) if groups["high"] else None
    if low is None or (high is not None and high < low):
        high = None
    if not low:
        return None
    before = text[max(0, match.start() - 25) : match.start()]
    after = groups["after"]
    period = _period_in(groups.get("gap") or "", after) or period
    sign = groups.get("sign") or groups.get("sign2")
    quote = " ".join((match[0][: len(match[0]) - len(after)] + _up_to_period(after)).split()).strip(" ,;(-")
    most = high if high is not None else low
    least: float | None = low
    if high is None and words.AT_MOST.search(before):
        least, quote = None, f"up to {quote}"
    elif high is None and words.AT_LEAST.search(before):
        most, quote = None, f"from {quote}"
    pay = _settled(least, most, source, quote, period, words.CODES.get(sign) if sign else None)
    is_pro_rata = bool(words.PRO_RATA.search(after) or words.PRO_RATA.search(before))
    written = f"{quote} pro rata" if words.PRO_RATA.search(after) else quote
    return None if pay.period is None else replace(pay, is_pro_rata=is_pro_rata, as_written=written)


def _amount(text: str, thousands: str | None) -> float | None:
    number = plain_number(text)
    if number is None:
        return None
    return number * 1000 if thousands and number < 1000 else number


def _period_in(gap: str, after: str) -> str | None:
    """The period named first after an amount; the words in between may be "gross", "plus", "pro rata"."""
    starts = {
        name: found.start()
        for name, pattern in words.PERIOD.items()
        if (found := pattern.search(f"{gap} {after[:32]}"))
    }
    return min(starts, key=lambda name: starts[name]) if starts else None


def _up_to_period(after: str) -> str:
    ends = [found.end() for pattern in words.PERIOD.values() if (found := pattern.search(after[:32]))]
    return after[: min(ends)] if ends else ""


def _period(unit: str | None) -> str | None:
    """hour, day, week, month or year from a unit in any words: HOUR, hourly, per annum, ANN, P1Y, MON."""
    if unit is None:
        return None
    text = tidy(unit).strip()
    if text in words.UNIT_CODES:
        return words.UNIT_CODES[text]
    return next((name for name, pattern in words.PERIOD.items() if pattern.search(text)), None)


def _code(text: str | None) -> str | None:
    if text is None:
        return None
    return words.CODES.get(text.lower()) or (text.upper() if _CODE.fullmatch(text) else None)


def _settled(
    low: float | None, high: float | None, path: str, quote: str, period: str | None, currency: str | None
) -> Pay:
    """Amounts with a period that can be true: £12 a year and £25,000 an hour are slips of the form."""
    source = path if ":" in path or path == TEXT else f"field:{path}"
    amount = low or high
    if amount is None or amount < 0:
        return Pay(currency=currency)
    if low is not None and high is not None and low > high:
        low, high = high, low
    note = None
    if period is None or not _is_plausible(amount, period):
        likely = "hour" if 5 <= amount <= 100 else "year" if amount >= 8_000 else None
        if likely is None:
            note = (
                "The pay’s period is not clear." if period is None else f"The pay cannot be for a {period}."
            )
        else:
            said = "gives no period" if period is None else f"says {period}"
            note = f"The pay {said}; by its size it is taken to be for {_ARTICLES[likely]}."
        period = likely
    return Pay(
        None if low is None else Figure(low, source, quote),
        None if high is None else Figure(high, source, quote),
        period,
        currency,
        note=note,
    )


def _is_plausible(amount: float, period: str) -> bool:
    least, most = words.PLAUSIBLE[period]
    return least <= amount <= most


def _as_written(pay: Pay, unit: str | None) -> str | None:
    amounts = [shown(figure.value) for figure in (pay.least, pay.most) if figure]
    if not amounts:
        return None
    return " ".join(part for part in (pay.currency, " to ".join(dict.fromkeys(amounts)), unit) if part)


def by_the_hour(pay: Pay, hours: Hours) -> tuple[Figure[float] | None, Figure[float] | None]:
    """Least and most pay an hour: as said, or the year’s pay ÷ 52 ÷ weekly hours where these are known."""
    if pay.period == "hour":
        return pay.least, pay.most
    per_year = _PER_YEAR.get(pay.period or "")
    week = _week_to_divide_by(pay, hours)
    if per_year is None or not week:
        return None, None
    return _hourly(pay.least, per_year, week), _hourly(pay.most, per_year, week)


def _week_to_divide_by(pay: Pay, hours: Hours) -> float | None:
    if pay.is_pro_rata or hours.full_week:
        return hours.full_week
    if hours.least is None or hours.most is None or hours.least.value != hours.most.value:
        return None
    return hours.least.value


def _hourly(amount: Figure[float] | None, per_year: float, week: float) -> Figure[float] | None:
    if amount is None:
        return None
    hourly = round(amount.value * per_year / _WEEKS_A_YEAR / week, 2)
    if not _is_plausible(hourly, "hour"):
        return None
    times = "" if per_year == 1 else f" × {per_year:g}"
    total = f"{amount.value:,.2f}{times} ÷ {_WEEKS_A_YEAR} ÷ {shown(week)} = {hourly:.2f}"
    return Figure(hourly, WORKED_OUT, f"{total}: “{amount.quote}”")
