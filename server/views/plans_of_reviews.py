"""The if–then plan that a trait's latest review made. Twin: web/phone/views/plans_of_reviews.js."""

from server.entries import Entry
from server.journal import Journal
from server.words import Words, fill, set_apart

LOOKED_AT = 10  # newest reviews


def plan_review(trait: Entry, journal: Journal) -> Entry | None:
    """The latest review of the trait that says what to do."""
    newest = journal.of_trait(trait.id, "review", LOOKED_AT)
    return next((each for each in newest if each.values.get("then_action")), None)


def plan_text(trait: Entry, journal: Journal, words: Words) -> str:
    """That plan as a sentence, "" when there is none."""
    review = plan_review(trait, journal)
    if not review:
        return ""
    trigger, action = review.values.get("if_trigger") or "", review.values["then_action"]
    said = words["rewire"]["plan_if" if trigger else "plan_then"]
    return fill(said, {"trigger": set_apart(trigger, words), "action": set_apart(action, words)})
