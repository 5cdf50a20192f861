"""The columns of each kind of list that comes in row by row: what they can hold, and what means it."""

from crm.models.base import Known
from crm.models.contacts import ContactKind, ContactPurpose
from crm.models.employers import Channel
from crm.models.seekers import ReferralEnd, SeekerStatus
from crm.models.vacancies import Contract, VacancyKind, VacancyStatus
from crm.services.import_fields import ImportField, a_date, a_number, one_of, yes_or_no

_HOURS = ("hours a week", "hours per week", "weekly hours", "hours")
_EMAIL = ImportField(
    "email", "E-mail address", ("email", "e-mail", "email address", "e-mail address", "mail")
)
_PHONE = ImportField(
    "phone", "Telephone number",
    ("phone", "telephone", "phone number", "telephone number", "tel", "mobile", "mobile number"),
)  # fmt: skip
_NOTES = ImportField("notes", "Notes", ("notes", "note", "comments", "remarks"))


def _in_person(text: str) -> bool:
    return yes_or_no(text) is Known.YES


OF_EMPLOYER = (
    ImportField(
        "employer_name", "Employer",
        ("employer", "employer name", "organisation", "organisation name", "organization", "company",
         "company name", "business", "business name"),
    ),
    ImportField(
        "employer_number", "Companies House number of the employer",
        ("company number", "company no", "companies house number", "registration number", "crn",
         "company registration number", "employer number"),
    ),
    ImportField(
        "employer_postcode", "Postcode of the employer",
        ("employer postcode", "company postcode", "organisation postcode", "registered postcode"),
    ),
)  # fmt: skip
"""By what an employer is found that rows belong to."""

SITE_FIELDS = (
    *OF_EMPLOYER,
    ImportField(
        "label", "Name of the site",
        ("site", "site name", "branch", "branch name", "location", "location name", "depot", "store", "label",
         "name"),
    ),
    ImportField("address", "Address", ("address", "site address", "full address", "address 1")),
    ImportField("postcode", "Postcode", ("postcode", "post code", "postal code", "site postcode", "zip")),
    ImportField("transport", "Transport", ("transport", "travel", "bus routes", "public transport")),
    ImportField("step_free", "Step-free", ("step free", "step-free access", "wheelchair access"), yes_or_no),
    ImportField("quiet_space", "Quiet space", ("quiet space", "quiet room"), yes_or_no),
    ImportField("accessible_toilet", "Accessible toilet", ("accessible toilet",), yes_or_no),
    _NOTES,
)  # fmt: skip
"""What a list of sites may hold."""

PERSON_FIELDS = (
    *OF_EMPLOYER,
    ImportField(
        "name", "Name of the person",
        ("name", "person", "full name", "contact", "contact name", "contact person", "person name"),
    ),
    ImportField("job_title", "Job title", ("job title", "title", "position", "role", "job")),
    _EMAIL,
    _PHONE,
    ImportField("hires", "Hires people", ("hires", "hiring manager", "recruits"), yes_or_no),
    ImportField(
        "preferred_channel", "Likes to be reached by",
        ("preferred channel", "preferred contact", "contact by", "contact method"),
        one_of(Channel, telephone="phone", mail="email", post="letter", inperson="visit"),
    ),
    ImportField("left_on", "Left on", ("left on", "left", "date left", "leaving date"), a_date),
    _NOTES,
)  # fmt: skip
"""What a list of people who work for employers may hold."""

CONTACT_FIELDS = (
    *OF_EMPLOYER,
    ImportField("held_on", "Held on", ("held on", "date", "contact date", "activity date", "when"), a_date),
    ImportField(
        "kind", "Kind of contact", ("kind", "type", "contact type", "activity type", "activity", "method"),
        one_of(ContactKind, phone="call", telephone="call", phonecall="call", mail="email", sitevisit="visit",
               videocall="video", teams="video", zoom="video"),
    ),
    ImportField(
        "summary", "What was said",
        ("summary", "notes", "note", "description", "comments", "details", "what was said", "subject"),
    ),
    ImportField("outcome", "Outcome", ("outcome", "result")),
    ImportField("purpose", "Purpose", ("purpose", "reason"), one_of(ContactPurpose)),
    ImportField("minutes", "Minutes", ("minutes", "duration", "duration in minutes"), a_number),
    ImportField("is_in_person", "In person", ("in person", "face to face"), _in_person),
    ImportField("held_by", "Held by", ("held by", "owner", "officer", "colleague", "logged by", "staff")),
)  # fmt: skip
"""What a list of contacts with employers may hold."""

VACANCY_FIELDS = (
    *OF_EMPLOYER,
    ImportField("title", "Job title", ("title", "job title", "vacancy", "role", "position", "job", "post")),
    ImportField("kind", "Where it comes from", ("vacancy type", "kind"), one_of(VacancyKind)),
    ImportField("status", "Status", ("status", "vacancy status"), one_of(VacancyStatus)),
    ImportField("posts", "Number of posts", ("posts", "number of posts", "vacancies", "openings"), a_number),
    ImportField(
        "contract", "Contract", ("contract", "contract type", "employment type"),
        one_of(Contract, perm="permanent", temp="temporary", fixed="fixed_term", zero="zero_hours"),
    ),
    ImportField("hours_min", "Least hours a week", (*_HOURS, "hours min", "minimum hours"), a_number),
    ImportField("hours_max", "Most hours a week", ("hours max", "maximum hours", "hours to"), a_number),
    ImportField("guaranteed_hours", "Guaranteed hours", ("guaranteed hours",), a_number),
    ImportField(
        "pay_hourly", "Pay in £ an hour", ("pay an hour", "hourly pay", "hourly rate", "pay per hour"),
        a_number,
    ),
    ImportField("pay_as_written", "Pay as written", ("pay", "salary", "wage", "pay as written")),
    ImportField("place", "Place", ("place", "location", "town", "city", "area")),
    ImportField("postcode", "Postcode", ("postcode", "post code", "postal code", "job postcode", "zip")),
    ImportField("starts_on", "Starts on", ("starts on", "start date", "start"), a_date),
    ImportField("closes_on", "Closes on", ("closes on", "closing date", "closes", "deadline"), a_date),
    ImportField("needs_driving", "Needs driving", ("driving", "needs driving", "driving licence"), yes_or_no),
    ImportField("needs_dbs", "Needs a DBS check", ("dbs", "dbs check", "needs dbs"), yes_or_no),
    ImportField("qualifications", "Qualifications", ("qualifications", "qualification")),
    ImportField("description", "Description", ("description", "details", "job description", "summary")),
)  # fmt: skip
"""What a list of vacancies may hold."""

SEEKER_FIELDS = (
    ImportField(
        "preferred_name", "Preferred name",
        ("preferred name", "name", "full name", "known as", "participant", "client", "participant name",
         "client name", "job seeker"),
    ),
    _EMAIL,
    _PHONE,
    ImportField("postcode", "Postcode", ("postcode", "post code", "postal code", "home postcode", "zip")),
    ImportField("referred_on", "Referred on", ("referred on", "referral date", "date referred"), a_date),
    ImportField("programme", "Programme", ("programme", "program", "project", "scheme", "contract")),
    ImportField(
        "status", "Status", ("status", "stage"),
        one_of(SeekerStatus, working="in_work", employed="in_work", left="exited", new="referred"),
    ),
    ImportField(
        "referral_end", "How the referral ended",
        ("how the referral ended", "referral end", "how it ended", "exit reason", "leaving reason",
         "outcome"),
        one_of(ReferralEnd, startedwork="started", startedajob="started", job="started",
               declined="chose_not_to", withdrew="chose_not_to", signposted="referred_on"),
    ),
    ImportField(
        "referred_on_to", "Referred on to",
        ("referred on to", "referred to", "signposted to", "onward referral", "destination"),
    ),
    ImportField(
        "referral_ended_on", "Referral ended on",
        ("referral ended on", "ended on", "exit date", "leaving date", "date left", "end date"), a_date,
    ),
)  # fmt: skip
"""What a list of job seekers may hold: nothing restricted, so that nobody's health comes in by a file."""
