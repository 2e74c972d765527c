from urllib.parse import parse_qsl

from server.problems import Problem
from server.request import AnyRequest

FORM_TYPE = "application/x-www-form-urlencoded"
MOST_FIELDS = 1000


async def read_pairs(request: AnyRequest) -> list[tuple[str, str]]:
    """Read a form's names and values in order. Litestar's own reading keeps the last 1,024 bodies in memory."""
    body = await request.body()
    if not body:
        return []  # a button's form may hold nothing, and then some programs leave the type out
    if request.content_type[0] != FORM_TYPE:
        raise Problem(415, "malformed")
    try:
        return parse_qsl(body.decode(), keep_blank_values=True, max_num_fields=MOST_FIELDS, errors="strict")
    except ValueError as error:
        raise Problem(400, "malformed") from error
