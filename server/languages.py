"""Languages: which ones there are, and the one that a person reads. Twin: web/phone/languages.js.

A language is its file in web/words, named by its tag (BCP 47), with a manifest beside it: nothing else lists them.
"""

from server.places import WEB

ENGLISH = "en"  # for whoever asks for none that we speak
LANGUAGES = (ENGLISH, *sorted({path.stem for path in (WEB / "words").glob("*.json")} - {ENGLISH}))


def choose_language(chosen: str, accepted: list[str], spoken: tuple[str, ...] = LANGUAGES) -> str:
    """The person's own choice, else the first of the browser's languages that we speak, else English.

    A tag is cut from its end until a language has its name (RFC 4647 §3.4): es-419 is answered in es.
    """
    names = {language.lower(): language for language in spoken}
    for tag in [chosen, *accepted]:
        parts = tag.lower().split("-")
        for end in range(len(parts), 0, -1):
            if found := names.get("-".join(parts[:end])):
                return found
    return ENGLISH


def accepted_languages(header: str) -> list[str]:
    """The tags of an Accept-Language header, the most wanted first, without those it refuses (RFC 9110 §12.5.4)."""
    wanted = []
    for part in header.split(","):
        tag, _, quality = part.partition(";")
        try:
            weight = float(quality.strip().removeprefix("q=") or 1)
        except ValueError:
            continue
        if weight > 0:
            wanted.append((-weight, tag.strip()))
    return [tag for _, tag in sorted(wanted, key=lambda pair: pair[0])]
