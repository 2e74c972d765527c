"""The same house as the server's own tests, with two people in it: Mara, whose words are looked for, and Teo."""

import pytest

from tests.attacks.people import Owner, move_in
from tests.server.conftest import database_url, folder, house, postgres, postgres_url
from tests.server.house import House

__all__ = ["database_url", "folder", "house", "mara", "postgres", "postgres_url", "teo"]


@pytest.fixture
async def mara(house: House) -> Owner:
    return await move_in(house.storage, "mara")


@pytest.fixture
async def teo(house: House) -> Owner:
    return await move_in(house.storage, "teo")
