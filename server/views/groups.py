"""Practices by tool, by context and by time of day, with how many each mean is of. Twin: web/phone/views/groups.js."""

from collections.abc import Callable

from server.fields import CONTEXTS
from server.journal import Journal
from server.practice_numbers import Practised
from server.reactions import FEW, PARTS, Mean, mean, part_of_day
from server.views.charts import mean_text
from server.views.frame import Context
from server.views.items import title_of, url_of
from server.views.trends import moments_text
from server.words import Words, fill

MOST_TOOLS = 20
PLACE = 10  # of 0 in a picture of 220


def by_tool(held: list[Practised], journal: Journal, words: Words) -> list[Context]:
    """Distress before and after with each tool, the most used first; of few entries only that they are few."""
    found: dict[str, list[Practised]] = {}
    for each in held:
        if each.before is not None and each.after is not None:
            for id in dict.fromkeys(each.tools):
                found.setdefault(id, []).append(each)
    most_used = sorted(found.items(), key=lambda pair: -len(pair[1]))[:MOST_TOOLS]
    rows = []
    for id, some in most_used:
        tool = journal.get(id)
        if tool and tool.kind == "tool":
            rows.append({"url": url_of(tool), "name": title_of(tool, words), **_distress(some, words)})
    return rows


def by_context(held: list[Practised], words: Words) -> list[Context]:
    """Both reactions in each context that was named."""
    labels = words["choices"]["context"]
    return _groups(held, [(name, labels[name]) for name in CONTEXTS if name], lambda each: each.context, words)


def by_part_of_day(held: list[Practised], words: Words) -> list[Context]:
    """Both reactions in the morning, the afternoon, the evening and at night."""
    labels = words["rewire"]["parts"]
    return _groups(held, [(name, labels[name]) for name, _ in PARTS], lambda each: part_of_day(each.hour), words)


def _groups(
    held: list[Practised], names: list[tuple[str, str]], group_of: Callable[[Practised], str], words: Words
) -> list[Context]:
    rows = []
    for name, label in names:
        some = [each for each in held if group_of(each) == name and (each.old is not None or each.new is not None)]
        old, new = mean(each.old for each in some), mean(each.new for each in some)
        if some:
            rows.append(
                {
                    "label": label,
                    "few": _few(len(some), words),
                    "old": _enough_text(old, words),
                    "new": _enough_text(new, words),
                    "old_wide": _wide(old),
                    "new_wide": _wide(new),
                }
            )
    return rows


def _enough_text(mean: Mean, words: Words) -> str:
    """Of few ratings only how many they are."""
    if 0 < mean.rated < FEW:
        return fill(words["rewire"]["mean_few"], {"count": str(mean.rated)})
    return mean_text(mean, words)


def _wide(mean: Mean) -> int:
    return mean.value if mean.value is not None and mean.rated >= FEW else 0


def _distress(some: list[Practised], words: Words) -> Context:
    before, after = mean(each.before for each in some).value or 0, mean(each.after for each in some).value or 0
    said = {"before": str(before), "after": str(after), "moments": moments_text(len(some), words)}
    return {
        "few": _few(len(some), words),
        "text": fill(words["rewire"]["distress"], said),
        "before": PLACE + 2 * before,
        "after": PLACE + 2 * after,
    }


def _few(number: int, words: Words) -> str:
    return fill(words["rewire"]["few"], {"moments": moments_text(number, words)}) if number < FEW else ""
