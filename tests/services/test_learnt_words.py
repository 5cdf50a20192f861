"""What people choose words to mean is learnt, counted, used first, and can be set aside again."""

import pytest
from sqlmodel import Session

from crm.errors import NotAllowedError, NotFoundError
from crm.models.analyses import JobTaskInput
from crm.models.seekers import ProfileSkillInput
from crm.models.users import SYSTEM, Actor
from crm.policy import Role
from crm.services import analysis_rows, learnt_words, profile_skills, skills, word_offers, word_review
from crm.services.skills import How
from tests.makers import make_actor, make_user
from tests.makers_employers import make_employer
from tests.makers_jobs import make_analysis, make_task, make_vacancy
from tests.makers_people import make_criterion, make_seeker, make_skill

SHELVES, KENNELS = "retail.stock-shelves", "animals.clean-kennels-and-cages"
WORDS, OWN = "Zymurgy oversight", "own:zymurgy oversight"


@pytest.fixture
def manager(session: Session) -> Actor:
    return make_user(session, Role.MANAGER, name="Kofi Brandt").as_actor()


@pytest.fixture
def coach(session: Session) -> Actor:
    return make_user(session, Role.JOB_COACH, name="Ines Marlow").as_actor()


def choose(session: Session, meaning: str, *, words: str = WORDS) -> skills.Settled:
    return skills.settle(session, words, chosen={words: meaning}, by=SYSTEM)


def test_what_was_chosen_holds_and_is_used_first_from_then_on(session: Session):
    assert choose(session, SHELVES).how is How.CHOSEN
    again = skills.settle(session, "ZYMURGY oversights", by=SYSTEM)
    assert (again.concept_id, again.label, again.how) == (SHELVES, "Stock shelves", How.CHOSEN)


def test_a_choice_goes_before_the_label_of_another_skill(session: Session):
    choose(session, SHELVES, words="Kennel cleaning")
    assert skills.settle(session, "kennel cleaning", by=SYSTEM).concept_id == SHELVES


def test_two_meanings_chosen_equally_often_are_left_to_a_person(session: Session):
    choose(session, SHELVES)
    choose(session, KENNELS)
    assert skills.settle(session, WORDS, by=SYSTEM).how is How.OWN
    choose(session, KENNELS)
    assert skills.settle(session, WORDS, by=SYSTEM).concept_id == KENNELS


def test_choices_are_offered_first_with_how_often(session: Session):
    choose(session, SHELVES)
    choose(session, SHELVES)
    offer = word_offers.offers(session, [WORDS], by=SYSTEM)[0]
    first = offer.proposals[0]
    assert (first.label, first.why) == ("Stock shelves", "chosen here 2 times before")
    assert offer.is_clear


def test_keeping_the_words_is_a_choice_too(session: Session):
    settled = choose(session, OWN)
    assert (settled.concept_id, settled.label, settled.how) == (OWN, WORDS, How.CHOSEN)


def test_a_meaning_that_is_in_no_vocabulary_is_refused(session: Session):
    with pytest.raises(NotFoundError, match="not in the vocabulary"):
        choose(session, "nothing.of-this")
    with pytest.raises(NotFoundError):
        choose(session, "own:other words")


def test_a_choice_set_aside_is_not_used_until_it_is_brought_back_or_made_again(
    session: Session, manager: Actor
):
    choose(session, SHELVES)
    row = learnt_words.listed(session, by=manager)[0]
    learnt_words.archive(session, row.key, why="Wrong", version=row.version, by=manager)
    assert skills.settle(session, WORDS, by=SYSTEM).how is How.OWN
    assert learnt_words.listed(session, is_archived=True, by=manager) == [row]
    learnt_words.bring_back(session, row.key, version=row.version, by=manager)
    assert skills.settle(session, WORDS, by=SYSTEM).concept_id == SHELVES
    learnt_words.archive(session, row.key, why="Wrong", version=row.version, by=manager)
    choose(session, SHELVES)
    assert (row.archived_at, row.times) == (None, 2)


def test_a_choice_made_on_one_record_serves_the_next(session: Session):
    person = make_seeker(session)
    new = ProfileSkillInput(name=WORDS, meanings={WORDS: SHELVES})
    assert profile_skills.add(session, person.key, new, by=SYSTEM).concept_id == SHELVES
    assert make_skill(session, make_seeker(session, "Ben Ash"), WORDS).concept_id == SHELVES


def test_words_of_a_task_that_stay_keep_what_was_chosen_for_them(session: Session):
    analysis = make_analysis(session, make_employer(session))
    task = make_task(session, analysis, skills=WORDS, meanings={WORDS: SHELVES})
    choose(session, KENNELS)
    choose(session, KENNELS)
    edit = JobTaskInput(name=task.name, skills=f"{WORDS}, juggling flames")
    task = analysis_rows.change_task(session, task.key, edit, version=task.version, by=SYSTEM)
    assert task.concept_ids == [SHELVES, "own:juggling flame"]
    assert analysis_rows.known_skills(session, task)[WORDS] == (SHELVES, "Stock shelves")


def test_open_words_are_counted_over_all_records_that_use_them(session: Session, manager: Actor):
    use_everywhere(session)
    found = word_review.open_words(session, by=manager)
    assert [(each.words, each.used) for each in found] == [(WORDS, 3), ("Juggling flames", 1)]
    assert found[0].where == "skills of people, what vacancies ask, tasks of jobs"


def test_settling_words_settles_every_record_and_takes_them_off_the_list(session: Session, manager: Actor):
    use_everywhere(session)
    done = word_review.settle_everywhere(session, WORDS, SHELVES, by=manager)
    assert (done.changed, done.left) == (3, 0)
    assert [each.words for each in word_review.open_words(session, by=manager)] == ["Juggling flames"]
    assert skills.settle(session, WORDS, by=SYSTEM).concept_id == SHELVES


def test_words_that_are_kept_on_purpose_leave_the_list(session: Session, manager: Actor):
    use_everywhere(session)
    word_review.settle_everywhere(session, WORDS, OWN, by=manager)
    assert [each.words for each in word_review.open_words(session, by=manager)] == ["Juggling flames"]


def test_records_that_one_may_not_change_or_that_hold_the_skill_already_are_left(
    session: Session, coach: Actor, manager: Actor
):
    use_everywhere(session)
    assert word_review.settle_everywhere(session, WORDS, SHELVES, by=coach).left == 1
    person = make_seeker(session, "Ben Ash")
    make_skill(session, person, "Stock shelves")
    make_skill(session, person, "Juggling flames")
    done = word_review.settle_everywhere(session, "Juggling flames", SHELVES, by=manager)
    assert (done.changed, done.left) == (1, 1)


def test_only_words_of_records_that_one_may_see_are_listed(session: Session):
    use_everywhere(session)
    assert word_review.open_words(session, by=make_actor(Role.ADMINISTRATOR)) == []
    with pytest.raises(NotAllowedError):
        word_review.open_words(session, by=make_actor(Role.AUDITOR))
    with pytest.raises(NotAllowedError):
        word_review.settle_everywhere(session, WORDS, SHELVES, by=make_actor(Role.AUDITOR))


def use_everywhere(session: Session) -> None:
    """The words once on a person, a vacancy and a task, where others stand beside them."""
    employer = make_employer(session)
    make_skill(session, make_seeker(session), WORDS)
    make_criterion(session, make_vacancy(session, employer), "zymurgy oversight")
    make_task(session, make_analysis(session, employer), skills=f"{WORDS}, Juggling flames")
