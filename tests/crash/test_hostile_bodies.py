"""Bodies that no device sends: always an answer of SYNC.md §2, soon, and never much memory."""

import asyncio
import gzip
from collections.abc import Iterator

import msgspec
import pytest

from tests.crash.hostile import Hostile, asking, hostile, record
from tests.crash.line import Answer, CutOff, Line, head, post
from tests.crash.memory import Memory
from tests.crash.people import tokens
from tests.serving import Serving

MOST_MORE = 64  # MiB
AT_ONCE = 8
STATUS = {"malformed": 400, "too_large": 413, "": 200}
EVERY = list(hostile())


@pytest.fixture(scope="module")
def people(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Serving, str, str]]:
    """A server, and the tokens of two who use it."""
    folder = tmp_path_factory.mktemp("hostile")
    mara, teo = tokens(folder, "mara", "teo")
    with Serving(folder) as serving:
        yield serving, mara, teo
        assert serving.errors() == ""


@pytest.fixture
def serving(people: tuple[Serving, str, str]) -> Serving:
    return people[0]


@pytest.fixture
def token(people: tuple[Serving, str, str]) -> str:
    return people[1]


@pytest.mark.parametrize("sent", EVERY, ids=[each.name for each in EVERY])
async def test_each_has_its_answer_and_takes_little_memory(serving: Serving, token: str, sent: Hostile) -> None:
    with Memory(serving) as memory:
        check(sent, await ask(serving.port, token, sent))
    assert memory.more < MOST_MORE


LARGEST = sorted(EVERY, key=lambda each: len(each.body))[-12:] + [each for each in EVERY if "bomb" in each.name]


@pytest.mark.parametrize("sent", LARGEST, ids=[each.name for each in LARGEST])
async def test_eight_at_once_take_little_more_than_one(serving: Serving, token: str, sent: Hostile) -> None:
    with Memory(serving) as memory:
        for answer in await asyncio.gather(*(ask(serving.port, token, sent) for _ in range(AT_ONCE))):
            check(sent, answer)
    assert memory.more < MOST_MORE


async def test_a_bomb_that_comes_bit_by_bit_and_never_ends_is_put_down_at_8_mib(serving: Serving, token: str) -> None:
    about = {"Authorization": f"Bearer {token}", "Content-Encoding": "gzip", "Transfer-Encoding": "chunked"}
    bomb = gzip.compress(bytes(1024**3), 9)
    with Memory(serving) as memory:
        async with Line(serving.port) as line:
            await line.send(head("POST", "/sync", about))
            for start in range(0, len(bomb) - 8, 500):
                await line.send(b"1f4\r\n%b\r\n" % bomb[start : start + 500].ljust(500, b"\0"))
            await line.send(b"0\r\n\r\n")
            assert (await line.answer()).code == "too_large"
    assert memory.more < MOST_MORE


@pytest.mark.parametrize("whole", [asking(record()), gzip.compress(asking(record()))])
async def test_whoever_hangs_up_within_a_body_harms_nobody(serving: Serving, token: str, whole: bytes) -> None:
    request = post(token, whole)
    for end in range(len(request) - len(whole), len(request), 7):
        async with Line(serving.port) as line:
            await line.send(request[:end])
    assert (await ask(serving.port, token, Hostile("next", asking()))).status == 200


@pytest.mark.parametrize(
    "body", [b"zz\r\n{}\r\n0\r\n\r\n", b"5\r\n{}\r\n0\r\n\r\n", b"-1\r\n{}\r\n", b"fffffffffffffffff\r\n{"]
)
async def test_chunks_that_lie_are_malformed(serving: Serving, token: str, body: bytes) -> None:
    async with Line(serving.port) as line:
        await line.send(
            head("POST", "/sync", {"Authorization": f"Bearer {token}", "Transfer-Encoding": "chunked"}) + body
        )
        assert (await line.head())[0] == 400


async def test_an_id_of_another_journal_is_just_an_id(people: tuple[Serving, str, str]) -> None:
    serving, mara, teo = people
    hers = record(fields=b'"name":"hers"')
    assert (await ask(serving.port, mara, Hostile("hers", asking(hers)))).status == 200
    answer = await ask(serving.port, teo, Hostile("his", asking(hers.replace(b"hers", b"his"))))
    assert (answer.status, b"hers" in answer.body) == (200, False)


async def ask(port: int, token: str, sent: Hostile) -> Answer:
    async with Line(port) as line:
        try:
            await line.send(post(token, sent.body, Content_Encoding=sent.coding))
        except CutOff:
            assert sent.code == "too_large", sent.name
        return await line.answer()


def check(sent: Hostile, answer: Answer) -> None:
    assert answer.status == STATUS[sent.code], answer
    if sent.code:
        assert answer.code == sent.code
    else:
        told = msgspec.json.decode(answer.body)
        assert tuple(each["code"] for each in told["refused"]) == sent.refused, told["refused"]
