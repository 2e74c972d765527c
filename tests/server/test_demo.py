from datetime import date

import msgspec
import pytest

from server.demo import invent
from server.demo import words as story
from server.kinds import STRUCTS
from server.languages import LANGUAGES
from server.words import words_of
from sync.record import encode, read

TODAY = date(2026, 11, 22)


def test_a_year_is_told_again_word_for_word_by_its_seed():
    assert told(invent(7, 400, TODAY)) == told(invent(7, 400, TODAY))
    assert told(invent(7, 400, TODAY)) != told(invent(8, 400, TODAY))


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_record_is_one_that_a_form_would_have_accepted(language):
    for record in invent(1, 400, TODAY, language):
        msgspec.convert(
            {field: shown.value for field, shown in read(record).items()}, STRUCTS[record.kind], strict=True
        )


def test_a_journal_is_as_heavy_as_it_was_ordered():
    assert [len(invent(1, entries, TODAY)) for entries in (0, 3, 400, 1000)] == [0, 3, 400, 1000]


def test_whatever_an_entry_names_was_written_before_it():
    for entries in (5, 20, 400):
        known: set[str] = set()
        for record in invent(2, entries, TODAY):
            fields = read(record)
            named = {fields["trait_id"].value} if "trait_id" in fields else set()
            for many in ("tool_ids", "sets_off"):
                named |= set(fields[many].value) if many in fields else set()
            assert named <= known
            known.add(record.id)


def test_over_the_year_the_old_reaction_weakens_and_the_new_one_grows():
    practices = [read(record) for record in invent(3, 400, TODAY) if record.kind == "practice"]
    first, last = practices[:60], practices[-60:]

    assert average(last, "old_reaction") < average(first, "old_reaction") - 20
    assert average(last, "new_reaction") > average(first, "new_reaction") + 20


def test_one_journal_can_be_given_the_year_in_each_language():
    ids = [record.id for language in LANGUAGES for record in invent(1, 40, TODAY, language)]
    assert len(set(ids)) == 40 * len(LANGUAGES)


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_story_has_the_same_shape_in_each_language_and_its_own_words(language):
    own = msgspec.to_builtins(story(language))
    assert shape(own) == shape(msgspec.to_builtins(story("en")))
    offered = {word for group in words_of(language)["emotions"] for word in group["words"]}
    assert {word for trait in own["traits"] for word in trait["emotions"]} <= offered


def shape(story):
    if isinstance(story, dict):
        return {name: shape(each) for name, each in story.items()}
    return [shape(each) for each in story] if isinstance(story, list) else "{who}" in str(story)


def told(records):
    return [encode(record) for record in records]


def average(practices, field):
    return sum(practice[field].value for practice in practices) / len(practices)
