from tests.bench.figures import YES_OR_NO, Figure, table


def test_a_promise_is_kept_up_to_its_limit_and_not_beyond():
    assert Figure("wall", 5, "ms", at_most=5).is_met
    assert not Figure("wall", 5.01, "ms", at_most=5).is_met
    assert Figure("pushes", 700, "/s", at_least=700).is_met
    assert not Figure("pushes", 699, "/s", at_least=700).is_met
    assert Figure("only to know", 1e9, "ms").is_met


def test_the_table_shows_what_was_missed_beside_the_best_peers():
    slow = Figure("upload", 451, "ms", 450, size=10_000, best_peer="Anki 806 ms")
    lost = Figure("both kept", 0, YES_OR_NO, at_least=1)

    _, first, second = table([slow, lost]).splitlines()

    assert first.split() == ["upload", "10,000", "451", "ms", "≤", "450", "ms", "MISSED", "Anki", "806", "ms"]
    assert second.split() == ["both", "kept", "no", "yes", "MISSED"]
