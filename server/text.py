"""Text on one line of a page. Twin: web/phone/text.js."""

BLANKS = " \t\r\n"


def shorten(text: str, most: int) -> str:
    """The first line, at most so many code points."""
    line = text.strip(BLANKS).split("\n")[0].strip(BLANKS)
    return line if len(line) <= most else line[: most - 1] + "…"
