"""The neutral page that hiding leads to; nothing on it names the app. Twin: web/phone/views/measures.js."""

from server.views.frame import Context, Here, frame


def measures_page(here: Here) -> Context:
    """A cook's table of measures, all of it in web/words."""
    return frame(here, here.words["measures"]["title"])
