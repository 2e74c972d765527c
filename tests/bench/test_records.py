"""The invented journal is the one that every peer was measured with."""

import gzip
import hashlib
from itertools import islice

from msgspec import Raw

from sync.exchange import open_push
from tests.bench.device import PHONE
from tests.bench.records import as_record, entries, line

# Of the first thousand lines that shared/bench/records.py writes, which the peers were given.
REFERENCE = "92daf73fcbdb26ce9fb236588a99ef73492231e7668032738b8d15c4a7fffd21"


def test_the_first_thousand_entries_are_the_reference_s_byte_for_byte():
    written = b"".join(map(line, islice(entries(10_000), 1_000)))

    assert hashlib.sha256(written).hexdigest() == REFERENCE


def test_another_seed_tells_another_journal():
    assert next(entries(1, seed=1)) != next(entries(1))


def test_ten_thousand_records_are_177_megabytes_at_gzip_6_so_that_figures_compare():
    written = b",".join(as_record(entry, PHONE) for entry in entries(10_000))

    assert abs(len(gzip.compress(written, 6)) / 1.77e6 - 1) < 0.01


def test_each_is_a_record_that_the_server_takes_as_it_stands():
    written = [as_record(entry, PHONE) for entry in entries(100)]

    accepted, refused = open_push([Raw(each) for each in written])

    assert len(accepted) == 100
    assert not refused
