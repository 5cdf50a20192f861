"""The fixed lists of agreements: rules depend on each of their values."""

from enum import StrEnum


class AgreementKind(StrEnum):
    """What an employer promises (Ofsted on Workstep names the first three)."""

    GUARANTEED_INTERVIEW = "guaranteed_interview"
    MOCK_INTERVIEW = "mock_interview"
    PRE_EMPLOYMENT_TRAINING = "pre_employment_training"
    WORK_TRIAL = "work_trial_or_placement"
    COMBINED = "combined"


class Covers(StrEnum):
    """Whom an agreement covers."""

    DISABLED_PEOPLE = "disabled_people_under_the_equality_act"
    EVERYONE = "everyone_we_support"
    NAMED_GROUPS = "named_groups"


class AgreementStage(StrEnum):
    """How far an agreement has come; nothing becomes active unsigned."""

    IDEA = "idea"
    DISCUSSED = "discussed"
    DRAFTING = "drafting"
    APPROVED = "approved_by_a_manager"
    WITH_EMPLOYER = "with_employer"
    SIGNED = "signed"
    ACTIVE = "active"
    IN_REVIEW = "in_review"
    RENEWED = "renewed"
    LAPSED = "lapsed"
    ENDED = "ended"
    DECLINED = "declined"


class CriteriaRule(StrEnum):
    """When somebody is guaranteed the interview."""

    ALL_ESSENTIAL = "all_essential"
    PERCENT_OF_ESSENTIAL = "a_percent_of_essential"
    AFTER_ADJUSTMENTS = "essential_after_adjustments"
    EMPLOYER_DEFINED = "employer_defined"


class OptIn(StrEnum):
    """Who uses the promise."""

    CANDIDATE = "the_candidate_says_so"
    WE_REFER = "we_refer_with_consent"
    UNKNOWN = "unknown"


class InterviewFormat(StrEnum):
    """What kind of interview is offered."""

    PANEL = "panel"
    WORKING_INTERVIEW = "working_interview"
    WORK_TRIAL = "work_trial"
    TASK = "task"
    QUESTIONS_IN_ADVANCE = "questions_in_advance"
    UNKNOWN = "unknown"


class Oversubscription(StrEnum):
    """Who is put forward when more people want an interview than there are; within each, the longest wait."""

    LONGEST_WAIT = "longest_wait_first"
    FEWEST_CHANCES = "fewest_chances_first"
    DRAW = "drawn_by_lot"
    EMPLOYER_CHOOSES = "the_employer_chooses"
    UNKNOWN = "unknown"


class Monitoring(StrEnum):
    """How often the service and the employer look together at what came of an agreement."""

    MONTHLY = "every_month"
    QUARTERLY = "every_three_months"
    HALF_YEARLY = "every_six_months"
    YEARLY = "every_year"
    UNKNOWN = "unknown"


class Promise(StrEnum):
    """What one person was promised under an agreement; a combined agreement promises several of them."""

    INTERVIEW = "interview"
    MOCK_INTERVIEW = "mock_interview"
    TRAINING = "training"
    TRIAL = "work_trial_or_placement"


class Standing(StrEnum):
    """Whether the employer has been told of a person: wanting an interview is not yet a referral."""

    ASKED = "asked"
    REFERRED = "referred"
    NOT_REFERRED = "not_referred"


class CriteriaMet(StrEnum):
    """Does the person meet what the agreement asks for the promise to hold?"""

    YES = "yes"
    NO = "no"
    DISPUTED = "disputed"
    UNKNOWN = "unknown"


class Given(StrEnum):
    """What became of one promise. “Could not attend” and “withdrew” are the person's side, never a break."""

    NOT_YET = "not_yet"
    YES = "yes"
    NOT_BY_EMPLOYER = "not_given_by_the_employer"
    COULD_NOT_ATTEND = "could_not_attend"
    WITHDREW = "withdrew"


class UseResult(StrEnum):
    """What came of an interview or of a trial."""

    WAITING = "waiting"
    OFFERED = "offered"
    NOT_OFFERED = "not_offered"
    PERSON_DECLINED = "person_declined"


class SessionState(StrEnum):
    """What became of a session of mock interviews, of a training course, or of a round of trials."""

    PLANNED = "planned"
    HELD = "held"
    CANCELLED_BY_EMPLOYER = "cancelled_by_the_employer"
    CANCELLED_BY_US = "cancelled_by_us"


class SignatureSide(StrEnum):
    """For whom somebody signs."""

    EMPLOYER = "employer"
    US = "us"


class SignedHow(StrEnum):
    """In which way an agreement was signed."""

    ON_PAPER = "on_paper"
    BY_EMAIL = "by_email"
    ELECTRONIC = "electronic_signature"
    IN_MINUTES = "recorded_in_minutes"


class ClauseKey(StrEnum):
    """The clauses that an agreement is put together from, in the order in which it is printed."""

    PURPOSE = "purpose"
    WHOM = "whom_it_covers"
    SCOPE = "jobs_in_scope"
    NOTICE_OF_VACANCIES = "notice_of_vacancies"
    PROMISE_INTERVIEW = "guaranteed_interview"
    CRITERIA = "criteria"
    OPT_IN = "who_uses_the_promise"
    LIMITS = "limits_and_fairness"
    INTERVIEW_FORMAT = "form_of_interview"
    ALTERNATIVES = "other_ways_than_an_interview"
    MOCK_INTERVIEWS = "mock_interviews"
    TRAINING = "pre_employment_training"
    TRIAL = "work_trial_or_placement"
    ADJUSTMENTS = "adjustments"
    NO_HEALTH_QUESTIONS = "no_health_questions"
    FEEDBACK = "feedback"
    DATA_SHARING = "data_sharing"
    MONITORING = "looking_at_it_together"
    CONTACTS = "who_to_talk_to"
    ENDING = "length_and_ending"
