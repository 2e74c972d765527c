"""Step 5, Rewire: all traits with their paths, and what one trait's practice says. Twin: web/phone/views/rewire.js."""

from server.entries import Entry
from server.journal import Journal
from server.practice_numbers import Practised, practised, today_in
from server.reactions import setbacks, stretches
from server.views.charts import calendar, curves
from server.views.dates import date_text
from server.views.frame import Context, Here, frame
from server.views.groups import by_context, by_part_of_day, by_tool
from server.views.items import items, title_of
from server.views.notice import MOST_SHOWN, MOST_TRAITS, is_rested
from server.views.plans_of_reviews import plan_text
from server.views.trends import change_text, setback_texts
from server.widths import path_widths, share

RANGES = {"12w": 84, "1y": 364, "all": 0}  # days; 0: since the first entry
SHOWN = 5  # newest reviews


def rewire_page(journal: Journal, here: Here) -> Context:
    """Every trait with its two paths and what changed lately, those that rest in a fold of their own."""
    traits = journal.of_kind("trait", MOST_TRAITS)
    active = [trait for trait in traits if not is_rested(trait)]
    rested = [trait for trait in traits if is_rested(trait)]
    return {
        **frame(here, here.words["steps"]["rewire"]["title"], "rewire"),
        "active": [_row(trait, journal, here) for trait in active[:MOST_SHOWN]],
        "rested": [_row(trait, journal, here) for trait in rested[:MOST_SHOWN]],
        "more": [_link(trait, here) for trait in active[MOST_SHOWN:] + rested[MOST_SHOWN:]],
        "items": items(journal.of_kind("review", SHOWN), journal, here),
    }


def rewire_trait_page(trait: Entry, journal: Journal, here: Here) -> Context:
    """One trait's numbers: curves, paths then and now, tools, places, times, days and setbacks, in a range of time."""
    words = here.words
    today = today_in(here.now, here.zone)
    everything = practised(journal, trait.id, today)
    chosen = here.query.get("range", "")
    chosen = chosen if chosen in RANGES else "12w"
    first = _first_day(chosen, everything, today)
    held = [each for each in everything if each.day >= first]
    marked = [each for each in setbacks(everything) if each.day >= first]
    then = max(first, everything[0].day) if everything else today
    return {
        **frame(here, title_of(trait, words), "rewire", words["kinds"]["trait"]["one"]),
        "trait_url": f"/traits/{trait.id}",
        "review_url": f"/rewire/{trait.id}/review",
        "practise_url": f"/practise?trait={trait.id}",
        "ranges": [
            {
                "url": f"/rewire/{trait.id}?range={name}",
                "label": words["rewire"]["ranges"][name],
                "chosen": name == chosen,
            }
            for name in RANGES
        ],
        "any": bool(everything),
        "change": change_text(everything, today, words),
        "then_now": [
            _paths(path_widths(everything, then), date_text(then, words)),
            _paths(path_widths(everything, today), words["rewire"]["now"]),
        ],
        "chart": curves(stretches(held, first, today), marked, words),
        "setbacks": setback_texts(marked, words),
        "tools": by_tool(held, journal, words),
        "contexts": by_context(held, words),
        "parts": by_part_of_day(held, words),
        "calendar": calendar(everything, first, today, words),
        "plan": plan_text(trait, journal, words),
        "items": items(journal.of_trait(trait.id, "review", SHOWN), journal, here),
    }


def _link(trait: Entry, here: Here) -> Context:
    return {"url": f"/rewire/{trait.id}", "name": title_of(trait, here.words)}


def _row(trait: Entry, journal: Journal, here: Here) -> Context:
    today = today_in(here.now, here.zone)
    everything = practised(journal, trait.id, today)
    old, new = path_widths(everything, today)
    return {
        "url": f"/rewire/{trait.id}",
        "trait_url": f"/traits/{trait.id}",
        "review_url": f"/rewire/{trait.id}/review",
        "name": title_of(trait, here.words),
        "old": old,
        "new": new,
        "paths_text": change_text(everything, today, here.words),
    }


def _paths(widths: tuple[int, int], when: str) -> Context:
    old, new = widths
    return {"when": when, "old": old, "new": new, "old_share": str(share(old)), "new_share": str(share(new))}


def _first_day(chosen: str, everything: list[Practised], today: int) -> int:
    if RANGES[chosen]:
        return today - RANGES[chosen] + 1
    return min((each.day for each in everything), default=today - RANGES["12w"] + 1)
