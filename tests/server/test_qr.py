import re

import segno

from server.qr import QUIET, qr_path

RUN = re.compile(r"M(\d+) (\d+)h(\d+)v1h-(\d+)z")


def test_the_path_is_the_code_with_the_white_around_it_that_cameras_need() -> None:
    side, path = qr_path("https://journal.example.org/pair#one-secret")
    code = segno.make_qr("https://journal.example.org/pair#one-secret", error="m")
    dark = {(x + QUIET, y + QUIET) for y, row in enumerate(code.matrix) for x, module in enumerate(row) if module}

    assert side == len(code.matrix) + 2 * QUIET
    assert RUN.sub("", path) == ""
    assert {(int(x) + step, int(y)) for x, y, length, _ in RUN.findall(path) for step in range(int(length))} == dark
    assert all(length == back for _, _, length, back in RUN.findall(path))
