"""What the process counts about itself."""

from crm.measures import Count, Level, Spent


def test_a_count_is_kept_apart_for_each_word():
    count = Count("c", "Things.", "outcome")
    for word in ("good", "bad", "good"):
        count.add(word)
    assert count.seen() == {"good": 2, "bad": 1}


def test_time_spent_is_summed_and_its_longest_kept():
    spent = Spent("s", "Waiting.")
    for seconds in (0.5, 2.0, 1.0):
        spent.add(seconds)
    assert (spent.count, spent.seconds, spent.longest) == (3, 3.5, 2.0)


def test_a_level_goes_up_and_down():
    level = Level("l", "Open.")
    level.change(1)
    level.change(1)
    level.change(-1)
    assert level.now == 1
