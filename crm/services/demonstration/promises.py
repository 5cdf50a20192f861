"""What invented people were promised under invented agreements, what became of it, and jobs they started."""

from sqlmodel import col, select

from crm.models.agreement_choices import AgreementKind, Promise, Standing
from crm.models.agreement_uses import AgreementUse, OutcomeInput, PromisedSession, PromisedSessionInput
from crm.models.agreements import Agreement
from crm.models.consents import Consent, ConsentInput, GivenBy, Purpose
from crm.models.placements import Placement, PlacementInput
from crm.models.seekers import JobSeeker
from crm.models.vacancies import Vacancy
from crm.policy import Action
from crm.services import consent_giving
from crm.services.agreement_reach import is_telling
from crm.services.demonstration.files import filled, on, rows
from crm.services.demonstration.scene import Scene

_SAID = (
    "criteria_met",
    "criteria_missing",
    "given",
    "given_why",
    "adjustments_given",
    "feedback",
    "finished",
)
_DAYS = {
    "due": "due_on",
    "happens": "happens_on",
    **{name: name for name in ("feedback_on", "finished_on", "result_on")},
}
_EXPLAINED = "Read out, with the page about this agreement"


def load_promises(scene: Scene) -> None:
    """Store sessions, what was promised to whom with the person's own yes before it, and jobs started."""
    sessions = {row["key"]: _session(scene, row) for row in rows("sessions")}
    for row in rows("promises"):
        _use(scene, row, sessions)
    for row in rows("placements"):
        _placement(scene, row)


def _session(scene: Scene, row: dict[str, str]) -> int:
    values = filled(row, "key", "employer", "agreement", "site", "starts", "ends") | {
        "employer_id": scene.employers[row["employer"]],
        "site_id": scene.sites[row["employer"], row["site"]] if row["site"] else None,
        "starts_on": on(scene.today, row["starts"]),
        "ends_on": on(scene.today, row["ends"]),
    }
    new = PromisedSessionInput.model_validate(values)
    agreement_id = scene.agreements[row["employer"], row["agreement"]]
    (stored,) = scene.store([PromisedSession(**new.model_dump(), agreement_id=agreement_id)])
    return stored.key


def _use(scene: Scene, row: dict[str, str], sessions: dict[str, int]) -> None:
    agreement = scene.session.get_one(Agreement, scene.agreements[row["employer"], row["agreement"]])
    seeker = scene.session.get_one(JobSeeker, scene.seekers[row["seeker"]])
    values = filled({name: row[name] for name in (*_SAID, "result")})
    values |= {field: on(scene.today, row[name]) for name, field in _DAYS.items()}
    outcome = OutcomeInput.model_validate(values)
    vacancy = scene.session.get_one(Vacancy, scene.vacancies[row["vacancy"]]) if row["vacancy"] else None
    standing, referred_on = Standing(row["standing"]), on(scene.today, row["referred"])
    said = _yes(scene, row, agreement, seeker) if referred_on or row["says_yes"] else None
    use = AgreementUse(
        **outcome.model_dump(),
        agreement_id=agreement.key,
        employer_id=agreement.employer_id,
        seeker_id=seeker.key,
        vacancy_id=vacancy.key if vacancy else None,
        site_id=vacancy.site_id if vacancy else None,
        session_id=sessions[row["session"]] if row["session"] else None,
        after_use_id=_finished(scene, agreement, seeker) if row["is_after"] else None,
        promise=Promise(row["promise"]),
        standing=standing,
        asked_on=on(scene.today, row["asked"]) or scene.today,
        referred_on=referred_on,
        referred_by=seeker.coach_id if referred_on else None,
        not_referred_why=row["not_referred_why"] or None,
        consent_id=said if referred_on else None,
    )
    scene.store([use])


def _finished(scene: Scene, agreement: Agreement, seeker: JobSeeker) -> int | None:
    """The training that an interview was promised for."""
    wanted = select(AgreementUse.id).where(
        col(AgreementUse.agreement_id) == agreement.key,
        col(AgreementUse.seeker_id) == seeker.key,
        col(AgreementUse.promise) == Promise.TRAINING,
    )
    return scene.session.exec(wanted).one()


def _yes(scene: Scene, row: dict[str, str], agreement: Agreement, seeker: JobSeeker) -> int | None:
    """The person's own yes before the referral, where being put forward tells of a disability."""
    if not is_telling(agreement) or agreement.kind is not AgreementKind.GUARANTEED_INTERVIEW:
        return None
    day = int(row["referred"] or row["asked"]) - 1
    standing = select(Consent).where(
        col(Consent.seeker_id) == seeker.key,
        col(Consent.employer_id) == agreement.employer_id,
        col(Consent.purpose) == Purpose.PUT_FORWARD,
        col(Consent.given_on) <= on(scene.today, str(day)),
    )
    given = scene.session.exec(standing).first()
    if given is None:
        new = ConsentInput(
            purpose=Purpose.PUT_FORWARD,
            employer_id=agreement.employer_id,
            given_by=GivenBy.THE_PERSON,
            how_explained=_EXPLAINED,
            given_on=on(scene.today, str(day)),
        )
        by = scene.allowed("coach", seeker.key, Action.CONSENTS_RECORD)
        given = consent_giving.give(scene.session, seeker.key, new, by=by, today=scene.today)
    return given.key


def _placement(scene: Scene, row: dict[str, str]) -> None:
    days = {
        name: on(scene.today, row[name.partition("_")[0]]) for name in ("starts_on", "seen_on", "ended_on")
    }
    new = PlacementInput.model_validate(
        filled({name: row[name] for name in ("title", "hours_week", "pay_hourly", "end_why")}) | days
    )
    seeker_id, employer_id = scene.seekers[row["seeker"]], scene.employers[row["employer"]]
    promised = select(AgreementUse.id).where(
        col(AgreementUse.seeker_id) == seeker_id, col(AgreementUse.employer_id) == employer_id
    )
    started = Placement(
        **new.model_dump(),
        seeker_id=seeker_id,
        employer_id=employer_id,
        vacancy_id=scene.vacancies[row["vacancy"]] if row["vacancy"] else None,
        use_id=scene.session.exec(promised).one() if row["is_promised"] else None,
    )
    scene.store([started])
