"""The vocabulary of feelings, to add to and to tidy. Twin: web/phone/views/emotions.js."""

from server.actions import was_of
from server.journal import Journal
from server.kinds import kinds
from server.views.feelings import Feeling, vocabulary
from server.views.frame import Context, Here, frame
from server.words import fill, set_apart
from sync.canonical import canonical


def emotions_page(journal: Journal, here: Here) -> Context:
    """The words in use by groups, and those put away; each with the form that moves it to the other side."""
    words = here.words
    groups = vocabulary(journal, words)
    away = [feeling for _, feelings in groups for feeling in feelings if feeling.is_away]
    used = [(label, [feeling for feeling in feelings if not feeling.is_away]) for label, feelings in groups]
    return {
        **frame(here, words["titles"]["emotions"]),
        "form": {"id": here.id, "journal": here.journal, "zone": here.zone},
        "groups": [
            {"label": label, "words": [_word(feeling, here) for feeling in feelings]}
            for label, feelings in used
            if feelings
        ],
        "away": [_word(feeling, here) for feeling in away],
    }


def _word(feeling: Feeling, here: Here) -> Context:
    kind, entry = kinds()["emotion"], feeling.entry
    label = here.words["vocabulary"]["bring_back_word" if feeling.is_away else "put_away_word"]
    return {
        "word": feeling.word,
        "label": fill(label, {"word": set_apart(feeling.word, here.words)}),
        "action": f"/{kind.plural}/{entry.id}" if entry else f"/{kind.plural}",
        "seen": canonical(entry.seen).decode() if entry else "",
        "was": canonical(was_of(kind, entry)).decode() if entry else "",
        "archived": "" if feeling.is_away else "archived",
    }
