"""python -m tests.histories SEED…: runs single histories."""

import sys

from tests.histories.run import local_server, run

with local_server() as server:
    for seed in sys.argv[1:]:
        first, _, last = seed.partition("-")
        for each in range(int(first), int(last or first) + 1):
            run(each, server)
