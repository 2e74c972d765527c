"""Help now is the same from both hosts: whose lines come first, and which numbers of a plan can be tapped."""

import pytest
from msgspec.structs import replace

from sync.record import new, save
from tests.differential.example import IDS, NOON, PLACE
from tests.differential.phone import Phone
from tests.differential.server import Server


@pytest.mark.parametrize("country", ["", "other", "NZ", "__proto__", "<b>"])
@pytest.mark.parametrize("zone", ["", "Europe/Madrid", "America/Buenos_Aires", "constructor"])
def test_help_is_for_the_same_country(phone: Phone, country: str, zone: str) -> None:
    phone.hold([])
    asked = replace(PLACE, address="/support", country=country, zone=zone, language="en")
    assert phone.answer(asked) == Server([]).answer(asked)


def test_help_leads_to_what_else_there_is_to_lean_on(phone: Phone) -> None:
    phone.hold([])
    asked = replace(PLACE, address="/support", language="en")
    told = phone.answer(asked)
    assert told == Server([]).answer(asked)
    assert (
        told.html.index("My safety plan")
        < told.html.index('href="/learn/looking"')
        < told.html.index('href="/learn/guides"')
    )


def test_the_day_of_a_check_reads_as_a_date(phone: Phone) -> None:
    phone.hold([])
    asked = replace(PLACE, address="/support?country=NZ", language="en")
    told = phone.answer(asked)
    assert told == Server([]).answer(asked)
    assert '<time datetime="2026-11-22">22 November 2026</time>' in told.html


@pytest.mark.parametrize(
    "said",
    [
        "Ana +34 600 123 456, or 024",
        "on 2026-11-22, 12 times",
        "(555) 010-0199 and 1.2.3.4.5",
        "🙂 0800 111 0 111🙂99 ١٢٣٤ ٠٠٠",
        "1234567890123456789 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6",
        "+ + 9\n9\n9 988",
    ],
)
def test_numbers_in_a_plan_can_be_called_the_same(phone: Phone, said: str) -> None:
    plan = save(new(IDS[0], "safety_plan"), "phone", {"professionals": said, "coping": said}, NOON)
    phone.hold([plan])
    asked = replace(PLACE, address="/support")
    assert phone.answer(asked) == Server([plan]).answer(asked)


def test_what_two_devices_wrote_of_a_plan_is_told_the_same(phone: Phone) -> None:
    plan = save(new(IDS[0], "safety_plan"), "phone", {"coping": "walk"}, NOON)
    both = save(plan, "laptop", {"coping": "swim"}, NOON, base={})
    for held in (plan, both):
        phone.hold([held])
        asked = replace(PLACE, address="/support", language="en")
        told = phone.answer(asked)
        assert told == Server([held]).answer(asked)
        assert ("Look at both." in told.html) is (held is both)
