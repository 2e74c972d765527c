"""How traits set each other off: a picture with whole numbers alone, and the same as a list. Twin: web/phone/views/trait_map.js."""

from math import isqrt

from server.entries import Entry
from server.journal import Journal
from server.text import shorten
from server.views.chain import others_set_off
from server.views.frame import Context
from server.views.items import title_of, url_of
from server.views.notice import is_rested
from server.words import Words, digits

MOST_DRAWN = 12
MOST_NAMED = 6  # more names than these would run into each other
MOST_LESSONS = 200
SHORT = 12  # code points of a name in the picture
CENTRE, RADIUS, NODE, GAP = 180, 118, 19, 5  # of the circle, of a trait on it, and before an arrow's tip; in its units
ROUND = 60  # steps round the circle, of 6° each
SINES = (0, 105, 208, 309, 407, 500, 588, 669, 743, 809, 866, 914, 951, 978, 995, 1000)  # thousandths, to a quarter

Edges = dict[str, list[Entry]]
Place = tuple[int, int]


def trait_map(traits: list[Entry], journal: Journal, words: Words) -> Context:
    """The traits round a circle, those with links first, and an arrow from each to what it sets off."""
    edges = _edges(traits, journal)
    tied = {trait.id for trait in traits if edges[trait.id]}
    tied |= {other.id for others in edges.values() for other in others}
    ordered = [trait for trait in traits if trait.id in tied] + [trait for trait in traits if trait.id not in tied]
    drawn = ordered[:MOST_DRAWN]
    places = {trait.id: _place(at, len(drawn)) for at, trait in enumerate(drawn)}
    lines = [_line(at, trait, edges, words) for at, trait in enumerate(ordered, start=1)]
    return {
        "nodes": [_node(at, trait, places, words) for at, trait in enumerate(drawn, start=1)],
        "arrows": [
            _arrow(places[trait.id], places[other.id])
            for trait in drawn
            for other in edges[trait.id]
            if other.id in places
        ],
        "lines": lines[:MOST_DRAWN],
        "rest": lines[MOST_DRAWN:],
        "is_tied": bool(tied),
    }


def _edges(traits: list[Entry], journal: Journal) -> Edges:
    """What each trait sets off, as the newest lessons say."""
    edges: Edges = {trait.id: [] for trait in traits}
    for lesson in journal.of_kind("lesson", MOST_LESSONS):
        found = edges.get(lesson.values.get("trait_id", ""))
        if found is not None:
            seen = {other.id for other in found}
            found += [other for other in others_set_off(lesson, journal) if other.id in edges and other.id not in seen]
    return edges


def _node(number: int, trait: Entry, places: dict[str, Place], words: Words) -> Context:
    x, y = places[trait.id]
    return {
        "number": digits(number, words),
        "x": x,
        "y": y,
        "number_y": y + 6,
        "name_y": y + NODE + 18 if y > CENTRE else y - NODE - 9,  # outside, where no arrow comes from
        "short": shorten(title_of(trait, words), SHORT) if len(places) <= MOST_NAMED else "",
        "rested": is_rested(trait),
    }


def _line(number: int, trait: Entry, edges: Edges, words: Words) -> Context:
    return {
        "number": digits(number, words),
        "url": url_of(trait),
        "name": title_of(trait, words),
        "sets_off": [{"url": url_of(other), "name": title_of(other, words)} for other in edges[trait.id]],
    }


def _place(at: int, all_of_them: int) -> Place:
    """Evenly round the circle from the top; two face each other, and one stands alone in the middle."""
    if all_of_them == 1:
        return CENTRE, CENTRE
    step = at * ROUND // all_of_them + (ROUND * 3 // 4 if all_of_them == 2 else 0)
    return CENTRE + RADIUS * _sine(step) // 1000, CENTRE - RADIUS * _sine(step + ROUND // 4) // 1000


def _sine(step: int) -> int:
    quarter, within = divmod(step % ROUND, ROUND // 4)
    number = SINES[ROUND // 4 - within if quarter % 2 else within]
    return -number if quarter > 1 else number


def _arrow(start: Place, end: Place) -> str:
    """A curve that bends to its own right, so that the way back is another curve; it stops short of both circles."""
    (x, y), (to_x, to_y) = start, end
    bend_x = (x + to_x) // 2 + (y - to_y) // 6
    bend_y = (y + to_y) // 2 + (to_x - x) // 6
    from_x, from_y = _towards(start, (bend_x, bend_y), NODE)
    tip_x, tip_y = _towards(end, (bend_x, bend_y), NODE + GAP)
    return f"M{from_x} {from_y}Q{bend_x} {bend_y} {tip_x} {tip_y}"


def _towards(start: Place, end: Place, distance: int) -> Place:
    x, y = end[0] - start[0], end[1] - start[1]
    length = max(1, isqrt(x * x + y * y))
    return start[0] + x * distance // length, start[1] + y * distance // length
