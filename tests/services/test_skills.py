"""Words become a concept when they are saved; what is clear is settled, what is not stands for itself."""

from sqlmodel import Session

from crm.models.imports import ImportKind
from crm.models.skills import LoadedConcept
from crm.models.users import SYSTEM
from crm.services import imports, skills, word_offers
from crm.services.skills import How


def load(session: Session, *concepts: LoadedConcept) -> None:
    batch = imports.start_batch(
        session, ImportKind.VOCABULARY, file_name="esco.zip", file_digest="0", by=SYSTEM
    )
    for concept in concepts:
        concept.batch_id = batch.key
        session.add(concept)
    session.flush()


def concept(number: int, label: str, alternatives: str = "") -> LoadedConcept:
    return LoadedConcept(concept_id=f"esco/{number}", label=label, alternatives=alternatives, batch_id=0)


def test_a_label_of_the_vocabulary_is_settled_exactly_whatever_its_case(session: Session):
    settled = skills.settle(session, "KENNEL cleaning", by=SYSTEM)
    assert (settled.concept_id, settled.how) == ("animals.clean-kennels-and-cages", How.EXACT)
    assert settled.label == "Clean kennels and cages"


def test_a_slip_of_spelling_is_settled_as_near(session: Session):
    settled = skills.settle(session, "clean kennells and cages", by=SYSTEM)
    assert (settled.concept_id, settled.how) == ("animals.clean-kennels-and-cages", How.NEAR)


def test_words_that_mean_no_skill_clearly_stand_for_themselves(session: Session):
    settled = skills.settle(session, " Zymurgy oversight ", by=SYSTEM)
    assert (settled.concept_id, settled.label, settled.how) == (
        "own:zymurgy oversight",
        "Zymurgy oversight",
        How.OWN,
    )


def test_words_without_a_letter_are_settled_too(session: Session):
    assert skills.settle(session, "🙂", by=SYSTEM).concept_id == "own:🙂"


def test_several_phrases_are_settled_in_their_order(session: Session):
    settled = skills.settle_all(session, ["zymurgy oversight", "animals"], by=SYSTEM)
    assert [each.how for each in settled] == [How.OWN, How.EXACT]


def test_suggestions_offer_the_nearest_concepts_best_first(session: Session):
    offer = word_offers.offers(session, ["cleaning kennels"], by=SYSTEM)[0]
    assert len(offer.proposals) == 5
    assert offer.proposals[0].concept_id == "animals.clean-kennels-and-cages"
    assert offer.proposals[0].why == "shares words"


def test_an_imported_vocabulary_is_known_beside_the_shipped_one(session: Session):
    load(session, concept(1, "operate zeppelin winch", "winch a zeppelin"))
    assert skills.settle(session, "winch a zeppelin", by=SYSTEM).concept_id == "esco/1"
    offer = word_offers.offers(session, ["zeppelin winches"], by=SYSTEM)[0]
    assert offer.proposals[0].concept_id == "esco/1"


def test_an_import_never_changes_what_words_were_settled_to(session: Session):
    before = skills.settle(session, "kennel cleaning", by=SYSTEM)
    load(session, concept(1, "Kennel cleaning"), concept(2, "Look after dogs", "clean kennels and cages"))
    assert skills.settle(session, "kennel cleaning", by=SYSTEM) == before
    assert skills.vocabulary(session)["esco/1"].label == "Kennel cleaning (ESCO)"
    assert skills.settle(session, "clean kennels and cages", by=SYSTEM).concept_id == before.concept_id


def test_the_vocabulary_is_read_once_until_another_is_imported(session: Session):
    load(session, concept(1, "operate zeppelin winch"))
    first = skills.vocabulary(session)
    assert skills.vocabulary(session) is first


def test_labels_of_own_words_are_the_words(session: Session):
    assert skills.labels(session, ["animals", "own:zymurgy oversight"]) == {
        "animals": "Animals",
        "own:zymurgy oversight": "zymurgy oversight",
    }


def test_a_typed_list_is_parted_at_commas_semicolons_and_lines_each_phrase_once():
    assert skills.parted("lifting, packing;\nlifting , ") == ["lifting", "packing"]
    assert skills.parted(None) == []
