"""Whatever is sent to whichever route: never a 5xx, and a refusal to a program is a problem whose code it can know.

`ATTACKS=10000 pytest tests/attacks/test_schemathesis.py` sends so many to each route; `make test` sends a few to all.
"""

import json
import os
from typing import Any
from urllib.parse import quote, urlencode

import httpx
import schemathesis
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from schemathesis import Case, GenerationMode

from server.places import WEB
from tests.attacks.addresses import OURS, ask
from tests.attacks.openapi import FORM, openapi
from tests.attacks.people import Owner, fresh_cookie, move_in
from tests.server.house import House

EACH = int(os.environ.get("ATTACKS", "0"))  # examples of each route
ALL = 150  # of all routes together, else
ROUTES = 170
JSON_ALONE = ["/sync", "/session", "/session/lock", "/health", "/sign-in/parameters"]
WORDS = json.loads((WEB / "words" / "en.json").read_text())
PAIRING = (f"pairing_{fault}" for fault in WORDS["accounts"]["pairing"]["problems"])
KNOWN = {*WORDS["problems"], *WORDS["errors"], *PAIRING, "epoch_changed"}
PLAIN = settings(max_examples=EACH * ROUTES or ALL, suppress_health_check=list(HealthCheck), database=None)


@PLAIN
@given(data=st.data(), is_signed_in=st.booleans(), mode=st.sampled_from(GenerationMode))
async def test_no_request_is_too_odd_to_be_answered(
    house: House, data: st.DataObject, is_signed_in: bool, mode: GenerationMode
) -> None:
    case = data.draw(_cases(house, mode))
    cookie = await fresh_cookie(house.storage, await _somebody(house)) if is_signed_in else ""
    answer = await _send(house, case, cookie)
    assert answer.status_code < 500
    is_problem = answer.headers.get("content-type") == "application/problem+json"
    if answer.status_code >= 400 and case.method.upper() != "HEAD" and (is_problem or case.path in JSON_ALONE):
        problem = answer.json()
        assert problem.items() >= {"type": "about:blank", "status": answer.status_code}.items()
        assert problem["code"] in KNOWN
        assert problem["title"]


def _cases(house: House, mode: GenerationMode) -> st.SearchStrategy[Case[Any]]:
    """Requests to any route, every second one to those that are for programs alone."""
    found: dict[GenerationMode, st.SearchStrategy[Case[Any]]] = house.app.state.setdefault("cases", {})
    if mode not in found:
        schema = schemathesis.openapi.from_dict(openapi(house.app))
        found[mode] = schema.include(path=JSON_ALONE).as_strategy(mode) | schema.as_strategy(mode)
    return found[mode]


async def _somebody(house: House) -> Owner:
    """Whoever has been asking; another once they have deleted their account."""
    kept: Owner | None = house.app.state.get("somebody")
    if not kept or not await house.storage.newest(kept.account):
        kept = house.app.state.somebody = await move_in(house.storage, "mara")
    return kept


async def _send(house: House, case: Case[Any], cookie: str) -> httpx.Response:
    path = "/".join(quote(part, safe="") for part in _filled(case).split("\0"))
    headers = {**OURS, "Accept": "application/json"}
    body = b""
    if case.media_type and isinstance(case.body, (dict, list, str, int, float, bool, type(None), bytes)):
        headers["Content-Type"] = case.media_type
        body = _encoded(case.media_type, case.body)
    query = urlencode(case.query or {}, doseq=True, errors="surrogatepass")
    return await ask(house, case.method, f"{path}?{query}", cookie=cookie, headers=headers, content=body)


def _filled(case: Case[Any]) -> str:
    """The path, parts apart, with what was made up for its parameters in them."""
    made_up = {f"{{{name}}}": str(value) for name, value in (case.path_parameters or {}).items()}
    return "\0".join(made_up.get(part, part) for part in case.path.split("/"))


def _encoded(media_type: str, body: Any) -> bytes:
    if isinstance(body, bytes):
        return body
    if media_type == FORM and isinstance(body, dict):
        return urlencode(body, doseq=True, errors="surrogatepass").encode()
    return json.dumps(body).encode()
