"""What was written is found again: by each of its words, though typed with a slip, without accents, or not to the end."""

from hypothesis import assume, given
from hypothesis import strategies as st

from server.journal import Journal
from server.lines import BEGUN, SIMILAR, Filters, reference
from server.search import fold, terms_of
from server.views.filters import names_of
from server.words import words_of
from sync.record import Record, new, save

IDS = [f"01938f6e-0000-7000-8000-{n:012}" for n in range(9)]
LETTERS = "abcdefghijklmnopqrstuvwxyzáéíóúüñçßøžжשب한不"
words = st.text(LETTERS + LETTERS.upper(), min_size=1, max_size=14)
long_words = st.text(LETTERS, min_size=4, max_size=14)
texts = st.lists(words, min_size=1, max_size=12)
between = st.sampled_from([" ", ", ", "\n", " – ", "… ", "/", "¿"])


def journal_of(**fields: object) -> Journal:
    return Journal([written(0, "practice", **fields), written(1, "trait", name="Something else")])


def written(n: int, kind: str, **fields: object) -> Record:
    return save(new(IDS[n], kind), "phone", fields, 1000 + n)


def ranks(journal: Journal, typed: str) -> dict[str, int]:
    """The rank of each entry that is found."""
    asked = Filters(words=tuple(terms_of(typed)))
    return {id: rank for rank, (_, id) in journal.find(asked, names_of(journal, words_of("en")))}


@given(texts, between, st.sampled_from(["situation", "thoughts", "learned"]), st.data())
def test_each_word_finds_its_entry_whatever_stands_around_it(
    said: list[str], between: str, field: str, data: st.DataObject
) -> None:
    assert ranks(journal_of(**{field: between.join(said)}), data.draw(st.sampled_from(said)))[IDS[0]] == BEGUN


@given(long_words, texts, st.data())
def test_each_word_finds_its_entry_with_one_letter_wrong_missing_doubled_or_swapped(
    word: str, others: list[str], data: st.DataObject
) -> None:
    at = data.draw(st.integers(0, len(word) - 2))
    slip = data.draw(
        st.sampled_from(
            [
                word[:at] + "x" + word[at + 1 :],
                word[:at] + word[at + 1 :],
                word[:at] + word[at] + word[at:],
                word[:at] + word[at + 1] + word[at] + word[at + 2 :],
            ]
        )
    )
    assume(terms_of(slip))
    assert IDS[0] in ranks(journal_of(situation=" ".join([*others, word])), slip)


@given(words, st.data())
def test_each_word_finds_its_entry_without_accents_and_half_typed(word: str, data: st.DataObject) -> None:
    plain = fold(word)
    begun = plain[: data.draw(st.integers(1, len(plain)))]
    assert ranks(journal_of(learned=word), begun)[IDS[0]] == BEGUN


def test_all_words_have_to_be_found_and_those_typed_exactly_come_first() -> None:
    journal = Journal(
        [
            written(0, "practice", situation="The year begins"),
            written(1, "practice", situation="My fear begins", happened_at="2020-01-01T10:00:00Z"),
        ]
    )
    assert ranks(journal, "fear begins") == {IDS[1]: BEGUN, IDS[0]: SIMILAR}
    assert list(ranks(journal, "fear begins")) == [IDS[1], IDS[0]]
    assert ranks(journal, "fear ends") == {}


def test_an_entry_is_found_by_what_it_is_about_by_its_emotions_and_by_its_choices() -> None:
    journal = Journal(
        [
            written(
                0, "practice", trait_id=IDS[1], tool_ids=[IDS[2]], context="work", traps=["magnifying", "constructor"]
            ),
            written(1, "trait", name="Going quiet"),
            written(2, "tool", name="Cold water"),
            written(3, "practice", emotions=[{"name": "ashamed", "intensity": 40}]),
        ]
    )
    assert set(ranks(journal, "quiet")) == {IDS[0], IDS[1]}
    assert set(ranks(journal, "cold watr")) == {IDS[0], IDS[2]}
    assert set(ranks(journal, "work")) == {IDS[0]}
    assert set(ranks(journal, "huge")) == {IDS[0]}
    assert set(ranks(journal, "ashaemd")) == {IDS[3]}
    assert reference("context.work") in names_of(journal, words_of("en"))


def test_after_a_change_an_entry_is_found_by_what_it_says_now_and_no_other_is_read_again() -> None:
    lunch, train = written(0, "practice", situation="lunch"), written(1, "practice", situation="train")
    before = Journal([lunch, train])
    assert set(ranks(before, "lunch")) == {lunch.id}
    after = Journal([save(lunch, "phone", {"situation": "dinner"}, 2000)], before)
    assert (ranks(after, "lunch"), set(ranks(after, "dinner"))) == ({}, {lunch.id})
    assert after.lines[train.id] is before.lines[train.id]
    assert set(ranks(before, "lunch")) == {lunch.id}
