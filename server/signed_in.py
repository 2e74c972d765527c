"""The one way in, once somebody has shown who they are, however they did."""

from typing import Any
from urllib.parse import quote

from litestar import Response
from litestar.response import Redirect

from server import choices
from server.browsers import label_of
from server.clock import now_ms
from server.letters import write_letter
from server.problems import Problem, wants_json
from server.request import AnyRequest, storage_of
from server.sessions import end_session, session_cookie, start_session
from server.storage import Account
from server.words import words_of


async def signed_in(
    request: AnyRequest, account: Account, next_url: str, *, status: int = 200, provider: str = ""
) -> Response[Any]:
    """Begin a session and go on to `next_url`, a path of ours; an account that is switched off is refused.

    `provider` is the OpenID provider that vouched for them, "" where nobody had to.
    """
    if account.disabled_at is not None:
        raise Problem(403, "disabled")
    if account.delete_at is not None:
        next_url = "/you/delete"  # where it can be taken back
    # What the browser sent is forgotten, never kept: it may have been planted there.
    await end_session(request)
    storage = storage_of(request)
    label = label_of(request.headers.get("user-agent", ""), words_of(choices.language_of(request)))
    now = now_ms()
    await write_letter(request, account, label, now)
    value = await start_session(storage, account.account, now, label=label, provider=provider)
    cookies = [session_cookie(request.app.state.settings, value)]
    if wants_json(request):
        body = {"account": account.account, "email": account.email}
        if account.delete_at is not None:
            body["next"] = next_url
        return Response(body, status_code=status, cookies=cookies)
    return Redirect(f"/signed-in?next={quote(next_url, safe='')}", status_code=303, cookies=cookies)
