"""QR codes as one SVG path, so that no page has to be trusted with markup of a library's."""

from itertools import groupby

import segno

QUIET = 4  # modules of white around the code, ISO/IEC 18004


def qr_path(text: str) -> tuple[int, str]:
    """The side of the code's square in modules, and the path that fills its dark ones."""
    code = segno.make_qr(text, error="m")
    rows = [(y, list(row)) for y, row in enumerate(code.matrix_iter(border=QUIET))]
    return len(rows), "".join(f"M{x} {y}h{length}v1h-{length}z" for y, row in rows for x, length in _dark(row))


def _dark(row: list[int]) -> list[tuple[int, int]]:
    """Where each run of dark modules begins, and how long it is."""
    runs, x = [], 0
    for dark, modules in groupby(row):
        length = len(list(modules))
        if dark:
            runs.append((x, length))
        x += length
    return runs
