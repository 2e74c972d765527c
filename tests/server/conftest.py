from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from tests.server.house import House, open_house


@pytest.fixture(scope="session")
def shell(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """What the shell's files were compiled and compressed to, once for all tests."""
    return tmp_path_factory.mktemp("shell")


@pytest.fixture
def folder(tmp_path: Path, shell: Path) -> Path:
    """A data folder with nothing in it but the compiled shell."""
    (tmp_path / "shell").symlink_to(shell)
    return tmp_path


@pytest.fixture
async def house(folder: Path) -> AsyncIterator[House]:
    async with open_house(folder) as opened:
        yield opened
