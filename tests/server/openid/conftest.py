from collections.abc import AsyncIterator, Iterator
from contextlib import AbstractAsyncContextManager
from pathlib import Path
from typing import Any

import pytest

from tests.server.house import House, open_house
from tests.server.openid.hostile import CLIENT_ID, CLIENT_SECRET, HostileProvider, open_provider


@pytest.fixture
def provider() -> Iterator[HostileProvider]:
    with open_provider() as opened:
        yield opened


@pytest.fixture
def other() -> Iterator[HostileProvider]:
    """Another provider that people may sign in with."""
    with open_provider() as opened:
        yield opened


@pytest.fixture
async def house(folder: Path, provider: HostileProvider, other: HostileProvider) -> AsyncIterator[House]:
    """The running application, with both providers."""
    async with open_house_with(folder, clinic=provider, other=other) as opened:
        yield opened


def open_house_with(folder: Path, **providers: HostileProvider) -> AbstractAsyncContextManager[House]:
    """Run the application with these providers."""
    settings: dict[str, Any] = {"UNLEARN_OIDC": ",".join(providers)}
    for name, each in providers.items():
        settings[f"UNLEARN_OIDC_{name.upper()}_ISSUER"] = each.issuer
        settings[f"UNLEARN_OIDC_{name.upper()}_CLIENT_ID"] = CLIENT_ID
        settings[f"UNLEARN_OIDC_{name.upper()}_CLIENT_SECRET"] = CLIENT_SECRET
    return open_house(folder, **settings)
