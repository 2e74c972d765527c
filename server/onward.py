"""Where a form leads once it is saved. Twin: web/phone/onward.js."""

import re

from server.forms import Pairs, last
from server.kinds import Kind

PAGE = re.compile(r"/[a-z][a-z/-]*(?:\{id\})?(?:\?[a-z]+=[0-9a-z-]*(?:\{id\})?)?")  # one of ours, never another site's


def onward(pairs: Pairs, kind: Kind, id: str) -> str:
    """The page that the form names as `onward`, with the entry's id for {id}; else the entry's own."""
    named = last(pairs, "onward")
    return named.replace("{id}", id) if PAGE.fullmatch(named) else f"/{kind.plural}/{id}"
