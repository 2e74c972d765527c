from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import settings

from tests.serving import Serving

# An example that takes long on a busy machine is no mistake.
settings.register_profile("unlearn", deadline=None)
settings.load_profile("unlearn")


@pytest.fixture
def server(tmp_path: Path) -> Iterator[Serving]:
    """A running server, which a test may stop and start again."""
    with Serving(tmp_path / "var") as serving:
        yield serving
