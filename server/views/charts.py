"""Pictures of numbers as plain coordinates for web/templates/charts.html. Twin: web/phone/views/charts.js."""

from server.practice_numbers import Practised
from server.reactions import Mean, Setback, Stretch
from server.views.dates import date_text, range_text
from server.views.frame import Context
from server.words import Words, fill

LEFT, WIDE = 20, 640  # of the curves' picture of 680 by 320
BOTTOM, HIGH = 300, 280
CELL = 24  # of the calendar, with the gap around it
SIZES = (4, 11, 16, 21)  # of a day without, with one, two, three or more moments
WEEKS = 12
MOST_WEEKS = 53


def curves(held: list[Stretch], marked: list[Setback], words: Words) -> Context:
    """Both reactions as lines that stop where nothing was rated, with each setback's place, and the same as a table."""
    first, last = held[0].first, held[-1].first + _days(held) - 1
    begins, ends = date_text(first, words), date_text(last, words)
    said = words["rewire"]
    olds, news = [each.old for each in held], [each.new for each in held]
    return {
        "label": fill(said["curves_label"], {"first": begins, "last": ends}),
        "first": begins,
        "last": ends,
        "stretch": said["stretch_day"] if _days(held) == 1 else said["stretch_weeks"],
        "old": _line(olds),
        "new": _line(news),
        "old_points": _points(olds),
        "new_points": _points(news),
        "setbacks": [_x((each.day - first) // _days(held), len(held)) for each in marked if first <= each.day <= last],
        "rows": [
            {
                "when": range_text(each.first, each.first + _days(held) - 1, words),
                "old": mean_text(each.old, words),
                "new": mean_text(each.new, words),
            }
            for each in held
            if each.old.rated or each.new.rated
        ],
    }


def calendar(practices: list[Practised], first: int, today: int, words: Words) -> Context:
    """Each day from the week of `first` on as a square that grows with its moments, a column a week, Monday on top."""
    monday = today - (today + 3) % 7
    weeks = min(max((monday + 6 - first) // 7 + 1, WEEKS), MOST_WEEKS)
    begins = monday - 7 * (weeks - 1)
    counts: dict[int, int] = {}
    for each in practices:
        if begins <= each.day <= today:
            counts[each.day] = counts.get(each.day, 0) + 1
    days = range(begins, today + 1)
    return {
        "width": weeks * CELL,
        "height": 7 * CELL,
        "label": fill(words["rewire"]["calendar_label"], {"first": date_text(begins, words), "days": str(len(counts))}),
        "cells": [_cell(day - begins, counts.get(day, 0)) for day in days],
        "rows": [{"when": date_text(day, words), "count": str(counts[day])} for day in reversed(days) if day in counts],
    }


def mean_text(mean: Mean, words: Words) -> str:
    """A mean with how many it is of."""
    if mean.value is None:
        return str(words["rewire"]["none"])
    return fill(words["rewire"]["mean"], {"mean": str(mean.value), "count": str(mean.rated)})


def _days(held: list[Stretch]) -> int:
    return held[1].first - held[0].first if len(held) > 1 else 1


def _x(at: int, count: int) -> int:
    return LEFT + WIDE * (2 * at + 1) // (2 * count)


def _y(value: int) -> int:
    return BOTTOM - HIGH * value // 100


def _points(means: list[Mean]) -> list[Context]:
    return [{"x": _x(at, len(means)), "y": _y(each.value)} for at, each in enumerate(means) if each.value is not None]


def _line(means: list[Mean]) -> str:
    parts, goes_on = [], False
    for at, each in enumerate(means):
        if each.value is not None:
            parts.append(f"{'L' if goes_on else 'M'}{_x(at, len(means))} {_y(each.value)}")
        goes_on = each.value is not None
    return "".join(parts)


def _cell(at: int, count: int) -> Context:
    size = SIZES[min(count, 3)]
    inset = (CELL - size) // 2
    return {"x": at // 7 * CELL + inset, "y": at % 7 * CELL + inset, "size": size, "some": count > 0}
