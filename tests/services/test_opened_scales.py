"""Which scales are opened for a person: those recorded, of their needs, and in their words."""

from crm.models.analyses import SupportKind
from crm.models.scales import SCALES
from crm.models.seekers import SupportNeed, VocationalProfile
from crm.services.opened_scales import opened


def profile(**told: object) -> VocationalProfile:
    return VocationalProfile.model_validate({"seeker_id": 1, **told})


def test_nothing_is_opened_where_nothing_is_known():
    assert opened(None, []) == opened(profile(), []) == []


def test_what_is_recorded_is_opened_level_0_and_a_support_alone_too():
    told = profile(abilities={"smell": 0}, ability_supports={"noise": "Ear defenders"})
    assert opened(told, []) == ["noise", "smell"]


def test_a_support_need_opens_what_it_is_about_in_the_order_of_the_scales():
    needs = [SupportNeed(seeker_id=1, kind=SupportKind.WRITTEN_OR_VISUAL_CUE)]
    assert opened(None, needs) == ["attention", "reading"]


def test_the_persons_own_words_open_what_they_mention():
    assert opened(profile(avoid="Crowds, phones", must="OUTDOORS"), []) == [
        *("communication", "crowding", "outdoors")
    ]


def test_every_kind_of_support_opens_known_scales():
    needs = [SupportNeed(seeker_id=1, kind=kind) for kind in SupportKind]
    assert set(opened(None, needs)) < set(SCALES)
