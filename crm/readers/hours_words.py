"""The words in which adverts give weekly hours, and those that only look like it. All for tidied text."""

import re

from crm.readers.numbers import NUMBER, RANGE

_KIND = (
    r"(?:(?:contracted|guaranteed|working|paid|core|fixed|flexible|annuali[sz]ed|basic|average|weekly|"
    r"scheduled|minimum|part[- ]time|full[- ]time|permanent|regular|total|set|contractual|contract|"
    r"term[- ]time)[ -]+){0,2}"
)
_UNIT = r"(?:hours?|hrs?|h)\b\.?"
_WEEK = (
    r"(?:(?:\b(?:per|a|each|every|in a|in the|p)|/|\\|p/)[ .-]*(?:working |calendar )?(?:week|wk)\b|"
    r"\bweekly\b|\bp\.? ?/?\\? ?w\b|/ ?w\b|\bwk\b|\bweek\b)"
)
_NEAR = r"[^.\n\d£$]"
_OVER_DAYS = (
    rf"{_NEAR}{{0,22}}?(?:{NUMBER}{_NEAR}{{0,3}}(?:{NUMBER})?{_NEAR}{{0,14}}"
    rf"(?:days?|shifts?|evenings?|nights?){_NEAR}{{0,4}})?"
)
_LEAD = (
    r"(?:up to |min(?:imum)?(?: of)? |max(?:imum)?(?: of)? |circa |c\.? ?|approx(?:imately|\.)? |around |"
    r"no more than |no less than |at least |between |from |an? average of |average |guaranteed )?"
)
_TAIL = r"(?=(?P<tail>.{0,14}))"
_LABEL = (
    r"\b(?:weekly|contract(?:ed|ual)?|working|guaranteed|core|job|total|work|shift|expected|standard)?\s?"
    r"(?:hours?|hrs|contract|schedule)(?: of work| required| available| offered| of employment)?"
    r"\s*(?:\([^)\d]{0,20}\))?\s*[:=-]\s*(?:part[- ]time|full[- ]time|permanent)?[ ,:(-]*"
)
CUE = re.compile(r"h(?:(?:ou)?rs?\b|\.?p\.?w|\b(?<=\dh))")
FRACTION_CUE = re.compile(r"[fw]te\b|equivalent|h(?:ou)?rs?\b")
"""What has to be near any figure that is read as hours."""

DIRECT = tuple(
    re.compile(pattern)
    for pattern in (
        rf"{RANGE}[ -]*{_KIND}{_UNIT}(?P<gap>{_OVER_DAYS}){_WEEK}",
        rf"{RANGE} ?(?:h\.?p\.?w|hrspw|hourspw)\b",
        rf"\b(?:hours?|hrs?)(?: of work| required| available| offered)?[ (]*{_WEEK}\)?[ \n]*"
        rf"(?:[:=-]|is|are|of|will be|would be)?\s*{_LEAD}{RANGE}{_TAIL}",
        rf"\b(?:hours?|hrs)(?: of work)?:?(?: are| is| of| will be)? {_LEAD}{RANGE} ?{_WEEK}",
        rf"{_LABEL}{_LEAD}{RANGE}{_TAIL}",
        rf"{RANGE}[ -]*{_KIND}(?:hours?|hrs?)[ -]+"
        r"(?:contracts?|positions?|posts?|roles?|vacanc(?:y|ies)|week)\b",
        rf"\b(?:part|full)[- ]?time(?: (?:hours|role|position|post|contract|job))?[ ,:(/-]{{1,4}}"
        rf"{_LEAD}{RANGE} ?{_UNIT}{_TAIL}",
        rf"{RANGE} ?{_UNIT}[ ,(/-]{{1,3}}part[- ]?time\b",
        rf"{RANGE} ?{_UNIT} guaranteed\b",
        rf"\b(?:contracted (?:to|for)|contract of|guaranteed) (?:a |at least |minimum (?:of )?|up to )?"
        rf"{RANGE} ?{_UNIT}{_TAIL}",
        rf"\b(?:up to|minimum(?: of)?|at least|maximum(?: of)?) {RANGE} ?{_UNIT}{_TAIL}",
    )
)
IN_TITLE = re.compile(rf"{RANGE} ?-?{_UNIT}{_TAIL}")
LOOSE_RANGE = re.compile(
    rf"(?<![\d.,:£$€])(?P<low>[1-3]\d(?:\.\d+)?) ?(?:-|to) ?(?P<high>[1-4]\d(?:\.\d+)?)(?P<plus>) ?"
    rf"(?:hours|hrs)\b{_TAIL}"
)
FALSE_TAIL = re.compile(
    r"\s*(?:(?:hours?|hrs?|h)\b\.?)?\s*(?:"
    r"(?:per|a|each|every|/|p)\s*(?:day|shift|night|visit|month|year|annum|fortnight|call)\b|"
    r"days?\b|shifts?\b|nights?\b|months?\b|years?\b|weeks?\b|daily|am\b|pm\b|a\.m|p\.m|[:]\d|\.\d|noon|x\b|"
    r"minutes?|mins?\b|of\b|notice|to (?:start|respond|complete|apply)|later|after|before|ago|in advance|"
    r"training|support\b|care\b|service|(?:on[- ])?call|emergency|response|waking|live[- ]in|cover\b|paid|"
    rf"holiday|leave|delivery|operation|{NUMBER}\s*(?:am|pm)|-\s*\d)"
)
FALSE_BEFORE = re.compile(
    r"(?:overtime|supervision|training|opt[- ]?out|working time|care for|provid\w*|open|exceed\w*|excess of|"
    r"within|visas?|students?|volunteer\w*|experience|next|last|every|after|benefits?|notice)"
    r"[^\w.:]+(?:\w+[^\w.:]+){0,3}$"
)
STAFF_IN_GENERAL = re.compile(
    r"(?:employees?|associates?|team members?|colleagues|those|who|staff|partners|teammates)"
    r"\W+(?:\w+\W+){0,4}(?:work|averag|schedul)\w*\W+(?:\w+\W+){0,3}$"
)
FALSE_AFTER = re.compile(
    r"\W{0,2}(?:of|for|in)?\s?(?:training|supervision|cpd|study|homework|tuition|overtime|volunteering|"
    r"placement)\b|.{0,30}\b(?:eligible|entitle|opt[- ]?out|working time|visa)"
)
FALSE_GAP = re.compile(
    r"\b(?:per|a|each|every)\s+(?:day|shift|night|visit|month|year)\b|daily|/ ?day|^s? ?shift|notice|"
    r"^, (?:[4-7]|four|five|six|seven) days"
)
ROUND_THE_CLOCK = re.compile(r"24[ -]?(?:hour|hr)s?\b[ -]*(?:care|shift|service|support|supervis|/7|on)")
REFERENCE = re.compile(
    r"(?:(?<!\d)(?<!\d )\b[fw]te\b|full[- ]time equivalent|based (?:up)?on|pro[- ]?rata\w*|"
    r"full[- ]time (?:hours|week)|"
    r"equivalent to)[^\w.]+(?:\w+[^\w.]+){0,4}$"
)
REFERENCE_AFTER = re.compile(r"\W{0,3}(?:\w+ ){0,2}(?:fte|full[- ]time equivalent|wte)\b")
AT_MOST = re.compile(r"(?:up to|max(?:imum)?(?: of)?|no more than|(?<!no )less than|under)(?: an?| of)?\W*$")
AT_LEAST = re.compile(
    r"(?:min(?:imum)?(?: of)?|at least|from|over|(?<!no )more than|no less than)(?: an?| of)?\W*$"
)
AFTER_MOST = re.compile(r"\W{0,2}max(?:imum)?\b")
AFTER_LEAST = re.compile(r"\W{0,2}(?:min(?:imum)?\b|or more\b|plus\b(?! overtime)|\+)")
AFTER_UNIT = re.compile(r"^[ -]*(?:hours?|hrs?|h)?\b\.?(?:[ /-]*(?:per|a) week| ?pw)?")
ANOTHER = re.compile(rf"(?P<other>{NUMBER})\s*(?:,|or|/)\s*$")
GUARANTEED_BEFORE = re.compile(r"(?:guarante\w+|contract(?:ed)?)[^\w.]+(?:\w+[^\w.]+){0,2}$")
GUARANTEED = re.compile(r"guarante|contract(?:ed|s)?\b")
_PUNCTUATION = r"[\s(),:;&/+•*-]*"
JOINED = re.compile(
    rf"{_PUNCTUATION}(?:(?:and|or|also|plus|one|two|an?|positions?|posts?|roles?|x|at|for|from|hours?|"
    rf"part[- ]time|full[- ]time)\b{_PUNCTUATION})*"
)
ZERO = re.compile(
    r"\b(?:zero|0|nil)[- ]*(?:hours?|hrs?)\b(?![ -]*(?:-|to)\s*\d)|\bbank (?:staff|workers?|nurses?|"
    r"contracts?|posts?|roles?|basis|positions?|hca|support|care|health|domestic|porters?|shifts|work\b|"
    r"assistants?|chefs?|cooks?|cleaners?)|\b(?:staff|nurse) bank\b|"
    r"\bcasual (?:contract|basis|hours|worker|role|position|bank)|\bas and when (?:required|needed)|"
    r"\bno guaranteed hours"
)
ZERO_CUES = ("zero", "0 h", "0h", "0-h", "nil", "bank", "casual", "as and when", "no guaranteed")
NEGATED = re.compile(r"(?:\bno\b|\bnot\b|n't|never|without|instead of|rather than|\bnon)\W+(?:\w+\W+){0,3}$")
TITLE_ZERO = re.compile(
    r"^bank\b(?! (?:manager|cashier|teller|clerk))|[(,/-] ?bank\)?\s*$|\bcasual\b|\brelief\b"
)
MONTHLY = re.compile(
    rf"(?P<n>{NUMBER}) ?{_UNIT}[ ]*(?P<period>(?:per|a|/|each|p) ?(?:calendar )?"
    r"(?:month|fortnight|annum|year)|monthly|fortnightly)\b|"
    r"(?P<period2>per month|monthly|per fortnight|fortnightly|per annum|annual)[ :]*(?:hours?[ :]*)?"
    rf"(?P<n2>{NUMBER}) ?{_UNIT}"
)
FRACTION = re.compile(
    r"\b(?P<part>0?\.\d{1,3})\s?(?:fte|wte|of full[- ]time|full[- ]time equivalent)\b|"
    r"\b(?:fte|wte)\W{0,3}(?:of )?(?P<part2>0?\.\d{1,3})\b"
)
