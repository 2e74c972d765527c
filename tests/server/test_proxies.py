"""Rate limits count people, not the proxy before the server; and nobody can say that they are somebody else."""

from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from litestar.connection import ASGIConnection

from server import attempts
from server.proxies import client_address, read_proxies
from server.request import AnyConnection
from tests.server.house import MARA, open_house, send

PROXY, PERSON, OTHER = "10.0.0.2", "198.51.100.7", "203.0.113.9"


@pytest.mark.parametrize(
    ("trusted", "asked_from", "said", "found"),
    [
        ("", PERSON, [OTHER], PERSON),
        ("10.0.0.0/8", PERSON, [OTHER], PERSON),
        ("10.0.0.0/8", PROXY, [PERSON], PERSON),
        ("10.0.0.0/8", PROXY, [f"{OTHER}, {PERSON}"], PERSON),
        ("10.0.0.0/8", PROXY, [OTHER, PERSON], PERSON),
        ("10.0.0.0/8", PROXY, [f"{OTHER}, {PERSON}, 10.0.0.3"], PERSON),
        ("10.0.0.0/8", PROXY, [f"{PERSON}, junk"], PROXY),
        ("10.0.0.0/8", PROXY, [f"{PERSON},junk,10.0.0.3"], "10.0.0.3"),
        ("10.0.0.0/8", PROXY, [], PROXY),
        ("10.0.0.0/8", PROXY, [""], PROXY),
        ("10.0.0.2, ::1", f"::ffff:{PROXY}", [PERSON], PERSON),
        ("10.0.0.2, ::1", "::1", ["2001:db8::5"], "2001:db8::5"),
    ],
)
def test_the_last_address_that_no_trusted_proxy_has_is_whose_it_is(
    trusted: str, asked_from: str, said: list[str], found: str
) -> None:
    assert client_address(connection(trusted, asked_from, said)) == found


async def test_behind_a_trusted_proxy_one_stranger_does_not_use_up_everybodys_tries(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(attempts, "TRIES_FROM_ADDRESS", 2)
    async with open_house(folder, UNLEARN_TRUSTED_PROXIES=PROXY) as house:
        stranger, person = house.browser(at=PROXY), house.browser(at=PROXY)
        stranger.headers["X-Forwarded-For"], person.headers["X-Forwarded-For"] = OTHER, PERSON
        tries = [(await send(stranger, "/sign-in", f"{n}@example.org")).status_code for n in range(3)]
        assert tries == [401, 401, 429]
        assert (await send(person, "/sign-in", MARA)).status_code == 401


def connection(trusted: str, asked_from: str, said: list[str]) -> AnyConnection:
    app = SimpleNamespace(state=SimpleNamespace(settings=SimpleNamespace(trusted_proxies=read_proxies(trusted))))
    headers = [(b"x-forwarded-for", each.encode()) for each in said]
    scope: Any = {"type": "http", "headers": headers, "client": (asked_from, 5000), "app": app, "litestar_app": app}
    return ASGIConnection(scope)
