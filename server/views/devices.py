"""What the devices of a journal are called, and the form to name this one. Twin: web/phone/views/devices.js."""

from collections.abc import Callable

from server.journal import Journal
from server.kinds import kinds
from server.views.form import edit_form, new_form
from server.views.frame import Context, Here
from server.words import fill, set_apart
from sync.record import SERVER

Where = Callable[[str], str]  # what a place is called, by the name in a dot


def where_of(journal: Journal, here: Here) -> Where:
    """Where a save was made, by the name in its dot: on a device that has a name, on this one, on the server, on another."""
    said = here.words["devices"]
    named = {each.values.get("writer", ""): each.values.get("name", "") for each in reversed(journal.of_kind("device"))}

    def where(by: str) -> str:
        if named.get(by):
            return fill(said["named"], {"name": set_apart(named[by], here.words)})
        return str(said["server" if by == SERVER else "this" if by == here.device else "other"])

    return where


def device_form(journal: Journal, here: Here) -> Context:
    """The form for this device's name, with the name that it has."""
    kind = kinds()["device"]
    known = next((each for each in journal.of_kind("device") if each.values.get("writer") == here.device), None)
    if known:
        return {**edit_form(kind, journal, here, known), "onward": "/you"}
    return {**new_form(kind, journal, here, {"writer": here.device}), "onward": "/you"}
