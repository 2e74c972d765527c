"""A form's fields as screens, a question each. Twin: web/phone/views/screens.js."""

from server.views.frame import Context
from server.words import Words, digits, fill

Layout = tuple[tuple[str, tuple[str, ...]], ...]


def screens(form: Context, layout: Layout, titles: Words, words: Words) -> list[Context]:
    """The form's fields, as the layout puts them on screens by name, each with its place among them in words."""
    fields = {field["name"]: field for field in form["fields"]}
    return [
        {
            "name": name,
            "id": f"screen-{at}",
            "title": titles[name],
            "progress": fill(
                words["screens"]["progress"], {"at": digits(at, words), "all": digits(len(layout), words)}
            ),
            "fields": [fields[field] for field in asked],
        }
        for at, (name, asked) in enumerate(layout, start=1)
    ]
