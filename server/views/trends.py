"""What changed lately, and what followed a setback, in sentences. Twin: web/phone/views/trends.js."""

from server.practice_numbers import Practised
from server.reactions import Setback, mean
from server.views.dates import date_text
from server.views.frame import Context
from server.words import Words, count, fill

LATELY = 28  # days; compared with as many before
ENOUGH = 3  # rated entries in each
TOLD = 5  # setbacks


def change_text(everything: list[Practised], today: int, words: Words) -> str:
    """How each reaction of the last four weeks is beside that of the four weeks before, where enough were rated."""
    if not everything:
        return str(words["paths"]["none"])
    lately = [each for each in everything if today - LATELY < each.day]
    before = [each for each in everything if today - 2 * LATELY < each.day <= today - LATELY]
    means = {
        "new": mean(each.new for each in lately),
        "new_before": mean(each.new for each in before),
        "old": mean(each.old for each in lately),
        "old_before": mean(each.old for each in before),
    }
    told = [name for name in ("new", "old") if min(means[name].rated, means[f"{name}_before"].rated) >= ENOUGH]
    said = words["rewire"]["change"]["_".join(told) or "few"]
    return fill(said, {name: str(each.value) for name, each in means.items()})


def setback_texts(marked: list[Setback], words: Words) -> list[Context]:
    """The latest setbacks, each with what followed."""
    return [{"url": f"/practices/{each.id}", "text": _setback_text(each, words)} for each in reversed(marked[-TOLD:])]


def moments_text(number: int, words: Words) -> str:
    """How many moments, in words."""
    return count(words["rewire"]["moments"], number, words)


def _setback_text(setback: Setback, words: Words) -> str:
    said = words["rewire"]["setback"]
    when = {"date": date_text(setback.day, words)}
    if setback.days is None:
        return fill(said["open"], when)
    if setback.days == 0:
        return fill(said["same_day"], when)
    return count(said["later"], setback.days, words, **when)
