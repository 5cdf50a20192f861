"""The words in which adverts give pay: amounts, ranges, periods and currencies. All for tidied text."""

import re

_PER = {
    "hour": (r"(?:hour|hr)", r"p\.? ?/?\\? ?h", r"hourly|hour|hr"),
    "day": (r"(?:day|d)", r"p\.?/?d", r"daily|day rate|day"),
    "week": (r"(?:week|wk|w)", r"p\.?/?w", r"weekly|week"),
    "month": (r"(?:calendar )?(?:month|mo)", r"p\.?/?m|pcm", r"monthly|month"),
    "year": (r"(?:annum|year|yr|ann)", r"p\.? ?/?a", r"annual(?:ly)?|yearly|year|annum"),
}
PERIODS = {
    name: rf"(?:\b(?:per|an?|each|p) ?/?{unit}\b|/ ?{unit}\b|\b(?:{short})\b|\b(?:{other})\b)"
    for name, (unit, short, other) in _PER.items()
}
UNIT_CODES = {
    "hur": "hour", "ann": "year", "mon": "month", "wee": "week", "pa": "year",
    "pt1h": "hour", "p1d": "day", "p1w": "week", "p1m": "month", "p1y": "year",
}  # fmt: skip
PERIOD = {name: re.compile(pattern) for name, pattern in PERIODS.items()}
PLAUSIBLE = {
    "hour": (2.0, 250.0),
    "day": (20.0, 2_500.0),
    "week": (20.0, 8_000.0),
    "month": (80.0, 30_000.0),
    "year": (1_000.0, 600_000.0),
}
"""What an amount per period can be in pounds, dollars or euros: outside it the period is a slip."""

CODES = {
    "£": "GBP", "$": "USD", "€": "EUR", "gbp": "GBP", "usd": "USD", "eur": "EUR",
    "us$": "USD", "ca$": "CAD", "a$": "AUD",
}  # fmt: skip
_SIGN = r"(?:us\$|ca\$|a\$|£|\$|€|\b(?:gbp|usd|eur)\b)"
_AMOUNT = r"\d{1,3}(?:,\d{3})+(?:\.\d{1,2})?|\d{1,7}(?:\.\d{1,2})?"
_LOW = rf"(?P<low>{_AMOUNT})(?P<k>k\b)?"
_HIGH = rf"(?P<high>{_AMOUNT})(?P<k2>k\b)?"
_AFTER = r"(?P<after>[^£$€\n]{0,45})"
MONEY = re.compile(
    rf"(?P<sign>{_SIGN}) ?{_LOW}(?P<gap>(?: ?(?:{'|'.join(PERIODS.values())}))?)"
    rf"(?:\s*(?:-|to|up to|and|or|/)\s*(?:up to )?(?P<sign2>{_SIGN})? ?{_HIGH}"
    rf"(?!\d|%|\s*(?:x|hours|hrs|weeks?\b|days)))?{_AFTER}"
)
LABELLED = re.compile(
    r"\b(?:salary|pay|pay rate|wage|wages|rate of pay|hourly rate|remuneration)\s*[:=-]\s*"
    rf"{_LOW}(?:\s*(?:-|to)\s*{_HIGH})?{_AFTER}"
)
BARE = re.compile(rf"{_LOW}(?:\s*(?:-|to|,)\s*{_HIGH})?(?P<after>.{{0,45}})")
NEAR_LABEL = re.compile(
    r"(?:salary|\bpay\b|\brate\b|wages?|remuneration|earn\w*|paying|compensation|package)[^\n£$€]{0,30}$"
)
NOT_PAY = re.compile(
    r"(?:bonus|refer|recommend|voucher|discount|worth|saving|turnover|budget|revenue|raise[ds]?|allowance|"
    r"reward|retention|relocation|joining|welcome|sign[- ]?on|incentive|fund\w*|cost\w*|fee|deposit|gift|"
    r"award|sleep[- ]?in|mileage|tips|stipend|reimburse\w*)[^\n.]{0,30}$"
)
NOT_PAY_AFTER = re.compile(
    r"^\W{0,2}(?:million|bn\b|billion|m\b|%|"
    r"(?:\w+ ){0,2}(?:bonus|voucher|welcome|referral|allowance|discount|joining|retention|sign[- ]?on|"
    r"per mile|a mile|sleep|of sales|turnover|towards|credit|off\b))"
)
AT_MOST = re.compile(r"(?:up to|max(?:imum)?(?: of)?|to)\W*$")
AT_LEAST = re.compile(r"(?:from|min(?:imum)?(?: of)?|at least|starting (?:at|from)|starts (?:at|from))\W*$")
PRO_RATA = re.compile(r"pro[- ]?rat|\bfte\b|full[- ]time equivalent|\bwte\b|full[- ]time salary")
