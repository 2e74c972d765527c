"""What each button on an entry's page does to its record. Twin: web/phone/buttons.js."""

from collections.abc import Callable

from server.actions import Action, Hand, destroy, existing, keep, put_in_bin, rehearse, take_back
from server.entries import read_entry
from server.forms import Pairs
from sync.record import Record, save

BUTTONS: dict[str, Callable[[Pairs, Hand], Action]] = {
    "keep": keep,
    "rehearse": rehearse,
    "rest": lambda _, hand: _put_state("rested", hand),
    "wake": lambda _, hand: _put_state("", hand),
    "put_in_bin": lambda _, hand: put_in_bin(hand),
    "put_back": lambda _, hand: take_back(hand),
    "shred": lambda _, hand: destroy(hand),
}


def _put_state(state: str, hand: Hand) -> Action:
    """Let a trait rest ("rested"), or take it up again ("")."""

    def edit(record: Record | None) -> Record:
        trait = existing(record)
        entry = read_entry(trait)
        if entry and entry.values.get("state", "") == state:
            return trait
        return save(trait, hand.device, {"state": state}, hand.now)

    return edit
