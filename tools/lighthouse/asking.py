"""One run of Lighthouse, with its mobile preset, and what is taken from its report."""

import http.client
import json
import os
import subprocess
from pathlib import Path
from typing import Any
from urllib.parse import urlencode, urlsplit

import msgspec

from tests.credentials import credentials

HERE = Path(__file__).parent
NODE = HERE.parents[1] / ".venv/bin/node"
CATEGORIES = ("performance", "accessibility", "best-practices", "seo")
CHROMIUM = "--headless=new --no-sandbox"  # as root, in a container


class Visitor(msgspec.Struct, frozen=True):
    """Who opens a page, and what their browser sends along."""

    name: str
    headers: dict[str, str] = {}


class Report(msgspec.Struct, frozen=True):
    """What counts of a report: scores of 100, times on the simulated phone, bytes as they crossed the network."""

    version: str
    scores: dict[str, int]
    paint_ms: float
    shift: float
    blocked_ms: float
    page_bytes: float
    bytes: float
    faults: list[str]


def ask(url: str, visitor: Visitor) -> Report:
    """Open an address as a first visit, and report on it."""
    command = [str(NODE), str(HERE / "node_modules/lighthouse/cli/index.js"), url, "--quiet", "--output=json"]
    options = [f"--only-categories={','.join(CATEGORIES)}", f"--chrome-flags={CHROMIUM}"]
    headers = [f"--extra-headers={json.dumps(visitor.headers)}"]
    environment = {"CHROME_PATH": "/usr/bin/chromium", **os.environ}
    done = subprocess.run([*command, *options, *headers], env=environment, capture_output=True, check=True)
    return _report(json.loads(done.stdout))


def signed_in(url: str, email: str, passphrase: str) -> Visitor:
    """Somebody with an account, in a browser that has its cookie and nothing else yet."""
    connection = http.client.HTTPConnection(str(urlsplit(url).netloc))
    form_headers = {"Content-Type": "application/x-www-form-urlencoded", "Origin": url}
    connection.request("POST", "/sign-in", urlencode(credentials(url, email, passphrase)), form_headers)
    cookie = connection.getresponse().headers["Set-Cookie"].partition(";")[0]
    connection.close()
    return Visitor(email.partition("@")[0].title(), {"Cookie": cookie})


def _report(said: dict[str, Any]) -> Report:
    audits, categories = said["audits"], said["categories"]
    requests = audits["network-requests"]["details"]["items"]
    return Report(
        version=said["lighthouseVersion"],
        scores={name: round(100 * categories[name]["score"]) for name in CATEGORIES},
        paint_ms=audits["largest-contentful-paint"]["numericValue"],
        shift=audits["cumulative-layout-shift"]["numericValue"],
        blocked_ms=audits["total-blocking-time"]["numericValue"],
        page_bytes=requests[0]["transferSize"],
        bytes=audits["total-byte-weight"]["numericValue"],
        faults=list(_faults(audits, categories)),
    )


def _faults(audits: dict[str, Any], categories: dict[str, Any]) -> list[str]:
    """Which audits took points away."""
    counted = [(name, each["id"]) for name in CATEGORIES for each in categories[name]["auditRefs"] if each["weight"]]
    return [
        f"{name}: {audits[id]['title']}"
        for name, id in counted
        if (audits[id]["score"] or 0) < 1 and audits[id]["score"] is not None
    ]
