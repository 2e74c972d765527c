from collections.abc import Iterator

import pytest

from tests.differential.phone import Phone, open_phone


@pytest.fixture(scope="session")
def phone(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Phone]:
    with open_phone(tmp_path_factory.mktemp("shell")) as opened:
        yield opened
