"""What tests/differential asks of the phone under Node, asked of it in Chromium, with the shell as it is served."""

import json
from collections.abc import Iterable, Iterator, Sequence
from urllib.parse import urlencode

import msgspec
import pytest
from hypothesis import HealthCheck, given, settings
from msgspec.structs import replace
from playwright.sync_api import Browser, Page

from server.kinds import kinds
from server.places import ROOT
from sync.record import Record, encode
from tests.differential.example import PLACE, PREFIX, PROVIDERS, Answer, Asked, pages_of, sent
from tests.differential.hostile import HOSTILE, WALLS, shown, steeped
from tests.differential.server import Server
from tests.differential.strategies import journals, places
from tests.serving import Serving

HARNESS = ROOT / "tests/differential/phone.js"
LOAD = """async () => {
  const [, served] = /(\\/shell\\/[0-9a-f]+)\\//.exec(document.documentElement.outerHTML)
  const [{ examplePhone }, { render }, { data }, ...modules] = await Promise.all(
    ["/differential/phone.js", `${served}/templates.js`, `${served}/data.js`, ...["answer", "database", "journal", "record", "rows", "tally"].map(name => `${served}/phone/${name}.js`)]
      .map(url => import(url)))
  globalThis.examplePhone = examplePhone({ ...data, providers: PROVIDERS, version: "v1", prefix: "PREFIX", render }, Object.assign({}, ...modules))
}""".replace("PREFIX", PREFIX).replace("PROVIDERS", json.dumps(PROVIDERS))
ASK = """async ([records, asked]) => {
  await globalThis.examplePhone.hold(JSON.parse(records))
  const answers = []
  for (const each of asked) answers.push(await globalThis.examplePhone.ask(each))
  return answers
}"""


@pytest.fixture(scope="module")
def page(browser: Browser, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Page]:
    """A page of ours in which the worker's own modules run."""
    with Serving(tmp_path_factory.mktemp("var")) as serving:
        context = browser.new_context(service_workers="block")
        opened = context.new_page()
        opened.route(
            "**/differential/phone.js", lambda route: route.fulfill(path=HARNESS, content_type="text/javascript")
        )
        opened.goto(f"{serving.url}/support")
        opened.evaluate(LOAD)
        yield opened
        context.close()


@pytest.mark.parametrize("text", HOSTILE, ids=lambda text: ascii(text[:20]))
def test_hostile_words_are_shown_the_same_in_chromium(page: Page, text: str) -> None:
    held = steeped(text)
    addresses = [*pages_of(held), f"/journal?{urlencode({'q': text})}"]
    same(page, held, [replace(PLACE, address=address) for address in addresses])


@pytest.mark.parametrize("text", [*HOSTILE, *WALLS, ""], ids=lambda text: ascii(text[:20]))
def test_hostile_words_are_kept_or_refused_the_same_in_chromium(page: Page, text: str) -> None:
    for record in steeped("before", "2026-11-22T18:03:00+01:00[Europe/Madrid]"):
        kind = kinds()[record.kind]
        names = [*(field["name"] for field in kind.fields), "emotions_1_name", "emotions_1_intensity", "zone", "was"]
        forms = [
            [*shown(kind, record), *((name, text) for name in each)] for each in (names, *([name] for name in names))
        ]
        same(page, [record], [sent(f"/{kind.plural}/{record.id}", pairs, record.id) for pairs in forms])


@settings(max_examples=20, deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large])
@given(journals(), places())
def test_every_page_is_the_same_in_chromium(page: Page, held: list[Record], place: Asked) -> None:
    same(page, held, [replace(place, address=address) for address in pages_of(held)])


def same(page: Page, held: Sequence[Record], asked: Iterable[Asked]) -> None:
    """Ask one thing after another, each of what the one before left."""
    records = f"[{','.join(encode(record).decode() for record in held)}]"
    questions = list(asked)
    told = page.evaluate(ASK, [records, json.loads(msgspec.json.encode(questions))])
    server = Server(held)
    for question, answer in zip(questions, told, strict=True):
        assert msgspec.convert(answer, Answer) == server.answer(question), question.address
