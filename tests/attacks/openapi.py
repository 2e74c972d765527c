"""An OpenAPI description of the running app, for tests alone: the app itself shows none."""

import re
from typing import Any

import msgspec
from litestar import Litestar

from sync.exchange import Request
from tests.attacks.addresses import PARAMETER, addresses

TEXT = {"type": "string"}
FORM = "application/x-www-form-urlencoded"

# Names that some form or address of ours reads, and what could be in them; each may be left out.
FIELDS: dict[str, dict[str, Any]] = {
    **dict.fromkeys(["id", "journal", "passphrase", "key", "pin", "code", "label", "was", "seen", "onward"], TEXT),
    **dict.fromkeys(["situation", "rule_when", "distress_before", "happened_at", "zone", "field", "by", "at"], TEXT),
    "name": {"type": "string", "minLength": 1, "maxLength": 200},
    "email": {"anyOf": [TEXT, {"type": "string", "format": "email"}]},
    "next": {"anyOf": [TEXT, {"enum": ["/you", "//evil.example", "/\\evil.example"]}]},
    "do": {"anyOf": [TEXT, {"enum": ["off", "passphrase", "passkey"]}]},
    "language": {"enum": ["en", "es", "xx", ""]},
    "country": {"enum": ["GB", "other", ""]},
    "lock": {"anyOf": [TEXT, {"const": "none"}]},
    "after": {"enum": ["0", "5", "-1"]},
    "when": {"enum": ["now", "week", ""]},
    **dict.fromkeys(["kdf", "session", "token", "secret", "challenge", "credential"], TEXT),
}
QUERY = ["next", "email", "id", "q", "view", "code", "state", "error", "iss"]


def openapi(app: Litestar) -> dict[str, Any]:
    """Describe every address of the app; `/sync` says what it takes, others have the fields of all forms."""
    paths: dict[str, dict[str, Any]] = {}
    for address in addresses(app):
        path = PARAMETER.sub(lambda found: "{" + found[1] + "}", address.path)
        body = {"application/json": {"schema": _sync()}} if path == "/sync" else _forms()
        paths.setdefault(path, {})[address.method.lower()] = {
            "parameters": [_parameter(name, "path") for name in re.findall(r"\{(\w+)\}", path)]
            + [_parameter(name, "query") for name in (QUERY if address.method == "GET" else [])],
            **({"requestBody": {"content": body}} if address.method == "POST" else {}),
            "responses": {"default": {"description": "anything"}},
        }
    return {"openapi": "3.1.0", "info": {"title": "Unlearn", "version": "1"}, "paths": paths}


def _sync() -> dict[str, Any]:
    fields = msgspec.structs.fields(Request)
    properties = {each.name: msgspec.json.schema(each.type) for each in fields if each.type is not msgspec.Raw}
    record = {"type": "object", "properties": {"id": TEXT, "kind": TEXT, "seen": {}, "writes": {"type": "array"}}}
    required = [each.name for each in fields if each.required]
    properties["records"] = {"type": "array", "items": {"anyOf": [record, {}]}}
    return {"type": "object", "properties": properties, "required": required}


def _forms() -> dict[str, Any]:
    form = {"type": "object", "properties": FIELDS}
    return {FORM: {"schema": form}, "application/json": {"schema": form}}


def _parameter(name: str, where: str) -> dict[str, Any]:
    return {"name": name, "in": where, "required": where == "path", "schema": FIELDS.get(name, TEXT)}
