"""python -m tests.histories [--http | --phone] SEED…: walks single histories, or all from SEED-SEED."""

import sys

from tests.histories.phone import open_phones
from tests.histories.run import Devices, http_server, local_server, phones_of, run
from tests.histories.server import Server


def walk(seeds: list[int], server: Server, devices: Devices | None = None) -> None:
    for seed in seeds:
        run(seed, server, devices)


options = [argument for argument in sys.argv[1:] if argument.startswith("--")]
spans = [argument.partition("-") for argument in sys.argv[1:] if argument not in options]
seeds = [seed for first, _, last in spans for seed in range(int(first), int(last or first) + 1)]
if options:
    with http_server(len(seeds)) as process, open_phones() as phones:
        walk(seeds, process, phones_of(phones, process) if "--phone" in options else None)
else:
    with local_server() as local:
        walk(seeds, local)
