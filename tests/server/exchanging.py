"""What a device says to /sync and hears from it, over HTTP without a network."""

import uuid
from typing import Any

import httpx
import msgspec

from server.accounts import make_token
from server.storage import Account
from sync.record import Record, encode
from tests.server.house import House

ASK = {"v": 1, "device": "phone"}


async def owner_of_a_journal(house: House, email: str) -> str:
    await house.storage.add_account(Account(str(uuid.uuid4()), email, "no passphrase is tried here", 1))
    return str(await make_token(house.storage, email, 1))


async def exchange(who: httpx.AsyncClient, *push: Record, **asked: Any) -> dict[str, Any]:
    answer = await post(who, *push, **asked)
    assert answer.status_code == 200, answer.text
    return msgspec.json.decode(answer.content, type=dict[str, Any])


async def post(who: httpx.AsyncClient, *push: Record, **asked: Any) -> httpx.Response:
    return await who.post("/sync", content=request(*push, **asked))


def request(*push: Record, **asked: Any) -> bytes:
    return msgspec.json.encode({**ASK, "records": [msgspec.Raw(encode(record)) for record in push], **asked})


def refused(answer: httpx.Response) -> tuple[int, str]:
    assert answer.headers["content-type"] == "application/problem+json"
    return answer.status_code, answer.json()["code"]
