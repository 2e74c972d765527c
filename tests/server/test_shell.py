import gzip
import json
import re
import subprocess
from pathlib import Path

import brotli
import httpx
import pytest

from server import shell
from server.places import ROOT
from server.shell import build_shell
from tests.server.house import House

NODE = ROOT / ".venv" / "bin" / "node"
PARSE = """
import { createInterface } from "node:readline";
import { SourceTextModule } from "node:vm";
for await (const line of createInterface({ input: process.stdin })) {
  const [identifier, source] = JSON.parse(line);
  try { new SourceTextModule(source, { identifier }); } catch (error) { console.log(identifier, error.message); }
}
"""


def test_another_content_is_another_version(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    before = build_shell(tmp_path)
    again = build_shell(tmp_path)
    assert (again.version, again.worker) == (before.version, before.worker)
    monkeypatch.setattr(shell, "exported", lambda: b"{}")
    after = build_shell(tmp_path)
    assert after.version != before.version
    assert after.worker != before.worker


def test_templates_are_compiled_once_for_the_same_templates(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    first = build_shell(tmp_path)
    monkeypatch.setattr(shell, "compile_templates", None)
    assert build_shell(tmp_path).files["templates.js"] == first.files["templates.js"]


def test_a_start_that_was_cut_short_leaves_no_half_file_behind(tmp_path: Path) -> None:
    whole = build_shell(tmp_path)
    for path in tmp_path.iterdir():
        path.rename(path.with_suffix(".half"))
    assert build_shell(tmp_path) == whole


def test_every_script_is_still_a_script_without_its_comments(tmp_path: Path) -> None:
    built = build_shell(tmp_path)
    scripts = {
        path: file.bodies[""].decode() for path, file in {**built.files, **built.keys}.items() if path.endswith("js")
    }
    lines = "\n".join(json.dumps([path, text]) for path, text in scripts.items())
    command = [str(NODE), "--experimental-vm-modules", "--no-warnings", "--input-type=module", "-e", PARSE]
    said = subprocess.run(command, input=lines, capture_output=True, text=True, check=True)
    assert said.stdout == ""
    assert not any("@param" in text for path, text in scripts.items() if path.startswith(("phone/", "page/")))


def test_the_worker_keeps_what_pages_need_and_nothing_twice(tmp_path: Path) -> None:
    built = build_shell(tmp_path)
    imported, kept = (
        set(re.findall(rf'"{built.prefix}/([^"]+)"', part)) for part in built.worker.bodies[""].decode().split("files:")
    )
    assert imported == {"phone.js"}
    assert {"page.js", "vendor/htmx.min.js", "styles.css"} <= kept
    assert kept <= built.files.keys()
    assert not [path for path in kept if path.startswith(("page/", "phone/"))]


async def test_what_makes_keys_is_fetched_where_it_is_needed_and_outlives_versions(house: House) -> None:
    built: shell.Shell = house.app.state.shell
    assert "/keys/" not in built.worker.bodies[""].decode()
    assert not [path for path in built.files if path.startswith("keys/")]
    for name in built.keys:
        answer = await house.browser().get(f"/keys/{name}", headers={"Accept-Encoding": "gzip"})
        assert (answer.content, answer.headers["cache-control"]) == (built.keys[name].bodies[""], "no-cache")
        assert answer.headers["content-encoding"] == "gzip"
    assert (await house.browser().get("/keys/derive.js")).status_code == 404


async def test_only_what_makes_keys_runs_webassembly_and_it_reaches_nothing(house: House) -> None:
    browser = house.browser()
    paths = ["/", "/sign-in", "/worker.js", "/keys/form.js", f"{house.app.state.shell.prefix}/page.js"]
    policies = [(await browser.get(path)).headers["content-security-policy"] for path in paths]
    assert not [policy for policy in policies if "wasm" in policy]
    policy = (await browser.get("/keys/worker.js")).headers["content-security-policy"]
    assert policy.startswith("default-src 'none'; script-src 'wasm-unsafe-eval';")
    assert "connect-src" not in policy


@pytest.mark.parametrize("encoding", ["br", "gzip", "identity"])
async def test_a_file_comes_as_the_browser_takes_it_and_for_good(house: House, encoding: str) -> None:
    built: shell.Shell = house.app.state.shell
    path = f"{built.prefix}/page.js"
    async with house.browser().stream("GET", path, headers={"Accept-Encoding": encoding}) as answer:
        body = b"".join([part async for part in answer.aiter_raw()])
    plain = {"br": brotli.decompress, "gzip": gzip.decompress}.get(encoding, bytes)(body)
    assert plain == built.files["page.js"].bodies[""]
    assert answer.headers.get("content-encoding", "identity") == encoding
    assert "immutable" in answer.headers["cache-control"]


async def test_whoever_has_a_file_is_told_so_instead_of_given_it_again(house: House) -> None:
    browser = house.browser()
    path = f"{house.app.state.shell.prefix}/phone/database.js"
    etag = (await browser.get(path)).headers["etag"]
    again = await browser.get(path, headers={"If-None-Match": etag})
    assert (again.status_code, again.content) == (304, b"")
    assert "immutable" in again.headers["cache-control"]
    gone = await browser.get("/shell/0000/phone/database.js", headers={"If-None-Match": etag})
    assert gone.status_code == 404


@pytest.mark.parametrize("path", ["/worker.js", "/manifest.webmanifest"])
async def test_what_names_the_shell_comes_compressed_too(house: House, path: str) -> None:
    answer = await house.browser().get(path, headers={"Accept-Encoding": "gzip"})
    assert answer.headers["content-encoding"] == "gzip"
    assert "Accept-Encoding" in answer.headers["vary"]


@pytest.mark.parametrize(
    "path",
    ["/shell/0000/page/start.js", "/icons/../server/app.py", "/icons/%2e%2e/words/en.json", "/icons/none.png"],
)
async def test_what_is_no_file_of_ours_is_not_found(house: House, path: str) -> None:
    assert (
        await house.browser().send(httpx.Request("GET", httpx.URL("https://unlearn.test", raw_path=path.encode())))
    ).status_code == 404


async def test_the_worker_is_asked_for_again_each_time(house: House) -> None:
    answer = await house.browser().get("/worker.js")
    assert answer.headers["cache-control"] == "no-cache"
    assert answer.headers["content-type"].startswith("text/javascript")
    assert "script-src 'self'" in answer.headers["content-security-policy"]
