import argon2
import pytest
from argon2 import PasswordHasher

from server import key_hashes
from server.key_hashes import hash_key, is_key
from server.problems import Problem

KEY, OTHER = b"a key of thirty-two bytes, yes it", b"another one of thirty-two bytes, "


async def test_a_key_matches_its_own_hash_alone() -> None:
    kept = await hash_key(KEY)
    assert await is_key(KEY, kept)
    assert not await is_key(OTHER, kept)
    assert kept != await hash_key(KEY)


async def test_hashes_are_as_dear_as_promised() -> None:
    kept = argon2.extract_parameters(await hash_key(KEY))
    assert (kept.type, kept.memory_cost, kept.time_cost, kept.parallelism) == (argon2.Type.ID, 64 * 1024, 3, 4)


@pytest.mark.parametrize("kept", ["", "nonsense", "$argon2id$v=19$m=65536,t=3,p=4$", "$2b$12$abcdefghijklmnopqrstuv"])
async def test_a_broken_hash_matches_nothing(kept: str) -> None:
    assert not await is_key(KEY, kept)


async def test_an_unknown_account_costs_what_a_known_one_does(monkeypatch: pytest.MonkeyPatch) -> None:
    compared: list[str] = []
    verify = PasswordHasher.verify

    def note(self: PasswordHasher, kept: str, key: bytes) -> bool:
        compared.append(kept)
        return verify(self, kept, key)

    monkeypatch.setattr(PasswordHasher, "verify", note)
    assert not await is_key(KEY, "")
    assert not await is_key(KEY, await hash_key(OTHER))
    unknown, known = (argon2.extract_parameters(each) for each in compared)
    assert unknown == known


async def test_whoever_comes_to_a_crowd_is_asked_to_come_again(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(key_hashes, "MOST_AT_ONCE", 0)
    for work in (hash_key(KEY), is_key(KEY, "")):
        with pytest.raises(Problem) as refusal:
            await work
        assert (refusal.value.status, refusal.value.code) == (503, "slow_down")
        assert int(refusal.value.headers["Retry-After"]) > 0
    monkeypatch.undo()
    assert await is_key(KEY, await hash_key(KEY))
