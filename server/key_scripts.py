"""The scripts that make keys from passphrases (web/keys): fetched by the pages that need them, not with the first visit.

They are no part of the shell's version: from a page of the version before, somebody whose session ended can sign in.
"""

from collections.abc import Mapping

from server.joined_modules import join_modules
from server.places import WEB

ARGON2 = WEB / "keys/vendor/argon2.umd.min.js"
FORM, WORKER = "form.js", "worker.js"  # what a page imports, and what it starts beside itself


def key_scripts(sources: Mapping[str, str]) -> dict[str, str]:
    """Each script by its name, joined from web/keys and from `sources`, the shell's by path; the worker in one file."""
    ours = {path.relative_to(WEB).as_posix(): path.read_text(encoding="utf-8") for path in (WEB / "keys").glob("*.js")}
    form, worker = (join_modules({**sources, **ours}, f"keys/{name}") for name in (FORM, WORKER))
    return {FORM: form, WORKER: f"{ARGON2.read_text(encoding='utf-8')}\n{worker}"}
