import gc
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import settings

from tests.serving import Serving

# An example that takes long on a busy machine is no mistake.
settings.register_profile("unlearn", deadline=None)
settings.load_profile("unlearn")


def pytest_collection_finish() -> None:
    """Keep what all tests are made of out of the search for garbage, a sixth of the time of those in this process."""
    gc.freeze()


@pytest.fixture(scope="session")
def shell(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """What the shell's files were compiled and compressed to, once for all tests: it takes seconds."""
    return tmp_path_factory.mktemp("shell")


@pytest.fixture
def server(tmp_path: Path, shell: Path) -> Iterator[Serving]:
    """A running server, which a test may stop and start again."""
    folder = tmp_path / "var"
    folder.mkdir()
    (folder / "shell").symlink_to(shell)
    with Serving(folder) as serving:
        yield serving
