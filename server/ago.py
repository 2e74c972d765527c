"""How long ago something was, in the largest unit that is over. Twin: web/phone/ago.js, which a page keeps up to date with."""

import msgspec

from server.words import Words, count

MINUTE = 60_000  # ms


def ago_text(ms: int, words: Words) -> str:
    """So many minutes, hours or days ago; a clock that is ahead of ours says just now."""
    said, minutes = words["ago"], ms // MINUTE
    if minutes < 1:
        return str(said["now"])
    if minutes < 60:
        return count(said["minutes"], minutes, words)
    if minutes < 24 * 60:
        return count(said["hours"], minutes // 60, words)
    return count(said["days"], minutes // (24 * 60), words)


def ago_words(words: Words) -> str:
    """The words that it takes, for a page's script."""
    return msgspec.json.encode({"ago": words["ago"], "numbers": words["numbers"]}).decode()
