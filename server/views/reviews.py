"""A review of one trait: its questions beside what was practised since the last one. Twin: web/phone/views/reviews.js."""

from server import moments
from server.entries import Entry
from server.journal import Journal
from server.kinds import kinds
from server.practice_numbers import day_number, practised, today_in
from server.reactions import mean, setbacks
from server.views.charts import mean_text
from server.views.dates import date_text
from server.views.form import new_form
from server.views.frame import Context, Here, frame
from server.views.items import title_of
from server.views.plans_of_reviews import plan_text
from server.views.screens import Layout, screens
from server.views.trends import change_text, moments_text
from server.words import fill, set_apart

SCREENS: Layout = (
    ("changed", ("changed",)),
    ("hard", ("still_hard",)),
    ("next", ("next_step",)),
    ("plan", ("if_trigger", "then_action", "trait_id")),
)


def review_page(trait: Entry, journal: Journal, here: Here, form: Context | None = None) -> Context:
    """What changed, what is still hard, what next; `form` is one that came back refused."""
    words = here.words
    form = form or new_form(kinds()["review"], journal, here, {"trait_id": trait.id})
    name = title_of(trait, words)
    today = today_in(here.now, here.zone)
    everything = practised(journal, trait.id, today)
    last = next(iter(journal.of_trait(trait.id, "review", 1)), None)
    since = _day_of(last)
    held = [each for each in everything if since is None or each.day >= since]
    return {
        **frame(
            here,
            fill(words["rewire"]["review_of"], {"trait": set_apart(name, words)}),
            "rewire",
            words["kinds"]["review"]["one"],
        ),
        "trait": {"url": f"/rewire/{trait.id}", "name": name},
        "since": words["rewire"]["since_begin"]
        if since is None
        else fill(words["rewire"]["since"], {"date": date_text(since, words)}),
        "moments": moments_text(len(held), words),
        "old": mean_text(mean(each.old for each in held), words),
        "new": mean_text(mean(each.new for each in held), words),
        "setbacks": str(len([each for each in setbacks(everything) if since is None or each.day >= since])),
        "change": change_text(everything, today, words),
        "plan": plan_text(trait, journal, words),
        "next_step": (last.values.get("next_step") or "") if last else "",
        "form": form,
        "screens": screens(form, SCREENS, words["rewire"]["screens"], words),
    }


def _day_of(entry: Entry | None) -> int | None:
    moment = moments.parse(entry.values.get("happened_at")) if entry else None
    return day_number(moment) if moment else None
