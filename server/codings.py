"""How an answer is compressed on its way to a browser (RFC 9110 §8.4)."""

import gzip
from typing import Any

import brotli
from litestar import Response

from server.request import AnyRequest

QUALITY = 5  # of brotli's 11: 41 kB in about 1 ms
LEVEL = 6  # of gzip's 9


def accepted_coding(request: AnyRequest) -> str:
    """The coding that the browser likes best of those that we have, "" when it likes none."""
    accepted = {part.split(";")[0].strip() for part in request.headers.get("accept-encoding", "").split(",")}
    return next((coding for coding in ("br", "gzip") if coding in accepted), "")


def compress_page(request: AnyRequest, page: Response[str]) -> Response[Any]:
    """The page in fewer bytes, unless its address brings words along.

    A stranger could put guesses into such an address, and learn from an answer's size which of them the journal holds
    (BREACH, 2013).
    """
    coding = "" if request.url.query else accepted_coding(request)
    if not coding:
        return page
    text = page.content.encode()
    body = brotli.compress(text, quality=QUALITY) if coding == "br" else gzip.compress(text, LEVEL, mtime=0)
    headers = {**page.headers, "Content-Encoding": coding, "Vary": "Accept-Encoding"}
    return Response(body, status_code=page.status_code, media_type="text/html", headers=headers)
