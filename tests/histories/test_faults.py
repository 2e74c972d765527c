"""The histories notice each of these mistakes, or they prove nothing."""

from collections.abc import Iterator
from typing import Any

import pytest
from msgspec.structs import replace

from server.storage import pull, sqlite_journal
from sync import exchange
from sync.record import Record, Vector, decode, join, save
from tests.histories import device
from tests.histories.device import Answer, Held, Line, ScriptedDevice
from tests.histories.lines import Wrong
from tests.histories.renaming import Renaming
from tests.histories.renaming import rename as renamed_rightly
from tests.histories.run import WentWrong, local_server, run
from tests.histories.server import LocalServer

HISTORIES = 250  # most mistakes show within twenty

take, exchanging = ScriptedDevice._take, ScriptedDevice.exchange  # noqa: SLF001 - the device's mistakes are made inside it


def seen_is_of_the_last_writer(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(exchange, "join", lambda a, b: replace(join(a, b), seen={**a.seen, **b.seen}))


def the_last_write_wins(monkeypatch: pytest.MonkeyPatch) -> None:
    def only_the_last(a: Record, b: Record) -> Record:
        joined = join(a, b)
        return replace(joined, writes=joined.writes[-1:])

    monkeypatch.setattr(exchange, "join", only_the_last)


def everything_pushed_counts_as_an_echo(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sqlite_journal, "echoes", lambda push, _: {record.id for record in push})


def a_page_moves_the_cursor_past_what_it_left_out(monkeypatch: pytest.MonkeyPatch) -> None:
    def page(*given: Any) -> Any:
        states, _, more = pull.page(*given)
        return states, given[-1], more

    monkeypatch.setattr(sqlite_journal, "page", page)


def a_device_tells_before_it_asks(monkeypatch: pytest.MonkeyPatch) -> None:
    def exchange(self: ScriptedDevice, line: Line, limit: int, most: int) -> None:
        self._has_asked = True
        exchanging(self, line, limit, most)

    monkeypatch.setattr(ScriptedDevice, "exchange", exchange)


def the_cursor_moves_before_the_rows(monkeypatch: pytest.MonkeyPatch) -> None:
    def exchange(self: ScriptedDevice, line: Line, limit: int, most: int) -> None:
        def cut(body: bytes) -> tuple[int, bytes] | None:
            answered = line(body)
            self._cursor += answered is None
            return answered

        exchanging(self, cut, limit, most)

    monkeypatch.setattr(ScriptedDevice, "exchange", exchange)


def an_old_answer_settles_a_newer_save(monkeypatch: pytest.MonkeyPatch) -> None:
    def settle(self: ScriptedDevice, push: dict[str, Held], answer: Answer) -> None:
        take(self, {record_id: self._rows[record_id] for record_id in push}, answer)

    monkeypatch.setattr(ScriptedDevice, "_take", settle)


def an_answer_replaces_unsent_words(monkeypatch: pytest.MonkeyPatch) -> None:
    def replace_all(self: ScriptedDevice, push: dict[str, Held], answer: Answer) -> None:
        take(self, push, answer)
        self._rows |= {decode(raw).id: Held(bytes(raw)) for raw in answer.records}

    monkeypatch.setattr(ScriptedDevice, "_take", replace_all)


def a_new_life_of_the_server_gets_only_what_waits(monkeypatch: pytest.MonkeyPatch) -> None:
    def start_over(self: ScriptedDevice) -> None:
        self._epoch, self._cursor, self._has_asked = None, 0, False

    monkeypatch.setattr(ScriptedDevice, "_start_over", start_over)


def signing_out_empties_the_outbox(monkeypatch: pytest.MonkeyPatch) -> None:
    def sign_out(self: ScriptedDevice) -> None:
        self._is_signed_out = True
        self._rows = {record_id: row for record_id, row in self._rows.items() if not row.dirty}

    monkeypatch.setattr(ScriptedDevice, "sign_out", sign_out)


def a_form_replaces_what_it_never_showed(monkeypatch: pytest.MonkeyPatch) -> None:
    def save_all(record: Record, by: str, fields: dict[str, Any], now: int, _: Vector | None) -> Record:
        return save(record, by, fields, now)

    monkeypatch.setattr("tests.histories.tasks.save", save_all)


def another_name_leaves_the_old_one_seen(monkeypatch: pytest.MonkeyPatch) -> None:
    def rename(record: Record, renaming: Renaming) -> Record:
        renamed = renamed_rightly(record, renaming)
        return replace(renamed, seen={**renamed.seen, renaming.old: max(renaming.unsent) or 1})

    monkeypatch.setattr(device, "rename", rename)


FAULTS = [
    seen_is_of_the_last_writer,
    the_last_write_wins,
    everything_pushed_counts_as_an_echo,
    a_page_moves_the_cursor_past_what_it_left_out,
    a_device_tells_before_it_asks,
    the_cursor_moves_before_the_rows,
    an_old_answer_settles_a_newer_save,
    an_answer_replaces_unsent_words,
    a_new_life_of_the_server_gets_only_what_waits,
    signing_out_empties_the_outbox,
    a_form_replaces_what_it_never_showed,
    another_name_leaves_the_old_one_seen,
]


@pytest.fixture(scope="module")
def server() -> Iterator[LocalServer]:
    with local_server() as opened:
        yield opened


@pytest.mark.parametrize("fault", FAULTS, ids=lambda fault: fault.__name__)
def test_the_histories_notice_when(server: LocalServer, monkeypatch: pytest.MonkeyPatch, fault: Any) -> None:
    fault(monkeypatch)
    with pytest.raises(WentWrong) as caught:
        run_all(server)
    assert isinstance(caught.value.__cause__, Wrong)


def run_all(server: LocalServer) -> None:
    for seed in range(1, 1 + HISTORIES):
        run(seed, server)
