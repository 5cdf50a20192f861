"""The invented vacancies with what they ask, and the job analyses with their tasks and supports."""

from crm.models.analyses import (
    JobAnalysis,
    JobAnalysisInput,
    JobTask,
    JobTaskInput,
    WorkplaceSupport,
    WorkplaceSupportInput,
)
from crm.models.base import Known, folded
from crm.models.skills import LearntWords
from crm.models.vacancies import Vacancy, VacancyCriterion, VacancyCriterionInput, VacancyInput
from crm.models.workplaces import JobRisk, JobRiskInput
from crm.policy import Role
from crm.services import learnt_words, skills
from crm.services.demonstration.files import filled, levels, on, parts, rated, rows, week
from crm.services.demonstration.scene import Scene

_LEARNT = (
    ("Fill up the aisles", "retail.stock-shelves", 3),
    ("Pot wash", "catering.wash-up-by-hand", 2),
)
"""Words that people of the invented service use, what they chose them to mean, and how often."""


def load_vacancies(scene: Scene) -> None:
    """Store the vacancies and their criteria."""
    listed = rows("vacancies")
    stored = scene.store(_vacancy(scene, row) for row in listed)
    scene.vacancies = {row["key"]: record.key for row, record in zip(listed, stored, strict=True)}
    asked = [(scene.vacancies[row["key"]], _criterion(text)) for row in listed for text in parts(row["asks"])]
    settled = skills.settle_all(scene.session, [new.text for _, new in asked], by=scene.by)
    scene.store(
        VacancyCriterion(**new.model_dump(), vacancy_id=vacancy_id, concept_id=meaning.concept_id)
        for (vacancy_id, new), meaning in zip(asked, settled, strict=True)
    )


def _vacancy(scene: Scene, row: dict[str, str]) -> Vacancy:
    site = (row["employer"], row["site"])
    own = ("key", "employer", "site", "agreement", "pattern", "closes", "starts", "asks")
    values = filled(row, *own) | {
        "site_id": scene.sites[site],
        "agreement_id": scene.agreements[row["employer"], row["agreement"]] if row["agreement"] else None,
        "pattern": week(row["pattern"]),
        "closes_on": on(scene.today, row["closes"]),
        "starts_on": on(scene.today, row["starts"]),
        "place": row["site"],
        "postcode": scene.postcodes[site],
    }
    new = VacancyInput.model_validate(values)
    employer_id = scene.employers[row["employer"]]
    return Vacancy(**new.model_dump(), employer_id=employer_id, title_key=folded(new.title))


def _criterion(text: str) -> VacancyCriterionInput:
    """`pack goods 2!*~`: level 2, essential (!), can be met with an adjustment (*), could move (~)."""
    name, level, signs = rated(text)
    return VacancyCriterionInput(
        text=name[:1].upper() + name[1:],
        level=level,
        is_essential="!" in signs,
        could_move="~" in signs,
        is_adjustable=Known.YES if "*" in signs else Known.UNKNOWN,
    )


def load_analyses(scene: Scene) -> None:
    """Store the job analyses with their task and support rows."""
    listed = rows("analyses")
    stored = scene.store(_analysis(scene, row) for row in listed)
    supports: list[WorkplaceSupport] = []
    for row, record in zip(listed, stored, strict=True):
        scene.analyses[row["key"]] = record.key
        supports += [_support(text, record) for text in parts(row["supports"])]
    scene.store(supports)
    _load_tasks(scene)
    scene.store(_risk(scene, row) for row in rows("risks"))
    scene.store(
        LearntWords(words_key=learnt_words.key_of(words), words=words, concept_id=meaning, times=times)
        for words, meaning, times in _LEARNT
    )


def _analysis(scene: Scene, row: dict[str, str]) -> JobAnalysis:
    own = ("key", "employer", "site", "vacancy", "analyst", "analysed", "pattern", "demands", "supports")
    values = filled(row, *own) | {
        "site_id": scene.sites[row["employer"], row["site"]],
        "vacancy_id": scene.vacancies[row["vacancy"]] if row["vacancy"] else None,
        "analysed_on": on(scene.today, row["analysed"]),
        "pattern": week(row["pattern"]),
        "demands": levels(row["demands"]),
    }
    new = JobAnalysisInput.model_validate(values)
    employer_id = scene.employers[row["employer"]]
    return JobAnalysis(
        **new.model_dump(),
        employer_id=employer_id,
        analyst_id=scene.colleague(row["analyst"], Role.ENGAGEMENT_OFFICER),
    )


def _support(text: str, analysis: JobAnalysis) -> WorkplaceSupport:
    """`named_buddy exists Karim Osei!`: kind, state, who; confirmed with the employer when it ends in !."""
    is_confirmed = text.endswith("!")
    kind, state, *who = text.rstrip("!").split(" ", 2)
    new = WorkplaceSupportInput.model_validate(
        {
            "kind": kind,
            "state": state,
            "who": " ".join(who),
            "is_confirmed": is_confirmed,
            "confirmed_on": analysis.analysed_on if is_confirmed else None,
        }
    )
    return WorkplaceSupport(**new.model_dump(), analysis_id=analysis.key)


def _risk(scene: Scene, row: dict[str, str]) -> JobRisk:
    values = filled(row, "analysis", "review") | {"review_on": on(scene.today, row["review"])}
    new = JobRiskInput.model_validate(values)
    return JobRisk(**new.model_dump(), analysis_id=scene.analyses[row["analysis"]])


def _load_tasks(scene: Scene) -> None:
    listed = rows("tasks")
    phrases = sorted({phrase for row in listed for phrase in skills.parted(row["skills"])})
    settled = skills.settle_all(scene.session, phrases, by=scene.by)
    meanings = {phrase: meaning.concept_id for phrase, meaning in zip(phrases, settled, strict=True)}
    guesses = {(row["analysis"], row["name"]): filled(row, "analysis", "name") for row in rows("guesses")}
    scene.store(
        _task(scene, row | guesses.get((row["analysis"], row["name"]), {}), meanings) for row in listed
    )


def _task(scene: Scene, row: dict[str, str], meanings: dict[str, str]) -> JobTask:
    values = filled(row, "analysis", "slots") | {"slots": week(row["slots"])}
    new = JobTaskInput.model_validate(values)
    concept_ids = [meanings[phrase] for phrase in skills.parted(new.skills)]
    return JobTask(**new.model_dump(), analysis_id=scene.analyses[row["analysis"]], concept_ids=concept_ids)
