"""Examples to adapt, and gentle moments to begin from. Twin: web/phone/views/examples.js."""

import re

from server.views.frame import Context, Here
from server.words import Words

DAY_MS = 86_400_000
NUMBER = re.compile("[0-9]{1,4}")


def with_examples(form: Context, kind: str, words: Words) -> Context:
    """The form, with what others might write beside each field."""
    sets = words["examples"][kind]
    return {
        **form,
        "fields": [
            {
                **field,
                "examples": [
                    {"whole": name, "text": example[field["name"]]}
                    for name, example in sets.items()
                    if field["name"] in example
                ],
            }
            for field in form["fields"]
        ],
    }


def whole_examples(kind: str, url: str, words: Words) -> list[Context]:
    """Examples that fill a whole form; the address does it where no script runs."""
    sets = words["examples"][kind]
    return [{"name": name, "label": example["label"], "url": f"{url}?example={name}"} for name, example in sets.items()]


def chosen_example(kind: str, here: Here) -> dict[str, str]:
    """The example that the address names, by field."""
    example: dict[str, str] = here.words["examples"][kind].get(here.query.get("example", ""), {})
    return {name: text for name, text in example.items() if name != "label"}


def prompt(url: str, here: Here) -> Context:
    """A moment to picture, another one each day, and where to find the next."""
    said = here.words["prompts"]["list"]
    asked = here.query.get("prompt", "")
    at = (int(asked) if NUMBER.fullmatch(asked) else here.now // DAY_MS) % len(said)
    return {"text": said[at], "url": f"{url}?prompt={(at + 1) % len(said)}"}
