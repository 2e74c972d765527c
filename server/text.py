"""Text on one line of a page. Twin: web/phone/text.js."""

BLANKS = " \t\r\n"
JOINER = 0x200D
FLAGS = range(0x1F1E6, 0x1F200)  # a flag is two of these
# What belongs to the character before it: accents and vowel marks, looks and skins of emoji. From Unicode's blocks, since
# the hosts' own tables are of different ages.
MARKS = (
    range(0x300, 0x370),
    range(0x591, 0x5BE),  # Hebrew
    range(0x64B, 0x660),  # Arabic
    range(0x93A, 0x950),  # Devanagari
    range(0xE31, 0xE3B),  # Thai
    range(0x1AB0, 0x1B00),
    range(0x1DC0, 0x1E00),
    range(JOINER, JOINER + 1),
    range(0x20D0, 0x2100),
    range(0xFE00, 0xFE10),
    range(0x1F3FB, 0x1F400),
    range(0xE0020, 0xE0080),  # flags of England, Scotland and Wales
)


def shorten(text: str, most: int) -> str:
    """The first line, at most so many code points, the last of which is … where something is missing.

    No letter loses its accent, and no picture of several code points a part, but for one that fills the line alone.
    """
    line = text.strip(BLANKS).split("\n")[0].strip(BLANKS)
    if len(line) <= most:
        return line
    end = most - 1
    while end and _is_within(line, end):
        end -= 1
    return line[: end or most - 1] + "…"


def _is_within(line: str, at: int) -> bool:
    """Tell whether a cut there would part what is drawn as one."""
    before, after = ord(line[at - 1]), ord(line[at])
    if before in FLAGS and after in FLAGS:
        return _flags_before(line, at) % 2 == 1
    return before == JOINER or any(after in marks for marks in MARKS)


def _flags_before(line: str, at: int) -> int:
    first = at
    while first and ord(line[first - 1]) in FLAGS:
        first -= 1
    return at - first
