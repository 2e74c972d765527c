from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.serving import Serving


@pytest.fixture
def server(tmp_path: Path) -> Iterator[Serving]:
    """A running server, which a test may stop and start again."""
    with Serving(tmp_path / "var") as serving:
        yield serving
