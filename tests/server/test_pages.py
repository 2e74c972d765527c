import html
import re

import httpx
import pytest

from server.kinds import Kind, kinds
from server.routes import Route, routes
from server.views.contents import VIEWS
from server.words import words_of
from tests.server.house import FROM_OUR_PAGE, MARA, TEO, House

PERSONAL = [route for route in routes() if route.whose == "person"]
STORED = {"trait": {"name": "I go quiet"}, "tool": {"name": "Breathe out"}, "lesson": {"what_happened": "A look"}}
STORED |= {"practice": {"situation": "A meeting", "old_reaction": "60"}, "review": {"changed": "I spoke"}}
STORED |= {"safety_plan": {"coping": "A walk"}, "emotion": {"name": "wistful"}, "device": {"name": "Old phone"}}


async def test_every_route_of_the_app_says_whose_it_is(house: House) -> None:
    handlers = [handler for route in house.app.routes for handler in getattr(route, "route_handlers", [])]
    assert {handler.opt.get("for") for handler in handlers if handler.opt} == {"person", "anyone"}
    served = {handler.name for handler in handlers}
    assert {f"{route.method} {route.path}" for route in routes() if route.name in VIEWS} <= served


@pytest.mark.parametrize("route", PERSONAL, ids=lambda route: f"{route.method} {route.path}")
async def test_nobody_opens_a_journal_without_signing_in(house: House, route: Route) -> None:
    mara = await house.signed_up(MARA)
    made = await post(mara, "/practices", situation="Only Mara knows", old_reaction="60")
    path = route.path.replace("{id}", made.headers["location"].rsplit("/", 1)[1])
    answer = await house.browser().request(route.method, path, headers=FROM_OUR_PAGE)
    assert answer.status_code == 401
    assert "Only Mara knows" not in answer.text


@pytest.mark.parametrize("kind", list(kinds().values()), ids=lambda kind: kind.kind)
async def test_without_a_worker_each_kind_is_kept_shown_changed_and_binned(house: House, kind: Kind) -> None:
    mara = await house.signed_up(MARA)
    name, plural = kind.kind, kind.plural
    field, words = next(iter(STORED[name].items()))
    assert f'action="/{plural}"' in (await mara.get(f"/{plural}/new")).text

    made = await post(mara, f"/{plural}", **STORED[name])
    url = made.headers["location"]
    assert words in (await mara.get(url)).text
    assert (words in (await mara.get("/journal")).text) is not kind.aside

    form = inputs((await mara.get(f"{url}/edit")).text)
    assert form[field] == words
    changed = await post(mara, url, **{**form, field: f"{words}, again"})
    assert changed.headers["location"] == url
    assert f"{words}, again" in (await mara.get(url)).text

    await post(mara, f"{url}/bin")
    assert words not in (await mara.get("/journal")).text
    assert words in (await mara.get("/bin")).text
    await post(mara, f"{url}/back")
    assert f"{words}, again" in (await mara.get(url)).text
    assert words not in (await mara.get("/bin")).text

    await post(mara, f"{url}/bin")
    await post(mara, f"{url}/shred")
    assert words not in (await mara.get("/bin")).text
    assert words not in (await mara.get("/you/export")).text
    assert (await mara.get(url)).status_code == 404


async def test_a_trait_lists_its_newest_moments_and_leads_to_all_of_them(house: House) -> None:
    mara = await house.signed_up(MARA)
    trait = (await post(mara, "/traits", name="I go quiet")).headers["location"]
    id = trait.rsplit("/", 1)[1]
    for number in range(5):
        await post(mara, "/practices", trait_id=id, situation=f"Moment {number}", old_reaction="40")
    assert "See all of them" not in (await mara.get(trait)).text
    await post(mara, "/practices", trait_id=id, situation="One more", old_reaction="40")
    await post(mara, "/practices", situation="About nothing", old_reaction="40")
    page = (await mara.get(trait)).text
    assert page.count("/practices/") == 5
    link = re.search(r'href="([^"]+)">See all of them', page)
    assert link
    found = (await mara.get(html.unescape(link[1]))).text
    assert all(f"Moment {number}" in found for number in range(5))
    assert "About nothing" not in found


async def test_a_trait_shows_what_each_step_holds_for_it(house: House) -> None:
    mara = await house.signed_up(MARA)
    trait = (await post(mara, "/traits", name="I go quiet")).headers["location"]
    for path, field in [("/lessons", "what_happened"), ("/practices", "situation"), ("/reviews", "changed")]:
        await post(mara, path, trait_id=trait.rsplit("/", 1)[1], old_reaction="60", **{field: f"about {field}"})
    await post(mara, "/practices", situation="about something else", old_reaction="60")
    page = (await mara.get(trait)).text
    assert all(f"about {field}" in page for field in ("what_happened", "situation", "changed"))
    assert "about something else" not in page


async def test_a_refused_form_comes_back_with_all_that_was_typed_and_the_field_marked(house: House) -> None:
    mara = await house.signed_up(MARA)
    hostile = '</textarea><script>alert("x")</script> & שלום 🙂'
    refused = await post(mara, "/practices", situation=hostile, old_reaction="a lot", emotions_1_name="sad")
    assert refused.status_code == 422
    assert html.escape(hostile).replace("&quot;", "&#34;") in refused.text
    assert "<script>alert" not in refused.text
    assert inputs(refused.text)["old_reaction"] == "a lot"
    assert "Please write a whole number" in refused.text
    assert refused.text.count('aria-invalid="true"') == 1
    assert "A meeting" not in (await mara.get("/journal")).text


async def test_the_other_wording_can_be_kept(house: House) -> None:
    mara = await house.signed_up(MARA)
    url = (await post(mara, "/practices", situation="first", old_reaction="60")).headers["location"]
    page = inputs((await mara.get(f"{url}/edit")).text)
    await post(mara, url, **{**page, "situation": "in one window"})
    await post(mara, url, **{**page, "situation": "in another window"})
    both = (await mara.get(url)).text
    assert both.index("in another window") < both.index("in one window")

    rival = {name: inputs(both)[name] for name in ("field", "by", "at")}
    await post(mara, f"{url}/kept", **rival)
    kept = (await mara.get(url)).text
    assert "in one window" in kept
    assert "in another window" not in kept


async def test_what_a_restored_server_forgot_stands_beside_what_it_writes_then(house: House) -> None:
    mara = await house.signed_up(MARA)
    account = (await mara.get("/session")).json()["account"]
    url = (await post(mara, "/practices", situation="before the backup", old_reaction="60")).headers["location"]
    backup = await house.storage.record(account, url.rpartition("/")[2])
    await post(mara, url, **{**inputs((await mara.get(f"{url}/edit")).text), "learned": "after the backup"})
    on_the_phone = await house.storage.record(account, url.rpartition("/")[2])
    assert backup
    assert on_the_phone

    await house.storage.change(account, backup.id, lambda _: backup)  # and then, of the same record, another history
    await house.storage.new_epochs()
    await post(mara, url, **{**inputs((await mara.get(f"{url}/edit")).text), "situation": "after the restore"})
    await house.storage.exchange(account, [on_the_phone], None, 0, 1)
    page = (await mara.get(url)).text
    assert "after the backup" in page
    assert "after the restore" in page


async def test_a_form_that_the_server_has_no_room_for_comes_back_as_it_was_typed(house: House) -> None:
    mara = await house.signed_up(MARA)
    file = house.storage._file  # type: ignore[attr-defined] # noqa: SLF001 - no other way to fill SQLite's disk
    (pages,) = await file.write(lambda db: db.execute("PRAGMA page_count").fetchone())
    await file.write(lambda db: db.execute(f"PRAGMA max_page_count = {pages}").close())
    answer = await post(mara, "/reviews", changed="I spoke " * 400, still_hard="silence " * 400, next_step="ask " * 900)
    assert answer.status_code == 503
    assert inputs(answer.text)["changed"] == ("I spoke " * 400).strip()
    assert words_of("en")["errors"]["unavailable"] in html.unescape(answer.text)


async def test_a_form_begun_in_another_journal_comes_back_and_stays_out_of_this_one(house: House) -> None:
    mara, teo = await house.signed_up(MARA), await house.signed_up(TEO)
    form = inputs((await mara.get("/practise")).text)
    answer = await post(teo, "/practices", **{**form, "situation": "Begun by Mara", "old_reaction": "60"})

    assert answer.status_code == 409
    assert html.escape(words_of("en")["errors"]["other_journal"]) in answer.text
    again = inputs(answer.text)
    assert (again["situation"], again["journal"]) == ("Begun by Mara", form["journal"])
    assert "Begun by Mara" not in (await teo.get("/journal")).text
    assert (await post(mara, "/practices", **again)).status_code == 303


async def test_the_journal_is_searched_and_paged(house: House) -> None:
    mara = await house.signed_up(MARA)
    for number in range(65):
        when = f"2026-03-01T10:{number % 60:02}"
        await post(mara, "/practices", situation=f"café number {number}", old_reaction="60", happened_at=when)
    found = await mara.get("/journal", params={"q": "CAFE 64"})
    assert found.text.count('class="item"') == 1
    page, seen = await mara.get("/journal"), 0
    while True:
        seen += page.text.count('class="item"')
        more = re.search(r'hx-get="(/journal\?before=[^"]+)"', page.text)
        if not more:
            break
        page = await mara.get(html.unescape(more[1]), headers={"HX-Request-Type": "partial"})
        assert "<html" not in page.text
    assert seen == 65


@pytest.mark.parametrize(("asked", "says"), [("es-MX,es;q=0.9,en;q=0.8", "Diario"), ("fr", "Journal"), ("", "Journal")])
async def test_pages_come_in_the_language_that_the_browser_asks_for(house: House, asked: str, says: str) -> None:
    mara = await house.signed_up(MARA)
    assert f"<h1>{says}</h1>" in (await mara.get("/journal", headers={"Accept-Language": asked})).text


async def test_a_chosen_language_stays(house: House) -> None:
    mara = await house.signed_up(MARA)
    chosen = await post(mara, "/you/language", language="es")
    assert "Ahora ves todo en español." in (await mara.get(chosen.headers["location"])).text
    assert (await mara.get("/manifest.webmanifest", headers={"Accept-Language": "en"})).json()["lang"] == "es"
    assert "<h1>Diario</h1>" in (await mara.get("/journal", headers={"Accept-Language": "en"})).text


async def test_a_personal_page_is_in_no_cache_and_runs_only_our_scripts(house: House) -> None:
    mara = await house.signed_up(MARA)
    page = await mara.get("/journal")
    assert page.headers["cache-control"] == "no-store"
    nonces = set(re.findall(r'nonce="([^"]+)"', page.text))
    assert len(nonces) == 1
    assert f"'nonce-{nonces.pop()}'" in page.headers["content-security-policy"]


async def post(browser: httpx.AsyncClient, path: str, **form: str) -> httpx.Response:
    return await browser.post(path, data=form, headers=FROM_OUR_PAGE)


def inputs(page: str) -> dict[str, str]:
    """What a browser would send back from the page's first form with a text in it."""
    found: dict[str, str] = {}
    for tag in re.findall(r"<input [^>]*>", page):
        name, value = re.search(r'name="([^"]*)"', tag), re.search(r'value="([^"]*)"', tag)
        if name and (" checked" in tag or not re.search('type="(?:radio|checkbox|range)"', tag)):
            found.setdefault(html.unescape(name[1]), html.unescape(value[1]) if value else "")
    for name_, text in re.findall(r'<textarea [^>]*name="([^"]*)"[^>]*>\n?(.*?)</textarea>', page, re.DOTALL):
        found[name_] = html.unescape(text)
    return found
