from hypothesis import given
from hypothesis import strategies as st

from server.attempts import Attempts

WINDOW = 1000


def test_tries_run_out_and_come_back_one_by_one_as_they_grow_old() -> None:
    attempts = Attempts(most=2, window=WINDOW, keys=10)
    assert [attempts.take(["mara"], now) for now in (0, 400, 500)] == [0, 0, 500]
    assert attempts.take(["mara"], 999) == 1
    assert attempts.take(["mara"], 1000) == 0
    assert attempts.take(["mara"], 1001) == 399


def test_one_key_that_is_used_up_stops_the_try_and_spends_none_of_the_other() -> None:
    attempts = Attempts(most=1, window=WINDOW, keys=10)
    attempts.take(["mara", "here"], 0)
    assert attempts.take(["teo", "here"], 1) > 0
    assert attempts.take(["teo", "there"], 1) == 0


def test_a_forgiven_try_never_happened() -> None:
    attempts = Attempts(most=1, window=WINDOW, keys=10)
    for _ in range(5):
        assert attempts.take(["mara", "here"], 0) == 0
        attempts.forgive(["mara", "here"])


@given(st.lists(st.tuples(st.integers(0, 30), st.integers(0, 100))))
def test_memory_is_bounded_and_no_window_holds_more_than_its_share(steps: list[tuple[int, int]]) -> None:
    attempts = Attempts(most=3, window=WINDOW, keys=50)
    now, taken = 0, list[tuple[int, int]]()
    for key, pause in steps:
        now += pause
        if attempts.take([str(key)], now) == 0:
            taken.append((key, now))
        assert sum(1 for other, at in taken if other == key and now - at < WINDOW) <= 3
    small = Attempts(most=3, window=WINDOW, keys=5)
    for key, at in taken:
        small.take([str(key)], at)
        assert len(small) <= 5
