import argon2
import pytest
from argon2 import PasswordHasher

from server.passphrases import hash_passphrase, is_passphrase

PASSPHRASE = "a lighthouse in the fog"


async def test_a_passphrase_matches_its_own_hash_alone() -> None:
    kept = await hash_passphrase(PASSPHRASE)
    assert await is_passphrase(PASSPHRASE, kept)
    assert not await is_passphrase(PASSPHRASE.upper(), kept)
    assert kept != await hash_passphrase(PASSPHRASE)


async def test_hashes_are_as_dear_as_promised() -> None:
    kept = argon2.extract_parameters(await hash_passphrase(PASSPHRASE))
    assert (kept.type, kept.memory_cost, kept.time_cost, kept.parallelism) == (argon2.Type.ID, 64 * 1024, 3, 4)


async def test_a_letter_is_the_same_however_a_keyboard_composes_it() -> None:
    kept = await hash_passphrase("caf\u00e9 de la mañana")
    assert await is_passphrase("cafe\u0301 de la man\u0303ana", kept)


@pytest.mark.parametrize("kept", ["", "nonsense", "$argon2id$v=19$m=65536,t=3,p=4$", "$2b$12$abcdefghijklmnopqrstuv"])
async def test_a_broken_hash_matches_nothing(kept: str) -> None:
    assert not await is_passphrase(PASSPHRASE, kept)


async def test_an_unknown_account_costs_what_a_known_one_does(monkeypatch: pytest.MonkeyPatch) -> None:
    compared: list[str] = []
    verify = PasswordHasher.verify

    def note(self: PasswordHasher, kept: str, passphrase: bytes) -> bool:
        compared.append(kept)
        return verify(self, kept, passphrase)

    monkeypatch.setattr(PasswordHasher, "verify", note)
    assert not await is_passphrase(PASSPHRASE, None)
    assert not await is_passphrase(PASSPHRASE, await hash_passphrase("something else"))
    unknown, known = (argon2.extract_parameters(each) for each in compared)
    assert unknown == known
