"""Short pages on why this works, in the order of the words. Twin: web/phone/views/learn.js."""

from server.actions import Gone
from server.views.frame import Context, Here, frame
from server.words import fill


def learn_page(here: Here) -> Context:
    """What there is to read."""
    return {
        **frame(here, here.words["titles"]["learn"]),
        "readings": [_link(slug, here) for slug in here.words["learn"]],
    }


def reading_page(slug: str, here: Here) -> Context:
    """One page, the one before it and the one after it."""
    slugs = list(here.words["learn"])
    if slug not in slugs:
        raise Gone
    at = slugs.index(slug)
    page = here.words["learn"][slug]
    return {
        **frame(here, page["title"]),
        "slug": slug,
        "place": fill(here.words["reading"]["place"], {"number": str(at + 1), "count": str(len(slugs))}),
        "short": page["short"],
        "drawn": page.get("picture", ""),
        "marks": page.get("marks", []),
        "parts": page["parts"],
        "sources": [{"text": source["text"], "url": source.get("url", "")} for source in page["sources"]],
        "before": _link(slugs[at - 1], here) if at else None,
        "after": _link(slugs[at + 1], here) if at + 1 < len(slugs) else None,
    }


def _link(slug: str, here: Here) -> Context:
    page = here.words["learn"][slug]
    return {"slug": slug, "url": f"/learn/{slug}", "title": page["title"], "short": page["short"]}
